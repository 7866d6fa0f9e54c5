"""Rules on routes in between each other.

Overlap is told by nearest neighbours, after the contingency table of Dixon ("Testing spatial segregation using a
nearest-neighbor contingency table", Ecology 75, 1994): for each stop of a route, on which route is the stop nearest to
it? Routes apart from each other have them all on their own; two routes thrown together at random, half. Unlike convex
hulls it is not stretched by one far stop, and a route that goes round a lake overlaps nobody.
"""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.places import nearest_other, points_m, tree
from dispatchkit.plan.realism.subject import Subject, middle
from dispatchkit.records import Plan

NEIGHBOURS = 3
"""Routes that count as a route's neighbours: as many as a dispatcher would look at for help."""


def beside(plan: Plan) -> dict[str, tuple[str, ...]]:
    """For each route the route of the stop nearest to each of its stops, in order; empty where a place is unknown."""
    stops = [(route.route_id, stop) for route in plan.routes for stop in plan.stops_of(route.route_id)]
    places = [stop.place for _, stop in stops if stop.place is not None]
    if len(places) < max(2, len(stops)):
        return {}
    lat, lng = zip(*places, strict=True)
    on = np.array([route_id for route_id, _ in stops], dtype=object)
    nearest = on[nearest_other(points_m(lat, lng))]
    return {r.route_id: tuple(nearest[on == r.route_id].tolist()) for r in plan.routes}


def overlap_share(at: Subject) -> float | None:
    """Share of the stops whose nearest neighbour is on another route; None where places are unknown."""
    if not at.beside:
        return None
    return sum(route_id != at.route.route_id for route_id in at.beside) / len(at.beside)


def overlap_of(plan: Plan) -> float | None:
    """Share of all stops whose nearest neighbour is on another route; None where places are unknown."""
    apart = [other != route_id for route_id, others in beside(plan).items() for other in others]
    return sum(apart) / len(apart) if apart else None


def overlap(at: Subject) -> Iterator[Finding]:
    """Two drivers in the same street: each of them drives it, and customers see two vans."""
    share = overlap_share(at)
    if share is None or share < at.station.realism.overlap_share:
        return
    others = Counter(route_id for route_id in at.beside if route_id != at.route.route_id)
    named = ", ".join(f"{at.plan.route[route_id].code} ({n})" for route_id, n in others.most_common(3))
    yield at.finds(
        Kind.OVERLAP, Severity.RISK,
        f"{others.total()} of {len(at.stops)} stops have their nearest neighbour on another route, most on {named}. "
        "Look whether they can be swapped.",
        stops=[i for i, route_id in enumerate(at.beside) if route_id != at.route.route_id], overlap_pct=100 * share,
    )  # fmt: skip


def neighbours(plan: Plan) -> dict[str, tuple[str, ...]]:
    """For each route those that lie nearest, middle to middle, the nearest first; empty where a place is unknown."""
    middles = [middle([s.place for s in plan.stops_of(route.route_id)]) for route in plan.routes]
    known = [place for place in middles if place is not None]
    if len(known) < max(2, len(plan.routes)):
        return {}
    lat, lng = zip(*known, strict=True)
    points = points_m(lat, lng)
    _, found = tree(points).query(points, k=min(NEIGHBOURS + 1, len(points)))
    ids = [route.route_id for route in plan.routes]
    return {
        own: tuple(ids[j] for j in near if j != i)[:NEIGHBOURS]
        for i, (own, near) in enumerate(zip(ids, found.tolist(), strict=True))
    }


def zones_of(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Each zone that the plan names → the routes that have stops in it, in the plan's order."""
    routes: dict[str, dict[str, None]] = {}
    for route in plan.routes:
        for stop in plan.stops_of(route.route_id):
            if stop.zone:
                routes.setdefault(stop.zone, {})[route.route_id] = None
    return {zone: tuple(there) for zone, there in sorted(routes.items())}
