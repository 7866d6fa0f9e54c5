"""What the processes of a build work on: an order of a route, a share of the routes. Importing this is light."""

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.found import Found
from dispatchkit.plan.engine.problem import Problem, Routes
from dispatchkit.plan.engine.sequence import sequence
from dispatchkit.plan.engine.side_by_side import Clock, Stopped, never

FIRST_ROUNDS = 800
"""Kicks for the order of each route before the first plan stands: some hundredths of a second a route."""

ORDER_ROUNDS = 500
"""Kicks between two looks at the clock."""

Seconds = Callable[[], NDArray[np.float32]]
"""The seconds between the places of a task, fetched where it is worked on; shape (places, places)."""


def first_order(problem: Problem, drive_s: Seconds, seed: int) -> tuple[int, ...]:
    """Order one van's stops, as `Problem.of_van` has them; positions among them."""
    return sequence(
        drive_s(), problem.service_s[1:], problem.opens_s[1:], problem.closes_s[1:],
        shift_s=problem.shift_s, break_s=problem.break_s, seed=seed, rounds=FIRST_ROUNDS,
    )  # fmt: skip


def torn_and_mended(
    problem: Problem,
    routes: Routes,
    drive_s: Seconds,
    seed: int,
    seconds: float,
    heat_s: float,
    even: float,
    fair_s: NDArray[np.float64],
    zone_s: float,
    clock: Clock = time.monotonic,
    stopped: Stopped = never,
) -> Found:
    """Work on a share of the routes for so many seconds."""
    from dispatchkit.plan.engine import search

    until = clock() + seconds

    def heat() -> float | None:
        return None if stopped() or clock() >= until else heat_s

    return search.improve(problem, drive_s(), routes, seed=seed, heat_s=heat, even=even, fair_s=fair_s, zone_s=zone_s)


def ordered_on(
    problem: Problem,
    drive_s: Seconds,
    seed: int,
    seconds: float,
    clock: Clock = time.monotonic,
    stopped: Stopped = never,
) -> tuple[int, ...]:
    """Search on for a better order of one route for so many seconds; its places stand in their present order."""
    from dispatchkit.plan.engine.one_route import shortened

    until, order, between = clock() + seconds, tuple(range(1, problem.stops + 1)), drive_s()
    while not stopped() and clock() < until:
        order = shortened(problem, between, order, seed=seed, rounds=ORDER_ROUNDS)
        seed += 1
    return order


def polished(
    problem: Problem,
    routes: Routes,
    drive_s: Seconds,
    seed: int,
    seconds: float,
    clock: Clock = time.monotonic,
    stopped: Stopped = never,
) -> Routes:
    """Work on all routes together for so many seconds, once tearing and mending has come to its end."""
    from dispatchkit.plan.engine import polish

    until = clock() + seconds
    return polish.polished(problem, drive_s(), routes, seed=seed, stop=lambda: stopped() or clock() >= until)


def wake() -> None:
    """Load the compiled searches while the first plan is being made."""
    from dispatchkit.plan.engine import search

    search.warm_up()
    sequence(1.0 - np.eye(4), np.zeros(3), shift_s=9.0, seed=0, rounds=1)
