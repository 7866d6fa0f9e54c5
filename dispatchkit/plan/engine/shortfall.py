"""Where vans and hours do not do for all stops: which limit is the cause, and the least change that mends it.

First by arithmetic, which tells how much is missing at least; then by trying: with so much more, a place is found for
every stop that is left. What is said would do has been tried.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.evaluate import evaluate
from dispatchkit.plan.engine.leftover import Limit, find_room, put_at
from dispatchkit.plan.engine.objective import SECONDS_PER_H
from dispatchkit.plan.engine.problem import Problem, Routes

STEP_S = 300.0
"""More time is counted in steps of five minutes."""

MOST_STEPS = 48
"""More than four hours beyond a shift is no longer a shift."""

MOST_VANS = 200
"""With so many more vans it is another day's volume."""

MOST_TRIED = 250
"""Stops left for which places are looked for one by one; beyond, only arithmetic speaks."""

LOOKS, HEAT_S = 2, 10.0
"""How long a search is: some thousand rounds. How much worse a plan may be than the one before it, in between."""

MENDED_BY_TIME = frozenset({Limit.SHIFT, Limit.WINDOW})
"""Limits that longer shifts can mend: who may be out longer can also wait longer for a window."""


@dataclass(frozen=True)
class Shortfall:
    """What keeps stops off every route, and what would take them all.

    Attributes
    ----------
    stops
        How many have no place.
    cause
        What keeps most of them off.
    vans
        So many more vans, like the ones that go out, would take all; None where no number does.
    vans_tried
        Whether places were found with them; otherwise it is the least that arithmetic asks for.
    more_s
        With so much longer shifts the vans that go out would take all; None where no time does.
    """

    stops: int
    cause: Limit
    vans: int | None = None
    vans_tried: bool = True
    more_s: float | None = None

    @property
    def sentence(self) -> str:
        """What is missing, for people."""
        stops = "1 stop has" if self.stops == 1 else f"{self.stops:,} stops have"
        takes = "it" if self.stops == 1 else "them all"
        cause = f"{stops} no place within the limits, because of the {_WORDS[self.cause]}."
        offers = []
        if self.vans is not None:
            more = "one more van" if self.vans == 1 else f"{self.vans:,} more vans"
            offers.append(more if self.vans_tried else f"at least {more}")
        if self.more_s is not None:
            offers.append(f"{self.more_s / 60:.0f} minutes more on the road")
        if not offers:
            return f"{cause} More vans or hours alone do not mend it."
        said = " or ".join(offers)
        would = "would be needed" if not self.vans_tried and self.more_s is None else f"would take {takes}"
        return f"{cause} {said[0].upper()}{said[1:]} {would}."


_WORDS = {
    Limit.VAN_VOLUME: "vans' volume",
    Limit.SERVICE_TYPE: "type of van that they need",
    Limit.PACKAGES: "packages that a van takes",
    Limit.SHIFT: "drivers' hours",
    Limit.WINDOW: "customers' windows",
    Limit.SEARCH_TIME: "time given to the search",
}


def shortfall(
    problem: Problem, drive_s: NDArray[np.floating], routes: Routes, left: Sequence[tuple[int, Limit]]
) -> Shortfall | None:
    """Look for the least change with which every stop that is left has a place; None where none is left.

    Parameters
    ----------
    drive_s
        Seconds between all places, shape (places, places).
    routes
        An order of places per van; they keep every limit.
    left
        Stops on no route, each with what keeps it off.
    """
    if not left:
        return None
    stops = [stop for stop, _ in left]
    limits = Counter(limit for _, limit in left)
    cause = max(limits, key=lambda limit: limits[limit])
    vans, tried = _more_vans(problem, drive_s, routes, stops)
    return Shortfall(
        stops=len(stops),
        cause=cause,
        vans=vans,
        vans_tried=tried,
        more_s=_more_time_s(problem, drive_s, routes, stops) if limits.keys() <= MENDED_BY_TIME else None,
    )


def like(problem: Problem, van: int, count: int) -> Problem:
    """The problem with so many more vans like this one, behind those that it has."""
    vans = [*range(len(problem.van_volume)), *[van] * count]
    return problem.part(range(problem.stops + 1), vans)


def _more_vans(
    problem: Problem, drive_s: NDArray[np.floating], routes: Routes, stops: Sequence[int]
) -> tuple[int | None, bool]:
    """How many vans like the one that could take most of these stops alone, and whether that was tried."""
    van, least = _best_van(problem, drive_s, stops)
    if van is None or least > MOST_VANS:
        return None, True
    if len(stops) > MOST_TRIED:
        return least, False

    def put(count: int) -> bool:
        return _all_placed(like(problem, van, count), drive_s, (*routes, *[()] * count), stops)

    def searched(count: int) -> bool:
        among = [0, *stops]
        only = problem.part(among, [van] * count)
        return _all_found(only, drive_s[among][:, among], ((),) * count)

    most = min(MOST_VANS, len(stops))
    enough = _first(put, least, most)
    # putting one stop after the other is quick and wasteful; a search among the new vans may do with fewer
    return _first(searched, least, (most + 1 if enough is None else enough) - 1, otherwise=enough), True


def _best_van(problem: Problem, drive_s: NDArray[np.floating], stops: Sequence[int]) -> tuple[int | None, int]:
    """The van that can serve all of these stops, one at a time, and the least number of such vans by arithmetic.

    Their volume, packages, and service with the shortest way to each have to go into so many vans and shifts.
    """
    at, empty = np.asarray(stops), ((),) * len(problem.van_volume)
    # the longest shift and the largest van first: it takes most
    order = sorted(range(len(problem.van_volume)), key=lambda v: (-problem.shifts_s[v], -problem.van_volume[v], v))
    for van in dict.fromkeys(_kinds(problem, order)):
        if any(isinstance(find_room(problem, drive_s, empty, stop, [van]), Limit) for stop in stops):
            continue
        work_s = _least_work_s(problem, drive_s, stops)
        shares = (
            float(problem.volume[at].sum()) / problem.van_volume[van] if problem.van_volume[van] else 0.0,
            float(problem.packages[at].sum()) / max(1.0, problem.room_packages[van]),
            work_s / (problem.shifts_s[van] - problem.break_s),
        )
        return van, max(1, math.ceil(max(shares) - 1e-9))
    return None, 0


def _kinds(problem: Problem, order: Sequence[int]) -> list[int]:
    """One van of each kind, in the order given: those that differ in nothing would only be tried again."""
    seen: dict[tuple[float, ...], int] = {}
    for van in order:
        served = () if problem.strange_s is None else tuple(np.flatnonzero(np.isinf(problem.strange_s[van])).tolist())
        kind = (
            problem.van_volume[van], problem.room_packages[van], problem.leaves_s[van], problem.shifts_s[van], *served,
        )  # fmt: skip
        seen.setdefault(kind, van)
    return list(seen.values())


def _more_time_s(
    problem: Problem, drive_s: NDArray[np.floating], routes: Routes, stops: Sequence[int]
) -> float | None:
    """How much longer all shifts must be for the vans that go out to take these stops."""
    if len(stops) > MOST_TRIED:
        return None

    def longer(steps: int) -> Problem:
        return replace(problem, van_shift_s=tuple((problem.shifts_s + steps * STEP_S).tolist()))

    def put(steps: int) -> bool:
        return _all_placed(longer(steps), drive_s, routes, stops)

    used_s = SECONDS_PER_H * sum(evaluate(problem, drive_s, routes).hours)
    least_s = (_least_work_s(problem, drive_s, stops) + used_s - problem.shifts_s.sum()) / len(routes)
    steps = _first(put, max(1, math.ceil(least_s / STEP_S)), MOST_STEPS)
    return None if steps is None else steps * STEP_S


def _least_work_s(problem: Problem, drive_s: NDArray[np.floating], stops: Sequence[int]) -> float:
    """Seconds of service at each of these stops, and of the shortest drive into it from anywhere."""
    at = np.asarray(stops)
    into_s = drive_s[:, at].astype(float)
    into_s[at, np.arange(len(stops))] = np.inf
    return float(problem.service_s[at].sum() + into_s.min(axis=0).sum())


def _first(works: Callable[[int], bool], low: int, high: int, *, otherwise: int | None = None) -> int | None:
    """The least number from `low` to `high` that works, where more never works worse; else `otherwise`."""
    found = otherwise
    while low <= high:
        middle = (low + high) // 2
        if works(middle):
            found, high = middle, middle - 1
        else:
            low = middle + 1
    return found


def _all_found(problem: Problem, drive_s: NDArray[np.floating], routes: Routes) -> bool:
    """Whether a short search finds routes that serve every stop of the problem and keep every limit."""
    from dispatchkit.plan.engine.search import improve  # compiled: only where it searches

    heat = iter([HEAT_S] * LOOKS)
    found = improve(problem, drive_s, routes, seed=0, heat_s=lambda: next(heat, None))
    return evaluate(problem, drive_s, found.best).feasible


def _all_placed(
    problem: Problem, drive_s: NDArray[np.floating], routes: Sequence[Sequence[int]], stops: Sequence[int]
) -> bool:
    """Whether each of these stops finds a place in turn: the farthest first, so that the near ones fill up."""
    held, vans = [tuple(route) for route in routes], range(len(routes))
    for stop in sorted(stops, key=lambda s: -float(drive_s[0, s])):
        room = find_room(problem, drive_s, held, stop, vans)
        if isinstance(room, Limit):
            return False
        put_at(held, stop, *room)
    return True
