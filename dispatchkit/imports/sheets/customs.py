"""How a station writes what its files leave open: which of two figures is the month, which year."""

from datetime import date

from dispatchkit.records import Record


class Customs(Record, frozen=True):
    """What the file does not say and its readers have to know.

    Attributes
    ----------
    day_first
        Whether 3/4 is the third of April where nothing in the column tells.
    near
        A day close to which the dates lie that are written without a year; None where nobody knows.
    """

    day_first: bool = False
    near: date | None = None
