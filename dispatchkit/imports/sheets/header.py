"""Where a table begins and what its columns are, whatever stands above it and however its header is written."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from typing import TypeAlias

import msgspec

from dispatchkit.imports.sheets.cells import Cell, Sheet, is_blank, plain

SEARCHED_ROWS = 50
"""Rows from the top among which a header is looked for: titles, logos and legends stand above it, not more."""

LIKE = 0.6
"""Likeness of two headers, 0 to 1, from which one is suggested for the other."""


class Column(msgspec.Struct, frozen=True):
    """A column that a reader wants.

    Attributes
    ----------
    key
        What the reader calls it.
    aliases
        Headers under which it is met, the usual one first. Case, blanks and signs never matter.
    required
        Whether the table means nothing without it.
    usual
        Whether its absence is worth a note: some columns stand in some exports only.
    """

    key: str
    aliases: tuple[str, ...]
    required: bool = False
    usual: bool = True


Columns: TypeAlias = Mapping[str, Column]
"""The columns that a reader wants, by key."""


def columns(*wanted: Column) -> Columns:
    """Put columns under their keys."""
    return {column.key: column for column in wanted}


class Heading(msgspec.Struct, frozen=True):
    """A column that the file has: its place, counted from 0, its header as written, and the header's cell."""

    place: int
    text: str
    cell: Cell


class Header(msgspec.Struct, frozen=True):
    """A header that was found.

    Attributes
    ----------
    row, depth
        Number of its first row as a spreadsheet shows it, and over how many rows it goes (1 or 2).
    known
        Where the wanted columns stand, by key.
    unknown
        Columns with a header that nobody asked for.
    missing
        Wanted columns that are not there, required or not.
    twice
        Required or not, wanted columns whose header stands more than once, by key.
    """

    row: int
    depth: int
    known: dict[str, Heading]
    unknown: tuple[Heading, ...]
    missing: tuple[Column, ...]
    twice: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether every required column is there."""
        return not any(column.required for column in self.missing)

    @property
    def likeness(self) -> float:
        """Columns in common over columns in either (Jaccard), 0 to 1."""
        return len(self.known) / (len(self.known) + len(self.unknown) + len(self.missing))


@lru_cache(maxsize=4096)
def normalised(header: str) -> str:
    """Reduce a header to its letters and digits, in lower case; % and # count as words."""
    spelled = header.replace("%", "pct").replace("#", "no")
    return "".join(c for c in spelled.casefold() if c.isalnum())


def find_header(sheet: Sheet, columns: Columns) -> Header | None:
    """Find the rows that resemble the wanted columns most; None where no row has two of them (or all required)."""
    best: Header | None = None
    least = min(2, len(columns))
    for header in _candidates(sheet, columns):
        if len(header.known) >= least and (best is None or len(header.known) > len(best.known)):
            best = header
    return best


def suggestion(column: Column, unknown: Sequence[Heading]) -> str:
    """Name the header of the file that a missing column may be meant by; empty where none resembles it."""
    texts = {normalised(heading.text): heading.text for heading in unknown}
    for alias in column.aliases:
        if close := get_close_matches(normalised(alias), texts, n=1, cutoff=LIKE):
            return texts[close[0]]
    return ""


def _candidates(sheet: Sheet, columns: Columns) -> Iterator[Header]:
    """Every row that may be the header, alone and with the row below it; alone first."""
    aliases = {normalised(alias): (rank, c.key) for c in columns.values() for rank, alias in enumerate(c.aliases)}
    for i, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if not all(map(is_blank, row)):
            yield _header(i, [_one(place, cell) for place, cell in enumerate(row)], columns, aliases)
            if i + 1 < len(sheet.rows) and len(row) > 1:
                yield _header(i, _two(row, sheet.rows[i + 1], aliases), columns, aliases, depth=2)


def _one(place: int, cell: Cell) -> Heading:
    return Heading(place, "" if is_blank(cell) else plain(cell), cell)


def _two(upper: Sequence[Cell], lower: Sequence[Cell], aliases: Mapping[str, object]) -> list[Heading]:
    """Join two header rows. A title over several columns goes on over the blanks to its right."""
    joined = []
    over = ""
    for place in range(max(len(upper), len(lower))):
        top, below = (row[place] if place < len(row) else None for row in (upper, lower))
        over = over if is_blank(top) else plain(top)
        under = "" if is_blank(below) else plain(below)
        both = over if over == under else f"{over} {under}".strip()
        alone = [t for t in (both, under, "" if is_blank(top) else over) if normalised(t) in aliases]
        text = alone[0] if alone else (both if under or not is_blank(top) else "")
        joined.append(Heading(place, text, below if under else top))
    return joined


def _header(
    i: int, headings: list[Heading], columns: Columns, aliases: Mapping[str, tuple[int, str]], depth: int = 1
) -> Header:
    met: dict[str, list[Heading]] = {}
    unknown = []
    for heading in headings:
        if (alias := aliases.get(normalised(heading.text))) is not None:
            met.setdefault(alias[1], []).append(heading)
        elif heading.text:
            unknown.append(heading)
    known, twice = {}, []
    for key, found in met.items():
        found.sort(key=lambda heading: aliases[normalised(heading.text)][0])      # the usual header first
        known[key] = found[0]
        if len(found) > 1 and normalised(found[0].text) == normalised(found[1].text):
            twice.append(key)
        unknown += found[1:]
    missing = tuple(column for key, column in columns.items() if key not in known)
    return Header(i + 1, depth, known, tuple(unknown), missing, tuple(twice))
