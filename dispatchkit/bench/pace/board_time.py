"""How long the board with all its forecasts takes from the log, on a large day."""

from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from dispatchkit import course
from dispatchkit.bench.big_plan import NINE, plan_of
from dispatchkit.day import fold
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import StopServed
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.pace import pace_board
from dispatchkit.pace.past import Known, Past, area_of
from dispatchkit.plan import commit
from dispatchkit.records import DayKey, Plan
from dispatchkit.station import Station
from dispatchkit.travel.calibrated import CalibratedTravel

ROUTES, STOPS = 60, 190
KEY = DayKey("DXX9", NINE.date())
A_STOP_S = 120
RUNS = 7


def board_figures(folder: Path, station: Station) -> dict[str, float]:
    """Measure on a store in `folder`, half way through a day of 60 routes × 190 stops.

    Returns
    -------
    dict
        `board_ms`: read the day from the log, fold it and work the board out with all forecasts; of that
        `board_alone_ms` after the fold. Medians; the plan's own timetables, kept from the first look on, are warm, and
        every driver and area is known from earlier days.
    """
    plan, travel = plan_of(KEY, ROUTES, STOPS), CalibratedTravel()
    usual = Known(days=40, log_service=0.05, doubt=0.0005)
    past = Past(
        drivers={f"A{route.code}": usual for route in plan.routes}, areas={area_of(s.zone): usual for s in plan.stops}
    )
    now = NINE + timedelta(seconds=A_STOP_S * STOPS / 2)
    with open_log(folder / "board.sqlite") as log:
        desk = Desk(log, KEY, by="bench")
        digest = desk.records.put(plan)
        desk.decide(course.open_day, timezone="America/Chicago")
        desk.decide(commit.give_routes, plan=plan, digest=digest)
        desk.decide(commit.commit, plan=plan, digest=digest)
        log.append(KEY, _facts(plan), expected=desk.day().version, learned_at=now)
        whole, alone = [], []
        for _ in range(RUNS):
            began = perf_counter()
            day = fold(KEY, log.read(KEY), desk.records)
            folded = perf_counter()
            pace_board(day, now=now, station=station, travel=travel, past=past)
            whole.append(perf_counter() - began)
            alone.append(perf_counter() - folded)
    return {"board_ms": round(median(whole) * 1000, 1), "board_alone_ms": round(median(alone) * 1000, 1)}


def _facts(plan: Plan) -> list[Fact]:
    chance, facts = np.random.default_rng(1), list[Fact]()
    for route in plan.routes:
        facts.append(
            RouteDeparted(at=NINE, by="bench", route_id=route.route_id, driver_id=f"A{route.code}", van_id=route.code)
        )
        done_s = np.cumsum(A_STOP_S * chance.lognormal(-0.1, 0.45, STOPS // 2))
        facts.extend(
            StopServed(at=NINE + timedelta(seconds=float(s)), by="bench", route_id=route.route_id, stop_id=stop_id)
            for s, stop_id in zip(done_s, route.stop_ids, strict=False)
        )
    return sorted(facts, key=lambda fact: fact.at)
