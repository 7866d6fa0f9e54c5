"""The cells of an xlsx or xlsm workbook, under the limits. Macros never run; a formula counts by its last value."""

import io
from typing import cast

from python_calamine import CalamineWorkbook, SheetTypeEnum

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.book import block_damaged, filled, note_macros
from dispatchkit.imports.sheets.cells import Cell, Sheet
from dispatchkit.imports.sheets.damage import Damaged, parsing
from dispatchkit.imports.sheets.limits import Limits, TooBig, refuse
from dispatchkit.imports.sheets.unpack import repacked, unpacked
from dispatchkit.imports.sheets.weigh import weigh


def read_workbook(data: bytes, findings: Findings, limits: Limits) -> tuple[Sheet, ...]:
    """Read the sheets of a workbook; none, with the reason in `findings`, where that cannot be done."""
    note_macros(data, findings)
    try:
        parts = unpacked(data, limits)
        failed = weigh(parts, limits)
        found = _sheets(repacked(parts))
    except TooBig as error:
        refuse(findings, error)
    except Damaged as error:
        block_damaged(findings, error)
    else:
        if failed:
            findings.note(f"{len(failed)} cells show a failed formula, the first in {failed[0]}; they count as blank.")
        return found
    return ()


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    found = []
    with parsing():
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in (sheet.name for sheet in book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet):
            sheet = book.get_sheet_by_name(name)
            rows = cast("list[list[Cell]]", sheet.to_python(skip_empty_area=False))
            areas = [(top[0], bottom[0], top[1]) for top, bottom in sheet.merged_cell_ranges or ()]
            found.append(Sheet(name=name, rows=filled(rows, areas)))
    return tuple(found)
