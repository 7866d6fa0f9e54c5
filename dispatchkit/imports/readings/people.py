"""Files of the people: associates and schedule."""

from datetime import date, time

from dispatchkit.imports.readings.base import Reading
from dispatchkit.records import Record


class Associate(Record, frozen=True):
    """A row of the associates list. `name` reads "First Last" whichever way round the file has it.

    `active` says whether the person may be sent out; None where the list does not.
    """

    row: int
    driver_id: str
    name: str
    position: str = ""
    qualifications: frozenset[str] = frozenset()
    id_expires: date | None = None
    personal_phone: str = ""
    work_phone: str = ""
    email: str = ""
    active: bool | None = True


class Associates(Reading, frozen=True):
    """The people of a DSP."""

    associates: tuple[Associate, ...] = ()


class RosteredBlock(Record, frozen=True):
    """One driver's work block on one date: service type and start by the station's clock, as far as the cell says."""

    row: int
    name: str
    day: date
    driver_id: str = ""
    service_type: str = ""
    starts: time | None = None


class Schedule(Reading, frozen=True):
    """Who is rostered on which dates; `days` are the dates that the file covers, rostered or not."""

    days: tuple[date, ...] = ()
    blocks: tuple[RosteredBlock, ...] = ()
