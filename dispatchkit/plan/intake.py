"""From what a reader found to a plan: routes as given, or built anew from the same stops.

Pure, but for the solver behind `sequence` and `build`: no file is read and no fact written here.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.plan.build import Progress, build
from dispatchkit.plan.leftover import Limit, find_room
from dispatchkit.plan.problem import Problem, Routes
from dispatchkit.plan.schedule import schedule
from dispatchkit.plan.sequence import sequence
from dispatchkit.records import Plan, PlannedRoute, Record, Stop
from dispatchkit.station import Station
from dispatchkit.times import after, seconds_between
from dispatchkit.travel.by_hour import knowing
from dispatchkit.travel.matrix import TravelTimes

DAY_S = 24 * 3600


def given_plan(found: Import, station: Station, travel: TravelTimes, *, seed: int) -> Plan:
    """The station's own routes as a plan.

    A driven order is kept with its recorded drive seconds; a route whose order the file does not know is sequenced.
    """
    routes: list[PlannedRoute] = []
    stops: list[Stop] = []
    orders = {r.order for r in found.routes}
    recorded = all(r.drive_s is not None for r in found.routes)
    travel = knowing(travel, (stop for route in found.routes for stop in route.stops))
    for given in found.routes:
        departs_at = given.departs_at or first_departure(found, station)
        order: Sequence[int] = range(len(given.stops))
        if given.order == "unordered":
            order = _sequenced(found, given, departs_at, station, travel, seed)
        ordered = [given.stops[i] for i in order]
        drive_s = given.drive_s or drive_along(found, ordered, travel, departs_at, station)
        stops += ordered
        routes.append(_route(given.route_id, given.code, ordered, drive_s, departs_at, given.van_volume_cm3, station))
    return Plan(
        station=found.station,
        service_day=found.service_day,
        station_lat=found.station_lat,
        station_lng=found.station_lng,
        stops=tuple(stops),
        routes=tuple(routes),
        origin="given",
        order="driven" if orders == {"driven"} else "sequenced",
        travel="recorded" if recorded else travel.name,
    )


class Built(Record, frozen=True):
    """Routes built anew.

    Attributes
    ----------
    plan
        With every stop that is on a route.
    outside_window
        Stops on a route although a window or the shift could not be kept: served late rather than not at all.
    unserved
        Stops that no van has room for; they are on no route and somebody has to decide about them.
    """

    plan: Plan
    outside_window: tuple[Stop, ...] = ()
    unserved: tuple[Stop, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a dispatcher has to know of this plan before committing it; nothing where all is well."""
        said = []
        if self.outside_window:
            named = ", ".join(s.stop_id for s in self.outside_window)
            said.append(f"{len(self.outside_window)} stops are planned outside their window or the shift: {named}.")
        if self.unserved:
            named = ", ".join(s.stop_id for s in self.unserved)
            said.append(f"{len(self.unserved)} stops are on no route, since no van has room for them: {named}.")
        return tuple(said)


def built_plan(
    found: Import,
    station: Station,
    travel: TravelTimes,
    *,
    seed: int,
    budget_s: float,
    progress: Callable[[Progress], None] | None = None,
    **engine: Any,
) -> Built:
    """Routes built anew from the stops and vans that the station gave; `engine` goes to `build` as it is."""
    stops = [s for r in found.routes for s in r.stops]
    travel = knowing(travel, stops)
    departures = [r.departs_at or first_departure(found, station) for r in found.routes]
    # every van is planned from the median departure; windows are relative to it, so a wave's spread is not modelled yet
    opens_s, closes_s = _windows(stops, sorted(departures)[len(departures) // 2])
    lat, lng = _places(found, stops)
    problem = Problem(
        lat=lat,
        lng=lng,
        volume=np.array([0.0] + [s.volume_cm3 for s in stops]),
        service_s=np.array([0.0] + [s.service_s for s in stops]),
        opens_s=np.concatenate([[np.nan], opens_s]),
        closes_s=np.concatenate([[np.nan], closes_s]),
        van_volume=tuple(r.van_volume_cm3 for r in found.routes),
        shift_s=station.shift.on_road_limit_s,
        break_s=station.shift.break_s,
    )
    solution = build(problem, travel, seed=seed, budget_s=budget_s, progress=progress, **engine)
    orders, late, unserved = _fit_late(problem, travel, solution.routes, solution.unserved)
    routes = []
    for given, departs_at, order in zip(found.routes, departures, orders, strict=True):
        if order:
            ordered = [stops[i - 1] for i in order]
            drive_s = drive_along(found, ordered, travel, departs_at, station)
            route_id = f"built-{given.code}"
            routes.append(_route(route_id, given.code, ordered, drive_s, departs_at, given.van_volume_cm3, station))
    plan = Plan(
        station=found.station,
        service_day=found.service_day,
        station_lat=found.station_lat,
        station_lng=found.station_lng,
        stops=tuple(stops[i - 1] for order in orders for i in order),
        routes=tuple(routes),
        origin="built",
        order="sequenced",
        travel=travel.name,
    )
    return Built(
        plan=plan,
        outside_window=tuple(stops[i - 1] for i in late),
        unserved=tuple(stops[i - 1] for i in unserved),
    )


def _fit_late(
    problem: Problem, travel: TravelTimes, routes: Routes, unserved: Sequence[int]
) -> tuple[Routes, tuple[int, ...], tuple[int, ...]]:
    """Put stops that could not be served in time where they cost least: late rather than not at all.

    First the windows of all other stops are kept, then none; the shift is let go, the vans' volumes never are.
    """
    if not unserved:
        return routes, (), ()
    opens_s, closes_s = problem.opens_s.copy(), problem.closes_s.copy()
    opens_s[list(unserved)] = closes_s[list(unserved)] = np.nan
    their_own = replace(problem, opens_s=opens_s, closes_s=closes_s, shift_s=float(DAY_S))
    none_kept = replace(their_own, closes_s=np.full_like(closes_s, np.nan))
    drive_s = travel.matrix(problem.lat, problem.lng)
    orders, late, left = list(routes), [], []
    for stop in unserved:
        tries = (find_room(relaxed, drive_s, orders, stop, range(len(orders))) for relaxed in (their_own, none_kept))
        room = next((found for found in tries if not isinstance(found, Limit)), None)
        if room is None:
            left.append(stop)
        else:
            van, position = room
            orders[van] = (*orders[van][:position], stop, *orders[van][position:])
            late.append(stop)
    return tuple(orders), tuple(late), tuple(left)


def _route(
    route_id: str, code: str, stops: Sequence[Stop], drive_s: tuple[float, ...], departs_at: datetime,
    van_volume_cm3: float, station: Station,
) -> PlannedRoute:  # fmt: skip
    return PlannedRoute(
        route_id=route_id,
        code=code,
        stop_ids=tuple(s.stop_id for s in stops),
        drive_s=drive_s,
        departs_at=departs_at,
        finish_by=after(departs_at, station.shift.on_road_limit_s),
        van_volume_cm3=van_volume_cm3,
        break_s=station.shift.break_s,
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
    planned = schedule(first_s, service_s, *_windows(stops, departs_at), break_s=station.shift.break_s)
    stay_s = planned.done_s - planned.arrive_s
    if planned.break_after is not None:
        stay_s[planned.break_after] += station.shift.break_s
    return tuple(travel.legs(lat[way], lng[way], departs_at, stay_s).tolist())


def _windows(stops: Sequence[Stop], start: datetime) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Opening and closing in seconds after `start`; nan where there is no window."""
    opens = [seconds_between(start, s.window.opens) if s.window else np.nan for s in stops]
    closes = [seconds_between(start, s.window.closes) if s.window else np.nan for s in stops]
    return np.array(opens, dtype=float), np.array(closes, dtype=float)


def _sequenced(
    found: Import, given: GivenRoute, departs_at: datetime, station: Station, travel: TravelTimes, seed: int
) -> Sequence[int]:
    times = found.recorded.get(given.route_id)
    matrix = times.seconds if times is not None else travel.matrix(*_places(found, given.stops), departs_at)
    opens_s, closes_s = _windows(given.stops, departs_at)
    service_s = np.array([s.service_s for s in given.stops], dtype=float)
    limits = station.shift
    return sequence(
        matrix, service_s, opens_s, closes_s, shift_s=limits.on_road_limit_s, break_s=limits.break_s, seed=seed
    )
