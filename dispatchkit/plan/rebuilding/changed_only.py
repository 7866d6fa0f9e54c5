"""The part of a change that its effect is about: the routes that are another now. Pure."""

from msgspec.structs import replace

from dispatchkit.plan.edit import Edited
from dispatchkit.records import Plan


def changed_only(edited: Edited) -> tuple[Plan, Plan]:
    """The plan before and after with no other routes than those that changed: of thousands of stops, some hundred."""
    changed = set(edited.route_ids)
    before, after = (
        replace(plan, routes=tuple(r for r in plan.routes if r.route_id in changed))
        for plan in (edited.before, edited.plan)
    )
    return before, after
