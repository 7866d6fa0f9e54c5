"""When each stop of a route is done, and by when it has to begin, worked out while routes are torn and mended.

Compiled into `ruin`, which says with what (`COMPILED_WITH`).
"""

from numba import njit

from dispatchkit.plan.engine.tours import ENDLESS_S, Aims, Tours


@njit(cache=True, inline="always")
def reckon(aims: Aims, tours: Tours, v: int, first: int, last: int) -> None:
    """Work a route's times out again after the legs into positions `first` to `last` have changed.

    Beyond those, times move on by the same seconds as the one before them where no window stands: no stop then waits
    for the sum of its neighbour, which is what a processor is slow at.
    """
    n, later = tours.stops[v], 0.0
    for i in range(first, min(last + 1, n)):
        before = tours.done_s[v, i - 1] if i > 0 else aims.leaves_s[v]
        done = max(before + tours.leg_s[v, i], tours.opens_s[v, i]) + tours.service_s[v, i]
        later = done - tours.done_s[v, i]
        tours.done_s[v, i] = done
    for i in range(last + 1, n):
        if tours.opens_s[v, i] > 0.0:
            done = max(tours.done_s[v, i - 1] + tours.leg_s[v, i], tours.opens_s[v, i]) + tours.service_s[v, i]
            later = done - tours.done_s[v, i]
        tours.done_s[v, i] += later
    for i in range(min(last, n) - 1, max(first - 2, -1), -1):
        after = tours.latest_s[v, i + 1] if i + 1 < n else aims.until_s[v]
        latest = min(after - tours.leg_s[v, i + 1] - tours.service_s[v, i], tours.closes_s[v, i])
        later = latest - tours.latest_s[v, i]
        tours.latest_s[v, i] = latest
    for i in range(first - 2, -1, -1):
        if tours.closes_s[v, i] < ENDLESS_S:
            latest = tours.latest_s[v, i + 1] - tours.leg_s[v, i + 1] - tours.service_s[v, i]
            later = min(latest, tours.closes_s[v, i]) - tours.latest_s[v, i]
        tours.latest_s[v, i] += later


@njit(cache=True)
def reckon_all(aims: Aims, tours: Tours, v: int) -> None:
    """Work all times of a route out."""
    n = tours.stops[v]
    t = aims.leaves_s[v]
    for i in range(n):
        t = max(t + tours.leg_s[v, i], tours.opens_s[v, i]) + tours.service_s[v, i]
        tours.done_s[v, i] = t
    t = aims.until_s[v]
    for i in range(n - 1, -1, -1):
        t = min(t - tours.leg_s[v, i + 1] - tours.service_s[v, i], tours.closes_s[v, i])
        tours.latest_s[v, i] = t
