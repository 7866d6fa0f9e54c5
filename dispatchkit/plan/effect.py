"""What a change does to each route that it touches, before and after: work, load, finish, windows. Pure.

The finish is the road page's own forecast on the morning of the plan (`realism.morning`), so what is shown here is
what stands there when the vans leave.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from dispatchkit.pace.forecast import Projection
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.limits import changed_routes, late_stop_ids, load_share
from dispatchkit.plan.locks import listed
from dispatchkit.plan.realism.morning import projections
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.roster.fit import S_PER_H
from dispatchkit.station import Station
from dispatchkit.times import hours_text
from dispatchkit.travel.matrix import TravelTimes


class Figures(Record, frozen=True):
    """What a route comes to by a plan.

    Attributes
    ----------
    hours, drive_s
        From departure to return with service, waits and break; and the driving in it.
    load_share
        How full the van is (1 is full); None where nobody says what it holds.
    finish_p50, finish_p80, finish_p90, finish_by
        The return as it is forecast for the morning, and the latest planned one (UTC).
    chance_in_time
        Of being back by `finish_by` (0-1).
    late_stop_ids
        Stops that the plan reaches after their window.
    """

    hours: float
    drive_s: float
    stops: int
    packages: int
    load_share: float | None
    finish_p50: datetime
    finish_p80: datetime
    finish_p90: datetime
    finish_by: datetime
    chance_in_time: float
    late_stop_ids: tuple[str, ...] = ()


class RouteEffect(Record, frozen=True):
    """One route before and after; None on the side where it does not exist."""

    route_id: str
    code: str
    before: Figures | None
    after: Figures | None

    @property
    def newly_late(self) -> tuple[str, ...]:
        """Stops whose window this route would miss and did not miss before."""
        held = set(self.before.late_stop_ids) if self.before else set()
        return tuple(s for s in self.after.late_stop_ids if s not in held) if self.after else ()

    @property
    def sentence(self) -> str:
        """The effect in words."""
        was, now = self.before, self.after
        if now is None:
            return f"{self.code} is no more."
        share = "" if now.load_share is None else f", van {now.load_share:.0%} full"
        work = f"{now.stops} stops, {now.packages} packages, {hours_text(now.hours * S_PER_H)}{share}"
        late = f" Comes too late to {len(self.newly_late)} more stops." if self.newly_late else ""
        if was is None:
            return f"{self.code} is new: {work}; in time with {now.chance_in_time:.0%}.{late}"
        more_min = (now.hours - was.hours) * 60
        return (
            f"{self.code}: {now.stops - was.stops:+d} stops, {more_min:+.0f} min; now {work}; "
            f"in time with {now.chance_in_time:.0%} (was {was.chance_in_time:.0%}).{late}"
        )


def warnings(seen: Iterable[RouteEffect], station: Station) -> Iterator[str]:
    """What to think about before a change is kept, as sentences: only what it makes worse."""
    for one in seen:
        was, now = one.before, one.after
        if now is None:
            continue
        if one.newly_late:
            yield f"{one.code} would come too late to {listed(list(one.newly_late))}."
        least = station.realism.chance_share
        if now.chance_in_time < least and (was is None or now.chance_in_time < was.chance_in_time):
            yield f"{one.code} would be in time in {now.chance_in_time:.0%} of all cases; {least:.0%} is the line."
        warn = station.van.load_warn_share
        if now.load_share is not None and now.load_share > warn and (
            was is None or was.load_share is None or now.load_share > was.load_share
        ):
            yield f"The van of {one.code} would be {now.load_share:.0%} full; {warn:.0%} is the line."


def figures(
    plan: Plan,
    station: Station,
    travel: TravelTimes,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
) -> dict[str, Figures]:
    """What every route of the plan comes to, by route id in the plan's order.

    Parameters
    ----------
    driver_of
        route_id → driver_id, where somebody is assigned.
    past
        What earlier days tell of drivers and areas.
    """
    if not plan.routes:
        return {}
    kept = {r: d for r, d in (driver_of or {}).items() if r in plan.route}
    forecast = projections(plan, station, travel, driver_of=kept, past=past)
    return {r.route_id: _figures(plan, r, forecast[r.route_id]) for r in plan.routes}


def effect(
    before: Plan,
    after: Plan,
    station: Station,
    travel: TravelTimes,
    *,
    driver_of: Mapping[str, str] | None = None,
    past: Past = NO_PAST,
) -> tuple[RouteEffect, ...]:
    """Every route that is another in `after`, on both sides; arguments as for `figures`."""
    was, now = (figures(p, station, travel, driver_of=driver_of, past=past) for p in (before, after))
    return tuple(
        RouteEffect(
            route_id=route_id,
            code=(after.route.get(route_id) or before.route[route_id]).code,
            before=was.get(route_id),
            after=now.get(route_id),
        )
        for route_id in changed_routes(before, after)
    )


def _figures(plan: Plan, route: PlannedRoute, forecast: Projection) -> Figures:
    finish = forecast.finish
    return Figures(
        hours=route_schedule(plan, route).back_s / S_PER_H,
        drive_s=sum(route.drive_s),
        stops=len(route.stop_ids),
        packages=sum(len(plan.stop[s].packages) for s in route.stop_ids),
        load_share=load_share(plan, route),
        finish_p50=finish.at(0.5),
        finish_p80=finish.at(0.8),
        finish_p90=finish.at(0.9),
        finish_by=route.finish_by,
        chance_in_time=1.0 - finish.chance_after(route.finish_by),
        late_stop_ids=late_stop_ids(plan, route),
    )
