"""Routes built anew, and everything that a dispatcher has to know of them before committing them. Pure."""

from collections.abc import Sequence

import msgspec

from dispatchkit.imports.given import LeftOut
from dispatchkit.plan.engine.leftover import Limit
from dispatchkit.plan.engine.shortfall import Shortfall
from dispatchkit.records import Plan, Record, Stop

NAMED = 10
"""Stops that a sentence names; the rest are counted."""

TOO_LARGE = "The packages alone are more than the largest van holds. Split them, or bring a larger van."
NO_VAN = "No van goes out. Bring the list of vans."

REASONS = {
    Limit.VAN_VOLUME: "No van has room left.",
    Limit.SERVICE_TYPE: "No van of the type needed goes out.",
    Limit.PACKAGES: "No van takes so many packages more.",
    Limit.SHIFT: "No driver has time left in the shift.",
    Limit.WINDOW: "No van can be there while the window is open.",
    Limit.SEARCH_TIME: "The search ended before there was a place. Build again with more time.",
}
"""Why a stop is on no route."""


class Built(Record, frozen=True):
    """Routes built anew.

    Attributes
    ----------
    plan
        With every stop that is on a route.
    outside_window
        Stops on a route although a window could not be kept: served late rather than not at all.
    unserved
        Stops that no van can take; they are on no route and somebody has to decide about them.
    reasons
        stop_id → why, for each of them.
    left_out
        Stops that could not be planned as their source has them, each with its reason.
    short
        What would take the unserved and the late ones too, where that was found out.
    told
        What else there is to know.
    """

    plan: Plan
    outside_window: tuple[Stop, ...] = ()
    unserved: tuple[Stop, ...] = ()
    reasons: dict[str, str] = msgspec.field(default_factory=dict)
    left_out: tuple[LeftOut, ...] = ()
    short: Shortfall | None = None
    told: tuple[str, ...] = ()

    @property
    def all_reasons(self) -> dict[str, str]:
        """stop_id → why, for every stop that is on no route."""
        return self.reasons | {stop.stop_id: stop.reason for stop in self.left_out}

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a dispatcher has to know of this plan before committing it; nothing where all is well."""
        said = []
        if late := [stop.stop_id for stop in self.outside_window]:
            whose = "its" if len(late) == 1 else "their"
            said.append(f"{_counted(late)} planned outside {whose} window: {_named(late)}.")
        for reason in dict.fromkeys(self.reasons.values()):
            off = [stop.stop_id for stop in self.unserved if self.reasons[stop.stop_id] == reason]
            said.append(f"{_counted(off)} on no route: {_named(off)}. {reason}")
        if off := [stop.stop_id for stop in self.left_out]:
            first = self.left_out[0]
            said.append(
                f"{_counted(off)} left out, since the data say what nobody can plan: {_named(off)}. "
                f"{first.stop_id}: {first.reason}"
            )
        said += [] if self.short is None else [self.short.sentence]
        return (*said, *self.told)


def _counted(stop_ids: Sequence[str]) -> str:
    return "1 stop is" if len(stop_ids) == 1 else f"{len(stop_ids):,} stops are"


def _named(stop_ids: Sequence[str]) -> str:
    more = f" and {len(stop_ids) - NAMED:,} more" if len(stop_ids) > NAMED else ""
    return ", ".join(stop_ids[:NAMED]) + more
