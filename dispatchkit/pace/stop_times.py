"""How long each stop took that was told one by one, beside what its route needs elsewhere today. Pure.

Times spread by a factor rather than by minutes, so they are compared in logarithms; medians and the median deviation
stand for the usual, so that neither a breakdown nor a handful of odd scans moves it.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.day import Day
from dispatchkit.pace.factors import Array
from dispatchkit.pace.timetable import Timetables
from dispatchkit.plan.legs import STATION

NORMAL_MAD = 1.4826
"""Standard deviation of a normal distribution in units of its median absolute deviation."""

LEAST_SPREAD = 0.05
"""A day cannot be steadier than this: clocks tell whole minutes (house rule)."""


class StopTimes(NamedTuple):
    """Stretches from one completion to the next, without breaks, meetings and waits in them; arrays of one length.

    Attributes
    ----------
    route, zone
        Index into `route_ids` and `zones`.
    at_s
        When it ended, epoch seconds.
    planned_s, took_s
        Planned and real seconds of the leg and the stop.
    """

    route_ids: tuple[str, ...]
    zones: tuple[str, ...]
    route: NDArray[np.int64]
    zone: NDArray[np.int64]
    at_s: Array
    planned_s: Array
    took_s: Array


def stop_times(day: Day, tables: Timetables) -> StopTimes:
    """Read the stretches off the day, route by route in the order in which they were done."""
    zones: dict[str, int] = {}
    rows: list[tuple[float, float, float, float, float]] = []
    route_ids = tuple(r.route_id for r in day.plan.routes)
    for k, route_id in enumerate(route_ids):
        for stop_id, at_s, planned_s, took_s in _of_route(day, route_id, tables):
            rows.append((k, zones.setdefault(day.plan.stop[stop_id].zone, len(zones)), at_s, planned_s, took_s))
    table: Array = np.array(rows, dtype=float).reshape(-1, 5).T
    route, zone = table[:2].astype(np.int64)
    return StopTimes(route_ids, tuple(zones), route, zone, table[2], table[3], table[4])


def _of_route(day: Day, route_id: str, tables: Timetables) -> list[tuple[str, float, float, float]]:
    departed, route, legs = day.load_out.departed.get(route_id), day.road.routes[route_id], tables.legs
    if departed is None:
        return []
    aside = [at.timestamp() for at in (*route.breaks, *((route.met.at,) if route.met else ()))]
    found = []
    before, before_s = STATION, departed.at.timestamp()
    for stop_id, at in sorted(route.served.items(), key=lambda served: served[1]):
        at_s, leg_s, service_s = at.timestamp(), legs.leg_s(before, stop_id), legs.service_s(stop_id)
        waited = tables.opens_s[stop_id] > before_s + leg_s     # not a number, and so not: no window
        if at_s > before_s and leg_s + service_s > 0 and not waited and not any(before_s < m <= at_s for m in aside):
            found.append((stop_id, at_s, leg_s + service_s, at_s - before_s))
        before, before_s = stop_id, at_s
    return found


def usual_elsewhere(times: StopTimes, off: Array, zone: int, least: int) -> Array:
    """What is usual for each route outside a zone, as a logarithm of real over planned seconds; shape (routes,).

    A route that has done fewer than `least` stops elsewhere has the day's median.
    """
    level = np.full(len(times.route_ids), np.median(off))
    outside = times.zone != zone
    for route in np.unique(times.route[~outside]):
        own = off[outside & (times.route == route)]
        if len(own) >= least:
            level[route] = np.median(own)
    return level


def spread_of(times: StopTimes, off: Array) -> float:
    """How much single stops spread around their route's median today, as a standard deviation of `off`."""
    level = np.zeros(len(times.route_ids))
    for route in np.unique(times.route):
        level[route] = np.median(off[times.route == route])
    return max(LEAST_SPREAD, NORMAL_MAD * float(np.median(np.abs(off - level[times.route]))))
