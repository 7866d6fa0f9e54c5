"""Rows to bytes, the same bytes every time: workbooks and csv without a trace of when they were written."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | float | date | datetime | None
Rows = Sequence[Sequence[Cell]]
"""Row by row, the header among them; None is a cell without anything in it."""

WRITTEN_AT = datetime(2026, 1, 1)  # noqa: DTZ001 -- a zip and a workbook keep the writer's wall clock, without a zone
"""When every sample file says that it was written: workbooks would otherwise differ at every run."""

_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def workbook(sheets: Mapping[str, Rows], *, also: Callable[[Worksheet], None] | None = None) -> bytes:
    """Make an xlsx of one sheet a title; `also` does to the first sheet what rows alone cannot say."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    if also is not None:
        also(book.worksheets[0])
    book.properties.creator = "dispatchkit samples"
    book.properties.created = WRITTEN_AT
    written = io.BytesIO()
    book.save(written)
    return packed(parts(written.getvalue()))


def parts(book: bytes) -> dict[str, bytes]:
    """The files inside a workbook, by name, in their order; the instant of its writing made always the same."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    held["docProps/core.xml"] = _MODIFIED.sub(
        rb"\g<1>" + f"{WRITTEN_AT:%Y-%m-%dT%H:%M:%SZ}".encode(), held["docProps/core.xml"]
    )
    return held


def packed(held: Mapping[str, bytes]) -> bytes:
    """Put files into a zip without their own time stamps."""
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in held.items():
            entry = zipfile.ZipInfo(name, date_time=WRITTEN_AT.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0     # else Windows and Linux would write another byte here
            archive.writestr(entry, content, compresslevel=9)
    return packing.getvalue()


def csv_text(rows: Rows, *, delimiter: str = ",") -> str:
    """Lines of csv as spreadsheets write them, ended by CR and LF."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return written.getvalue()


def csv_bytes(rows: Rows) -> bytes:
    """A csv in UTF-8 with its mark at the beginning, as spreadsheets write it."""
    return csv_text(rows).encode("utf-8-sig")
