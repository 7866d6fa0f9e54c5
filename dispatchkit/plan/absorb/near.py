"""Which routes lie next to which: by how far it is from the stops of one to the nearest of the other. Pure."""

from collections.abc import Collection

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.realism.places import points_m, tree
from dispatchkit.records import Plan, PlannedRoute

SAMPLED = 30
"""Stops of a route, spread over its order, from which the way to other routes is measured."""


def neighbours(plan: Plan, among: Collection[str], count: int) -> dict[str, tuple[str, ...]]:
    """The `count` routes of `among` nearest to each route, the nearest first; by route id, empty routes left out.

    The plan has to know its places.
    """
    points = {r.route_id: _points_m(plan, r) for r in plan.routes if r.stop_ids}
    trees = {r: tree(points[r]) for r in points if r in among}
    found: dict[str, tuple[str, ...]] = {}
    for route_id, own in points.items():
        sample = own[:: max(1, len(own) // SAMPLED)]
        apart_m = {r: float(np.mean(tree.query(sample)[0])) for r, tree in trees.items() if r != route_id}
        found[route_id] = tuple(sorted(apart_m, key=lambda r: apart_m[r])[:count])
    return found


def _points_m(plan: Plan, route: PlannedRoute) -> NDArray[np.float64]:
    lat, lng = zip(*(plan.stop[s].place for s in route.stop_ids), strict=True)
    return points_m(lat, lng)
