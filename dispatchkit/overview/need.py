"""Something that needs a person, whatever the phase."""

from datetime import datetime
from typing import Literal

from dispatchkit.overview.phases import PhaseName
from dispatchkit.records import Record


class Need(Record, frozen=True):
    """Something that needs a person.

    Attributes
    ----------
    need_id
        The same as long as the cause is the same, however many routes it has: "plan:no driver". That of an alarm is
        "alarm:" and the alarm's id.
    phase
        The phase it belongs to, and the page on which it is settled.
    kind
        "act": somebody has to do something now; "msg": somebody waits for an answer; "watch": somebody has to know.
    what, why, do
        Sentences. `why` is empty where `what` says it all.
    route_ids, driver_ids, van_ids
        Whom it is about, in the order of the plan or of the lists they stand in.
    helps_until
        Until when doing it still helps; None where no instant is known.
    saves
        The same as a sentence, where it is known what has to be done by then; empty where it is not.
    """

    need_id: str
    phase: PhaseName
    kind: Literal["act", "msg", "watch"]
    what: str
    why: str
    do: str
    route_ids: tuple[str, ...] = ()
    driver_ids: tuple[str, ...] = ()
    van_ids: tuple[str, ...] = ()
    helps_until: datetime | None = None
    saves: str = ""
