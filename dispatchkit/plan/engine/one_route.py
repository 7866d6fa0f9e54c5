"""One route ordered by kicks: what `kicks` works on, made of a problem, and how its searches follow each other."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.break_time import solver_windows
from dispatchkit.plan.engine.kicks import Stops, Way, reckon, search
from dispatchkit.plan.engine.problem import Problem

NEAR = 16
"""Places that are tried after and before each: with 7 or 10, orders with one-way streets came out percents longer."""

ROUNDS_A_START = 4_000
"""An order to start from for so many rounds: several starts, of which the best is gone on with, found better orders in
the same time than one, with one-way streets above all."""

START_SHARE, STARTS_TIMED_SHARE, TIMED_SHARE = 1 / 2, 1 / 4, 1 / 6
"""Shares of the rounds: for all starts; the same where windows matter, and then for each way round.

A round that looks at windows takes about four times as long as one that does not.
"""

SHAKEN = 0.3
"""By how much, as a factor's logarithm, legs are made longer and shorter for another order to start from."""

FREE_HEAT_LEGS, TIMED_HEAT_LEGS = 0.15, 0.5
"""By how many mean legs an order may be worse than the one before it at first, on average: without and with windows."""

SHORTENED_HEAT_LEGS = 0.1
"""The same for an order that is good already: between 0.02 and 0.3 it made no difference."""

SPARE_LEGS_BY_STOPS = 72.0
"""Mean legs, times stops, that a change may count more where it may save lateness: less than half a leg with 180 stops,
where there are many such changes, and whatever it takes with few. Tuned with windows at 17 % of 180 stops."""

PRICE, FULL_PRICE = 0.05, 50.0
"""What a second late costs at first and in the end, in seconds of driving."""


def ordered(
    problem: Problem,
    drive_s: NDArray[np.floating],
    first: Callable[[NDArray[np.floating]], Sequence[int]],
    *,
    seed: int,
    rounds: int,
    counted_s: NDArray[np.floating] | None = None,
) -> tuple[int, ...]:
    """Order all stops of a problem for one van; late as little as can be where limits cannot all be kept.

    At first windows and shift are not looked at. Where the order keeps them, it is searched on in the same way.
    Otherwise it is taken both ways round and bent until it keeps them.

    Parameters
    ----------
    problem, drive_s
        Stops, shift, break; seconds between all places, shape (places, places), the station as row 0.
    first
        Makes an order of all stops to start from, of what legs count.
    seed, rounds
        Of the search's random numbers; how many kicks.
    counted_s
        What a leg counts instead of its seconds, of the same shape: habits, say. Windows go by `drive_s` all the same.
    """
    counted = np.asarray(drive_s if counted_s is None else counted_s, dtype=float)
    order = tuple(first(counted))
    leg_s = float(counted[[0, *order], [*order, 0]].mean())
    free_s = leg_s * FREE_HEAT_LEGS
    stops, rng = _stops(problem, drive_s, counted, order, leg_s), np.random.default_rng(seed)
    starts = [order]
    starts += [
        tuple(first(counted * np.exp(rng.normal(0.0, SHAKEN, counted.shape)))) for _ in range(rounds // ROUNDS_A_START)
    ]
    share = START_SHARE if np.isnan(problem.closes_s[1:]).all() else STARTS_TIMED_SHARE
    each = max(1, round(rounds * share / len(starts)))
    order = _best(_searched(stops, start, rng, each, free_s, timed=False) for start in starts)
    if _late_s(stops, order) <= 0.0:
        return _best([_searched(stops, order, rng, rounds - each * len(starts), free_s, timed=False)])
    each = max(1, round(rounds * TIMED_SHARE))
    return _best(_searched(stops, way, rng, each, leg_s * TIMED_HEAT_LEGS, timed=True) for way in (order, order[::-1]))


def shortened(
    problem: Problem, drive_s: NDArray[np.floating], order: Sequence[int], *, seed: int, rounds: int
) -> tuple[int, ...]:
    """Search on from an order that keeps its limits; return one that keeps them too and drives no longer.

    Parameters
    ----------
    problem, drive_s
        As in `ordered`.
    order
        All places of the problem but the station.
    seed, rounds
        Of the search's random numbers; how many kicks.
    """
    now = tuple(order)
    drive = np.asarray(drive_s, dtype=float)
    leg_s = float(drive[[0, *now], [*now, 0]].mean())
    stops = _stops(problem, drive, drive, now, leg_s)
    timed = not np.isnan(problem.closes_s[1:]).all()
    rng, heat_s = np.random.default_rng(seed), leg_s * SHORTENED_HEAT_LEGS
    late_s, _, best = _searched(stops, now, rng, rounds, heat_s, timed=timed)
    return best if late_s <= 0.0 else now


def _stops(
    problem: Problem, drive_s: NDArray[np.floating], counted_s: NDArray[np.floating], first: tuple[int, ...],
    leg_s: float,
) -> Stops:  # fmt: skip
    opens_s, closes_s = solver_windows(problem, np.asarray(drive_s, dtype=float), (first,))
    closes_s[0], opens_s[0] = problem.shift_s - problem.break_s, 0.0
    service_s = problem.service_s.astype(float)
    service_s[0] = 0.0
    cost_s = np.ascontiguousarray(counted_s, dtype=np.float32)
    return Stops(
        cost_s=cost_s,
        drive_s=np.ascontiguousarray(drive_s, dtype=np.float32),
        opens_s=opens_s,
        closes_s=closes_s,
        service_s=service_s,
        near_next=_nearest(cost_s),
        near_before=_nearest(cost_s.T),
        spare_s=SPARE_LEGS_BY_STOPS / problem.stops * leg_s,
    )


def _nearest(cost_s: NDArray[np.float32]) -> NDArray[np.int32]:
    """Places to which a leg counts least, the least first; shape (places, near)."""
    apart = cost_s.copy()
    np.fill_diagonal(apart, np.inf)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, : min(NEAR, len(apart) - 1)]
    return np.ascontiguousarray(nearest, dtype=np.int32)


def _way(order: tuple[int, ...]) -> Way:
    line = np.array([0, *order, 0], dtype=np.int32)
    return Way(line, np.zeros(line.size - 1, dtype=np.int64), *(np.zeros(line.size) for _ in range(5)))


def _late_s(stops: Stops, order: tuple[int, ...]) -> float:
    way = _way(order)
    reckon(stops, way, timed=True)
    return float(way.late_s[-1])


def _best(found: Iterable[tuple[float, float, tuple[int, ...]]]) -> tuple[int, ...]:
    return min(found)[2]


def _searched(
    stops: Stops, order: tuple[int, ...], rng: np.random.Generator, kicks: int, heat_s: float, *, timed: bool
) -> tuple[float, float, tuple[int, ...]]:
    """By how many whole seconds the best order found is late, what it counts, and the order."""
    way, least = _way(order), np.array([np.inf, np.inf])
    best = way.order.copy()
    search(stops, way, best, least, rng, kicks, PRICE, FULL_PRICE, timed, heat_s)
    return round(float(least[0])), float(least[1]), tuple(best[1:-1].tolist())
