"""Routes built from stops and vans: share out, order, then improve neighbouring routes together while time lasts."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.cluster import cluster
from dispatchkit.plan.evaluate import Evaluation, evaluate, evaluate_route
from dispatchkit.plan.improve import improve
from dispatchkit.plan.leftover import Limit, sentences, take_off, why_left
from dispatchkit.plan.problem import Problem, Routes
from dispatchkit.plan.sequence import sequence
from dispatchkit.travel.matrix import TravelTimes

GROUP_ROUTES = 8
"""Neighbouring routes that are improved together, at most."""

GROUP_S = 4.0
"""Seconds for one group, at most."""

FIRST_ROUNDS = 200
"""Rounds for the order of each route before the first plan stands: about 0.1 s a route."""

_POLL_S = 0.1       # how long a cancelled build may go on waiting for its workers


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

    Every van is used: each has its driver. The work is shared out evenly, ordered, and what breaks a limit taken off;
    from there on there is a plan that keeps every limit at any moment. Then groups of neighbouring routes, with the
    unserved stops near them, are improved in turn, and only what our own evaluator finds better is kept.

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
        Seconds by `clock` until the best plan so far is returned; the first plan is finished whatever it takes.
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
    until = clock() + budget_s
    began = clock()
    stopped = cancelled or (lambda: False)
    if executor:
        for _ in range(processes):
            executor.submit(_wake)
    drive_s = travel.matrix(problem.lat, problem.lng).astype(np.float32)
    shared_out = cluster(problem, drive_s, seed)
    tasks = [partial(_ordered, *_part(problem, drive_s, (0, *stops), (van,))) for van, stops in enumerate(shared_out)]
    orders = executor.map(_run, tasks, [seed] * len(tasks)) if executor else [task(seed) for task in tasks]
    draft = _Draft(problem, drive_s, [tuple(stops[i] for i in order) for stops, order in zip(shared_out, orders)])
    rng = np.random.default_rng(seed)
    busy: dict[Future[Routes], _Group] = {}

    def told() -> None:
        if progress:
            progress(Progress(clock() - began, draft.drive_s, problem.stops - len(draft.unserved), len(draft.unserved)))

    told()
    while problem.stops and not stopped() and (left_s := until - clock()) > 0:
        while len(busy) < (processes if executor else 1) and (
            group := draft.pick(rng, _size(len(draft.routes), group_routes, processes if executor else 1), busy.values())
        ):
            task = partial(_improved, *draft.part(group), int(rng.integers(2**31)), min(group_s, left_s))
            busy[executor.submit(task) if executor else _here(task, clock, stopped)] = group
        for future in wait(busy, timeout=min(_POLL_S, left_s), return_when=FIRST_COMPLETED).done:
            draft.offer(busy.pop(future), future.result())
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


@dataclass(frozen=True)
class _Group:
    vans: tuple[int, ...]
    places: tuple[int, ...]     # the station first, then the stops of the vans, then unserved ones nearby
    unserved: frozenset[int]


class _Draft:
    """The best plan so far. It keeps every limit at any moment; what does not fit is in `unserved`."""

    def __init__(self, problem: Problem, drive_s: NDArray[np.float32], first: Sequence[Sequence[int]]) -> None:
        self.problem = problem
        self.seconds = drive_s
        self.routes: list[tuple[int, ...]] = []
        self.unserved: set[int] = set()
        for van_volume, order in zip(problem.van_volume, first, strict=True):
            stays, off = take_off(problem, drive_s, van_volume, order)
            self.routes.append(stays)
            self.unserved.update(off)

    @property
    def drive_s(self) -> float:
        return sum(self._drive_s(route) for route in self.routes)

    def pick(self, rng: np.random.Generator, size: int, busy: Sequence[_Group]) -> _Group | None:
        """Choose routes around a random one that nobody is working on, and the unserved stops nearest to them."""
        taken = {v for group in busy for v in group.vans}
        free = np.array([v for v in range(len(self.routes)) if v not in taken])
        if free.size < min(2, len(self.routes)):
            return None
        centre = np.array([self._centre(v) for v in range(len(self.routes))])
        apart = ((centre[free] - centre[rng.choice(free)]) ** 2).sum(axis=1)
        vans = tuple(sorted(free[np.argsort(apart, kind="stable")[:size]].tolist()))
        wanted = self.unserved.difference(*(group.unserved for group in busy))
        near = self._nearest(sorted(wanted), centre, vans)
        places = (0, *(p for v in vans for p in self.routes[v]), *near)
        return _Group(vans, places, frozenset(near))

    def part(self, group: _Group) -> tuple[Problem, NDArray[np.float32], Routes]:
        """Return the group as a problem of its own, with places renumbered."""
        number = {place: i for i, place in enumerate(group.places)}
        routes = tuple(tuple(number[p] for p in self.routes[v]) for v in group.vans)
        return *_part(self.problem, self.seconds, group.places, group.vans), routes

    def offer(self, group: _Group, found: Routes) -> None:
        """Take what was found for a group if it serves more stops, or as many with less driving."""
        routes, off = {}, set(group.places[1:])
        for van, order in zip(group.vans, found, strict=True):
            places = [group.places[i] for i in order]
            routes[van], _ = take_off(self.problem, self.seconds, self.problem.van_volume[van], places)
            off -= set(routes[van])
        before = len(group.unserved), sum(self._drive_s(self.routes[v]) for v in group.vans)
        if (len(off), sum(self._drive_s(route) for route in routes.values())) < before:
            for van, route in routes.items():
                self.routes[van] = route
            self.unserved = (self.unserved - group.unserved) | off

    def _drive_s(self, order: tuple[int, ...]) -> float:
        way = np.array([0, *order, 0])
        return float(self.seconds[way[:-1], way[1:]].sum(dtype=float))

    def _centre(self, van: int) -> tuple[float, float]:
        at = list(self.routes[van]) or [0]
        shrink = np.cos(np.radians(self.problem.lat[0]))
        return float(self.problem.lat[at].mean()), float(self.problem.lng[at].mean() * shrink)

    def _nearest(self, stops: list[int], centre: NDArray[np.float64], vans: tuple[int, ...]) -> list[int]:
        if not stops:
            return []
        shrink = np.cos(np.radians(self.problem.lat[0]))
        place = np.column_stack([self.problem.lat[stops], self.problem.lng[stops] * shrink])
        owner = ((place[:, None, :] - centre[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        return [stop for stop, van in zip(stops, owner.tolist(), strict=True) if van in vans]


def _part(
    problem: Problem, drive_s: NDArray[np.float32], places: Sequence[int], vans: Sequence[int]
) -> tuple[Problem, NDArray[np.float32]]:
    return problem.part(places, vans), drive_s[np.ix_(places, places)]


def _size(routes: int, most: int, at_once: int) -> int:
    """Routes per group: as many as wanted, yet enough left over for whoever works beside."""
    return max(1, min(most, -(-routes // at_once)))


def _ordered(problem: Problem, drive_s: NDArray[np.float32], seed: int) -> tuple[int, ...]:
    """Order one van's stops; positions among them."""
    return sequence(
        drive_s, problem.service_s[1:], problem.opens_s[1:], problem.closes_s[1:],
        shift_s=problem.shift_s, break_s=problem.break_s, seed=seed, rounds=FIRST_ROUNDS,
    )  # fmt: skip


def _run(task: Callable[[int], tuple[int, ...]], seed: int) -> tuple[int, ...]:
    """Call a task: what a pool's `map` can send to a worker."""
    return task(seed)


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
