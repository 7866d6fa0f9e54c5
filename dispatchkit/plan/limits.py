"""What a change by hand may not break: the room of a van, the windows of customers. Pure.

What was broken before is no reason against a change: only what it makes worse.
"""

from collections.abc import Iterator

import numpy as np

from dispatchkit.plan.locks import listed
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.records import Plan, PlannedRoute
from dispatchkit.roster.fit import CM3_PER_M3
from dispatchkit.station import Station

NOTICED_S = 1.0
"""Seconds below which being late is rounding."""


def volume_cm3(plan: Plan, route: PlannedRoute) -> float:
    """Cubic centimetres of all packages of the route."""
    return sum(plan.stop[s].volume_cm3 for s in route.stop_ids)


def load_share(plan: Plan, route: PlannedRoute) -> float | None:
    """How full the van is (1 is full); None where nobody says what it holds."""
    return volume_cm3(plan, route) / route.van_volume_cm3 if route.van_volume_cm3 > 0 else None


def late_stop_ids(plan: Plan, route: PlannedRoute) -> tuple[str, ...]:
    """Stops of the route that it reaches after their window has closed, by its plan."""
    late = np.flatnonzero(route_schedule(plan, route).late_s > NOTICED_S)
    return tuple(route.stop_ids[i] for i in late)


def changed_routes(before: Plan, after: Plan) -> tuple[str, ...]:
    """Ids of the routes that are another or only in one of the plans, those of `before` first."""
    ids = dict.fromkeys((*before.route, *after.route))
    return tuple(r for r in ids if before.route.get(r) != after.route.get(r))


def volume_blockers(before: Plan, after: Plan, station: Station) -> Iterator[str]:
    """Why the vans cannot carry `after`: one that is given more than before would be too full."""
    for route in _changed(before, after):
        share, held = load_share(after, route), before.route.get(route.route_id)
        grows = held is None or volume_cm3(after, route) > volume_cm3(before, held)
        if share is not None and grows and share > station.van.load_block_share:
            yield (
                f"{route.code} would carry {volume_cm3(after, route) / CM3_PER_M3:.1f} m³ in a van of "
                f"{route.van_volume_cm3 / CM3_PER_M3:.1f} m³ ({share:.0%}). Move fewer or smaller stops."
            )


def newly_late(before: Plan, after: Plan) -> dict[str, tuple[str, ...]]:
    """route_id → its stops that `after` reaches too late and `before` did not; only routes that have some."""
    touched = (before.route[r] for r in changed_routes(before, after) if r in before.route)
    was = {stop_id for route in touched for stop_id in late_stop_ids(before, route)}
    found = {r.route_id: tuple(s for s in late_stop_ids(after, r) if s not in was) for r in _changed(before, after)}
    return {route_id: stops for route_id, stops in found.items() if stops}


def window_blockers(before: Plan, after: Plan) -> Iterator[str]:
    """Why customers' windows forbid `after`, with the stops that it would reach too late."""
    for route_id, stops in newly_late(before, after).items():
        yield (
            f"{after.route[route_id].code} would come too late to {listed(list(stops))}. "
            "Choose another route, order it anew, or serve late on purpose."
        )


def _changed(before: Plan, after: Plan) -> Iterator[PlannedRoute]:
    return (after.route[r] for r in changed_routes(before, after) if r in after.route)
