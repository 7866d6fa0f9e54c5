"""The order of one route's stops."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.plan.engine.problem import Problem

ROUNDS = 48_000
"""Kicks for one route: 1.2 to 2 s of one processor for 180 stops, the more the more windows stand in the way, shared by
as many as there are."""


def sequence(
    drive_s: ArrayLike,
    service_s: ArrayLike,
    opens_s: ArrayLike | None = None,
    closes_s: ArrayLike | None = None,
    *,
    shift_s: float,
    seed: int,
    break_s: float = 0.0,
    rounds: int = ROUNDS,
    counted_s: ArrayLike | None = None,
) -> tuple[int, ...]:
    """Order the stops of one route for the least driving, windows and shift kept as far as possible.

    Every stop stays on the route. Where not every window can be met, the order is the one found with the least time
    late. The same arguments give the same order: the search is counted in rounds, not in seconds.

    Parameters
    ----------
    drive_s
        Seconds from row to column, shape (n + 1, n + 1); the station is row 0. Need not be symmetric.
    service_s
        Planned seconds at each of the n stops.
    opens_s, closes_s
        The windows in seconds after departure, not a number where there is none; None for no windows at all.
    shift_s, break_s
        Longest time from departure to return, and the break that is part of it.
    seed
        Of the search's random numbers, 0 or more.
    rounds
        How long to search.
    counted_s
        What each leg counts where that is not its seconds alone, of the shape of `drive_s`: as habits have it, say.

    Returns
    -------
    tuple of int
        Positions 0 … n - 1 in the given arrays, in the order to drive.
    """
    drive = np.asarray(drive_s, dtype=float)
    n = drive.shape[0] - 1
    if drive.shape != (n + 1, n + 1) or np.size(service_s) != n:
        raise ValueError(f"{np.size(service_s)} stops and their station need a square matrix of as many rows.")
    if n < 2:
        return tuple(range(n))
    problem = Problem(
        lat=np.zeros(n + 1),
        lng=np.zeros(n + 1),
        volume=np.zeros(n + 1),
        service_s=_with_station(service_s, n, 0.0),
        opens_s=_with_station(opens_s, n, np.nan),
        closes_s=_with_station(closes_s, n, np.nan),
        van_volume=(0.0,),
        shift_s=shift_s,
        break_s=break_s,
    )
    from dispatchkit.plan.engine.one_route import ordered  # brings the compiler along: only where something is ordered

    counted = None if counted_s is None else np.asarray(counted_s, dtype=float)
    first = insertion_order(drive if counted is None else counted)
    order = ordered(problem, drive, first, seed=seed, rounds=rounds, counted_s=counted)
    return tuple(p - 1 for p in order)


def insertion_order(drive_s: NDArray[np.floating]) -> list[int]:
    """Farthest insertion: the stop farthest from the tour next, where it costs least; about 4 % above a good order.

    Takes seconds of shape (n + 1, n + 1) with the station as row 0, and returns the places 1 … n.
    """
    tour = [0]
    away_s = np.minimum(drive_s[0], drive_s[:, 0]).astype(float)
    away_s[0] = -1.0
    for _ in range(drive_s.shape[0] - 1):
        stop = int(np.argmax(away_s))
        here = np.array(tour)
        then = np.roll(here, -1)
        at = int(np.argmin(drive_s[here, stop] + drive_s[stop, then] - drive_s[here, then]))
        tour.insert(at + 1, stop)
        away_s = np.minimum(away_s, np.minimum(drive_s[stop], drive_s[:, stop]))
        away_s[tour] = -1.0
    return tour[1:]


def _with_station(values: ArrayLike | None, n: int, station: float) -> NDArray[np.float64]:
    column = np.full(n, np.nan) if values is None else np.asarray(values, dtype=float)
    return np.concatenate([[station], column])
