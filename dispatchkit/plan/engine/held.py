"""How many stops of each zone each van has, counted while routes are torn and mended.

A stop strays where its van is not the one that has most stops of its zone.

Compiled into `ruin`, which says with what (`COMPILED_WITH`).
"""

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dispatchkit.plan.engine.tours import NOWHERE


@njit(cache=True)
def most_held(held: NDArray[np.int32], zone: int) -> int:
    """How many stops of a zone the van has that has most of them."""
    most = 0
    for v in range(held.shape[0]):
        most = max(most, held[v, zone])
    return most


@njit(cache=True)
def more_strays(held: NDArray[np.int32], v: int, zone: int, more: int) -> int:
    """Count a stop of a zone onto a van (1) or off it (-1); return how many more stops stray from their zone's van."""
    if zone == NOWHERE:
        return 0
    most = most_held(held, zone)
    held[v, zone] += more
    return more - most_held(held, zone) + most


@njit(cache=True)
def count_routes(
    zone: NDArray[np.int32], held: NDArray[np.int32], order: NDArray[np.int32], stops: NDArray[np.int64],
    touched: NDArray[np.bool_], more: int,
) -> None:  # fmt: skip
    """Count the stops of all routes that were touched onto their vans (1) or off them (-1)."""
    for v in range(stops.size):
        if touched[v]:
            for i in range(stops[v]):
                if zone[order[v, i]] != NOWHERE:
                    held[v, zone[order[v, i]]] += more
