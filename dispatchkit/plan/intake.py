"""From what a reader found to a plan: routes as given, or built anew from the same stops.

Pure, but for the solver behind `sequence` and `build`: no file is read and no fact written here.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dispatchkit.errors import NotFound
from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.plan.built import NO_VAN, REASONS, TOO_LARGE, Built
from dispatchkit.plan.engine.objective import DRIVING, Objective
from dispatchkit.plan.engine.schedule import schedule
from dispatchkit.plan.engine.sequence import sequence
from dispatchkit.plan.margin import chance_margin_s
from dispatchkit.plan.posing import posed, shift_s, weighed
from dispatchkit.plan.route_schedule import windows_s
from dispatchkit.records import Driver, Plan, PlannedRoute, Stop
from dispatchkit.station import Station
from dispatchkit.times import after
from dispatchkit.travel.by_hour import knowing
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.of_day import with_limits

if TYPE_CHECKING:
    from dispatchkit.plan.engine.build import Progress

__all__ = ["Built", "built_plan", "drive_along", "first_departure", "given_plan"]


def given_plan(found: Import, station: Station, travel: TravelTimes, *, seed: int) -> Plan:
    """The station's own routes as a plan.

    A driven order is kept with its recorded drive seconds; a route whose order the file does not know is sequenced.
    """
    if found.loose and not found.routes:
        raise NotFound(
            f"{found.station} holds {len(found.loose):,} stops that are on no route yet. Build routes of them with "
            "`dispatchkit plan build`."
        )
    station = with_limits(station, found)
    routes: list[PlannedRoute] = []
    stops: list[Stop] = []
    orders = {r.order for r in found.routes}
    recorded = all(r.drive_s is not None for r in found.routes)
    travel = knowing(travel, found.stops)
    for given in found.routes:
        departs_at = given.departs_at or first_departure(found, station)
        order: Sequence[int] = range(len(given.stops))
        if given.order == "unordered":
            order = _sequenced(found, given, departs_at, station, travel, seed)
        ordered = [given.stops[i] for i in order]
        drive_s = given.drive_s or drive_along(found, ordered, travel, departs_at, station)
        stops += ordered
        routes.append(
            _route(
                given.route_id, given.code, ordered, drive_s, departs_at, given.van_volume_cm3, station,
                shift_s=station.shift.on_road_limit_s,
            )
        )
    how = "driven" if orders == {"driven"} else "sequenced"
    return _plan(found, stops, routes, "given", how, "recorded" if recorded else travel.name)


def built_plan(
    found: Import,
    station: Station,
    travel: TravelTimes,
    *,
    seed: int,
    budget_s: float,
    progress: "Callable[[Progress], None] | None" = None,
    objective: Objective | None = None,
    drivers: Mapping[str, Driver] | None = None,
    **engine: Any,
) -> Built:
    """Build routes anew from the stops and vans that a source gave; `engine` goes to `build` as it is.

    Each van leaves when its own route does. A day that states its limits is planned by them alone, unless something
    else is asked for; any other as the profile weighs it, with a margin for the chance to be back in time.

    Parameters
    ----------
    objective
        What counts beside driving; the profile's weights where left out, and driving alone where the day states its
        limits. Where driving alone counts, no margin is kept either.
    drivers
        van_id → who drives it, where that is known: for zones that drivers know, and lighter routes for new ones.
    """
    from dispatchkit.plan.solving import NOTHING_SOLVED, solve  # compiled: only where routes are built

    station = with_limits(station, found)
    most_cm3 = max((van.volume_cm3 for van in found.vans), default=0.0)
    vans = [van for van in found.vans if van.volume_cm3 > 0 or not most_cm3]
    stops = [stop for stop in found.stops if vans and stop.volume_cm3 <= most_cm3]
    travel, solved = knowing(travel, stops), NOTHING_SOLVED
    departs_at = [van.departs_at or first_departure(found, station) for van in vans]
    if stops:
        problem = posed(found, stops, vans, departs_at, station, drivers=drivers or {})
        counts = objective or (DRIVING if found.stated else weighed(station))
        bare = found.stated is not None or counts == DRIVING
        solved = solve(
            problem, travel, margin_s=0.0 if bare else chance_margin_s(problem, station, travel), objective=counts,
            seed=seed, budget_s=budget_s, progress=progress, **engine,
        )  # fmt: skip
    orders = [[stops[i - 1] for i in order] for order in solved.routes]
    routes = [
        _route(
            f"built-{van.code}", van.code, order, drive_along(found, order, travel, leaves, station), leaves,
            van.volume_cm3, station, shift_s=shift_s(van, station), service_type=van.service_type,
        )
        for van, leaves, order in zip(vans, departs_at, orders, strict=False)      # no orders where nothing was solved
        if order
    ]
    posed_ids = {stop.stop_id for stop in stops}
    reasons = {stops[i - 1].stop_id: REASONS[limit] for i, limit in solved.left}
    reasons |= {s.stop_id: TOO_LARGE if vans else NO_VAN for s in found.stops if s.stop_id not in posed_ids}
    return Built(
        plan=_plan(found, [s for order in orders for s in order], routes, "built", "sequenced", travel.name),
        outside_window=tuple(stops[i - 1] for i in solved.late),
        unserved=tuple(stop for stop in found.stops if stop.stop_id in reasons),
        reasons=reasons,
        left_out=found.left_out,
        short=solved.short,
        told=solved.sentences([van.code for van in vans]),
    )


def _plan(
    found: Import, stops: Iterable[Stop], routes: Iterable[PlannedRoute], origin: str, order: str, travel: str
) -> Plan:
    return Plan(
        station=found.station,
        service_day=found.service_day,
        station_lat=found.station_lat,
        station_lng=found.station_lng,
        stops=tuple(stops),
        routes=tuple(routes),
        origin=origin,
        order=order,
        travel=travel,
    )


def _route(
    route_id: str, code: str, stops: Sequence[Stop], drive_s: tuple[float, ...], departs_at: datetime,
    van_volume_cm3: float, station: Station, *, shift_s: float, service_type: str = "",
) -> PlannedRoute:  # fmt: skip
    return PlannedRoute(
        route_id=route_id,
        code=code,
        stop_ids=tuple(s.stop_id for s in stops),
        drive_s=drive_s,
        departs_at=departs_at,
        finish_by=after(departs_at, shift_s),
        van_volume_cm3=van_volume_cm3,
        break_s=station.shift.break_s,
        service_type=service_type,
    )


def first_departure(found: Import, station: Station) -> datetime:
    """The earliest departure that the source has; where it has none, the station's first wave."""
    known = [r.departs_at for r in found.routes if r.departs_at]
    if known:
        return min(known)
    first = time.fromisoformat(station.wave.first)
    return datetime.combine(found.service_day, first, ZoneInfo(found.timezone)).astimezone(UTC)


def _places(found: Import, stops: Sequence[Stop]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    lat = np.array([found.station_lat] + [s.lat for s in stops])
    lng = np.array([found.station_lng] + [s.lng for s in stops])
    return lat, lng


def drive_along(
    found: Import, stops: Sequence[Stop], travel: TravelTimes, departs_at: datetime, station: Station
) -> tuple[float, ...]:
    """Drive seconds along the stops, from the station and back to it, each leg at the hour when it is driven."""
    lat, lng = _places(found, stops)
    way = [*range(len(stops) + 1), 0]
    service_s = [s.service_s for s in stops]
    first_s = travel.legs(lat[way], lng[way], departs_at, service_s)
    # waits and the break put off what comes after them; how long a wait is shows only once the way there is known
    planned = schedule(first_s, service_s, *windows_s(stops, departs_at), break_s=station.shift.break_s)
    stay_s = planned.done_s - planned.arrive_s
    if planned.break_after is not None:
        stay_s[planned.break_after] += station.shift.break_s
    return tuple(travel.legs(lat[way], lng[way], departs_at, stay_s).tolist())


def _sequenced(
    found: Import, given: GivenRoute, departs_at: datetime, station: Station, travel: TravelTimes, seed: int
) -> Sequence[int]:
    times = found.recorded.get(given.route_id)
    matrix = times.seconds if times is not None else travel.matrix(*_places(found, given.stops), departs_at)
    opens_s, closes_s = windows_s(given.stops, departs_at)
    service_s = np.array([s.service_s for s in given.stops], dtype=float)
    limits = station.shift
    return sequence(
        matrix, service_s, opens_s, closes_s, shift_s=limits.on_road_limit_s, break_s=limits.break_s, seed=seed
    )
