"""Stops put into routes whose own order stays as it was loaded: those with a window, then the cheapest. Pure."""

from collections.abc import Sequence
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.leftover import Limit, find_room, put_at
from dispatchkit.plan.engine.problem import Problem, Routes


def put_in(
    problem: Problem, drive_s: NDArray[np.floating], routes: Sequence[Sequence[int]], stops: Sequence[int],
    vans: Sequence[int],
) -> tuple[Routes, tuple[int, ...]]:  # fmt: skip
    """Put stops into the routes of these vans wherever no limit is broken: cheapest insertion, no order changed.

    Those with a window go first: routes that have filled up pass by too late. What a stop costs is worked out anew only
    when its turn comes: routes fill up, so it seldom costs less by then.

    Returns
    -------
    routes, left
        An order per van, and the stops for which there is no room.
    """
    orders = [tuple(route) for route in routes]
    any_time = np.isnan(problem.opens_s) & np.isnan(problem.closes_s)
    waiting = [(bool(any_time[s]), _room(problem, drive_s, orders, s, vans)[0], s) for s in stops]
    heapify(waiting)
    left = []
    while waiting:
        *_, stop = heappop(waiting)
        detour_s, room = _room(problem, drive_s, orders, stop, vans)
        if isinstance(room, Limit):
            left.append(stop)
        elif waiting and (again := (bool(any_time[stop]), detour_s, stop)) > waiting[0]:
            heappush(waiting, again)
        else:
            put_at(orders, stop, *room)
    return tuple(orders), tuple(sorted(left))


def _room(
    problem: Problem, drive_s: NDArray[np.floating], orders: Sequence[tuple[int, ...]], stop: int, vans: Sequence[int]
) -> tuple[float, tuple[int, int] | Limit]:
    """Where a stop costs least, and what it costs there; endless where it finds no room."""
    room = find_room(problem, drive_s, orders, stop, vans)
    if isinstance(room, Limit):
        return np.inf, room
    van, position = room
    way = (0, *orders[van], 0)
    before, after = way[position], way[position + 1]
    return float(drive_s[before, stop] + drive_s[stop, after] - drive_s[before, after]), room
