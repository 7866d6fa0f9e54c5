"""What is known before the files are looked at, beside the day: people, vans, the zone, readings taken earlier."""

from collections.abc import Mapping

import msgspec

from dispatchkit.imports.readings import AnyReading
from dispatchkit.records import Record

PERSON_FIELDS = ("name", "phone", "work_phone", "email", "qualifications", "position", "inactive")
"""What the directory holds of a person, each a text."""

QUALIFICATIONS_JOINED = ", "
INACTIVE = "yes"
"""What the directory holds as "inactive" of who may not be sent out; empty for everybody else."""


class Known(Record, frozen=True):
    """The surroundings of a day.

    Attributes
    ----------
    people
        Transporter id → what the directory says, by the names of `PERSON_FIELDS`.
    vins
        VIN → van id, as vehicle lists told it.
    timezone
        IANA zone of the station's latest other day; empty where there is none.
    earlier
        Readings of files that this day has taken before and that still can be read, in the order of the log.
    """

    people: Mapping[str, Mapping[str, str]] = msgspec.field(default_factory=dict)
    vins: Mapping[str, str] = msgspec.field(default_factory=dict)
    timezone: str = ""
    earlier: tuple[AnyReading, ...] = ()
