"""What a day that is over tells of the doors of its areas, by the drivers who served them. Pure.

A stop tells of its driver and its area by the time it took, whoever ended the route: a rescued driver is judged by the
stops that he served. Where a day kept nothing but when a route left and came back, the whole time tells, driving and
doors together. A route that was helped then tells only that its driver would have been out longer still, and one that
helped tells nothing, for some of its work was another's.
"""

from collections.abc import Iterator
from statistics import median

import numpy as np

from dispatchkit.day import Day
from dispatchkit.pace.factors import Array, Learned, Stretches, at_the_door, log_variance
from dispatchkit.pace.pooling import Lesson, Served
from dispatchkit.pace.progress import Progress
from dispatchkit.pace.running import LEAST_WEIGHT, expected_whole_s
from dispatchkit.pace.timetable import Timetables
from dispatchkit.pace.today import driver_of, today
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between


def lesson(day: Day, tables: Timetables, station: Station) -> Lesson:
    """Read off a day what it tells of drivers and areas; nothing of a day without a plan."""
    if day.pre_load_out.plan is None:
        return Lesson()
    told = today(day, station.forecast, tables)
    served: list[Served] = []
    bare: list[str] = []
    for planned in day.plan.routes:
        known, driver_id = told.progress[planned.route_id], driver_of(day, planned.route_id)
        if known is None or not driver_id:
            continue
        if known.paced_areas:
            served += _by_stops(driver_id, known, told.learned[planned.route_id], station)
        elif not day.road.routes[planned.route_id].done_count:
            bare.append(planned.route_id)
    return Lesson(served=(*served, *_by_whole_routes(day, bare, tables, station)))


def _by_stops(driver_id: str, known: Progress, learned: Learned, station: Station) -> Iterator[Served]:
    areas = sorted(set(known.paced_areas))
    group = np.array([areas.index(area) for area in known.paced_areas], dtype=np.int64)
    stretches = Stretches(*known.paced, told=np.ones(len(group)))
    logs, doubts = at_the_door(stretches, learned.mean, station.forecast, group, len(areas))
    # a bare count is one stretch of many stops
    stops = np.bincount(group) * known.paced_stops / len(group)
    for k, area in enumerate(areas):
        if stops[k] >= station.forecast.least_in_area_count and np.isfinite(doubts[k]):
            yield Served(driver_id=driver_id, area=area, log_service=float(logs[k]), doubt=float(doubts[k]))


class _Whole(Record, frozen=True):
    """A route of which only its whole time is known: planned and real seconds without breaks."""

    route_id: str
    planned_s: float
    took_s: float


def _by_whole_routes(day: Day, route_ids: list[str], tables: Timetables, station: Station) -> Iterator[Served]:
    found = [w for w in (_whole(day, route_id) for route_id in route_ids) if w is not None]
    if not found:
        return
    helped, helpers = _rescued(day)
    usual = median([w.took_s / w.planned_s for w in found if w.route_id not in helped] or [1.0])
    forecast, share = station.forecast, station.intake.service_share
    chance = float(log_variance(forecast.whole_route_spread_share))
    differ = share**2 * float(log_variance(forecast.driver_spread_share)) + chance
    for w in found:
        if w.route_id in helpers:
            continue
        took_s, weight = w.took_s, 1.0
        if w.route_id in helped:
            mean_s: Array = np.array([w.planned_s * usual])
            whole_s, told = expected_whole_s(np.array([w.took_s]), mean_s, mean_s**2 * np.expm1(differ))
            took_s, weight = float(whole_s[0]), max(LEAST_WEIGHT, float(told[0]))
        areas = tables.areas(w.route_id)
        yield Served(
            driver_id=driver_of(day, w.route_id),
            area=areas[0][0] if len(areas) == 1 else "",
            log_service=float(np.log(took_s / w.planned_s)) / share,   # driving differs from route to route but little
            doubt=chance / share**2 / weight,
        )


def _whole(day: Day, route_id: str) -> _Whole | None:
    planned, route = day.plan.route[route_id], day.road.routes[route_id]
    departed, back_at = day.load_out.departed.get(route_id), day.end_of_shift.returned.get(route_id)
    if departed is None or back_at is None:
        return None
    planned_s = sum(planned.drive_s) + sum(day.plan.stop[s].service_s for s in planned.stop_ids)
    took_s = seconds_between(departed.at, back_at) - (route.break_s or planned.break_s)
    return _Whole(route_id=route_id, planned_s=planned_s, took_s=took_s) if min(planned_s, took_s) > 0 else None


def _rescued(day: Day) -> tuple[set[str], set[str]]:
    """Routes that were helped and routes that helped, in rescues that came to something."""
    held = [r for r in day.road.rescues.values() if r.met_at is not None or r.outcome == "complete"]
    return {r.started.route_id for r in held}, {r.started.helper_route_id for r in held}
