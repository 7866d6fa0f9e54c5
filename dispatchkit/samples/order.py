"""The order of a sample route: nearest neighbour, then 2-opt.

A search that stops by the clock would order a route differently on another machine; this one ends when no exchange of
two legs shortens the way, so that the same seed makes the same bytes everywhere.
"""

import numpy as np
from numpy.typing import NDArray


def short_order(distance_m: NDArray[np.int64]) -> list[int]:
    """A short round trip from place 0 through all places and back.

    Parameters
    ----------
    distance_m
        Symmetric whole metres, shape (n, n).

    Returns
    -------
    The places 1 to n - 1 in their order.
    """
    tour = np.array([*_nearest_neighbour(distance_m), 0])
    improved = True
    while improved:
        improved = False
        for i in range(len(tour) - 3):
            saved = _saved_by_turning(distance_m, tour, i)
            best = int(saved.argmax())
            if saved[best] > 0:
                tour[i + 1 : i + best + 3] = tour[i + 1 : i + best + 3][::-1]
                improved = True
    return [int(place) for place in tour[1:-1]]


def _saved_by_turning(distance_m: NDArray[np.int64], tour: NDArray[np.int64], i: int) -> NDArray[np.int64]:
    """Metres saved by driving the part after place `i` up to each later place the other way round."""
    a, b, ends, nexts = tour[i], tour[i + 1], tour[i + 2 : -1], tour[i + 3 :]
    saved: NDArray[np.int64] = distance_m[a, b] + distance_m[ends, nexts] - distance_m[a, ends] - distance_m[b, nexts]
    return saved


def _nearest_neighbour(distance_m: NDArray[np.int64]) -> list[int]:
    order = [0]
    left = np.arange(1, len(distance_m))
    while left.size:
        nearest = int(distance_m[order[-1], left].argmin())
        order.append(int(left[nearest]))
        left = np.delete(left, nearest)
    return order
