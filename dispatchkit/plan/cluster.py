"""Stops shared out among the vans: compact areas, evenly filled. The start of every built plan."""

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.problem import Problem, Routes

_ROUNDS = 300
_SETTLED_AFTER = 200    # rounds after which the centres stay and only the borders move
_NEIGHBOURS = 2         # a stop on a good route is driven to from one near neighbour and left for another,
_LEG_FACTOR = 1.25      # but rarely from the two nearest: 1.18-1.37 on 25 routes of a real station day


def cluster(problem: Problem, drive_s: NDArray[np.floating], seed: int) -> Routes:
    """Share all stops out among all vans, in no order.

    A power diagram: each stop goes to the van whose centre is nearest, where a fuller van counts as farther away. The
    weights rise and fall until the vans are evenly full, of parcels or of work, whichever binds. Areas of a power
    diagram are convex, so they do not overlap.

    Parameters
    ----------
    problem
        Stops, vans and limits.
    drive_s
        Seconds between all places, shape (places, places).
    seed
        Of the first centres.

    Returns
    -------
    Routes
        Places per van, in the order of the vans; limits may still be broken.
    """
    vans = len(problem.van_volume)
    if problem.stops == 0:
        return ((),) * vans
    rng = np.random.default_rng(seed)
    place = _plane_km(problem)
    work_s = problem.service_s[1:] + _leg_s(drive_s)
    volume = problem.volume[1:]
    room = np.maximum(np.asarray(problem.van_volume, dtype=float), 1e-9)
    centre = _spread(place, vans, rng)
    weight = np.zeros(vans)
    step = np.full(vans, ((place - place.mean(axis=0)) ** 2).sum(axis=1).mean() / vans)
    over = np.zeros(vans)
    best, best_spread = np.zeros(problem.stops, dtype=int), np.inf
    for i in range(_ROUNDS):
        apart = ((place[:, None, :] - centre[None, :, :]) ** 2).sum(axis=2)
        van = np.argmin(apart + weight, axis=1)
        stem_s = 2 * drive_s[0, 1:][np.argmin(apart, axis=0)]
        time_s = np.maximum(problem.shift_s - problem.break_s - stem_s, 1.0)
        fill = np.maximum(np.bincount(van, volume, vans) / room, np.bincount(van, work_s, vans) / time_s)
        if i >= _SETTLED_AFTER and fill.std() < best_spread:
            best, best_spread = van, fill.std()
        # longer steps while a van stays too full (or too empty), shorter ones once it has swung over
        swung = np.sign(fill - fill.mean()) != over
        over = np.sign(fill - fill.mean())
        step *= np.where(swung, 0.5, 1.2)
        weight += step * over
        if i < _SETTLED_AFTER:
            share = np.bincount(van, minlength=vans)
            sums = np.column_stack([np.bincount(van, place[:, k], vans) for k in (0, 1)])
            centre[share > 0] = sums[share > 0] / share[share > 0, None]
    return tuple(tuple((np.flatnonzero(best == v) + 1).tolist()) for v in range(vans))


def _plane_km(problem: Problem) -> NDArray[np.float64]:
    """Stops on a plane around the station, shape (stops, 2); true enough within a delivery area."""
    north = np.radians(problem.lat[1:] - problem.lat[0]) * 6_371.0
    east = np.radians(problem.lng[1:] - problem.lng[0]) * 6_371.0 * np.cos(np.radians(problem.lat[0]))
    return np.column_stack([north, east])


def _leg_s(drive_s: NDArray[np.floating]) -> NDArray[np.float64]:
    """Seconds of driving that a stop will cost: the mean over its nearest neighbours, shape (stops,)."""
    among = drive_s[1:, 1:]
    near = min(_NEIGHBOURS, among.shape[0] - 1)
    if near < 1:
        return np.zeros(among.shape[0])
    nearest = np.partition(among, near, axis=1)[:, : near + 1]      # itself among them, at 0
    result: NDArray[np.float64] = nearest.sum(axis=1, dtype=float) / near * _LEG_FACTOR
    return result


def _spread(place: NDArray[np.float64], vans: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """First centres, far from each other (k-means++), shape (vans, 2)."""
    centre = place[[int(rng.integers(len(place)))]]
    for _ in range(vans - 1):
        apart = ((place[:, None, :] - centre[None, :, :]) ** 2).sum(axis=2).min(axis=1)
        chance = apart / apart.sum() if apart.sum() > 0 else None
        centre = np.vstack([centre, place[int(rng.choice(len(place), p=chance))]])
    return centre
