"""Which vans are asked to take stops over: those that pass nearest, as many as have room for them together. Pure."""

from collections.abc import Collection, Sequence

import numpy as np

from dispatchkit.geo import plane_m
from dispatchkit.plan.engine.problem import Problem, Routes, along_s
from dispatchkit.plan.rebuilding.group import Seconds

SAMPLED = 60
"""Waiting stops, spread over all of them, from which the way to the vans is measured."""

SPARE_FACTOR = 1.5
"""So much more room than the stops need: what is free in a van is seldom where they are."""


def nearest_vans(
    problem: Problem, routes: Routes, waiting: Sequence[int], able: Collection[int], *, least: int, seconds: Seconds
) -> tuple[tuple[int, ...], bool]:
    """The vans that pass nearest to the waiting stops on average, the nearest first; and whether they have room enough.

    Parameters
    ----------
    waiting
        Places on no route.
    able
        Vans that may be asked. One without a stop comes first: it can go anywhere.
    least
        So many at least, where there are as many; up to twice as many where they have no room for the waiting stops
        together.
    seconds
        Asked for the places of one van at a time.

    Returns
    -------
    vans, enough
        Room enough is volume, and time for the waiting stops as one route: with less, not every stop can be expected to
        find a place.
    """
    sample = list(waiting)[:: max(1, len(waiting) // SAMPLED)]
    place = plane_m(problem.lat, problem.lng)
    apart_m = {
        van: float(np.sqrt(((place[sample, None] - place[None, list(routes[van])]) ** 2).sum(axis=2))
                   .min(axis=1).mean()) if routes[van] else 0.0
        for van in able
    }  # fmt: skip
    nearest = sorted(apart_m, key=lambda van: (apart_m[van], van))[: 2 * least]
    wanted = np.array([problem.volume[list(waiting)].sum(), _work_s(problem, waiting, seconds)])
    free = np.zeros(2)
    for count, van in enumerate(nearest, 1):
        volume = problem.van_volume[van] - float(problem.volume[list(routes[van])].sum())
        time_s = float(problem.shifts_s[van]) - problem.break_s - _work_s(problem, routes[van], seconds)
        free += np.maximum(0.0, [volume, time_s])
        if count >= least and (free >= SPARE_FACTOR * wanted).all():
            return tuple(nearest[:count]), True
    return tuple(nearest), bool((free >= wanted).all())


def _work_s(problem: Problem, route: Sequence[int], seconds: Seconds) -> float:
    """Driving and service of a route in this order; nothing for an empty one."""
    if not route:
        return 0.0
    drive_s = along_s(seconds((0, *route)), range(1, len(route) + 1))
    return drive_s + float(problem.service_s[list(route)].sum())
