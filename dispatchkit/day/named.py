"""What dispatchers said of a route that is behind, as the day knows it."""

import msgspec

from dispatchkit.day.facts.road import ActionNamed, RootCauseNamed


class Named(msgspec.Struct, frozen=True):
    """The root cause of a route that was named last, and the action; None where it is left to the figures."""

    cause: RootCauseNamed | None = None
    action: ActionNamed | None = None


def said(named: Named, fact: RootCauseNamed | ActionNamed) -> Named:
    """What holds of a route once this was said."""
    match fact:
        case RootCauseNamed():
            return msgspec.structs.replace(named, cause=fact if fact.cause else None)
        case ActionNamed():
            return msgspec.structs.replace(named, action=fact if fact.action else None)
