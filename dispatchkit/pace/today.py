"""What the road has told so far: every route's progress, and its factors as all routes together teach them. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from dispatchkit.day import Day
from dispatchkit.pace.factors import Array, Learned, Stretches, a_usual_day, learn, leg_s2
from dispatchkit.pace.past import NO_PAST, Doors, Past, before_today
from dispatchkit.pace.progress import Progress, progress
from dispatchkit.pace.running import as_if_done_s, expected_whole_s
from dispatchkit.pace.same import Same
from dispatchkit.pace.timetable import Timetables
from dispatchkit.records import Record
from dispatchkit.station.profile import Forecast
from dispatchkit.times import seconds_between

DAYS_KEPT = 4
"""Days whose learning is kept: the board, the alarms and the rescues of one look all ask for the same."""


class Today(Record, frozen=True):
    """Of each route of the plan: what the doors of its areas take its driver on other days; and beside that its
    progress, None while it has not left, and its log factors of drive and service, as all routes teach them.
    """

    doors: Mapping[str, Doors]
    progress: Mapping[str, Progress | None]
    learned: Mapping[str, Learned]


def today(day: Day, forecast: Forecast, tables: Timetables, past: Past = NO_PAST) -> Today:
    """What the day has told of all its routes; the same object again for the same day."""
    return _kept(Same(day), forecast, Same(tables), Same(past))


@lru_cache(maxsize=DAYS_KEPT)
def _kept(day: Same, forecast: Forecast, tables: Same, past: Same) -> Today:
    return _today(day.held, forecast, tables.held, past.held)  # type: ignore[arg-type]


def _today(day: Day, forecast: Forecast, tables: Timetables, past: Past) -> Today:
    limits = {"lost_after_s": forecast.lost_after_s, "short_leg_s": forecast.short_leg_s}
    drivers = {r.route_id: driver_of(day, r.route_id) for r in day.plan.routes}
    doors = {route_id: Doors(past, driver_id, forecast) for route_id, driver_id in drivers.items()}
    seen = {r: progress(day, r, tables, doors=own, **limits) for r, own in doors.items()}
    area_doubt = np.array([own.doubt(tables.areas(r)) for r, own in doors.items()])
    mean, cov = before_today(list(drivers.values()), area_doubt, past, forecast)
    stretches = _side_by_side([_told(day, r, p, forecast, tables, doors[r]) for r, p in seen.items()])
    learned = learn(stretches, mean, cov, a_usual_day(forecast), forecast)
    by_route = {route_id: Learned(learned.mean[k], learned.cov[k]) for k, route_id in enumerate(seen)}
    return Today(
        doors=MappingProxyType(doors), progress=MappingProxyType(seen), learned=MappingProxyType(by_route)
    )


def driver_of(day: Day, route_id: str) -> str:
    """Who drives a route: the one it left with, else the one assigned; empty where nobody is."""
    departed = day.load_out.departed.get(route_id)
    return departed.driver_id if departed else day.pre_load_out.driver_of.get(route_id, "")


def _told(
    day: Day, route_id: str, known: Progress | None, forecast: Forecast, tables: Timetables, doors: Doors
) -> Array:
    """A route's stretches, rows as in `Stretches`: those done, and the one that it is in."""
    if known is None:
        return np.zeros((6, 0))
    done = np.vstack([*known.paced, np.ones(len(known.paced.took_s))])
    run_s = seconds_between(known.since, known.quiet_until)
    remaining = day.road.routes[route_id].remaining
    if run_s <= 0 or known.place or not remaining or route_id in day.end_of_shift.cleared:
        return done
    stop_id = remaining[0]
    drive_s = tables.legs.leg_s(known.last_stop_id, stop_id)
    service_s = tables.legs.service_s(stop_id) * doors[tables.area[stop_id]]
    waits = tables.opens_s[stop_id] > known.since.timestamp() + drive_s
    lost = run_s - drive_s - service_s > forecast.lost_after_s
    if waits or lost or break_is_next(day, route_id, tables):
        return done
    drive_s2, service_s2 = float(leg_s2(np.array([drive_s]), forecast.short_leg_s)[0]), service_s**2
    noise_s2 = forecast.drive_spread_share**2 * drive_s2 + forecast.service_spread_share**2 * service_s2
    planned_s = np.array([drive_s + service_s])
    whole_s, weight = expected_whole_s(np.array([run_s]), planned_s, np.array([noise_s2]))
    as_done_s = as_if_done_s(whole_s, planned_s, weight)
    running = np.array([drive_s, service_s, drive_s2, service_s2, as_done_s[0], weight[0]])
    return np.column_stack([done, running])


def break_is_next(day: Day, route_id: str, tables: Timetables) -> bool:
    """Say whether a break is owed and every stop that the plan puts before it is done."""
    planned, route = day.plan.route[route_id], day.road.routes[route_id]
    return planned.break_s > route.break_s and tables.before_break(route_id).isdisjoint(route.remaining)


def _side_by_side(told: list[Array]) -> Stretches:
    """All routes' stretches as arrays (routes, stretches), filled up to the longest."""
    table = np.zeros((6, len(told), max((rows.shape[1] for rows in told), default=0)))
    for route, rows in enumerate(told):
        table[:, route, : rows.shape[1]] = rows
    return Stretches(*table)
