"""Which report a file is, by its headers, and what it says. Names are changed by hand and prove nothing."""

from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.problems import Findings, quoted
from dispatchkit.imports.readings import ROUTE_SHEETS, AnyReading, FileRead
from dispatchkit.imports.reports import route_sheets
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.registry import REPORTS
from dispatchkit.imports.sheets.cells import Sheet
from dispatchkit.imports.sheets.customs import Customs
from dispatchkit.imports.sheets.file_names import read_name
from dispatchkit.imports.sheets.header import Header, find_header
from dispatchkit.imports.sheets.limits import Limits
from dispatchkit.imports.sheets.opening import fits, sheets_of
from dispatchkit.imports.sheets.sniff import Format, sniff
from dispatchkit.imports.sheets.table import table_below
from dispatchkit.station import Station

MIN_LIKENESS = 1 / 3
"""Share of columns in common from which a header counts as a damaged version of a known report."""


class Match(msgspec.Struct, frozen=True):
    """A sheet that resembles a report."""

    sheet: Sheet
    kind: ReportKind
    header: Header

    @property
    def rank(self) -> tuple[bool, float]:
        """Whether every required column is there, then how much is in common."""
        return self.header.complete, self.header.likeness


def read_reports(
    originals: Iterable[OriginalFile], *, station: Station, near: date | None = None
) -> list[FileRead]:
    """Read files, each by what it is; none of them ever raises for what it holds.

    Parameters
    ----------
    station
        The station profile: limits, word lists, time zones, the order of day and month.
    near
        The day that people work on, for dates that are written without a year; else the day in the file's name.

    Returns
    -------
    list of FileRead
        One for each file, in their order. Where nobody can tell what one is, its `source` is empty and a problem says
        what was looked for.
    """
    return [_read(original, station, near) for original in originals]


def _read(original: OriginalFile, station: Station, near: date | None) -> FileRead:
    findings = Findings(original.name)
    limits = Limits.of(station)
    said = read_name(original.name, filter(None, (station.site.timezone, *station.site.zones)))
    about = About(
        file=original.name,
        profile=station,
        station=said.station,
        service_day=said.service_day,
        as_of=said.as_of,
        near=near or said.service_day,
    )
    source = ""
    reading: AnyReading | None = None
    if sniff(original.data) is Format.PDF:
        source = ROUTE_SHEETS
        if fits(original, findings, limits):
            reading = route_sheets.read_route_sheets(original, about, findings, limits)
    elif (match := _recognised(sheets_of(original, findings, limits), station, findings)) is not None:
        source = match.kind.source
        reading = _reading(match, about, findings)
    return FileRead(original=original, source=source, reading=reading, problems=tuple(findings.problems))


def _reading(match: Match, about: About, findings: Findings) -> AnyReading | None:
    customs = Customs(day_first=about.profile.imports.date_order[:1] == ("day",), near=about.near)
    table = table_below(
        match.header, match.sheet, findings, customs=customs, note_unknown=match.kind.notes_unknown
    )
    if table is None:
        return None
    if not table.rows and not findings.blocking:
        findings.block("The table has a header and no rows.", "Get it again from its source and import again.")
        return None
    return match.kind.read(table, about)


def _recognised(sheets: tuple[Sheet, ...], station: Station, findings: Findings) -> Match | None:
    """Find the sheet and the report that fit best; None, with the reason in `findings`, where none does well."""
    if not sheets:
        return None
    matches = sorted(_matches(sheets, station), key=lambda match: match.rank, reverse=True)
    likely = [m for m in matches if m.header.complete or m.header.likeness >= MIN_LIKENESS]
    if not likely:
        _block_unknown(matches[0] if matches else None, findings)
        return None
    best = likely[0]
    equals = {m.kind.source for m in likely if m.rank == best.rank}
    if len(equals) > 1:
        findings.block(
            f"Its columns fit several reports alike: {', '.join(sorted(equals))}. Which one is it?",
            "Export it again with all of its columns and import that.",
        )
        return None
    for other in likely[1:]:
        if other.header.complete and other.sheet is not best.sheet and other.kind is best.kind:
            findings.note(
                f"The sheet {quoted(other.sheet.name)} holds the same kind of table as {quoted(best.sheet.name)}; "
                "only the latter was read.",
                "Import the other one as a file of its own if it is meant.",
            )
    return best


def _matches(sheets: tuple[Sheet, ...], station: Station) -> Iterator[Match]:
    for sheet in sheets:
        for kind in REPORTS:
            header = find_header(sheet, kind.columns)
            if header is not None and kind.fits(header, station):
                yield Match(sheet, kind, header)


def _block_unknown(nearest: Match | None, findings: Findings) -> None:
    looked_for = ", ".join(kind.source for kind in REPORTS)
    near = ""
    if nearest is not None:
        held = ", ".join(quoted(heading.text) for heading in nearest.header.known.values())
        lacks = ", ".join(quoted(column.aliases[0]) for column in nearest.header.missing if column.required)
        near = f" Nearest is {nearest.kind.source}: {held} fit, {lacks} are missing."
    findings.block(
        f"No header of a report that is known here was found; looked for: {looked_for}.{near}",
        "Export the report again with all of its columns, or leave the file out.",
    )
