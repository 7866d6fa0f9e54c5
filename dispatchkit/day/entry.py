"""A fact in its place in the log."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts import Fact


class Entry(msgspec.Struct, frozen=True):
    """A fact with what the log adds to it.

    Attributes
    ----------
    n
        Place in the day's log, from 1 without gaps.
    first_n
        Place of the first fact of the same append: one decision is written, and undone, as one.
    learned_at
        When it was written (UTC). Replay cuts by this; measurement uses `fact.at`.
    """

    n: int
    first_n: int
    learned_at: datetime
    fact: Fact
