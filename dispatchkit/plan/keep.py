"""Changes by hand kept as facts of the day, and what is locked in a draft. Decisions: facts, or a refusal."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import LocksChanged, PlanEdited
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.plan.edit import Edited
from dispatchkit.plan.locks import NO_LOCKS, listed, lock_blockers
from dispatchkit.records import Plan


def in_hand_blockers(day: Day, digest: str) -> Iterator[str]:
    """Why the plan `digest` cannot be changed by hand: the day is closed, on the road, or has another plan in hand."""
    yield from closed_blockers(day)
    if not day.pre_load_out.in_hand:
        yield f"{day.key} has no plan yet. Take the routes in, or build them, first."
    elif digest != day.pre_load_out.in_hand:
        yield "The draft is another one than the one you looked at. Look at it again, then decide."
    if day.load_out.departed:
        left = sorted(day.code(r) for r in day.load_out.departed)
        yield f"{listed(left)} left on the plan as it stands. Move stops on the road, by a rescue."


def keep_blockers(day: Day, edited: Edited, before: str, why: str) -> Iterator[str]:
    """Why this change of the draft `before` cannot be kept; nothing when it can."""
    yield from in_hand_blockers(day, before)
    yield from lock_blockers(edited.before, edited.plan, day.pre_load_out.locks.get(before, NO_LOCKS))
    yield from loading_blockers(day, edited.route_ids)
    if not why.strip():
        yield "Say why, so that the history of the plan can tell."


def loading_blockers(day: Day, route_ids: Sequence[str]) -> Iterator[str]:
    """Why these routes cannot be changed by hand any more: their bags are at the van already."""
    if loading := sorted(day.code(r) for r in route_ids if r in day.load_out.loading):
        yield f"Being loaded, or loaded already: {listed(loading)}. Change only routes that still wait for their bags."


def keep(day: Day, *, edited: Edited, before: str, digest: str, why: str, at: datetime, by: str) -> list[Fact]:
    """Keep a change: the draft `before` becomes the draft `digest`, which is `edited.plan`."""
    refuse_if(keep_blockers(day, edited, before, why))
    return [
        PlanEdited(
            at=at,
            by=by,
            before=before,
            plan=digest,
            change=edited.change,
            to_route_id=edited.to_route_id,
            stop_ids=edited.stop_ids,
            route_ids=edited.route_ids,
            why=why.strip(),
        )
    ]


def lock_change_blockers(
    day: Day, digest: str, plan: Plan, stop_ids: Sequence[str], route_ids: Sequence[str], orders: Sequence[str]
) -> Iterator[str]:
    """Why this cannot be locked or unlocked in the draft `digest`, which is `plan`."""
    yield from in_hand_blockers(day, digest)
    if not (stop_ids or route_ids or orders):
        yield "Nothing is named. Choose stops, routes, or routes whose order is to be locked."
    unknown = [s for s in stop_ids if s not in plan.stop]
    unknown += [r for r in (*route_ids, *orders) if r not in plan.route]
    if unknown:
        yield f"Not in the plan: {listed(unknown)}. Check the ids."


def change_locks(
    day: Day,
    *,
    digest: str,
    plan: Plan,
    locked: bool,
    stop_ids: Sequence[str] = (),
    route_ids: Sequence[str] = (),
    orders: Sequence[str] = (),
    why: str = "",
    at: datetime,
    by: str,
) -> list[Fact]:
    """Lock these in the draft `digest`, which is `plan`, or unlock them; what is so already is left out."""
    refuse_if(lock_change_blockers(day, digest, plan, stop_ids, route_ids, orders))
    held = day.pre_load_out.locks.get(digest, NO_LOCKS)
    both = ((held.stop_ids, stop_ids), (held.route_ids, route_ids), (held.orders, orders))
    stops, routes, of_orders = (tuple(i for i in dict.fromkeys(ids) if (i in was) != locked) for was, ids in both)
    if not (stops or routes or of_orders):
        return []
    named = {"stop_ids": stops, "route_ids": routes, "orders": of_orders}
    return [LocksChanged(at=at, by=by, plan=digest, locked=locked, why=why.strip(), **named)]
