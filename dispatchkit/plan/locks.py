"""What is locked in a draft, and whether a changed plan would touch it. Pure."""

from collections.abc import Iterator

from dispatchkit.day.pre_load_out import NO_LOCKS, Locks
from dispatchkit.records import Plan

NAMED = 8
"""Stops that a sentence names; the rest is counted."""

UNLOCK = "Unlock it first, or leave it where it is."


def lock_blockers(before: Plan, after: Plan, locks: Locks) -> Iterator[str]:
    """Why `after` may not come of `before`: it touches what is locked; nothing when it does not."""
    was, now = route_of_stop(before), route_of_stop(after)
    moved = sorted(s for s in locks.stop_ids if s in was and now.get(s) != was[s])
    if moved:
        yield f"Locked to its route: {listed(moved)}. {UNLOCK}"
    for route_id in sorted(locks.route_ids & before.route.keys()):
        held = before.route[route_id]
        if route_id not in after.route or after.route[route_id].stop_ids != held.stop_ids:
            yield f"{held.code} is locked. {UNLOCK}"
    for route_id in sorted((locks.orders - locks.route_ids) & before.route.keys() & after.route.keys()):
        if _order_changed(before.route[route_id].stop_ids, after.route[route_id].stop_ids):
            yield f"The order of {before.route[route_id].code} is locked. Keep it as it is loaded, or unlock it first."


def route_of_stop(plan: Plan) -> dict[str, str]:
    """stop_id → the route that serves it; stops on no route are not in it."""
    return {stop_id: route.route_id for route in plan.routes for stop_id in route.stop_ids}


def listed(names: list[str]) -> str:
    """Names one after the other, the first few by name and the rest counted."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _order_changed(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether stops that are on the route before and after follow each other in another order."""
    both = set(before) & set(after)
    return [s for s in before if s in both] != [s for s in after if s in both]


__all__ = ["NO_LOCKS", "Locks", "listed", "lock_blockers", "route_of_stop"]
