"""Changes of a plan by hand in the words of the trade. Pure."""

from collections.abc import Callable

from msgspec.structs import replace

from dispatchkit.day.facts.pre_load_out import LocksChanged, PlanEdited
from dispatchkit.plan.edit import Change
from dispatchkit.plan.locks import listed

Called = Callable[[str], str]
"""From a route's id to what people call it."""

SAID: dict[str, str] = {
    Change.MOVED: "Moved {stops} from {others} to {to}",
    Change.SWAPPED: "Swapped {stops} between {others}",
    Change.SPLIT: "Split {stops} off {others} as {to}",
    Change.MERGED: "Merged {others} into {to}",
    Change.REORDERED: "Ordered {others} anew",
    Change.TAKEN_OFF: "Took {stops} off {others}",
    Change.PUT_BACK: "Put {stops} back on {to}",
    Change.WENT_BACK: "Went back to an earlier plan, {stops} on other routes",
    Change.SHARED_OUT: "Shared {first} out among {rest}",
    Change.REBUILT: "Rebuilt the plan, {stops} on other routes",
}
"""A change in words: what was moved, on which other routes (the first of them, the rest), to which route."""

BRIEFLY: dict[str, str] = {
    Change.MOVED: "{stops} {others} → {to}",
    Change.SWAPPED: "swap {others}",
    Change.SPLIT: "split {others} → {to}",
    Change.MERGED: "{others} into {to}",
    Change.REORDERED: "order of {others}",
    Change.TAKEN_OFF: "{stops} off {others}",
    Change.PUT_BACK: "{stops} → {to}",
    Change.WENT_BACK: "back to an earlier plan",
    Change.SHARED_OUT: "{first} shared out",
    Change.REBUILT: "rebuild, {stops}",
}
"""A change in as few words as a button holds."""

OTHERWISE = "Changed {others}"
"""A change that another version of the program knows."""


def edited(fact: PlanEdited, code: Called) -> str:
    """Say what was changed, and why."""
    others = [code(r) for r in fact.route_ids if r != fact.to_route_id]
    said = SAID.get(fact.change, OTHERWISE).format(
        stops=_stops(len(fact.stop_ids)), others=listed(others), to=code(fact.to_route_id),
        first=listed(others[:1]), rest=listed(others[1:]),
    )  # fmt: skip
    return f"{said}{_because(fact.why)}."


def locked(fact: LocksChanged, code: Called) -> str:
    """Say what was locked or unlocked, and why."""
    what = [_stops(len(fact.stop_ids))] if fact.stop_ids else []
    what += [listed([code(r) for r in fact.route_ids])] if fact.route_ids else []
    what += [f"the order of {listed([code(r) for r in fact.orders])}"] if fact.orders else []
    return f"{'Locked' if fact.locked else 'Unlocked'} {', '.join(what)}{_because(fact.why)}."


def briefly(fact: PlanEdited | LocksChanged, code: Called) -> str:
    """Say a change in a few words: "23 stops CX101 → CX104"."""
    if isinstance(fact, LocksChanged):
        said = locked(replace(fact, why=""), code).rstrip(".")
        return said[0].lower() + said[1:]
    others = [code(r) for r in fact.route_ids if r != fact.to_route_id]
    return BRIEFLY.get(fact.change, "change of {others}").format(
        stops=_stops(len(fact.stop_ids)), others=listed(others), to=code(fact.to_route_id), first=listed(others[:1])
    )


def _stops(count: int) -> str:
    return "1 stop" if count == 1 else f"{count} stops"


def _because(why: str) -> str:
    return f": {why.rstrip('.')}" if why else ""
