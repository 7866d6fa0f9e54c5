"""Routes built from stops and vans: share out, order, then tear and mend neighbouring routes while time lasts."""

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, wait
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan import search
from dispatchkit.plan.cluster import cluster
from dispatchkit.plan.draft import Draft
from dispatchkit.plan.drive_times import Between, for_others, here
from dispatchkit.plan.evaluate import Evaluation, evaluate
from dispatchkit.plan.leftover import Limit, sentences, why_left
from dispatchkit.plan.objective import DRIVING, Objective
from dispatchkit.plan.problem import Problem, Routes
from dispatchkit.plan.search import Found
from dispatchkit.plan.sequence import sequence
from dispatchkit.travel.matrix import TravelTimes

EPOCHS, LONGEST_EPOCH_S = 12, 5.0
"""How often the routes are shared out anew among the processes, and how long one share is worked on at most."""

SHARE_STOPS = 2_800
"""Stops of a share, at most: of more, the seconds between them no longer fit where a processor reads fast."""

HOT_LEGS, COLD_LEGS = 2.0, 0.1
"""By how many usual legs of driving a plan may be worse than the one before it, on average: at first, at the end."""

UNHURRIED_S = 0.008
"""Seconds of search a stop below which the search starts cooler: it would not come down in time."""

FIRST_ROUNDS = 200
"""Rounds for the order of each route before the first plan stands: about 0.1 s a route."""

_T = TypeVar("_T")
_POLL_S = 0.1       # how long a cancelled build may go on waiting for its workers
_LEAST_S = 0.3      # less is not worth handing routes over


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
    objective: Objective = DRIVING,
) -> Solution:
    """Build routes for all vans that keep volume, windows and shift, with as many stops and as little driving as found.

    The stops are shared out into compact areas, each is ordered, and what breaks a limit is taken off; from there on
    there is a plan that keeps every limit at any moment. Then each process tears and mends its share of neighbouring
    routes, and again with other shares; what our own evaluator finds best is kept. A van that saves no driving stays
    at the station.

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
        Called after every epoch.
    cancelled
        Asked all the time; once it says yes, the best plan so far is returned.
    executor
        Where shares are worked on side by side: a process pool, started by "spawn". None works on all of it here.
    processes
        How many shares, with an executor.
    objective
        What counts beside driving.
    """
    began = clock()
    stopped = cancelled or (lambda: False)
    if executor:
        for _ in range(processes):
            executor.submit(_wake)
    drive_s = travel.matrix(problem.lat, problem.lng).astype(np.float32)
    with for_others(drive_s) if executor else nullcontext(here(drive_s)) as between:
        draft = Draft(problem, drive_s, _first_routes(problem, drive_s, between, seed, objective, executor), objective)
        best, rng, even = draft.fitted(), np.random.default_rng(seed), objective.even(problem)

        def told() -> None:
            if progress:
                left = len(best.unserved)
                progress(Progress(clock() - began, best.drive_s, problem.stops - left, left))

        told()
        cooling = Cooling(problem, best.drive_s, clock(), began + budget_s, processes if executor else 1)
        while problem.stops and not stopped() and (left_s := cooling.until - clock()) > _LEAST_S:
            heat_s, epoch_s = cooling.heat_s(clock()), min(cooling.epoch_s, left_s)
            rounds = max(1, math.ceil(problem.stops / SHARE_STOPS / cooling.processes))
            groups = draft.shares(rng, cooling.processes * rounds)
            tasks = [
                partial(
                    _improved, *draft.part(group), partial(between, group.places), int(rng.integers(2**31)),
                    epoch_s / rounds, heat_s, even[list(group.vans)],
                )
                for group in groups
            ]  # fmt: skip
            found = _side_by_side(tasks, executor, clock, stopped)
            if found is None:
                break
            for group, routes in zip(groups, found, strict=True):
                draft.take(group, routes.best)
            best = min(best, draft.kept(), key=lambda kept: kept.cost)
            for group, routes in zip(groups, found, strict=True):
                draft.take(group, routes.now)
            told()
    return Solution(
        routes=best.routes,
        unserved=best.unserved,
        limits=why_left(problem, drive_s, best.routes, best.unserved),
        evaluation=evaluate(problem, drive_s, best.routes),
    )


@dataclass(frozen=True)
class Cooling:
    """How much worse a plan may be than the one before it, from the first plan to the end of the time."""

    problem: Problem
    drive_s: float
    began: float
    until: float
    processes: int

    @property
    def lasts_s(self) -> float:
        """Seconds of search."""
        return max(self.until - self.began, _LEAST_S)

    @property
    def epoch_s(self) -> float:
        """Seconds between two times at which the routes are shared out."""
        return min(LONGEST_EPOCH_S, self.lasts_s / EPOCHS)

    def heat_s(self, now: float) -> float:
        """Seconds of driving by which a plan may be worse, on average: less and less."""
        leg_s = self.drive_s / max(1, self.problem.stops)
        haste = min(1.0, self.processes * self.lasts_s / self.problem.stops / UNHURRIED_S)
        share = min(1.0, (now - self.began) / self.lasts_s)
        above: float = max(1.0, haste * HOT_LEGS / COLD_LEGS) ** (1.0 - share)
        return leg_s * COLD_LEGS * above


def _first_routes(
    problem: Problem,
    drive_s: NDArray[np.float32],
    between: Between,
    seed: int,
    objective: Objective,
    executor: Executor | None,
) -> list[tuple[int, ...]]:
    """Share the stops out and order each van's share, side by side where there is an executor."""

    def run(tasks: Sequence[Callable[[], _T]]) -> Sequence[_T]:
        begun = [executor.submit(task) for task in tasks] if executor else []
        return [future.result() for future in begun] if executor else [task() for task in tasks]

    areas = cluster(problem, drive_s, seed, all_vans=objective.balance_s > 0, run=run)
    tasks = [
        partial(_ordered, problem.part((0, *area), (van,)), partial(between, (0, *area)), seed)
        for van, area in enumerate(areas)
    ]
    return [tuple(area[i] for i in order) for area, order in zip(areas, run(tasks), strict=True)]


def _ordered(problem: Problem, seconds: Callable[[], NDArray[np.float32]], seed: int) -> tuple[int, ...]:
    """Order one van's stops; positions among them."""
    leaves_s = float(problem.leaves_s[0])
    return sequence(
        seconds(), problem.service_s[1:], problem.opens_s[1:] - leaves_s, problem.closes_s[1:] - leaves_s,
        shift_s=float(problem.shifts_s[0]), break_s=problem.break_s, seed=seed, rounds=FIRST_ROUNDS,
    )  # fmt: skip


def _improved(
    problem: Problem,
    routes: Routes,
    drive_s: Callable[[], NDArray[np.float32]],
    seed: int,
    seconds: float,
    heat_s: float,
    even: NDArray[np.float64],
    clock: Callable[[], float] = time.monotonic,
    stopped: Callable[[], bool] = lambda: False,
) -> Found:
    """Tear and mend a share of the routes for so many seconds; runs in a worker process or here."""
    until = clock() + seconds

    def heat() -> float | None:
        return None if stopped() or clock() >= until else heat_s

    return search.improve(problem, drive_s(), routes, seed=seed, heat_s=heat, even=even)


def _side_by_side(
    tasks: Sequence[Callable[..., Found]],
    executor: Executor | None,
    clock: Callable[[], float],
    stopped: Callable[[], bool],
) -> list[Found] | None:
    """Run the shares' tasks, here one by one; None where the build was cancelled meanwhile."""
    if executor is None:
        return [task(clock=clock, stopped=stopped) for task in tasks]
    futures: list[Future[Found]] = [executor.submit(task) for task in tasks]
    while wait(futures, timeout=_POLL_S).not_done:
        if stopped():
            for future in futures:
                future.cancel()
            return None
    return [future.result() for future in futures]


def _wake() -> None:
    """Load the compiled searches in a worker while the first plan is being made."""
    search.warm_up()
    sequence(1.0 - np.eye(4), np.zeros(3), shift_s=9.0, seed=0, rounds=1)
