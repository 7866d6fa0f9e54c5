"""A problem solved as a dispatcher wants it: in time on most days, late rather than not at all, the rest explained."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.build import Progress, Solution, build
from dispatchkit.plan.engine.evaluate import TOLERANCE, evaluate
from dispatchkit.plan.engine.leftover import Limit, put_in_turn
from dispatchkit.plan.engine.objective import SECONDS_PER_H, Objective
from dispatchkit.plan.engine.problem import Problem, Routes
from dispatchkit.plan.engine.shortfall import Shortfall, shortfall
from dispatchkit.plan.margin import margin_lost
from dispatchkit.travel.matrix import TravelTimes

WITH_MARGIN_SHARE, FEW_SHARE = 0.5, 0.02
"""Share of the time after which a plan with a margin is given up where it leaves more than so many stops behind; a few
find room in the margins of some routes."""


@dataclass(frozen=True)
class Solved:
    """Routes, and what became of the stops that did not fit.

    Attributes
    ----------
    routes
        An order of places per van, in the order of the vans.
    late
        Stops on a route although their window, or another's, could not be kept.
    left
        Stops on no route, each with what keeps it off.
    short
        What would take the late and the left ones too; None where there are none.
    margin_s
        What was to be kept free at the end of each shift.
    without_margin
        Vans whose routes do without it.
    """

    routes: Routes
    late: tuple[int, ...] = ()
    left: tuple[tuple[int, Limit], ...] = ()
    short: Shortfall | None = None
    margin_s: float = 0.0
    without_margin: tuple[int, ...] = ()

    def sentences(self, codes: Sequence[str]) -> tuple[str, ...]:
        """What there is to know of the margin; `codes` are what people call the vans' routes."""
        if not self.without_margin:
            return ()
        without = [codes[van] for van in self.without_margin]
        return (margin_lost(self.margin_s, without, "stops would have stayed behind"),)


NOTHING_SOLVED = Solved(())
"""What becomes of a problem without stops or vans."""


def solve(
    problem: Problem,
    travel: TravelTimes,
    *,
    margin_s: float,
    objective: Objective,
    seed: int,
    budget_s: float,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    **engine: Any,
) -> Solved:
    """Build routes with a margin at the end of each shift; without it where stops would stay behind for it.

    Parameters
    ----------
    margin_s
        Seconds to keep free at the end of each shift; 0 for none.
    budget_s, progress, cancelled, engine
        As `build` takes them.
    """
    used_s = 0.0
    if margin_s > 0 and problem.service_s[1:].sum() <= (problem.shifts_s - margin_s - problem.break_s).sum():
        few = FEW_SHARE * problem.stops
        watched = _Watched(progress, cancelled, give_up_s=budget_s * WITH_MARGIN_SHARE, few=few)
        solution = build(
            _shorter(problem, margin_s), travel, seed=seed, budget_s=budget_s, progress=watched.told,
            cancelled=watched.asked, objective=objective, **engine,
        )  # fmt: skip
        if not watched.gave_up:
            return _whole(problem, travel, solution, margin_s)
        used_s = watched.elapsed_s
    watched = _Watched(progress, cancelled, began_s=used_s)
    solution = build(
        problem, travel, seed=seed, budget_s=budget_s - used_s, progress=watched.told, cancelled=watched.asked,
        objective=objective, **engine,
    )  # fmt: skip
    return _whole(problem, travel, solution, margin_s)


class _Watched:
    """Listens to a build: passes on how far it has come, and ends one that will not do in time."""

    def __init__(
        self, progress: Callable[[Progress], None] | None, cancelled: Callable[[], bool] | None, *,
        began_s: float = 0.0, give_up_s: float = np.inf, few: float = 0.0,
    ) -> None:  # fmt: skip
        self._progress, self._cancelled = progress, cancelled
        self._began_s, self._give_up_s, self._few = began_s, give_up_s, few
        self.elapsed_s, self.gave_up = began_s, False

    def told(self, so_far: Progress) -> None:
        self.elapsed_s = self._began_s + so_far.elapsed_s
        self.gave_up = so_far.unserved > self._few and self.elapsed_s >= self._give_up_s
        if self._progress:
            self._progress(replace(so_far, elapsed_s=self.elapsed_s))

    def asked(self) -> bool:
        return self.gave_up or (self._cancelled is not None and self._cancelled())


def _shorter(problem: Problem, margin_s: float) -> Problem:
    """The problem with so much less time for every van, as far as there is any."""
    shifts_s = np.maximum(problem.shifts_s - margin_s, problem.break_s + 1.0)
    return replace(problem, shift_s=float(shifts_s.max()), van_shift_s=tuple(shifts_s.tolist()))


def _whole(problem: Problem, travel: TravelTimes, solution: Solution, margin_s: float) -> Solved:
    """Find a place within the limits for stops that are left, then a late one, and explain the rest."""
    hours_s = np.array(solution.evaluation.hours) * SECONDS_PER_H
    routes: list[tuple[int, ...]] = list(solution.routes)
    late: list[int] = []
    left: list[tuple[int, Limit]] = []
    short = None
    if solution.unserved:
        drive_s = travel.matrix(problem.lat, problem.lng)
        left = put_in_turn(problem, drive_s, routes, solution.unserved)
        short = shortfall(problem, drive_s, tuple(routes), left)
        late, left = _put_late(problem, drive_s, routes, left)
        hours_s = np.array(evaluate(problem, drive_s, routes).hours) * SECONDS_PER_H
    over = np.flatnonzero(hours_s > problem.shifts_s - margin_s + TOLERANCE) if margin_s > 0 else ()
    return Solved(tuple(routes), tuple(late), tuple(left), short, margin_s, tuple(int(van) for van in over))


def _put_late(
    problem: Problem, drive_s: NDArray[np.floating], routes: list[tuple[int, ...]], left: Sequence[tuple[int, Limit]]
) -> tuple[list[int], list[tuple[int, Limit]]]:
    """Put stops that only windows keep off where they cost least: late rather than not at all.

    First the windows of all other stops are kept, then none; shifts and the vans' volumes always are.

    Returns
    -------
    late, left
        Stops that have a place now, and those that still have none.
    """
    if not left:
        return [], []
    opens_s, closes_s = problem.opens_s.copy(), problem.closes_s.copy()
    stops = [stop for stop, _ in left]
    opens_s[stops] = closes_s[stops] = np.nan
    their_own = replace(problem, opens_s=opens_s, closes_s=closes_s)
    none_kept = replace(their_own, closes_s=np.full_like(closes_s, np.nan))
    still = [stop for stop, _ in put_in_turn(their_own, drive_s, routes, stops)]
    at_last = dict(put_in_turn(none_kept, drive_s, routes, still))
    return (
        [stop for stop in stops if stop not in at_last],
        [(stop, at_last[stop]) for stop in stops if stop in at_last],
    )
