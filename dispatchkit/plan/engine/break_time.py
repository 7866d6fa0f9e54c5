"""The break, for solvers that know none: windows moved so that it fits."""

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.problem import Problem, Routes

UNLIMITED = 2**40
"""Larger than any time or volume of a day, small enough for a solver's integers."""

EARLIEST_SHARE = 0.4
"""The break falls near half of a route's work; before this share of it there is none."""


def solver_windows(
    problem: Problem, drive_s: NDArray[np.floating], routes: Routes
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Windows in whole seconds for a solver that knows no break: late ones close as much earlier as it will push them.

    Parameters
    ----------
    routes
        Routes such as they will be: they tell how early a break may come.

    Returns
    -------
    opens_s, closes_s
        A value per place; 0 and `UNLIMITED` where there is no window.
    """
    opens = np.where(np.isnan(problem.opens_s), 0.0, np.maximum(0.0, np.ceil(problem.opens_s)))
    closes = np.where(np.isnan(problem.closes_s), float(UNLIMITED), np.floor(problem.closes_s))
    early = np.minimum(closes, np.floor(_not_before_s(problem, drive_s, routes)))
    closes = np.maximum(np.maximum(early, closes - problem.break_s), opens)
    return np.minimum(opens, UNLIMITED), closes


def _not_before_s(problem: Problem, drive_s: NDArray[np.floating], routes: Routes) -> float:
    """Seconds after departure before which a usual route has no break."""
    work_s = [problem.work_s(drive_s, route) for route in routes if route]
    return EARLIEST_SHARE * float(np.median(work_s)) if work_s else 0.0
