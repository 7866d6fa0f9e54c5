"""One route ordered by kicks: what `kicks` works on, made of a problem, and how its searches follow each other."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.break_time import solver_windows
from dispatchkit.plan.engine.kicks import Stops, Way, reckon_all, search
from dispatchkit.plan.engine.problem import Problem

Order = tuple[int, ...]

NEAR = 16
"""Places that are tried after and before each: with 7 or 10, orders with one-way streets came out percents longer."""

ROUNDS_A_START = 2_000
"""An order to start from for so many rounds: where the way of a route is wrong, searching longer does not turn it."""

PIECES = 16
"""Into how many pieces the first order is cut, which are put together by chance, for another one to start from."""


class Stage(NamedTuple):
    """A part of the search.

    Attributes
    ----------
    share
        Of the rounds, for all orders that are searched on at this stage.
    heat_legs
        By how many mean legs an order may be worse than the one before it at first, on average.
    price
        What a second late costs at first, in seconds of driving; None where windows are not looked at.
    piece
        Stops of a piece that a kick exchanges, at most: short ones cost less to be put right, and with windows more of
        them found more; without, long ones did.
    """

    share: float
    heat_legs: float
    price: float | None
    piece: int


class Searched(NamedTuple):
    """An order found, by how many whole seconds it is late, and what its legs count; the smaller one is better."""

    late_s: int
    counts_s: float
    order: Order


STARTED, GONE_ON = Stage(7 / 20, 0.15, None, 30), Stage(7 / 20, 0.15, None, 30)
"""Where no window matters: from each start, and then from the best orders."""

FREE, BENT = Stage(1 / 12, 0.15, None, 30), Stage(7 / 20, 0.5, 0.5, 10)
SIFTED, FINISHED = Stage(11 / 50, 0.2, 2.0, 10), Stage(1 / 10, 0.1, 0.5, 10)
"""Where windows matter: each start without them; the orders found, both ways round, bent until they keep them; the
`KEPT` best of those, searched longer; the `SIDES` best in the end."""

KEPT, SIDES = 6, 2
"""Orders that are gone on with, and those in the end: as many as most machines have processors at the least."""

FULL_PRICE = 50.0
"""What a second late costs in the end, in seconds of driving."""

SHORTENED, SHORTENED_FREE = Stage(1.0, 0.1, 0.05, 30), Stage(1.0, 0.1, None, 30)
"""For an order that is good already: with 0.02 to 0.3 legs it made no difference."""

SPARE_LEGS_BY_STOPS = 72.0
"""Mean legs, times stops, that a change may count more where it may save lateness: less than half a leg with 180 stops,
where there are many such changes, and whatever it takes with few. Tuned with windows at 17 % of 180 stops."""


def ordered(
    problem: Problem,
    drive_s: NDArray[np.floating],
    first: Sequence[int],
    *,
    seed: int,
    rounds: int,
    counted_s: NDArray[np.floating] | None = None,
) -> tuple[int, ...]:
    """Order all stops of a problem for one van; late as little as can be where limits cannot all be kept.

    At first windows and shift are not looked at. Where the order found keeps them, it is searched on in the same way.
    Otherwise the orders found, both ways round, are bent until they keep them, and the best of these are gone on with.

    The searches of a stage run side by side, on as many processors as there are. How many there are makes no
    difference to the order.

    Parameters
    ----------
    problem, drive_s
        Stops, shift, break; seconds between all places, shape (places, places), the station as row 0.
    first
        An order of all stops to start from.
    seed, rounds
        Of the search's random numbers; how many kicks.
    counted_s
        What a leg counts instead of its seconds, of the same shape: habits, say. Windows go by `drive_s` all the same.
    """
    counted, rng = np.asarray(drive_s if counted_s is None else counted_s, dtype=float), np.random.default_rng(seed)
    leg_s = float(counted[[0, *first], [*first, 0]].mean())
    stops = _stops(problem, drive_s, counted, tuple(first), leg_s)
    with ThreadPoolExecutor(os.cpu_count()) as threads:

        def searched(orders: Sequence[Order], stage: Stage) -> list[Searched]:
            each = max(1, round(rounds * stage.share / len(orders)))
            search_on = partial(_searched, stops, kicks=each, leg_s=leg_s, stage=stage)
            return sorted(threads.map(search_on, orders, rng.spawn(len(orders))))

        starts = [tuple(first), *(_put_together(first, rng) for _ in range(rounds // ROUNDS_A_START))]
        windows = not np.isnan(problem.closes_s[1:]).all()
        least_late = not windows and counted_s is None  # the least driving is the soonest back
        found = searched(starts, FREE if windows else STARTED)
        if not windows or _late_s(stops, found[0].order) <= 0.0:
            found = sorted([*searched([free.order for free in found[:SIDES]], GONE_ON), *found])
        if least_late or _late_s(stops, found[0].order) <= 0.0:
            return found[0].order
        bent = searched([way for free in found for way in (free.order, free.order[::-1])], BENT)
        sifted = sorted([*searched([way.order for way in bent[:KEPT]], SIFTED), *bent])
        return min(sifted[0], *searched([way.order for way in sifted[:SIDES]], FINISHED)).order


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
    stops, rng = _stops(problem, drive, drive, now, leg_s), np.random.default_rng(seed)
    windows = not np.isnan(problem.closes_s[1:]).all()
    found = _searched(stops, now, rng, kicks=rounds, leg_s=leg_s, stage=SHORTENED if windows else SHORTENED_FREE)
    return found.order if found.late_s <= 0.0 else now


def _stops(
    problem: Problem, drive_s: NDArray[np.floating], counted_s: NDArray[np.floating], first: Order, leg_s: float,
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


def _way(order: Order) -> Way:
    line = np.array([0, *order, 0], dtype=np.int32)
    return Way(line, np.zeros(line.size - 1, dtype=np.int64), *(np.zeros(line.size) for _ in range(5)))


def _late_s(stops: Stops, order: Order) -> float:
    way = _way(order)
    reckon_all(stops, way, timed=True)
    return float(way.late_s[-1])


def _put_together(order: Sequence[int], rng: np.random.Generator) -> Order:
    """Cut an order into pieces and put them together by chance, each either way round."""
    line = np.array(order)
    cuts = np.sort(rng.choice(np.arange(1, line.size), min(PIECES, line.size) - 1, replace=False))
    pieces = np.split(line, cuts)
    drawn = [pieces[k][:: rng.choice((1, -1))] for k in rng.permutation(len(pieces))]
    return tuple(np.concatenate(drawn).tolist())


def _searched(
    stops: Stops, order: Order, rng: np.random.Generator, *, kicks: int, leg_s: float, stage: Stage
) -> Searched:
    way, least = _way(order), np.array([np.inf, np.inf])
    best, timed = way.order.copy(), stage.price is not None
    price, heat_s = stage.price or FULL_PRICE, leg_s * stage.heat_legs
    search(stops, way, best, least, rng, kicks, price, FULL_PRICE, timed, heat_s, stage.piece)
    return Searched(round(float(least[0])), float(least[1]), tuple(best[1:-1].tolist()))
