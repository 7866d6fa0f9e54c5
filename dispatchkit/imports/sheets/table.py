"""A table of a sheet: its header found, its rows with the numbers that a spreadsheet shows, its cells by key."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from dispatchkit.imports.problems import Findings, quoted
from dispatchkit.imports.sheets.cells import Cell, Sheet, is_blank, plain
from dispatchkit.imports.sheets.customs import Customs
from dispatchkit.imports.sheets.dates import Order, order_of
from dispatchkit.imports.sheets.header import Column, Columns, Header, Heading, find_header, normalised, suggestion
from dispatchkit.imports.sheets.row import TableRow
from dispatchkit.imports.sheets.values import are_shares

TOTALS = frozenset({"total", "totals", "grandtotal", "sum"})
"""Words with which a row begins that adds up the others."""

HEADERS_LISTED = 20
"""Headers that one sentence names; the rest are counted."""


class Table:
    """A table whose header was recognised. What is wrong with its cells is recorded in `findings` as it is read.

    Attributes
    ----------
    unknown
        Columns that nobody asked for, such as the dates of a schedule.
    missing
        Wanted columns that the file lacks; none of them is required.
    """

    def __init__(self, sheet: Sheet, header: Header, findings: Findings, customs: Customs) -> None:
        self.sheet = sheet
        self.findings = findings
        self.customs = customs
        self._header = header
        self._orders: dict[int, Order] = {}
        self._shares: dict[int, bool] = {}

    @property
    def unknown(self) -> tuple[Heading, ...]:
        """Columns that nobody asked for, as the file writes them."""
        return self._header.unknown

    @property
    def missing(self) -> tuple[Column, ...]:
        """Wanted columns that the file lacks."""
        return self._header.missing

    @property
    def first_row(self) -> int:
        """Number of the first row below the header."""
        return self._header.row + self._header.depth

    def has(self, key: str) -> bool:
        """Whether the file has a wanted column."""
        return key in self._header.known

    def heading(self, key: str) -> Heading | None:
        """Where a wanted column stands and how the file writes it; None where it is missing."""
        return self._header.known.get(key)

    @cached_property
    def rows(self) -> tuple[TableRow, ...]:
        """The rows below the header that hold anything; totals and a header repeated among them are passed over.

        In delimited text, a row that is longer than the header or ends before the last wanted column is a problem and
        left out: its values would stand in the wrong columns.
        """
        return tuple(self._rows())

    def _rows(self) -> Iterator[TableRow]:
        width = max(h.place for h in (*self._header.known.values(), *self._header.unknown)) + 1
        needed = max(h.place for h in self._header.known.values()) + 1
        for number, cells in enumerate(self.sheet.rows[self.first_row - 1 :], self.first_row):
            filled = [plain(cell) for cell in cells if not is_blank(cell)]
            if not filled or normalised(filled[0]) in TOTALS or self._is_header_again(cells):
                continue
            if self.sheet.delimited and (len(cells) < needed or not all(map(is_blank, cells[width:]))):
                self.findings.block(
                    f"The row has {len(cells)} cells where the header has {width}; it is cut off or has moved.",
                    "Compare it with the source, correct it and import again.",
                    row=number,
                )
                continue
            yield TableRow(self, number, cells)

    def _is_header_again(self, cells: tuple[Cell, ...]) -> bool:
        """Whether the filled cells of the row repeat the words of their own columns, two of them at least."""
        own = [(h, text) for h in self._header.known.values() if (text := plain(_at(cells, h.place)))]
        return len(own) >= min(2, len(self._header.known)) and all(
            normalised(text) in (normalised(h.text), normalised(plain(h.cell))) for h, text in own
        )

    def order(self, place: int) -> Order:
        """How the dates of a column are to be read, decided over all its cells; noted where only custom decides."""
        if place not in self._orders:
            order, certain = order_of(self._below(place), day_first=self.customs.day_first)
            self._orders[place] = order
            if not certain:
                self.findings.note(
                    f"Nothing in the column tells day from month; dates were read {order} first.",
                    "If that is wrong, set date_order in the [imports] section of the station profile.",
                    column=self._text_at(place),
                )
        return self._orders[place]

    def in_shares(self, place: int) -> bool:
        """Whether the bare figures of a column of percentages are shares (0.5 for 50 %), by all its cells."""
        if place not in self._shares:
            self._shares[place] = are_shares(self._below(place))
        return self._shares[place]

    def _below(self, place: int) -> Iterator[Cell]:
        return (row[place] for row in self.sheet.rows[self.first_row - 1 :] if place < len(row))

    def _text_at(self, place: int) -> str:
        headings = (*self._header.known.values(), *self._header.unknown)
        return next((heading.text for heading in headings if heading.place == place), "")


def find_table(
    sheet: Sheet, columns: Columns, findings: Findings, *, customs: Customs | None = None, note_unknown: bool = True
) -> Table | None:
    """Find the table of the wanted columns on a sheet.

    Parameters
    ----------
    note_unknown
        Whether columns that nobody asked for are worth a note. A schedule's dates are not.

    Returns
    -------
    Table or None
        None, with the reason in `findings`, where no header resembles the columns, or a required one is missing or
        stands twice.
    """
    header = find_header(sheet, columns)
    if header is None:
        usual = ", ".join(quoted(column.aliases[0]) for column in columns.values() if column.required)
        findings.block(f"No row looks like a header with {usual}.", "Get the file again from its source.")
        return None
    return table_below(header, sheet, findings, customs=customs, note_unknown=note_unknown)


def table_below(
    header: Header, sheet: Sheet, findings: Findings, *, customs: Customs | None = None, note_unknown: bool = True
) -> Table | None:
    """Make the table of a header that was found already; the same as `find_table` otherwise."""
    for key in header.twice:
        text = header.known[key].text
        findings.block("The column stands twice.", "Remove one and import again.", row=header.row, column=text)
    for column in header.missing:
        if column.required:
            near = suggestion(column, header.unknown)
            meant = f" {quoted(near)} may be meant by it." if near else ""
            findings.block(
                f"The column is missing.{meant}",
                "Name it as the source does and import again.",
                row=header.row,
                column=column.aliases[0],
            )
    if note_unknown and header.unknown:
        listed = _listed([heading.text for heading in header.unknown])
        findings.note(f"Columns that are not known here were passed over: {listed}.")
    if absent := [column.aliases[0] for column in header.missing if column.usual and not column.required]:
        findings.note(f"Columns that the file does not have count as blank: {_listed(absent)}.")
    if header.twice or not header.complete:
        return None
    return Table(sheet, header, findings, customs or Customs())


def _at(cells: tuple[Cell, ...], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _listed(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - HEADERS_LISTED} more" if len(texts) > HEADERS_LISTED else ""
    return ", ".join(map(quoted, texts[:HEADERS_LISTED])) + more
