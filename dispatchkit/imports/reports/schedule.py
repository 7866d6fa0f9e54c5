"""The week's schedule: who is rostered on which date, for what service type and from when."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import RosteredBlock, Schedule
from dispatchkit.imports.reports import local_clock, weeks
from dispatchkit.imports.reports.block_cells import blocks
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.yearless import YearlessDay, dated, yearless
from dispatchkit.imports.sheets import Cell, Column, Customs, Table, columns
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.imports.sheets.clock import as_shown
from dispatchkit.imports.sheets.dates import Order, as_date, order_of
from dispatchkit.imports.sheets.header import Header, Heading, normalised
from dispatchkit.station import Station

TOTAL = "Total Rostered"
"""Heads the row, or the column, that sums the others up."""

SCHEDULE = columns(
    Column("name", ("Associate name", "Delivery Associate", "Driver name", "Driver", "Name"), required=True),
    Column("driver_id", ("Transporter ID",), usual=False),
    Column("total", (TOTAL,), usual=False),
)
"""Columns of the tab "Rostered Work Blocks", beside those of the dates, as public parsers of real exports list them."""

STAMP, STATION = "Time stamp", "Station"
"""Labels above the table, each with its value below it."""

YEAR_IN_NAME = re.compile(r"(?<!\d)20\d{2}(?!\d)")

MID_YEAR_WEEK = 26
"""The week that stands for a year in which the name says no week."""


def read_schedule(table: Table, about: About) -> Schedule | None:
    """Read who is rostered. None where the dates of the columns cannot be told.

    The year is not in the columns: it is the one that makes the weekdays right, nearest to the file's own time stamp,
    else to what its name says, else to the day that people work on.
    """
    stamp = _stamp(table)
    by_column = _columns(table, about, stamp)
    if by_column is None:
        return None
    days = tuple(sorted(by_column))
    _check_week_of_name(table, about, days)
    zone = local_clock.zone_of(about.profile.site.timezone)
    as_of = local_clock.instant(stamp, zone, table.findings.at(STAMP))
    return Schedule(
        station=plain(_above(table, STATION)) or about.station,
        as_of=as_of or about.as_of,
        days=days,
        blocks=_rostered(table, by_column, about.profile.words.not_rostered),
    )


def _rostered(
    table: Table, by_column: dict[date, Heading], not_rostered: tuple[str, ...]
) -> tuple[RosteredBlock, ...]:
    found: dict[tuple[str, date, str], RosteredBlock] = {}
    totals: dict[date, int] = {}
    for row in table.rows:
        if normalised(row.text("name") or "") == normalised(TOTAL):
            totals = {day: int(t) for day, h in by_column.items() if (t := plain(row.under(h))).isdecimal()}
            continue
        name, driver_id = row.name("name") or "", row.driver_id("driver_id") or ""
        for day, heading in by_column.items():
            cell = row.under(heading)
            if cell is None:
                continue
            spot = table.findings.at(heading.text, row.number)
            read = blocks(cell, not_rostered)
            if read is None:
                spot.block(f"{quoted(plain(cell))} is neither a service type nor a time of day.")
                continue
            if read and not name:
                spot.block("A block stands here, but the row names nobody.", "Fill in the name and import again.")
                continue
            for service_type, starts in read:
                block = RosteredBlock(
                    row=row.number, name=name, day=day, driver_id=driver_id, service_type=service_type, starts=starts
                )
                held = found.setdefault((driver_id or name, day, str(starts)), block)
                if held is not block:
                    spot.block(f"{quoted(name)} has the same block in row {held.row} already.")
    _check_totals(table, by_column, totals, found.values())
    _note_several_rows(table, found.values())
    return tuple(found.values())


def _note_several_rows(table: Table, found: Iterable[RosteredBlock]) -> None:
    """Note who has blocks in more than one row: a name that is merged over two people looks just so."""
    rows: dict[tuple[str, str], set[int]] = {}
    for block in found:
        rows.setdefault((block.name, block.driver_id), set()).add(block.row)
    for (name, _), numbers in rows.items():
        if len(numbers) > 1:
            table.findings.note(
                f"{quoted(name)} stands in rows {' and '.join(map(str, sorted(numbers)))}; the blocks of all of them "
                "were read as this person's.",
                "If a merged cell covers two people, part it, fill in both, and import again.",
            )


def _check_totals(
    table: Table, by_column: dict[date, Heading], totals: dict[date, int], found: Iterable[RosteredBlock]
) -> None:
    """Hold what was read to the file's own sums: of blocks, or of people."""
    read = [(block.day, block.driver_id or block.name) for block in found]
    for day, total in totals.items():
        people = [person for on, person in read if on == day]
        if total not in (len(people), len(set(people))):
            table.findings.note(
                f"The file counts {total} rostered, and {len(set(people))} were read.",
                "Compare it with the source: rows may have been filtered out.",
                column=by_column[day].text,
            )


def _columns(table: Table, about: About, stamp: datetime | None) -> dict[date, Heading] | None:
    """Tell which columns are dates, and which dates; None, with the reason noted, where that cannot be told."""
    near = stamp.date() if stamp else _day_in_name(about) or about.near
    order: Order = "day" if table.customs.day_first else "month"
    by_column: dict[date, Heading] = {}
    without_year: list[tuple[YearlessDay, Heading]] = []
    others: list[Heading] = []
    for heading in table.unknown:
        open_day = yearless(heading.text, about.profile.words.languages)
        day = None if open_day else as_date(heading.cell, order, near=near)
        if open_day is not None:
            without_year.append((open_day, heading))
        elif day is not None:
            by_column[day] = heading
        else:
            others.append(heading)
    if others:
        names = ", ".join(quoted(h.text) for h in others)
        table.findings.note(f"Columns that are no dates were passed over: {names}.")
    if without_year:
        open_days, headings = zip(*without_year, strict=True)
        dates = dated(open_days, near) if near else None
        if dates is None:
            _refuse_year(table, headings, near)
            return None
        by_column.update(zip(dates, headings, strict=True))
    if not by_column:
        table.findings.block("No column is a date.", "Export the tab of rostered work blocks and import it again.")
        return None
    return by_column


def _refuse_year(table: Table, headings: Sequence[Heading], near: date | None) -> None:
    first, last = headings[0].text, headings[-1].text
    if near is None:
        reason = "have no year, and nothing says which one is meant"
    else:
        reason = f"fit no year around {near.year}: a weekday is wrong, or they do not run forward"
    table.findings.block(
        f"The dates {quoted(first)} to {quoted(last)} {reason}.", "Get the file again from its source."
    )


def _day_in_name(about: About) -> date | None:
    """A day that the file's name speaks of: its date, or the middle of its week or year."""
    if about.service_day is not None:
        return about.service_day
    year = YEAR_IN_NAME.search(about.file)
    if year is None:
        return None
    week = weeks.in_name(about.file) or MID_YEAR_WEEK
    return date(int(year[0]), 1, 1) + timedelta(weeks=week - 1)


def _check_week_of_name(table: Table, about: About, days: Sequence[date]) -> None:
    """Note where the name speaks of another week than the columns do. Weeks begin on a Sunday or on a Monday."""
    named = weeks.in_name(about.file)
    met = {(day + timedelta(days=shift)).isocalendar().week for day in days for shift in (0, 1)}
    if named and named not in met:
        table.findings.note(
            f"The file's name says week {named}, but its columns run from {days[0]:%Y-%m-%d} to "
            f"{days[-1]:%Y-%m-%d}; the columns count.",
            "Check that this is the week you mean.",
        )


def _stamp(table: Table) -> datetime | None:
    """Read when the file was made, as it says itself above the table."""
    cell = _above(table, STAMP)
    european = "." in plain(cell).partition(",")[0]     # 27.08.26 is written day first
    customs = Customs(day_first=table.customs.day_first or european)
    order, _ = order_of([cell], day_first=customs.day_first)
    return as_shown(cell, lambda part: as_date(part, order))


def _above(table: Table, label: str) -> Cell:
    """Take the value below a label that stands above the table."""
    rows = table.sheet.rows[: table.first_row - 2]
    for upper, lower in pairwise(rows):
        for place, cell in enumerate(upper):
            if normalised(plain(cell)) == normalised(label) and place < len(lower):
                return lower[place]
    return None


def has_dates(header: Header, profile: Station) -> bool:
    """Whether some column is headed by a date, which makes a list of people a schedule."""
    languages = profile.words.languages
    return any(isinstance(h.cell, date) or yearless(h.text, languages) or as_date(h.text) for h in header.unknown)


SCHEDULE_OF_WEEK = ReportKind(
    source="Schedule", columns=SCHEDULE, read=read_schedule, notes_unknown=False, fits=has_dates
)
