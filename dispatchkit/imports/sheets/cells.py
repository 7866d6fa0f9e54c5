"""Cells as a file holds them, before anybody says what they mean."""

import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from dispatchkit.records import Record

Cell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta | None
"""A value of a spreadsheet; None where the cell is empty. A text of blanks only is as good as empty."""

ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What a spreadsheet shows where a formula failed."""

BLANKS = frozenset({"", "nan", "null", "none", "-", "–", "—"})
"""How people and tools write that there is no value, in lower case."""


class Sheet(Record, frozen=True):
    """The cells of one sheet, or of a whole CSV file.

    Attributes
    ----------
    name
        Title of the tab; empty for text.
    rows
        Row 1 of the spreadsheet first; rows may differ in length. A merged area holds its value in each of its cells.
    delimited
        Whether it comes from delimited text, where a row of another length than the header's has moved or is cut off.
    """

    name: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    delimited: bool = False


def plain(cell: Cell) -> str:
    """Write a cell as a person reads it: one line, no surrounding blanks, whole numbers without decimals.

    Blanks of any kind (no-break, line ends) are one blank; signs of no width are left out.
    """
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if not isinstance(cell, str):
        return str(cell)
    if not cell.isascii():      # only there are signs of no width
        cell = "".join(c for c in cell if unicodedata.category(c) != "Cf")
    return " ".join(cell.split())


def is_blank(cell: Cell) -> bool:
    """Say whether a cell holds nothing: empty, blanks, NaN, or a sign that people put for nothing."""
    if isinstance(cell, str):
        return plain(cell).casefold() in BLANKS
    return cell is None or cell != cell     # NaN alone differs from itself
