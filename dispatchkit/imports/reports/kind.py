"""What a report is to the program: its name, its columns, and who reads it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import msgspec

from dispatchkit.imports.sheets import Columns, Table
from dispatchkit.imports.sheets.header import Header
from dispatchkit.station import Station

if TYPE_CHECKING:
    from dispatchkit.imports.readings import AnyReading


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What a file's name says of it; every field is empty or None where a hand has changed the name.

    Attributes
    ----------
    file
        The name itself.
    as_of
        When its figures were true (UTC).
    profile
        The station profile: its word lists, its time zone.
    near
        The day that people work on: dates without a year lie close to it.
    """

    file: str
    profile: Station
    station: str = ""
    service_day: date | None = None
    as_of: datetime | None = None
    near: date | None = None


def any_header(_header: Header, _profile: Station) -> bool:
    """Ask for nothing beside the required columns."""
    return True


class ReportKind(msgspec.Struct, frozen=True, kw_only=True):
    """A report that comes as a table.

    Attributes
    ----------
    source
        What people call it ("Day-of-Ops plan").
    columns
        What it is recognised by. Its required columns should tell it from every other kind.
    read
        Makes the reading of a table; problems go to `table.findings`. None where nothing of it can be used.
    notes_unknown
        Whether columns that are not known are worth a note; a schedule's dates are not.
    fits
        What else a header must have, beside the required columns: a schedule's dates, whose headers nobody can list.
    """

    source: str
    columns: Columns
    read: "Callable[[Table, About], AnyReading | None]"
    notes_unknown: bool = True
    fits: Callable[[Header, Station], bool] = any_header
