"""Routes built from stops and vans: share out, order, then improve neighbouring routes together while time lasts."""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.cluster import cluster
from dispatchkit.plan.draft import Draft, Group, part_of
from dispatchkit.plan.evaluate import Evaluation, evaluate
from dispatchkit.plan.improve import improve
from dispatchkit.plan.leftover import Limit, sentences, why_left
from dispatchkit.plan.problem import Problem, Routes
from dispatchkit.plan.sequence import sequence
from dispatchkit.travel.matrix import TravelTimes

GROUP_ROUTES = 5
"""Neighbouring routes that are improved together, at most."""

GROUP_S = 2.5
"""Seconds for one group, at most."""

FIRST_ROUNDS = 200
"""Rounds for the order of each route before the first plan stands: about 0.1 s a route."""

_POLL_S = 0.1       # how long a cancelled build may go on waiting for its workers
_LEAST_S = 0.3      # less is not worth handing a group over


@dataclass(frozen=True)
class Progress:
    """How far a build has come."""

    elapsed_s: float
    drive_s: float
    served: int
    unserved: int

    def __str__(self) -> str:
        left = f", {self.unserved:,} left" if self.unserved else ""
        return f"{self.elapsed_s:.0f} s: {self.served:,} stops served{left}, {self.drive_s / 3600:.1f} h of driving"


@dataclass(frozen=True)
class Solution:
    """Routes that keep every limit, and the stops that did not fit.

    Attributes
    ----------
    routes
        One order of places per van, in the order of the vans; an empty one for a van that stays.
    unserved
        Places on no route; never dropped silently.
    limits
        How many of them each limit keeps off.
    evaluation
        The plan judged by our own evaluator: drive_s, hours, and what is broken (nothing but `missing`).
    """

    routes: Routes
    unserved: tuple[int, ...]
    limits: Counter[Limit]
    evaluation: Evaluation

    @property
    def why(self) -> tuple[str, ...]:
        """How many stops are unserved and what to do about it, as sentences; empty when all are served."""
        return sentences(self.limits)


def build(
    problem: Problem,
    travel: TravelTimes,
    *,
    seed: int,
    budget_s: float,
    clock: Callable[[], float] = time.monotonic,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    executor: Executor | None = None,
    processes: int = 2,
    group_routes: int = GROUP_ROUTES,
    group_s: float = GROUP_S,
) -> Solution:
    """Build routes for all vans that keep volume, windows and shift, with as many stops and as little driving as found.

    The stops are shared out into compact areas, each is ordered, and what breaks a limit is taken off; from there on
    there is a plan that keeps every limit at any moment. Then groups of neighbouring routes, with the unserved stops
    near them, are improved in turn, and only what our own evaluator finds better is kept. A van that saves no driving
    stays at the station; hours are not evened out.

    Measured on one real station day (4,224 stops, 25 vans, 30 min of break, calibrated travel, two cores): every stop
    served after 4–6 s; after 22 s 0.99–1.00 of the driving of the station's own routes, ordered by `sequence`;
    1.00–1.02 in 15–20 s with one core, or with other work on the machine.

    Parameters
    ----------
    problem
        Stops, vans and limits.
    travel
        Asked once for the seconds between all places.
    seed
        Of every random choice. In this process and with a clock that counts its calls, the same seed builds the same
        routes; by the wall clock the search goes as far as the machine does.
    budget_s
        Seconds by `clock` until the best plan is returned; the first plan is finished whatever it takes.
    clock
        Seconds, rising.
    progress
        Called after every group.
    cancelled
        Asked between rounds; once it says yes, the best plan so far is returned.
    executor
        Where groups are improved side by side: a process pool, started by "spawn". None improves them here.
    processes
        How many groups at a time, with an executor.
    group_routes, group_s
        Size of a group in routes, and its share of the time.
    """
    began = clock()
    stopped = cancelled or (lambda: False)
    at_once = processes if executor else 1
    if executor:
        for _ in range(processes):
            executor.submit(_wake)
    drive_s = travel.matrix(problem.lat, problem.lng).astype(np.float32)
    draft = Draft(problem, drive_s, _first_routes(problem, drive_s, seed, executor))
    size = max(1, min(group_routes, len(draft.routes) // at_once))
    rng = np.random.default_rng(seed)
    busy: dict[Future[Routes], Group] = {}

    def told() -> None:
        if progress:
            progress(Progress(clock() - began, draft.drive_s, problem.stops - len(draft.unserved), len(draft.unserved)))

    told()
    while problem.stops and not stopped():
        while (
            len(busy) < at_once
            and (left_s := began + budget_s - clock()) > _LEAST_S
            and (group := draft.pick(rng, size, busy.values()))
        ):
            task = partial(_improved, *draft.part(group), int(rng.integers(2**31)), min(group_s, left_s))
            busy[executor.submit(task) if executor else _here(task, clock, stopped)] = group
        if not busy:
            break
        for future in wait(busy, timeout=_POLL_S, return_when=FIRST_COMPLETED).done:
            draft.offer(busy.pop(future), future.result())
            draft.fit_in(busy.values())
            told()
    for future in busy:
        future.cancel()
    routes = tuple(draft.routes)
    return Solution(
        routes=routes,
        unserved=tuple(sorted(draft.unserved)),
        limits=why_left(problem, drive_s, routes, sorted(draft.unserved)),
        evaluation=evaluate(problem, drive_s, routes),
    )


def _first_routes(
    problem: Problem, drive_s: NDArray[np.float32], seed: int, executor: Executor | None
) -> list[tuple[int, ...]]:
    """Share the stops out and order each van's share, side by side where there is an executor."""
    areas = cluster(problem, drive_s, seed)
    tasks = [partial(_ordered, *part_of(problem, drive_s, (0, *area), (van,)), seed) for van, area in enumerate(areas)]
    begun = [executor.submit(task) for task in tasks] if executor else []
    orders = [future.result() for future in begun] if executor else [task() for task in tasks]
    return [tuple(area[i] for i in order) for area, order in zip(areas, orders, strict=True)]


def _ordered(problem: Problem, drive_s: NDArray[np.float32], seed: int) -> tuple[int, ...]:
    """Order one van's stops; positions among them."""
    return sequence(
        drive_s, problem.service_s[1:], problem.opens_s[1:], problem.closes_s[1:],
        shift_s=problem.shift_s, break_s=problem.break_s, seed=seed, rounds=FIRST_ROUNDS,
    )  # fmt: skip


def _improved(
    problem: Problem,
    drive_s: NDArray[np.float32],
    routes: Routes,
    seed: int,
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
    stopped: Callable[[], bool] = lambda: False,
) -> Routes:
    """Improve one group for so many seconds; runs in a worker process or here."""
    until = clock() + seconds
    return improve(problem, drive_s, routes, seed=seed, stop=lambda: stopped() or clock() >= until)


def _here(task: Callable[..., Routes], clock: Callable[[], float], stopped: Callable[[], bool]) -> Future[Routes]:
    """Run a group's task in this process, by this build's own clock."""
    future: Future[Routes] = Future()
    future.set_result(task(clock=clock, stopped=stopped))
    return future


def _wake() -> None:
    """Load the solver in a worker while the first plan is being made."""
    import pyvrp  # noqa: F401
