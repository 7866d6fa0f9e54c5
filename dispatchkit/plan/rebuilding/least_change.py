"""The routes of neighbours with waiting stops among them, as few other stops as possible on another van.

First nobody else's stop may change van. Only where stops are left over then, others may, at a price in seconds of
driving. What serves most, then moves least, then costs least is kept. The search stands behind this one module.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.leftover import Limit, find_room, put_at, take_off
from dispatchkit.plan.engine.problem import Routes
from dispatchkit.plan.rebuilding.group import NO_VAN, Group
from dispatchkit.plan.rebuilding.kept_order import put_in
from dispatchkit.station.rebuild import RebuildRules

HOT_S, COLD_S = 5.0, 0.3
"""By how many seconds of driving routes may be worse than those before them: little, since they were good before."""


def least_change(group: Group, rules: RebuildRules, *, scarce: bool, keep_order: bool, seed: int) -> Routes:
    """Return one order per van of the group that keeps every limit; the first price that serves everybody ends it.

    Where room is scarce, stops are put in as they come, and others may change van at once for what is left over.
    """
    if keep_order:
        return _least_change_as_loaded(group, rules, seed)
    best, prices_s = group.routes, [np.inf, rules.loyalty_s]
    if scarce:
        best, left = put_in(group.problem, group.drive_s, best, group.homeless(best), range(len(group.vans)))
        prices_s = prices_s[1:] if left else prices_s[:1]
    now = best
    for price_s in prices_s:
        now = _within_limits(group, _searched(group, now, price_s, rules, seed))
        best = min(best, _brought_home(group, now), key=group.cost)
        if not group.homeless(best):
            break
    # a route on which nobody came or went is not driven in another order for a few seconds
    return tuple(old if set(old) == set(new) else new for old, new in zip(group.routes, best, strict=True))


def _least_change_as_loaded(group: Group, rules: RebuildRules, seed: int) -> Routes:
    """The same with every order kept: who takes what is searched only where plain insertion leaves stops over."""
    problem, drive_s, every = group.problem, group.drive_s, range(len(group.vans))
    best, left = put_in(problem, drive_s, group.routes, group.homeless(group.routes), every)
    if not left:
        return best
    found = _within_limits(group, _searched(group, best, rules.loyalty_s, rules, seed))
    held = [set(route) for route in _brought_home(group, found)]
    orders: Routes = tuple(tuple(p for p in order if p in held[van]) for van, order in enumerate(group.routes))
    for van, order in enumerate(orders):
        orders, _ = put_in(problem, drive_s, orders, sorted(held[van].difference(order)), [van])
    came = [place for place in group.homeless(orders) if group.home[place] == NO_VAN]
    orders, _ = put_in(problem, drive_s, orders, came, every)
    return min(best, orders, key=group.cost)


def _searched(group: Group, routes: Routes, price_s: float, rules: RebuildRules, seed: int) -> Routes:
    """Tear and mend the routes as often as the profile says."""
    from dispatchkit.plan.engine import search  # compiled by numba: only where it is needed

    priced = replace(group.problem, strange_s=_strange_s(group, price_s))
    heats_s = np.geomspace(HOT_S, COLD_S, max(2, rules.tries_count // search.AT_A_TIME))
    fair_s = group.objective.fair_s(priced, group.drive_s, routes)
    return search.improve(
        priced, group.drive_s, routes, seed=seed, heat_s=_one_by_one(heats_s), even=group.objective.balance_s,
        fair_s=fair_s, zone_s=group.objective.zone_s,
    ).best  # fmt: skip


def _strange_s(group: Group, price_s: float) -> NDArray[np.float32]:
    """What it costs to have a van serve a place: nothing where it belongs to that van, or to nobody."""
    strange_s = np.full((len(group.vans), len(group.places)), price_s, dtype=np.float32)
    own = np.flatnonzero(group.home != NO_VAN)
    strange_s[:, group.home == NO_VAN] = 0.0
    strange_s[group.home[own], own] = 0.0
    barred = group.problem.strange_s
    return strange_s if barred is None else strange_s + barred


def _one_by_one(heats_s: NDArray[np.float64]) -> Callable[[], float | None]:
    """Heat for so many looks: counted, so that a search goes equally far on every machine."""
    heats = iter(heats_s.tolist())
    return lambda: next(heats, None)


def _within_limits(group: Group, routes: Routes) -> Routes:
    """Take off what breaks a limit by our own judgement, and put in what finds room."""
    stays = tuple(take_off(group.problem, group.drive_s, van, route)[0] for van, route in enumerate(routes))
    return put_in(group.problem, group.drive_s, stays, group.homeless(stays), range(len(stays)))[0]


def _brought_home(group: Group, routes: Routes) -> Routes:
    """Bring back every stop that changed van and for which there is room at home after all."""
    orders = list(routes)
    for place in group.moved(routes):
        home = int(group.home[place])
        room = find_room(group.problem, group.drive_s, orders, place, [home])
        if not isinstance(room, Limit):
            orders = [tuple(p for p in order if p != place) for order in orders]
            put_at(orders, place, *room)
    return tuple(orders)
