"""Routes built from stops and vans: share out, order, then tear and mend neighbouring routes while time lasts."""

import math
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.build_tasks import first_order, ordered_on, polished, torn_and_mended, wake
from dispatchkit.plan.engine.cluster import cluster
from dispatchkit.plan.engine.cooling import LEAST_S, Cooling, usual_leg_s
from dispatchkit.plan.engine.draft import Draft, Kept
from dispatchkit.plan.engine.drive_times import Between, for_others, here
from dispatchkit.plan.engine.evaluate import Evaluation, evaluate, evaluate_route
from dispatchkit.plan.engine.leftover import Limit, sentences, why_left
from dispatchkit.plan.engine.objective import DRIVING, Objective
from dispatchkit.plan.engine.problem import Problem, Routes
from dispatchkit.plan.engine.side_by_side import Workforce, never
from dispatchkit.travel.matrix import TravelTimes

ORDER_SHARE = 0.12
"""Share of the time in which each route is ordered on by itself at the end. With none of it plans were 0.7 % longer."""

FEW_STOPS = 600
"""Stops up to which they are not shared out: each process works on all of them, and what one finds best goes on."""

POLISH_SHARE = 0.28
"""Share of the time in which few stops are polished at the end, in the place of ordering each route on. Of the X
instances' gaps to the best known at 8.5 s, 0.62 % on average, this took a quarter; with half of the time there was
nothing left of that."""

SHARE_STOPS = 2_800
"""Stops of a share, at most: of more, the seconds between them no longer fit where a processor reads fast."""


@dataclass(frozen=True)
class Progress:
    """How far a build has come."""

    elapsed_s: float
    drive_s: float
    served: int
    unserved: int
    routes: int

    @classmethod
    def of(cls, best: Kept, problem: Problem, elapsed_s: float) -> "Progress":
        """Say what the best plan so far comes to."""
        left = len(best.unserved)
        routes = sum(1 for route in best.routes if route)
        return cls(elapsed_s, best.drive_s, problem.stops - left, left, routes)

    def __str__(self) -> str:
        left = f", {self.unserved:,} left" if self.unserved else ""
        routes = f"{self.served:,} stops served on {self.routes} routes{left}"
        return f"{self.elapsed_s:.0f} s: {routes}, {self.drive_s / 3600:.1f} h of driving"


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
    routes, and again with other shares; few stops are not shared out, but searched from several seeds. What our own
    evaluator finds best is kept. A van that saves no driving stays at the station.

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
        Who works side by side: a process pool, started by "spawn". None works on all of it here.
    processes
        How many of the pool's there are.
    objective
        What counts beside driving.
    """
    work = Workforce(executor, processes, clock, cancelled or never)
    began = clock()
    work.prepare(wake)
    drive_s = travel.matrix(problem.lat, problem.lng).astype(np.float32, copy=False)
    with for_others(drive_s) if executor else nullcontext(here(drive_s)) as between:
        building = _Building(problem, drive_s, between, objective, seed, work)
        draft = building.first_draft()
        best = draft.fitted()

        def told() -> None:
            if progress:
                progress(Progress.of(best, problem, clock() - began))

        told()
        until = began + budget_s
        end_share, last_step = building.last_step
        end_s = end_share * max(0.0, until - clock())
        cooling = Cooling(usual_leg_s(drive_s, best.routes), problem.stops, clock(), until - end_s, work.at_once)
        for kept in building.searched(draft, cooling):
            best = min(best, kept, key=lambda known: known.cost)
            told()
        if (better := last_step(best, end_s)) is not best:
            best = better
            told()
    return Solution(
        routes=best.routes,
        unserved=best.unserved,
        limits=why_left(problem, drive_s, best.routes, best.unserved),
        evaluation=evaluate(problem, drive_s, best.routes),
    )


@dataclass(frozen=True)
class _Building:
    """What all steps of a build need."""

    problem: Problem
    drive_s: NDArray[np.float32]
    between: Between
    objective: Objective
    seed: int
    work: Workforce

    @property
    def few(self) -> bool:
        """Whether every process may work on all stops."""
        return self.problem.stops <= FEW_STOPS

    @property
    def last_step(self) -> tuple[float, Callable[[Kept, float], Kept]]:
        """What is done at the end, and in which share of the time: the solver that polishes knows of driving alone."""
        if self.few and self.objective == DRIVING and self.problem.strange_s is None:
            return POLISH_SHARE, self.polished
        return ORDER_SHARE, self.ordered_on

    def first_draft(self) -> Draft:
        """Share the stops out among the vans, and order each van's share; few of them here, while the others wake."""
        run = Workforce().all_of if self.few else self.work.all_of
        areas = cluster(self.problem, self.drive_s, self.seed, run=run, whole_zones=self.objective.zone_s > 0)
        orders = run([partial(first_order, *self._route(van, area), self.seed) for van, area in enumerate(areas)])
        first = [tuple(area[i] for i in order) for area, order in zip(areas, orders, strict=True)]
        return Draft(self.problem, self.drive_s, first, self.objective)

    def searched(self, draft: Draft, cooling: Cooling) -> Iterator[Kept]:
        """Tear and mend shares of the draft until the time is up; yield the best plan of each epoch."""
        rng, clock, priced = np.random.default_rng(self.seed), self.work.clock, self.objective
        at_once = self.work.at_once
        turns = max(1, math.ceil(self.problem.stops / SHARE_STOPS / at_once))
        while self.problem.stops and not self.work.stopped() and (left_s := cooling.until - clock()) > LEAST_S:
            heat_s, epoch_s = cooling.heat_s(clock()), min(cooling.epoch_s, left_s)
            groups = draft.shares(rng, 1) * at_once if self.few else draft.shares(rng, at_once * turns)
            fair_s = self.objective.fair_s(self.problem, self.drive_s, tuple(draft.routes))
            found = self.work.until_stopped([
                partial(
                    torn_and_mended, *draft.part(group), partial(self.between, group.places),
                    int(rng.integers(2**31)), epoch_s / turns, heat_s, priced.balance_s, fair_s[list(group.vans)],
                    priced.zone_s,
                )
                for group in groups
            ])  # fmt: skip
            if found is None:
                return
            if self.few:
                groups, found = groups[:1], [min(found, key=lambda routes: routes.cost)]
            for group, routes in zip(groups, found, strict=True):
                draft.take(group, routes.best)
            yield draft.kept()
            for group, routes in zip(groups, found, strict=True):
                draft.take(group, routes.now)

    def ordered_on(self, kept: Kept, seconds: float) -> Kept:
        """Search on for a better order of each route by itself; only what keeps its limits and costs less is taken."""
        vans = [van for van, order in enumerate(kept.routes) if len(order) > 2]
        if not vans or self.work.stopped() or seconds < LEAST_S:
            return kept
        each_s = seconds * self.work.at_once / len(vans)
        found = self.work.until_stopped(
            [partial(ordered_on, *self._route(van, kept.routes[van]), self.seed, each_s) for van in vans]
        )
        draft = Draft(self.problem, self.drive_s, kept.routes, self.objective)
        draft.unserved.update(kept.unserved)
        for van, order in zip(vans, found or (), strict=found is not None):
            another = tuple(kept.routes[van][i - 1] for i in order)
            if evaluate_route(self.problem, self.drive_s, van, another).feasible:
                draft.routes[van] = another
        return min(kept, draft.kept(), key=lambda known: known.cost)

    def polished(self, kept: Kept, seconds: float) -> Kept:
        """Work on all routes together in every process, each with another seed; only what costs less is taken."""
        if not self.problem.stops or self.work.stopped() or seconds < LEAST_S:
            return kept
        places = tuple(range(self.problem.stops + 1))
        found = self.work.until_stopped([
            partial(polished, self.problem, kept.routes, partial(self.between, places), self.seed + k, seconds)
            for k in range(self.work.at_once)
        ])  # fmt: skip
        drafts = [Draft(self.problem, self.drive_s, routes, self.objective) for routes in found or ()]
        for draft in drafts:
            draft.unserved.update(set(places[1:]).difference(*draft.routes))
        return min([kept, *(draft.kept() for draft in drafts)], key=lambda known: known.cost)

    def _route(self, van: int, places: tuple[int, ...]) -> tuple[Problem, Callable[[], NDArray[np.float32]]]:
        """One van's places as a problem of its own, and how to fetch the seconds between them."""
        return self.problem.of_van(van, places), partial(self.between, (0, *places))
