"""Routes torn open and mended again, some ten thousand times a second: the search behind built plans.

The method is "slack induction by string removals" (J. Christiaens and G. Vanden Berghe, Transportation Science 54(2),
2020): strings of neighbouring stops are taken off neighbouring routes and put back one by one where they cost least. A
worse plan is put up with at first, and ever less so (simulated annealing). The best plan seen is kept.

Everything here is loops over the arrays of `tours`, compiled by numba.
"""

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from dispatchkit.plan.engine.held import count_routes, more_strays, most_held
from dispatchkit.plan.engine.timing import reckon, reckon_all
from dispatchkit.plan.engine.tours import NOWHERE, Aims, Best, Copy, Left, Places, Tours

MEAN_TORN, LONGEST_STRING = 10.0, 10.0
"""Stops taken off at a time on average, and from one route at most: as in the paper."""

SPLIT_SHARE, LONGER_SHARE = 0.5, 0.01
"""How often a string is torn out with stops left standing in its middle, and how often one more than one stands."""

BLINK_SHARE = 0.01
"""How often the best place for a stop is overlooked, so that the search does not go in circles."""

NEAR, ROUND = 30, 120
"""Nearest stops beside which a stop is put back, and among which those to be torn out with it are found."""

SPARE = 80
"""Stops by which a route may grow."""

ZONES_SHARE, MOST_ZONES = 0.3, 4
"""How often whole zones are taken off instead of strings where a split zone has a price, and how many at a time."""

MOST_LEFT, ANYWHERE_SHARE = 4, 0.1
"""Stops that were on no route before and are tried again at a time; and how often such a one with no room beside its
near ones is tried at every position of every route: that takes a thousand times as long."""

COMPILED_WITH = "5e7e9b026501"
"""Digest of `held`, `timing` and `tours`. numba keeps what it compiled until this file changes, whatever it calls."""

LEAST_S = 1e-3
"""Less than this is rounding, not a better plan."""


@njit(cache=True)
def _look_up(places: Places, tours: Tours, v: int) -> None:
    """Fill what stands by position, and by place."""
    before = 0
    for i in range(tours.stops[v]):
        c = tours.order[v, i]
        tours.leg_s[v, i] = places.drive_s[before, c]
        tours.opens_s[v, i], tours.closes_s[v, i] = places.opens_s[c], places.closes_s[c]
        tours.service_s[v, i] = places.service_s[c]
        tours.van[c], tours.at[c] = v, i
        before = c
    tours.leg_s[v, tours.stops[v]] = places.drive_s[before, 0]


@njit(cache=True, inline="always")
def _move(tours: Tours, v: int, i: int, to: int) -> None:
    """Move what stands at position i of a route to another position; the leg into it stays to be said."""
    c = tours.order[v, i]
    tours.order[v, to], tours.at[c] = c, to
    tours.opens_s[v, to], tours.closes_s[v, to] = tours.opens_s[v, i], tours.closes_s[v, i]
    tours.service_s[v, to], tours.done_s[v, to] = tours.service_s[v, i], tours.done_s[v, i]
    tours.latest_s[v, to] = tours.latest_s[v, i]


@njit(cache=True, inline="always")
def _remember(tours: Tours, copy: Copy, v: int) -> None:
    """Keep a route as it stands, once."""
    if copy.touched[v]:
        return
    copy.touched[v] = True
    n = tours.stops[v]
    copy.stops[v], copy.work_s[v] = n, tours.work_s[v]
    copy.free[v, 0], copy.free[v, 1], copy.free[v, 2] = tours.free[v, 0], tours.free[v, 1], tours.free[v, 2]
    for i in range(n):
        copy.order[v, i], copy.leg_s[v, i] = tours.order[v, i], tours.leg_s[v, i]
        copy.opens_s[v, i], copy.closes_s[v, i] = tours.opens_s[v, i], tours.closes_s[v, i]
        copy.service_s[v, i] = tours.service_s[v, i]
        copy.done_s[v, i], copy.latest_s[v, i] = tours.done_s[v, i], tours.latest_s[v, i]
    copy.leg_s[v, n] = tours.leg_s[v, n]


@njit(cache=True, inline="always")
def _evenness(aims: Aims, v: int, work_s: float, more_s: float) -> float:
    """What so much more work of a van costs for the evenness of hours."""
    return aims.even * (2.0 * (work_s - aims.fair_s[v]) + more_s) * more_s / 3600.0**2


@njit(cache=True, inline="always")
def _take_off(places: Places, aims: Aims, tours: Tours, left: Left, v: int, c: int) -> float:
    """Take a stop off its van; return what that costs beside the driving (less than nothing)."""
    tours.van[c] = NOWHERE
    for what in range(3):
        tours.free[v, what] += places.needs[c, what]
    left.torn[left.number[0]] = c
    left.number[0] += 1
    cost = -float(aims.strange_s[v, c])
    if aims.zone_s > 0.0:
        cost += aims.zone_s * more_strays(tours.held, v, places.zone[c], -1)
    return cost


@njit(cache=True, inline="always")
def _tear(
    places: Places, aims: Aims, tours: Tours, left: Left, rng: np.random.Generator, v: int, stop: int, longest: float
) -> float:
    """Take a string of stops round `stop` off its route; return what that costs (less than nothing)."""
    n = tours.stops[v]
    length = min(int(rng.random() * min(float(n), longest)) + 1, n)
    standing = 0
    if 1 < length < n and rng.random() < SPLIT_SHARE:
        standing = 1
        while length + standing < n and rng.random() < LONGER_SHARE:
            standing += 1
    span, at = length + standing, tours.at[stop]
    lowest, highest = max(0, at - span + 1), min(at, n - span)
    start = lowest + int(rng.random() * (highest - lowest + 1))
    stands_from = start + (int(rng.random() * (length - 1)) + 1 if standing else span)
    cost, kept = 0.0, start
    end = tours.order[v, start - 1] if start > 0 else 0
    for i in range(start, start + span):
        c = tours.order[v, i]
        cost -= tours.leg_s[v, i]
        if stands_from <= i < stands_from + standing:
            leg_s = tours.leg_s[v, i] if i > stands_from else places.drive_s[end, c]
            cost += leg_s
            _move(tours, v, i, kept)
            tours.leg_s[v, kept] = leg_s
            end = c
            kept += 1
        else:
            cost += _take_off(places, aims, tours, left, v, c)
    after = tours.order[v, start + span] if start + span < n else 0
    cost -= tours.leg_s[v, start + span]
    for i in range(start + span, n):
        _move(tours, v, i, kept + i - start - span)
        tours.leg_s[v, kept + i - start - span + 1] = tours.leg_s[v, i + 1]
    tours.leg_s[v, kept] = places.drive_s[end, after]
    tours.stops[v] = n - length
    if tours.stops[v] > 0:
        cost += tours.leg_s[v, kept]
    reckon(aims, tours, v, start, kept)
    return cost


@njit(cache=True)
def _tear_zone(places: Places, aims: Aims, tours: Tours, copy: Copy, left: Left, zone: int) -> float:
    """Take all stops of a zone off their routes; return what that costs (less than nothing)."""
    cost = 0.0
    for v in range(tours.stops.size):
        if tours.held[v, zone] == 0:
            continue
        _remember(tours, copy, v)
        n, kept = tours.stops[v], 0
        cost -= tours.leg_s[v, : n + 1].sum()
        for i in range(n):
            c = tours.order[v, i]
            if places.zone[c] == zone:
                cost += _take_off(places, aims, tours, left, v, c)
            else:
                tours.order[v, kept] = c
                kept += 1
        tours.stops[v] = kept
        _look_up(places, tours, v)
        reckon_all(aims, tours, v)
        if kept:
            cost += tours.leg_s[v, : kept + 1].sum()
        cost += _work_again(aims, tours, v)
    return cost


@njit(cache=True)
def _work_s(tours: Tours, v: int) -> float:
    n = tours.stops[v]
    return float(tours.leg_s[v, : n + 1].sum() + tours.service_s[v, :n].sum()) if n else 0.0


@njit(cache=True, inline="always")
def _work_again(aims: Aims, tours: Tours, v: int) -> float:
    """Reckon a van's work again; return what the difference costs for the evenness of hours."""
    work_s = _work_s(tours, v)
    cost = _evenness(aims, v, tours.work_s[v], work_s - tours.work_s[v])
    tours.work_s[v] = work_s
    return cost


@njit(cache=True, inline="always")
def _fits(places: Places, aims: Aims, tours: Tours, v: int, i: int, stop: int, to_s: float, on_s: float) -> bool:
    """Say whether a stop can stand at position i: itself in time, and all after it."""
    t = to_s + (tours.done_s[v, i - 1] if i > 0 else aims.leaves_s[v])
    t = max(t, float(places.opens_s[stop]))
    latest = tours.latest_s[v, i] if i < tours.stops[v] else aims.until_s[v]
    return t <= places.closes_s[stop] and t + places.service_s[stop] + on_s <= latest


@njit(cache=True, inline="always")
def _beside_near(
    places: Places, aims: Aims, tours: Tours, rng: np.random.Generator, stop: int
) -> tuple[float, int, int]:
    """Find where a stop costs least right before or after one of its near ones: cost, van, position."""
    best, best_van, best_at = np.inf, NOWHERE, 0
    service_s, volume, packages = float(places.service_s[stop]), places.needs[stop, 0], places.needs[stop, 1]
    # what lies in the loops is looked up before them: in a branch of one, every look would count references
    zone, zone_s, held = places.zone[stop], aims.zone_s, tours.held
    most = most_held(held, zone) if zone_s > 0.0 and zone != NOWHERE else 0
    for k in range(places.near.shape[1]):
        c = places.near[stop, k]
        v = tours.van[c]
        if v == NOWHERE or tours.free[v, 0] < volume or tours.free[v, 1] < packages or tours.free[v, 2] < 1.0:
            continue
        strange = float(aims.strange_s[v, stop])
        if most > 0 and held[v, zone] < most:
            strange += zone_s
        for side in range(2):
            i = tours.at[c] + side
            if side:
                to_s = float(places.from_near_s[stop, k])
                if to_s - tours.leg_s[v, i] + strange >= best:
                    continue
                on_s = float(places.drive_s[stop, tours.order[v, i] if i < tours.stops[v] else 0])
            else:
                on_s = float(places.to_near_s[stop, k])
                if on_s - tours.leg_s[v, i] + strange >= best:
                    continue
                to_s = float(places.into_s[stop, tours.order[v, i - 1] if i > 0 else 0])
            detour_s = to_s + on_s - float(tours.leg_s[v, i])
            cost = detour_s + strange + _evenness(aims, v, tours.work_s[v], detour_s + service_s)
            if cost < best and _fits(places, aims, tours, v, i, stop, to_s, on_s) and rng.random() >= BLINK_SHARE:
                best, best_van, best_at = cost, v, i
    return best, best_van, best_at


@njit(cache=True)
def _anywhere(places: Places, aims: Aims, tours: Tours, stop: int, empty: bool) -> tuple[float, int, int]:
    """Find where a stop costs least on all routes, or on the empty ones only: cost, van, position."""
    best, best_van, best_at = np.inf, NOWHERE, 0
    service_s, volume, packages = float(places.service_s[stop]), places.needs[stop, 0], places.needs[stop, 1]
    zone, zone_s, held = places.zone[stop], aims.zone_s, tours.held
    most = most_held(held, zone) if zone_s > 0.0 and zone != NOWHERE else 0
    for v in range(tours.stops.size):
        n, strange = tours.stops[v], float(aims.strange_s[v, stop])
        if n and empty:
            continue
        if most > 0 and held[v, zone] < most:
            strange += zone_s
        if tours.free[v, 0] < volume or tours.free[v, 1] < packages or tours.free[v, 2] < 1.0:
            continue
        for i in range(n + 1):
            # no time for the service alone, and a way by the stop is hardly shorter than the one without: seen before a
            # look at the far-off seconds between places
            latest_s = tours.latest_s[v, i] if i < n else aims.until_s[v]
            if (tours.done_s[v, i - 1] if i > 0 else aims.leaves_s[v]) + tours.leg_s[v, i] + service_s > latest_s:
                continue
            to_s = float(places.into_s[stop, tours.order[v, i - 1] if i > 0 else 0])
            on_s = float(places.drive_s[stop, tours.order[v, i] if i < n else 0])
            detour_s = to_s + on_s - (float(tours.leg_s[v, i]) if n else 0.0)
            cost = detour_s + strange + _evenness(aims, v, tours.work_s[v], detour_s + service_s)
            if cost < best and _fits(places, aims, tours, v, i, stop, to_s, on_s):
                best, best_van, best_at = cost, v, i
    return best, best_van, best_at


@njit(cache=True, inline="always")
def _put(places: Places, aims: Aims, tours: Tours, v: int, i: int, stop: int) -> None:
    """Put a stop at a position."""
    n = tours.stops[v]
    for k in range(n, i, -1):
        _move(tours, v, k - 1, k)
        tours.leg_s[v, k + 1] = tours.leg_s[v, k]
    tours.stops[v] = n + 1
    tours.order[v, i] = stop
    tours.van[stop], tours.at[stop] = v, i
    tours.opens_s[v, i], tours.closes_s[v, i] = places.opens_s[stop], places.closes_s[stop]
    tours.service_s[v, i] = places.service_s[stop]
    tours.leg_s[v, i] = places.into_s[stop, tours.order[v, i - 1] if i > 0 else 0]
    tours.leg_s[v, i + 1] = places.drive_s[stop, tours.order[v, i + 1] if i < n else 0]
    for what in range(3):
        tours.free[v, what] -= places.needs[stop, what]
    if aims.zone_s > 0.0:
        more_strays(tours.held, v, places.zone[stop], 1)
    reckon(aims, tours, v, i, i + 1)


@njit(cache=True)
def _by_turn(places: Places, stops: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
    """Put stops into the order in which they go back: by chance, the largest, the farthest or the nearest first."""
    by = rng.random() * 11.0
    key = np.empty(stops.size)
    for k in range(stops.size):
        if by < 4.0:
            key[k] = rng.random()
        elif by < 8.0:
            key[k] = -places.volume[stops[k]]
        elif by < 10.0:
            key[k] = -places.drive_s[0, stops[k]]
        else:
            key[k] = places.drive_s[0, stops[k]]
    return stops[np.argsort(key)]


@njit(cache=True, inline="always")
def _mend(
    places: Places, aims: Aims, tours: Tours, copy: Copy, left: Left, rng: np.random.Generator
) -> float:
    """Put all stops that are on no route back where there is room; return what that costs."""
    before, all_ = left.number[1], left.number[0]
    # of those that were on no route before, a few are tried at a time: there may be hundreds for which there is no room
    tried = min(before, MOST_LEFT)
    first = int(rng.random() * before) if before else 0
    for k in range(tried):
        other = (first + k) % before
        left.torn[k], left.torn[other] = left.torn[other], left.torn[k]
    torn = np.empty(tried + all_ - before, np.int64)
    torn[:tried], torn[tried:] = left.torn[:tried], left.torn[before:all_]
    for k in range(before - tried):
        left.torn[k] = left.torn[tried + k]
    left.number[0] = before - tried
    cost = aims.left_s * left.number[0]
    for stop in _by_turn(places, torn, rng):
        price, v, i = _beside_near(places, aims, tours, rng, stop)
        if v == NOWHERE:
            was_left = tours.at[stop] == NOWHERE
            price, v, i = _anywhere(places, aims, tours, stop, was_left and rng.random() >= ANYWHERE_SHARE)
        if v == NOWHERE:
            tours.at[stop] = NOWHERE
            left.torn[left.number[0]] = stop
            left.number[0] += 1
            cost += aims.left_s
            continue
        _remember(tours, copy, v)
        _put(places, aims, tours, v, i, stop)
        cost += price
        if aims.even > 0.0:
            tours.work_s[v] = _work_s(tours, v)
    return cost


@njit(cache=True, inline="always")
def _go_back(places: Places, aims: Aims, tours: Tours, copy: Copy, left: Left) -> None:
    """Undo what was torn and mended."""
    if aims.zone_s > 0.0:
        count_routes(places.zone, tours.held, tours.order, tours.stops, copy.touched, -1)
    for v in range(tours.stops.size):
        if copy.touched[v]:
            for i in range(tours.stops[v]):
                tours.van[tours.order[v, i]] = NOWHERE
    for v in range(tours.stops.size):
        if copy.touched[v]:
            n = copy.stops[v]
            tours.stops[v], tours.work_s[v] = n, copy.work_s[v]
            for what in range(3):
                tours.free[v, what] = copy.free[v, what]
            for i in range(n):
                c = copy.order[v, i]
                tours.order[v, i], tours.van[c], tours.at[c] = c, v, i
                tours.leg_s[v, i] = copy.leg_s[v, i]
                tours.opens_s[v, i], tours.closes_s[v, i] = copy.opens_s[v, i], copy.closes_s[v, i]
                tours.service_s[v, i] = copy.service_s[v, i]
                tours.done_s[v, i], tours.latest_s[v, i] = copy.done_s[v, i], copy.latest_s[v, i]
            tours.leg_s[v, n] = copy.leg_s[v, n]
    if aims.zone_s > 0.0:
        count_routes(places.zone, tours.held, tours.order, tours.stops, copy.touched, 1)
    copy.touched[:] = False
    left.number[0] = left.number[1]
    for k in range(left.number[1]):
        left.torn[k] = left.before[k]
        tours.at[left.before[k]] = NOWHERE


@njit(cache=True, inline="always")
def _ruin(
    places: Places, aims: Aims, tours: Tours, copy: Copy, left: Left, round_: NDArray[np.int32],
    rng: np.random.Generator,
) -> float:  # fmt: skip
    """Tear strings out of routes round a stop drawn by chance; return what that costs (less than nothing)."""
    served = tours.stops.sum()
    longest = min(LONGEST_STRING, served / max(1, np.count_nonzero(tours.stops)))
    routes = int(rng.random() * (4.0 * MEAN_TORN / (1.0 + longest) - 1.0) + 1.0)
    centre = 1 + int(rng.random() * (tours.van.size - 1))
    cost = -aims.left_s * left.number[0]
    for k in range(-1, round_.shape[1]):
        stop = centre if k < 0 else round_[centre, k]
        v = tours.van[stop]
        if v == NOWHERE or copy.touched[v]:
            continue
        _remember(tours, copy, v)
        cost += _tear(places, aims, tours, left, rng, v, stop, longest)
        cost += _work_again(aims, tours, v)
        routes -= 1
        if routes <= 0:
            break
    return cost


@njit(cache=True, inline="always")
def _ruin_zones(
    places: Places, aims: Aims, tours: Tours, copy: Copy, left: Left, round_: NDArray[np.int32],
    rng: np.random.Generator,
) -> float:  # fmt: skip
    """Take whole neighbouring zones off their routes; return what that costs (less than nothing)."""
    zones = int(rng.random() * MOST_ZONES) + 1
    centre = 1 + int(rng.random() * (tours.van.size - 1))
    cost = -aims.left_s * left.number[0]
    for k in range(-1, round_.shape[1]):
        stop = centre if k < 0 else round_[centre, k]
        if tours.van[stop] == NOWHERE or places.zone[stop] == NOWHERE:
            continue
        cost += _tear_zone(places, aims, tours, copy, left, places.zone[stop])
        zones -= 1
        if zones <= 0:
            break
    return cost


@njit(cache=True)
def set_up(places: Places, aims: Aims, tours: Tours, left: Left) -> float:
    """Work out what follows from the order of the routes, and return what they cost."""
    cost = aims.left_s * left.number[0]
    for v in range(tours.stops.size):
        _look_up(places, tours, v)
        reckon_all(aims, tours, v)
        n = tours.stops[v]
        work_s = _work_s(tours, v)
        cost += tours.leg_s[v, : n + 1].sum() if n else 0.0
        cost += aims.even * ((work_s - aims.fair_s[v]) / 3600.0) ** 2
        tours.work_s[v] = work_s
        for i in range(n):
            c = tours.order[v, i]
            cost += aims.strange_s[v, c] + aims.zone_s * more_strays(tours.held, v, places.zone[c], 1)
    return cost


@njit(cache=True)
def search(
    places: Places, aims: Aims, tours: Tours, copy: Copy, best: Best, left: Left, round_: NDArray[np.int32],
    costs: NDArray[np.float64], rng: np.random.Generator, rounds: int, heat_s: float,
) -> None:  # fmt: skip
    """Tear and mend so many times, all of it in place.

    Parameters
    ----------
    copy, best
        Routes of the same shape, to go back to, and to remember the best ones in.
    round_
        The stops round each place, the nearest first: those that are torn out with it.
    costs
        Of the routes as they stand, and of the best ones seen.
    heat_s
        Mean of what is put up with (Metropolis' rule).
    """
    for _ in range(rounds):
        left.number[1] = left.number[0]
        left.before[: left.number[0]] = left.torn[: left.number[0]]
        if aims.zone_s > 0.0 and rng.random() < ZONES_SHARE:
            cost = costs[0] + _ruin_zones(places, aims, tours, copy, left, round_, rng)
        else:
            cost = costs[0] + _ruin(places, aims, tours, copy, left, round_, rng)
        cost += _mend(places, aims, tours, copy, left, rng)
        if cost >= costs[0] - heat_s * math.log(1.0 - rng.random()):
            _go_back(places, aims, tours, copy, left)
            continue
        costs[0] = cost
        for v in range(tours.stops.size):
            best.behind[v] |= copy.touched[v]
            copy.touched[v] = False
        if cost < costs[1] - LEAST_S:
            costs[1] = cost
            for v in range(tours.stops.size):
                if best.behind[v]:
                    best.behind[v] = False
                    best.stops[v] = tours.stops[v]
                    best.order[v, : tours.stops[v]] = tours.order[v, : tours.stops[v]]
