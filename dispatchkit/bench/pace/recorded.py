"""Recorded days under the same measures: each look folds what was known by then and asks the forecast itself.

A file of completions tells neither departures nor breaks nor returns. So a route is taken to leave as planned (or early
enough for its first stop), to take its break where the plan puts it, and to be back as long after its last stop as the
plan gives for the way back; that is the same for every forecaster. Each day is judged with what the station's earlier
days among the recorded ones tell, as it would have been: of routes of which the file says who drove them. Others tell
nothing of any later day, since a slow area cannot be told from a slow driver.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from dispatchkit.bench.pace.days import Driven
from dispatchkit.bench.pace.forecasters import elapsed_rule
from dispatchkit.bench.pace.looks import EVERY_S, Looks
from dispatchkit.bench.pace.measures import DayMeasures, Quantiles, as_measured, figures
from dispatchkit.bench.pace.real import side_by_side
from dispatchkit.day import Day, Entry, fold, follow
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import BreakTaken, StopServed
from dispatchkit.errors import NotFound
from dispatchkit.imports.completions import Completions, Recorded, read_completions
from dispatchkit.intake.given_days import read_days
from dispatchkit.pace.ahead import Left
from dispatchkit.pace.factors import Stretches
from dispatchkit.pace.forecast import project
from dispatchkit.pace.lesson import lesson
from dispatchkit.pace.past import Past
from dispatchkit.pace.pooling import Lesson, pooled
from dispatchkit.pace.timetable import Timetables, timetables
from dispatchkit.plan.intake import given_plan
from dispatchkit.records import DayKey, Plan, PlannedRoute
from dispatchkit.station import Station
from dispatchkit.times import after, seconds_between
from dispatchkit.travel.calibrated import CalibratedTravel

R = TypeVar("R")
BY = "recorded"


def backtest(data: Path, completions: Path, station: Station) -> dict[str, Any]:
    """Judge the forecast on recorded days.

    Parameters
    ----------
    data
        Plans, as `import` reads them.
    completions
        A CSV file: route_id, stop_id, completed_at, and driver_id where it is known.

    Returns
    -------
    dict
        The keys of `bench pace`; None for what no record tells (the optimal forecaster, the oracle, the weather). And
        `routes`, `censored_routes`: those that did not finish all of their stops themselves, whose end nobody knows;
        `unknown_drivers`: those of which the file does not say who drove them.

    Raises
    ------
    NotFound
        Where the completions are of no route of the plans.
    """
    recorded, travel = read_completions(completions), CalibratedTravel()
    measured: list[DayMeasures] = []
    lessons: defaultdict[str, list[Lesson]] = defaultdict(list)
    routes = censored = unknown = 0
    for found in sorted(read_days(data, station), key=lambda day: day.service_day):
        plan = given_plan(found, station, travel, seed=0)
        done = _by_plan(plan, recorded.done)
        told = [route for route in plan.routes if done.get(route.route_id)]
        if told:
            tables, past = timetables(plan, travel), pooled(lessons[plan.station], station.forecast)
            drivers = [_driver(route, recorded) for route in told]
            one, whole, over = _measured(plan, told, done, drivers, station, tables, past)
            lessons[plan.station].append(lesson(over, tables, station))
            measured.append(one)
            routes, censored = routes + len(told), censored + int((~whole).sum())
            unknown += drivers.count("")
    if not measured:
        raise NotFound("None of the completions is of a route in these plans. Compare the route_id of both.")
    return figures(measured) | {"routes": routes, "censored_routes": censored, "unknown_drivers": unknown}


def _driver(route: PlannedRoute, recorded: Recorded) -> str:
    return recorded.driver_of.get(route.route_id) or recorded.driver_of.get(route.code, "")


def _by_plan(plan: Plan, recorded: Completions) -> Completions:
    """The completions under the plan's ids: a file may say the route's code, and stops by the ids of its source."""
    found: dict[str, dict[str, datetime]] = {}
    for route in plan.routes:
        told = recorded.get(route.route_id) or recorded.get(route.code) or {}
        planned = {stop_id.removeprefix(f"{route.code}:"): stop_id for stop_id in route.stop_ids}
        own = frozenset(route.stop_ids)
        known = ((s if s in own else planned.get(s, ""), at) for s, at in told.items())
        found[route.route_id] = {s: at for s, at in known if s}
    return found


class _OnePlan:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def record(self, digest: str, kind: type[R]) -> R:  # noqa: ARG002 -- whatever the digest, it is this plan
        return cast(R, self.plan)


def _measured(
    plan: Plan, told: list[PlannedRoute], done: Completions, drivers: list[str], station: Station, tables: Timetables,
    past: Past,
) -> tuple[DayMeasures, NDArray[np.bool_], Day]:  # fmt: skip
    driven, start = _driven(plan, told, done, station)
    driven = driven._replace(new=np.array([bool(past.drivers and d) and d not in past.drivers for d in drivers]))
    facts = sorted(_facts(told, done, drivers, driven, start), key=lambda fact: fact.at)
    at_s = np.arange(0.0, float(driven.back_s.max()) + EVERY_S, EVERY_S)
    shape = (len(at_s), len(told))
    median_s, below_s, above_s = np.zeros(shape), np.ones(shape), np.ones(shape)
    remaining = np.zeros(shape, dtype=np.int64)
    days = _looked_at(plan, facts, [after(start, s) for s in at_s])
    for look, (now, day) in enumerate(days):
        for k, route in enumerate(told):
            remaining[look, k] = len(day.road.routes[route.route_id].remaining)
            finish = project(day, route.route_id, now=now, station=station, tables=tables, past=past).finish
            median_s[look, k] = seconds_between(start, finish.mean_at)
            above_s[look, k] = finish.spread_s
            below_s[look, k] = finish.spread_s if finish.early_spread_s is None else finish.early_spread_s
    now_s = at_s[:, None]
    stops = driven.routes.stops
    seen = Looks(
        day=driven,
        at_s=at_s,
        out=(driven.left_s <= now_s) & (driven.back_s > now_s),
        done=stops - remaining,
        remaining=remaining,
        starts_s=np.zeros(shape),
        break_s=np.zeros(shape),
        known=Stretches(*np.zeros((6, 1, 1))),
        left=Left(*np.zeros((6, 1))),
    )
    whole = np.array([set(r.stop_ids) <= set(done[r.route_id]) for r in told])
    best = Quantiles(np.maximum(median_s, now_s), below_s, above_s)
    foretold = {"calibrated": best.median_s, "elapsed_rule": elapsed_rule(seen)}
    return as_measured(seen, best, foretold, station, reckoned=best, whole=whole), whole, day


def _driven(plan: Plan, told: list[PlannedRoute], done: Completions, station: Station) -> tuple[Driven, datetime]:
    """The day as arrays, and the instant from which its seconds count: the first departure."""
    left = [_left(plan, route, done) for route in told]
    start = min(left)
    routes = side_by_side([(plan, route) for route in told], station)
    departs_s = np.array([seconds_between(start, r.departs_at) for r in told])
    finish_by_s = np.array([seconds_between(start, r.finish_by) for r in told])
    last_s = [seconds_between(start, max(done[r.route_id].values())) for r in told]
    back_s = np.array(last_s) + routes.back_s
    nothing = np.zeros(routes.real.shape)
    return Driven(
        routes=routes._replace(departs_s=departs_s, finish_by_s=finish_by_s),
        left_s=np.array([seconds_between(start, at) for at in left]),
        done_s=nothing,
        back_s=back_s,
        took_s=nothing,
        tells=routes.real,
        break_at_s=np.zeros(len(told)),
        lessons=(),
        new=np.zeros(len(told), dtype=bool),
        log_factor=np.zeros((len(told), 2)),
        log_doors=nothing,
        bad_weather=False,
    ), start


def _left(plan: Plan, route: PlannedRoute, done: Completions) -> datetime:
    first_id, first_at = min(done[route.route_id].items(), key=lambda item: item[1])
    service_s = plan.stop[first_id].service_s if first_id in plan.stop else 0.0
    return min(route.departs_at, first_at - timedelta(seconds=route.drive_s[0] + service_s))


def _facts(
    told: list[PlannedRoute], done: Completions, drivers: list[str], driven: Driven, start: datetime
) -> Iterator[Fact]:
    yield PlanCommitted(at=start - timedelta(hours=1), by=BY, plan=BY)
    for k, route in enumerate(told):
        left = after(start, float(driven.left_s[k]))
        yield RouteDeparted(at=left, by=BY, route_id=route.route_id, driver_id=drivers[k], van_id="")
        stops = sorted(done[route.route_id].items(), key=lambda item: item[1])
        for stop_id, at in stops:
            yield StopServed(at=at, by=BY, route_id=route.route_id, stop_id=stop_id)
        rested = int(driven.routes.break_after[k]) + 1
        if route.break_s and rested < len(stops):
            # it ends when the stop after it is done, at the latest: the stretch with the break in it tells no pace
            yield BreakTaken(at=stops[rested][1], by=BY, route_id=route.route_id, duration_s=route.break_s)


def _looked_at(plan: Plan, facts: list[Fact], instants: list[datetime]) -> Iterator[tuple[datetime, Day]]:
    """Yield the day as it was known at each instant."""
    kept, key = _OnePlan(plan), DayKey(plan.station, plan.service_day)
    entries = [Entry(n, n, fact.at, fact) for n, fact in enumerate(facts, start=1)]
    day, taken = fold(key, [], kept), 0
    for now in instants:
        until = taken
        while until < len(entries) and entries[until].fact.at <= now:
            until += 1
        day = follow(day, entries[taken:until], kept)
        taken = until
        yield now, day
