"""A deed: a fact of the log as people read it."""

from datetime import datetime
from typing import Literal

from dispatchkit.overview.phases import PhaseName
from dispatchkit.records import Record

DeedPhase = PhaseName | Literal["day"]
"""A phase, or "day" for what concerns the day as a whole: files, notes, taking back, opening and closing."""


class Deed(Record, frozen=True):
    """One fact of the log as a sentence, or one kind of observation of one source in one quarter of an hour.

    Attributes
    ----------
    n, first_n
        Place in the log, and of the first fact decided with it; of observations the newest of the quarter hour.
    at, learned_at
        When it happened and when it was written (UTC); of observations the newest.
    by
        A dispatcher's user name, or a source.
    kind
        Name of the fact's type.
    text
        A sentence without `by`: "CX104 left with Ann Example in van V7."
    about
        Ids of routes, drivers, vans, stops, rescues, alarms and so on that it names; of observations the routes or
        vans.
    voided
        It was taken back and does not count.
    observed
        The world told it; nobody decided it.
    """

    n: int
    first_n: int
    at: datetime
    learned_at: datetime
    by: str
    phase: DeedPhase
    kind: str
    text: str
    about: frozenset[str] = frozenset()
    voided: bool = False
    observed: bool = False
