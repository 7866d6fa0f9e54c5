"""Stops that do not fit: taken off a route so that the rest keeps its limits, and told apart by what keeps them off."""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.evaluate import evaluate_route
from dispatchkit.plan.problem import Problem, Routes
from dispatchkit.plan.schedule import schedule


class Limit(StrEnum):
    """What keeps a stop off every route."""

    VAN_VOLUME = "van volume"
    SHIFT = "shift"
    WINDOW = "window"
    SEARCH_TIME = "search time"


_SENTENCE = {
    Limit.VAN_VOLUME: "{stops} because no van has room left. Add a van, or a larger one.",
    Limit.SHIFT: "{stops} because no driver has time left in the shift. Add a route, or lengthen the shift.",
    Limit.WINDOW: "{stops} because the customer's window closes too early. Serve late, or agree another time.",
    Limit.SEARCH_TIME: "{stops} although there may be room. Build again with more time.",
}


def sentences(left: Counter[Limit]) -> tuple[str, ...]:
    """Say for people how many stops are unserved and what to do, a sentence or two per limit, most stops first."""
    return tuple(
        _SENTENCE[limit].format(stops="1 stop is unserved" if n == 1 else f"{n:,} stops are unserved")
        for limit, n in left.most_common()
    )


def take_off(
    problem: Problem, drive_s: NDArray[np.floating], van_volume: float, order: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Take stops off a route until it keeps its limits; return the order that stays, and what was taken off.

    What is late goes first, then what makes most room, then what saves most time.
    """
    stays, off = list(order), []
    while stays and not (figures := evaluate_route(problem, drive_s, van_volume, stays)).feasible:
        at = np.asarray(stays)
        if figures.overload > 0:
            volume = problem.volume[at]
            enough = volume >= figures.overload
            drop = int(np.argmax(np.where(enough, _saved_s(problem, drive_s, at), -1.0) if enough.any() else volume))
        elif figures.late_s > 0:
            drop = int(np.argmax(_late_s(problem, drive_s, at) > 0))
        else:
            drop = int(np.argmax(_saved_s(problem, drive_s, at)))
        off.append(stays.pop(drop))
    return tuple(stays), tuple(off)


def why_left(problem: Problem, drive_s: NDArray[np.floating], routes: Routes, unserved: Sequence[int]) -> Counter[Limit]:
    """Count unserved stops by the limit that binds: on an empty van first, then where each route has most room for it."""
    return Counter(_limit_of(problem, drive_s, routes, stop) for stop in unserved)


def _limit_of(problem: Problem, drive_s: NDArray[np.floating], routes: Routes, stop: int) -> Limit:
    if problem.volume[stop] > max(problem.van_volume):
        return Limit.VAN_VOLUME
    alone = evaluate_route(problem, drive_s, max(problem.van_volume), [stop])
    if not alone.feasible:
        return Limit.WINDOW if alone.late_s > 0 else Limit.SHIFT
    kept_off: set[Limit] = set()
    for van_volume, order in zip(problem.van_volume, routes, strict=True):
        if problem.volume[list(order)].sum() + problem.volume[stop] > van_volume:
            kept_off.add(Limit.VAN_VOLUME)
            continue
        here, then = np.array([0, *order]), np.array([*order, 0])
        at = int(np.argmin(drive_s[here, stop] + drive_s[stop, then] - drive_s[here, then]))
        joined = evaluate_route(problem, drive_s, van_volume, [*order[:at], stop, *order[at:]])
        if joined.feasible:
            return Limit.SEARCH_TIME
        kept_off.add(Limit.SHIFT if joined.overtime_s > 0 else Limit.WINDOW)
    # The limit that the vans with most to offer hit: a van with room whose driver has no time says "shift".
    return next(limit for limit in (Limit.WINDOW, Limit.SHIFT, Limit.VAN_VOLUME) if limit in kept_off)


def _saved_s(problem: Problem, drive_s: NDArray[np.floating], at: NDArray[np.int_]) -> NDArray[np.float64]:
    """Seconds that each stop of a route costs: its detour and its service."""
    before, after = np.concatenate([[0], at[:-1]]), np.concatenate([at[1:], [0]])
    saved: NDArray[np.float64] = drive_s[before, at] + drive_s[at, after] - drive_s[before, after] + problem.service_s[at]
    return np.maximum(saved, 0.0)


def _late_s(problem: Problem, drive_s: NDArray[np.floating], at: NDArray[np.int_]) -> NDArray[np.float64]:
    way = np.concatenate([[0], at, [0]])
    return schedule(
        drive_s[way[:-1], way[1:]], problem.service_s[at], problem.opens_s[at], problem.closes_s[at],
        break_s=problem.break_s,
    ).late_s  # fmt: skip
