"""How far a proposed order is from the one that a driver took: the score of the 2021 routing research challenge. Pure.

Zero is the same order. The score is the sequence deviation times the edit distance with real penalty (L. Chen and
R. Ng, VLDB 2004) over drive times, divided by the number of edits; published entries came to 0.0248 and 0.0374 on
average over thousands of routes, nearest neighbour to 0.05–0.13.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GAP = 1_000.0
"""Penalty of a stop that stands in one order only, in standard deviations of the route's drive times."""


def challenge_score(actual: Sequence[int], proposed: Sequence[int], drive_s: NDArray[np.floating]) -> float:
    """Score a proposed order against the one that was driven.

    Parameters
    ----------
    actual, proposed
        The same n places each, the station first: rows of `drive_s`. Both end at the station.
    drive_s
        Seconds from row to column, shape (n, n).
    """
    if sorted(actual) != sorted(proposed) or not len(actual) or actual[0] != proposed[0]:
        raise ValueError("Two orders can be compared where they begin at the same station and hold the same stops.")
    driven, planned = [*actual, actual[0]], [*proposed, proposed[0]]
    penalty, edits = _edit_distance(driven, planned, _scaled(drive_s))
    return sequence_deviation(driven, planned) * penalty / edits if edits else 0.0


def sequence_deviation(actual: Sequence[int], proposed: Sequence[int]) -> float:
    """How far the driver's order jumps from each proposed stop to the next, as a share of the most possible.

    Both orders hold the station at their beginning and end, which are not looked at; so an order driven the other way
    round is none the worse.
    """
    place = {stop: position for position, stop in enumerate(actual[1:-1])}
    jumps = np.abs(np.diff([place[stop] for stop in proposed[1:-1]])) - 1
    n = len(jumps) + 1
    return float(2 * jumps.sum() / (n * (n - 1))) if n > 1 else 0.0


def _scaled(drive_s: NDArray[np.floating]) -> NDArray[np.float64]:
    """Drive times in standard deviations above the least of them."""
    seconds = np.asarray(drive_s, dtype=float)
    spread = float(seconds.std())
    return (seconds - seconds.min()) / spread if spread else np.zeros_like(seconds)


def _edit_distance(
    actual: Sequence[int], proposed: Sequence[int], drive: NDArray[np.float64]
) -> tuple[float, int]:
    """Return the least penalty that makes one order of the other, and how many edits that takes.

    Putting a stop in the place of another costs the drive between them, leaving one out or putting one in `GAP`. Where
    ways cost the same, exchange goes before leaving out, and that before putting in, reckoned from the end: the number
    of edits hangs on it.
    """
    actual, proposed = actual[::-1], proposed[::-1]
    before = [(GAP * j, j) for j in range(len(proposed) + 1)]
    for i, stop in enumerate(actual, start=1):
        row = [(GAP * i, i)]
        for j, other in enumerate(proposed, start=1):
            exchanged = (before[j - 1][0] + drive[stop, other], before[j - 1][1] + (stop != other))
            left_out = (before[j][0] + GAP, before[j][1] + 1)
            put_in = (row[j - 1][0] + GAP, row[j - 1][1] + 1)
            row.append(min(exchanged, left_out, put_in, key=lambda way: way[0]))
        before = row
    return before[-1]


def nearest_neighbour(drive_s: NDArray[np.floating]) -> tuple[int, ...]:
    """Go from the station, row 0, always to the nearest place that is left: what every order should beat."""
    apart = np.array(drive_s, dtype=float)
    apart[:, 0] = np.inf
    order = [0]
    for _ in range(len(apart) - 1):
        order.append(int(np.argmin(apart[order[-1]])))
        apart[:, order[-1]] = np.inf
    return tuple(order)
