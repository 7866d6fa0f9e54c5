"""Tables in CSV: which one is it, by its header, and its rows with the numbers that a spreadsheet shows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from dispatchkit.imports.problems import Findings, Spot, quoted

DELIMITERS = ",;\t|"

LONGEST_HEADER = 10_000
"""Characters of a line above which it is no header of a known table, and is not cut up to see."""

FIRST_LINE = re.compile(rf"\S[^\r\n]{{0,{LONGEST_HEADER}}}")
"""The first line that holds anything, as far as it has to be looked at."""

MIN_LIKENESS = 1 / 3
"""Share of columns in common from which a header counts as a damaged or extended version of a known table."""


class Column(msgspec.Struct, frozen=True):
    """A column of a known table.

    Attributes
    ----------
    name
        As the source writes it.
    aliases
        Other names under which it is met; case, blanks and signs never matter.
    required
        Whether the table means nothing without it.
    """

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = True


class Layout(msgspec.Struct, frozen=True):
    """The columns of a known table; `kind` is the name that its file usually has."""

    kind: str
    columns: tuple[Column, ...]

    def known(self) -> dict[str, str]:
        """Map every normalised header to the column's name."""
        return {normalised(n): c.name for c in self.columns for n in (c.name, *c.aliases)}


class Row(msgspec.Struct, frozen=True):
    """A row of a table: cells by column name, without surrounding blanks; empty where the table lacks the column.

    `about` names the one stop or van that the row tells of, once its reader knows it.
    """

    number: int
    cells: dict[str, str]
    headers: dict[str, str]
    findings: Findings
    about: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def at(self, column: str) -> Spot:
        """Name a cell, by the header that the file itself has for the column."""
        return self.findings.at(self.headers.get(column, column), self.number, self.about)


class Table(msgspec.Struct, frozen=True):
    """A CSV text whose header was recognised."""

    layout: Layout
    text: str
    delimiter: str


def normalised(header: str) -> str:
    """Reduce a header to its letters and digits, in lower case."""
    return "".join(c for c in header.casefold() if c.isalnum())


def recognised(text: str, layouts: tuple[Layout, ...]) -> Table | None:
    """Find the layout and the delimiter that the first row fits best; None where it resembles no layout."""
    found = FIRST_LINE.search(text)
    if found is None or len(found[0]) > LONGEST_HEADER:
        return None
    first = found[0]
    tables = [Table(layout, text, delimiter) for delimiter in DELIMITERS for layout in layouts]
    best = max(tables, key=lambda t: _likeness(first, t))
    return best if _likeness(first, best) >= MIN_LIKENESS else None


def _likeness(first_line: str, table: Table) -> float:
    """Columns in common over columns in either (Jaccard)."""
    known = table.layout.known()
    headers = {normalised(h) for h in first_line.rstrip("\r\n").split(table.delimiter)}
    met = {known.get(h, h) for h in headers}
    names = {c.name for c in table.layout.columns}
    return len(met & names) / len(met | names) if len(met & names) > 1 else 0.0


def rows(table: Table, findings: Findings) -> list[Row]:
    """Read the rows below the header. What is wrong with the table's shape is recorded in `findings`.

    Rows without any content are passed over. Nothing is returned where a required column is missing.
    """
    records = _records(table, findings)
    _, header = next(records, (0, []))
    columns = _columns(header, table.layout, findings)
    if columns is None:
        return []
    headers = {column: header[i] for i, column in columns.items()}
    found = []
    for number, record in records:
        if any(record[len(header) :]) or len(record) < len(header):
            findings.block(
                f"The row has {len(record)} cells where the header has {len(header)}; it is cut off or has moved.",
                "Compare it with the source, correct it and import again.",
                row=number,
            )
        else:
            found.append(Row(number, {column: record[i] for i, column in columns.items()}, headers, findings))
    if not found and not findings.blocking:
        findings.block("The table has a header and no rows.", "Get it again from its source and import again.")
    if not table.text.endswith(("\n", "\r")):
        findings.note(
            "The file does not end with a line end.", "Compare its last row with the source: it may have been cut off."
        )
    return found


def _records(table: Table, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Yield the records that hold anything, with their number in a spreadsheet."""
    number = 0
    try:
        for record in csv.reader(io.StringIO(table.text, newline=""), delimiter=table.delimiter, strict=True):
            number += 1
            cells = [cell.strip(" \u00a0") for cell in record]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        findings.block(
            f"From here on the table cannot be read ({error}); a quotation mark is missing or the file is cut off.",
            row=number + 1,
        )


def _columns(header: list[str], layout: Layout, findings: Findings) -> dict[int, str] | None:
    """Map places in the header to column names; None where a column is missing or stands twice."""
    known = layout.known()
    columns = {i: known[normalised(h)] for i, h in enumerate(header) if normalised(h) in known}
    twice = [name for name, times in Counter(columns.values()).items() if times > 1]
    missing = [c for c in layout.columns if c.name not in columns.values()]
    for name in twice:
        findings.block("The column stands twice in the header.", "Remove one and import again.", row=1, column=name)
    for column in missing:
        if column.required:
            findings.block("The column is missing.", "Add it as the source has it.", column=column.name)
    if unknown := [quoted(h) for i, h in enumerate(header) if h and i not in columns]:
        findings.note(f"Columns that are not known here were passed over: {', '.join(unknown)}.")
    return None if twice or any(c.required for c in missing) else columns
