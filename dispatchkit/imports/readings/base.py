"""What every reading has."""

from datetime import date, datetime

from dispatchkit.records import Record


class Reading(Record, frozen=True, tag=True, tag_field="source"):
    """What one file says, row by row, in the words of the trade: before anybody decided what to make of it.

    What a file leaves blank is None or an empty text here, never 0. A reading is kept as an artifact, which can be
    erased: it may hold names.

    Attributes
    ----------
    station, service_day
        What the file, or else its name, says they are; empty and None where neither does.
    as_of
        When the file's figures were true (UTC); None where neither the file nor its name says so.
    """

    station: str = ""
    service_day: date | None = None
    as_of: datetime | None = None
