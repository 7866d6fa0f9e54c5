"""What a person may do at a desk. Pure: the name of a role, and the sentences with which it refuses."""

from collections.abc import Iterator
from enum import StrEnum

from dispatchkit.records import DayKey


class Role(StrEnum):
    """What somebody is at the desk.

    A dispatcher and a lead may do everything on every day. A trainer decides on runs of a day only, never on the day
    itself. Read-only sees everything and changes nothing. Who is what is said on the command line alone
    (`dispatchkit users`): whoever can write to the home folder administers it, whatever his role at a desk.
    """

    DISPATCHER = "dispatcher"
    LEAD = "lead"
    TRAINER = "trainer"
    READ_ONLY = "read-only"


def role_blockers(role: Role, key: DayKey) -> Iterator[str]:
    """Why somebody of this role may change nothing on this day; nothing when he may."""
    if role is Role.READ_ONLY:
        yield "You are signed in as read-only: you see everything and change nothing. Ask a dispatcher to do this."
    if role is Role.TRAINER and not key.branch:
        yield (
            f"You are signed in as trainer: {key} is the real day, and a trainer decides on training runs only. "
            "Open a run of it, or ask a dispatcher to do this."
        )
