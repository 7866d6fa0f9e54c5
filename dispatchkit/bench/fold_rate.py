"""How long a whole day takes to fold, and one fact more."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from statistics import median
from time import perf_counter
from typing import TypeVar, cast

from dispatchkit.day import Entry, fold, follow
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import DriverReturned, PackagesDebriefed, ReturnCleared, VanReturned
from dispatchkit.day.facts.load_out import DriverArrived, LoadingFinished, LoadingStarted, RouteDeparted
from dispatchkit.day.facts.pre_load_out import (
    AttendanceConfirmed,
    DriverAssigned,
    PlanCommitted,
    VanAssigned,
    VanInspected,
)
from dispatchkit.day.facts.road import BreakTaken, NotDelivered, PositionSeen, ProgressReported, StopServed
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Stop

R = TypeVar("R")

ROUTES, STOPS = 40, 180
KEY = DayKey("DXX1", date(2026, 3, 14))
NINE = datetime(2026, 3, 14, 14, tzinfo=UTC)
STOP_S = 150
POSITIONS_PER_STOP = 2
FOLDS, FACTS_MORE = 5, 200


def fold_rates() -> dict[str, float]:
    """Fold a day of 40 routes × 180 stops with every fact of all four phases.

    Returns
    -------
    dict
        `facts_in_day`; `fold_day_s`, the median of five folds from the beginning; `fold_one_fact_ms`, the median of
        following a full day by one fact more.
    """
    held = _OnePlan(_plan())
    entries = [Entry(n, n, fact.at, fact) for n, fact in enumerate(_facts(held.plan), start=1)]
    folds = []
    for _ in range(FOLDS):
        began = perf_counter()
        day = fold(KEY, entries, held)
        folds.append(perf_counter() - began)
    follows = []
    for i in range(FACTS_MORE):
        seen = PositionSeen(
            at=NINE + timedelta(hours=11, seconds=i), by="cortex", route_id=f"CX{i % ROUTES}", lat=41.6, lng=-93.6
        )
        entry = Entry(day.version + 1, day.version + 1, seen.at, seen)
        began = perf_counter()
        day = follow(day, [entry], held)
        follows.append(perf_counter() - began)
    return {
        "facts_in_day": len(entries),
        "fold_day_s": round(median(folds), 4),
        "fold_one_fact_ms": round(median(follows) * 1000, 4),
    }


class _OnePlan:
    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def record(self, digest: str, kind: type[R]) -> R:  # noqa: ARG002 -- whatever the digest, it is this plan
        return cast(R, self.plan)


def _plan() -> Plan:
    stops = [
        Stop(
            stop_id=f"CX{r}:{i}", lat=41.6 + r / 1000, lng=-93.6 + i / 1000,
            packages=(Package(package_id=f"P{r}-{i}a"), Package(package_id=f"P{r}-{i}b")),
        )
        for r in range(ROUTES)
        for i in range(STOPS)
    ]  # fmt: skip
    routes = [
        PlannedRoute(
            route_id=f"CX{r}", code=f"CX{r}", stop_ids=tuple(f"CX{r}:{i}" for i in range(STOPS)),
            drive_s=(60.0,) * (STOPS + 1), departs_at=NINE, finish_by=NINE + timedelta(hours=9.5),
        )
        for r in range(ROUTES)
    ]  # fmt: skip
    return Plan(
        station=KEY.station, service_day=KEY.service_day, station_lat=41.6, station_lng=-93.6,
        stops=tuple(stops), routes=tuple(routes),
    )  # fmt: skip


def _facts(plan: Plan) -> Iterator[Fact]:
    yield PlanCommitted(at=NINE, by="maria", plan="f" * 64)
    for i, route in enumerate(plan.routes):
        yield from _morning(route.route_id, f"A{i}", f"van-{i}")
    for i in range(STOPS):
        for route in plan.routes:
            yield from _one_stop(route, i, NINE + timedelta(seconds=STOP_S * (i + 1)))
    evening = NINE + timedelta(seconds=STOP_S * (STOPS + 5))
    for i, route in enumerate(plan.routes):
        yield ReturnCleared(at=evening, by="maria", route_id=route.route_id)
        yield DriverReturned(at=evening, by="maria", route_id=route.route_id)
        yield PackagesDebriefed(at=evening, by="maria", route_id=route.route_id)
        yield VanReturned(at=evening, by="maria", van_id=f"van-{i}")


def _morning(route_id: str, driver_id: str, van_id: str) -> Iterator[Fact]:
    yield DriverAssigned(at=NINE, by="maria", route_id=route_id, driver_id=driver_id)
    yield VanAssigned(at=NINE, by="maria", route_id=route_id, van_id=van_id)
    yield AttendanceConfirmed(at=NINE, by="maria", driver_id=driver_id)
    yield VanInspected(at=NINE, by="maria", van_id=van_id, driver_id=driver_id, inspection="pre-trip", passed=True)
    yield DriverArrived(at=NINE, by="maria", driver_id=driver_id)
    yield LoadingStarted(at=NINE, by="maria", route_id=route_id)
    yield LoadingFinished(at=NINE, by="maria", route_id=route_id, packages=2 * STOPS)
    yield RouteDeparted(at=NINE, by="maria", route_id=route_id, driver_id=driver_id, van_id=van_id)


def _one_stop(route: PlannedRoute, i: int, at: datetime) -> Iterator[Fact]:
    stop_id = route.stop_ids[i]
    for part in range(POSITIONS_PER_STOP):
        seen_at = at - timedelta(seconds=STOP_S * part / POSITIONS_PER_STOP)
        yield PositionSeen(at=seen_at, by="cortex", route_id=route.route_id, lat=41.6, lng=-93.6)
    refused = (NotDelivered(f"P{route.code[2:]}-{i}a", "REFUSED"),) if i % 60 == 0 else ()
    yield StopServed(at=at, by="cortex", route_id=route.route_id, stop_id=stop_id, not_delivered=refused)
    if i % 3 == 0:
        yield ProgressReported(at=at, by="cortex", route_id=route.route_id, stops_done=i + 1, source="cortex")
    if i == STOPS // 2:
        yield BreakTaken(at=at, by="cortex", route_id=route.route_id, duration_s=1800)
