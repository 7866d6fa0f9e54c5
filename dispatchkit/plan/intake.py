"""From what a reader found to a plan: routes as given, or built anew from the same stops.

Pure, but for the solver behind `sequence` and `build`: no file is read and no fact written here.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.plan.build import Progress, build
from dispatchkit.plan.problem import Problem
from dispatchkit.plan.sequence import sequence
from dispatchkit.records import Plan, PlannedRoute, Stop
from dispatchkit.station import Station
from dispatchkit.times import after, seconds_between
from dispatchkit.travel.matrix import TravelTimes


def given_plan(found: Import, station: Station, travel: TravelTimes, *, seed: int) -> Plan:
    """The station's own routes as a plan.

    A driven order is kept with its recorded drive seconds; a route whose order the file does not know is sequenced.
    """
    routes: list[PlannedRoute] = []
    stops: list[Stop] = []
    orders = {r.order for r in found.routes}
    recorded = all(r.drive_s is not None for r in found.routes)
    for given in found.routes:
        departs_at = given.departs_at or first_departure(found, station)
        order: Sequence[int] = range(len(given.stops))
        if given.order == "unordered":
            order = _sequenced(found, given, departs_at, station, travel, seed)
        ordered = [given.stops[i] for i in order]
        drive_s = given.drive_s or tuple(_legs(found, ordered, travel))
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
        travel="recorded" if recorded else "calibrated",
    )


def built_plan(
    found: Import,
    station: Station,
    travel: TravelTimes,
    *,
    seed: int,
    budget_s: float,
    progress: Callable[[Progress], None] | None = None,
    **engine: Any,
) -> tuple[Plan, tuple[Stop, ...]]:
    """Routes built anew from the stops and vans that the station gave.

    Returns
    -------
    plan, unserved
        The plan, and the stops that no route could take; they are in no route and somebody has to decide about them.
    """
    stops = [s for r in found.routes for s in r.stops]
    departures = sorted(r.departs_at or first_departure(found, station) for r in found.routes)
    # every van is planned from the median departure; windows are relative to it, so a wave's spread is not modelled yet
    start = departures[len(departures) // 2]
    opens_s, closes_s = _windows(stops, start)
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
    routes = []
    for given, departs_at, order in zip(found.routes, departures, solution.routes, strict=False):
        if not order:
            continue
        ordered = [stops[i - 1] for i in order]
        drive_s = tuple(_legs(found, ordered, travel))
        routes.append(
            _route(f"built-{given.code}", given.code, ordered, drive_s, departs_at, given.van_volume_cm3, station)
        )
    served = tuple(stops[i - 1] for order in solution.routes for i in order)
    plan = Plan(
        station=found.station,
        service_day=found.service_day,
        station_lat=found.station_lat,
        station_lng=found.station_lng,
        stops=served,
        routes=tuple(routes),
        origin="built",
        order="sequenced",
        travel="calibrated",
    )
    return plan, tuple(stops[i - 1] for i in solution.unserved)


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


def _legs(found: Import, stops: Sequence[Stop], travel: TravelTimes) -> list[float]:
    lat, lng = _places(found, stops)
    way = [*range(len(stops) + 1), 0]
    return [float(s) for s in travel.legs(lat[way], lng[way])]


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
