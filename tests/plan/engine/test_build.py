import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest

from dispatchkit.plan.engine.build import POLISH_SHARE, build
from dispatchkit.plan.engine.evaluate import evaluate
from dispatchkit.plan.engine.leftover import Limit
from dispatchkit.plan.engine.problem import Problem
from dispatchkit.travel.calibrated import CalibratedTravel

NEVER = float("nan")


def built(town, problem, counting_clock, rounds=30, **more):
    return build(problem, town.travel, seed=1, budget_s=rounds, clock=counting_clock(), **more)


def a_small_station(stops=300, vans=5):
    """Stops in five villages around a station, one in ten with a window; parcels fill the vans to 80 %."""
    rng = np.random.default_rng(5)
    village = rng.integers(5, size=stops)
    turn = village * 2 * np.pi / 5
    n = stops + 1
    opens, closes = np.full(n, NEVER), np.full(n, NEVER)
    windowed = 1 + rng.choice(stops, stops // 10, replace=False)
    opens[windowed] = rng.integers(0, 4, windowed.size) * 3_600
    closes[windowed] = opens[windowed] + 4 * 3_600
    volume = np.concatenate([[0], rng.integers(5, 60, stops)]).astype(float)
    return Problem(
        lat=np.concatenate([[42.0], 42.0 + 0.08 * np.sin(turn) + rng.normal(0, 0.015, stops)]),
        lng=np.concatenate([[-88.0], -88.0 + 0.1 * np.cos(turn) + rng.normal(0, 0.02, stops)]),
        volume=volume,
        service_s=np.concatenate([[0], rng.integers(30, 180, stops)]).astype(float),
        opens_s=opens,
        closes_s=closes,
        van_volume=(float(volume.sum() / 0.8 / vans),) * vans,
        shift_s=9.5 * 3_600,
        break_s=1_800.0,
    )


def everywhere_once(problem, solution):
    placed = sorted([*(p for route in solution.routes for p in route), *solution.unserved])
    return placed == list(range(1, problem.stops + 1)) and len(solution.routes) == len(problem.van_volume)


def test_two_towns_get_a_van_each(town, counting_clock):
    problem = town.problem([-9, 9, -9.1, 9.1, -9.2, 9.2], vans=(3, 3))
    solution = built(town, problem, counting_clock)
    assert sorted(sorted(route) for route in solution.routes) == [[1, 3, 5], [2, 4, 6]]
    assert solution.evaluation.feasible
    assert solution.why == ()


def test_the_large_van_takes_the_large_town(town, counting_clock):
    problem = town.problem([-9, 9, 9.1, 9.2], vans=(1, 3))
    assert [sorted(route) for route in built(town, problem, counting_clock).routes] == [[1], [2, 3, 4]]


def test_a_van_too_small_leaves_what_does_not_fit_and_says_so(town, counting_clock):
    problem = town.problem([1, 2, 3, 4], vans=(3.0,))
    solution = built(town, problem, counting_clock)
    assert everywhere_once(problem, solution)
    assert (len(solution.unserved), solution.limits) == (1, {Limit.VAN_VOLUME: 1})
    assert "no van has room" in solution.why[0]


def test_a_window_that_forces_a_wait_is_kept(town, counting_clock):
    problem = town.problem([1, 2], windows={2: (5_000, 6_000)})
    solution = built(town, problem, counting_clock)
    assert solution.evaluation.feasible
    assert solution.evaluation.hours[0] > 5_000 / 3_600


def test_a_window_that_cannot_be_met_leaves_its_stop_and_serves_the_rest(town, counting_clock):
    problem = town.problem([1, 2, 3], windows={3: (0, 200)})
    solution = built(town, problem, counting_clock)
    assert (solution.unserved, solution.limits) == ((3,), {Limit.WINDOW: 1})


def test_a_shift_too_short_serves_what_it_can(town, counting_clock):
    problem = town.problem([1, 2, 3, 20], shift_s=900)
    solution = built(town, problem, counting_clock)
    assert (solution.unserved, solution.limits) == ((4,), {Limit.SHIFT: 1})
    assert solution.evaluation.overtime_s == 0


def test_no_stops_no_routes(town, counting_clock):
    solution = built(town, town.problem([], vans=(9, 9)), counting_clock)
    assert (solution.routes, solution.unserved) == (((), ()), ())


def test_one_stop(town, counting_clock):
    assert sorted(built(town, town.problem([1], vans=(9, 9)), counting_clock).routes) == [(), (1,)]


def test_many_stops_at_one_address(town, counting_clock):
    problem = town.problem([2.0] * 12, vans=(6, 6))
    solution = built(town, problem, counting_clock)
    assert everywhere_once(problem, solution)
    assert solution.unserved == ()


def test_a_small_station_is_served_whole_and_keeps_every_limit(counting_clock):
    problem = a_small_station()
    told = []
    solution = build(
        problem, CalibratedTravel(), seed=1, budget_s=60, clock=counting_clock(), progress=told.append
    )
    assert everywhere_once(problem, solution)
    assert solution.unserved == ()
    assert solution.evaluation.feasible
    assert [p.drive_s for p in told] == sorted((p.drive_s for p in told), reverse=True)
    assert told[-1].drive_s < told[0].drive_s
    assert told[-1].served == problem.stops
    assert "300 stops served" in str(told[-1])


def test_the_same_seed_builds_the_same_routes_and_another_seed_others(counting_clock):
    problem = a_small_station(120, 3)

    def routes(seed):
        return build(problem, CalibratedTravel(), seed=seed, budget_s=30, clock=counting_clock()).routes

    assert routes(1) == routes(1) != routes(2)


def test_half_the_vans_serve_what_they_can_and_lose_nobody(counting_clock):
    problem = a_small_station(120, 4)
    problem = replace(problem, van_volume=problem.van_volume[:2])
    solution = build(problem, CalibratedTravel(), seed=1, budget_s=30, clock=counting_clock())
    assert everywhere_once(problem, solution)
    assert solution.limits[Limit.VAN_VOLUME] > 0
    assert sum(solution.limits.values()) == len(solution.unserved)
    assert (solution.evaluation.overload, solution.evaluation.late_s, solution.evaluation.overtime_s) == (0, 0, 0)


def test_a_cancelled_build_keeps_the_best_plan_so_far(counting_clock):
    problem = a_small_station(120, 3)
    told = []
    solution = build(
        problem, CalibratedTravel(), seed=1, budget_s=10**6, clock=counting_clock(),
        progress=told.append, cancelled=lambda: len(told) >= 1,
    )  # fmt: skip
    assert len(told) == 1
    assert everywhere_once(problem, solution)


def test_two_processes_improve_side_by_side():
    problem = a_small_station(200, 4)
    told = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        solution = build(
            problem, CalibratedTravel(), seed=1, budget_s=120, executor=pool, processes=2,
            progress=told.append, cancelled=lambda: len(told) > 2,
        )  # fmt: skip
    assert everywhere_once(problem, solution)
    assert solution.evaluation.feasible
    assert len(told) > 1


def test_polishing_too_many_stops_for_the_vans_loses_nobody(counting_clock):
    problem = a_small_station(60, 4)
    problem = replace(problem, van_volume=problem.van_volume[:3])
    solution = build(problem, CalibratedTravel(), seed=1, budget_s=200, clock=counting_clock())
    assert everywhere_once(problem, solution)
    assert solution.unserved


def test_a_build_that_is_cancelled_while_it_is_polished_keeps_its_plan():
    problem, began, told = a_small_station(60, 3), time.monotonic(), []

    def polishing():
        return len(told) > 1 and time.monotonic() - began > 3 * (1 - POLISH_SHARE / 2)

    with ThreadPoolExecutor(2) as pool:
        solution = build(
            problem, CalibratedTravel(), seed=1, budget_s=3, executor=pool, progress=told.append, cancelled=polishing
        )
    assert everywhere_once(problem, solution)
    assert solution.evaluation.drive_s == pytest.approx(told[-1].drive_s)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_reported_is_what_our_evaluator_says(seed, counting_clock):
    problem = a_small_station(90, 3)
    solution = build(problem, CalibratedTravel(), seed=seed, budget_s=20, clock=counting_clock())
    again = evaluate(problem, CalibratedTravel().matrix(problem.lat, problem.lng), solution.routes)
    assert again.drive_s == pytest.approx(solution.evaluation.drive_s, rel=1e-6)
    assert again.feasible == solution.evaluation.feasible
