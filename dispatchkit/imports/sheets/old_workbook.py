"""The cells of an xls workbook, read under the limits. Macros are never run; formulas count by their last value."""

import io
from datetime import datetime
from typing import cast

import xlrd

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.book import block_damaged, block_locked, filled, note_macros
from dispatchkit.imports.sheets.cells import Cell, Sheet, is_blank
from dispatchkit.imports.sheets.damage import Damaged, parsing
from dispatchkit.imports.sheets.limits import Limits, TooBig, check, check_bytes, refuse


def read_old_workbook(data: bytes, findings: Findings, limits: Limits) -> tuple[Sheet, ...]:
    """Read the sheets of an xls workbook; none, with the reason in `findings`, where that cannot be done."""
    note_macros(data, findings)
    try:
        with parsing():
            # Rows of their own length: two cells in opposite corners stay two cells.
            book = xlrd.open_workbook(
                file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True, formatting_info=True
            )
            found, cells, text_chars = [], 0, 0
            for name in book.sheet_names():
                sheet = book.sheet_by_name(name)
                rows = _old_rows(sheet, book.datemode, limits)
                held = [cell for row in rows for cell in row if not is_blank(cell)]
                cells += len(held)
                text_chars += sum(len(cell) for cell in held if isinstance(cell, str))
                check(cells, limits.cells, "cells")
                check_bytes(text_chars, limits.expanded_bytes, "The text of all cells")
                areas = [(top, bottom - 1, left) for top, bottom, left, _ in sheet.merged_cells]
                found.append(Sheet(name=name, rows=filled(rows, areas)))
                book.unload_sheet(name)
    except TooBig as error:
        refuse(findings, error)
    except Damaged as error:
        if "encrypted" in str(error).casefold():
            block_locked(findings)
        else:
            block_damaged(findings, error)
    else:
        return tuple(found)
    return ()


def _old_rows(sheet: xlrd.sheet.Sheet, datemode: int, limits: Limits) -> list[list[Cell]]:
    """The rows of a sheet as far as they hold something."""
    rows: list[list[Cell]] = []
    height = 0
    for i in range(sheet.nrows):
        row = [_old_cell(cell.ctype, cell.value, datemode) for cell in sheet.row(i)]
        while row and row[-1] is None:
            row.pop()
        rows.append(row)
        if row:
            height = i + 1
            check(height, limits.rows, "rows")
            check(len(row), limits.columns, "columns")
            longest = max((len(cell) for cell in row if isinstance(cell, str)), default=0)
            check(longest, limits.text_chars, "characters in one cell")
    return rows[:height]


def _old_cell(kind: int, value: object, datemode: int) -> Cell:
    if kind == xlrd.XL_CELL_DATE:
        return _old_date(cast("float", value), datemode)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    return None if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "" else cast("Cell", value)


def _old_date(serial: float, datemode: int) -> Cell:
    """A date, or a time of day where it has no date; the figure as it stands where it is neither."""
    try:
        at: datetime = xlrd.xldate_as_datetime(serial, datemode)
    except (ValueError, OverflowError):
        return serial
    return at.time() if 0 <= serial < 1 else at
