"""Files that are small and grow: all of them are refused before they have grown, in a sentence."""

import csv
import io
import os
import struct
import tracemalloc
import zipfile
import zlib

import msgspec
import pytest

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets import weigh
from dispatchkit.imports.sheets.limits import Limits
from dispatchkit.imports.sheets.opening import sheets_of
from dispatchkit.imports.sheets.pdf import read_pages
from dispatchkit.station import load
from tests.small_books import PLAN_HEADER, PLAN_ROW, file, pdf, with_part, xls, xlsx

LIMITS = Limits.of(load())
MB = 1_000_000
SHEET = "xl/worksheets/sheet1.xml"
OPEN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
CLOSE = "</sheetData></worksheet>"


def sentences(data, limits=LIMITS):
    findings = Findings("plan.xlsx")
    tracemalloc.start()
    try:
        found = sheets_of(file("plan.xlsx", data), findings, limits)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == ()
    assert most < 4 * limits.expanded_bytes
    return " ".join(map(str, findings.problems))


def small(**changes):
    return msgspec.structs.replace(LIMITS, **changes)


def test_a_workbook_that_says_it_unpacks_to_gigabytes_is_refused_unopened():
    data = bytearray(xlsx(PLAN_HEADER, PLAN_ROW))
    at = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46  # its entry in the directory
    data[at + 24 : at + 28] = struct.pack("<I", 2_000_000_000)
    assert "more than 100 MB" in sentences(bytes(data))


def test_a_workbook_that_unpacks_to_more_than_it_says_is_refused_too():
    data = bytearray(with_part(xlsx(PLAN_HEADER), SHEET, OPEN + " " * 3 * MB + CLOSE))
    for mark, at_size in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):
        start = 0
        while (start := data.find(mark, start)) >= 0:
            if data[start : start + 80].find(SHEET.encode()) >= 0:
                data[start + at_size : start + at_size + 4] = struct.pack("<I", 1000)
            start += 4
    assert "damaged" in sentences(bytes(data), small(expanded_bytes=MB))


def test_a_workbook_that_unpacks_to_too_much_is_refused():
    data = with_part(xlsx(PLAN_HEADER), SHEET, OPEN + " " * 3 * MB + CLOSE)
    assert len(data) < 20_000
    assert "more than 1 MB" in sentences(data, small(expanded_bytes=MB))


def test_a_workbook_of_thousands_of_parts_is_refused():
    made = io.BytesIO(xlsx(PLAN_HEADER))
    with zipfile.ZipFile(made, "a") as archive:
        for i in range(1100):
            archive.writestr(f"xl/part{i}.xml", "<a/>")
    assert "more than 1,000 parts" in sentences(made.getvalue())


def test_two_cells_in_opposite_corners_are_not_made_a_sheet_of_seventeen_thousand_million():
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert "more than 20,000 rows" in sentences(with_part(xlsx(PLAN_HEADER), SHEET, OPEN + cells + CLOSE))


def test_a_cell_that_lies_about_its_row_counts_by_its_own_word():
    cells = '<row r="1"><c r="ZZZ1"><v>1</v></c></row>'
    assert "more than 256 columns" in sentences(with_part(xlsx(PLAN_HEADER), SHEET, OPEN + cells + CLOSE))


def test_a_million_formatted_cells_without_a_value_are_nothing():
    empty = '<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c></row>' + '<row><c s="1"/></row>' * 50_000
    findings = Findings("plan.xlsx")
    (sheet,) = sheets_of(file("x", with_part(xlsx(PLAN_HEADER), SHEET, OPEN + empty + CLOSE)), findings, LIMITS)
    assert sheet.rows == (("x",),)


def test_formatted_cells_of_a_sparse_sheet_are_left_out_before_anything_counts_them():
    rows = "".join(f'<row r="{i}"><c r="A{i}" s="1"/><c r="B{i}" s="1"/></row>' for i in range(2, 30_000))
    text = '<row r="1"><c r="A1" s="2"/><c r="B1" t="inlineStr"><is><t>x &lt;c r="A1"/&gt;</t></is></c></row>'
    findings = Findings("plan.xlsx")
    (sheet,) = sheets_of(file("x", with_part(xlsx(PLAN_HEADER), SHEET, OPEN + text + rows + CLOSE)), findings, LIMITS)
    assert sheet.rows == ((None, 'x <c r="A1"/>'),)


def test_formatted_cells_stay_where_others_count_on_from_them():
    cells = '<row r="1"><c r="B1" s="1"/><c t="inlineStr"><is><t>x</t></is></c></row>'
    findings = Findings("plan.xlsx")
    (sheet,) = sheets_of(file("x", with_part(xlsx(PLAN_HEADER), SHEET, OPEN + cells + CLOSE)), findings, LIMITS)
    assert len(sheet.rows) == 1
    assert "x" in sheet.rows[0]


def test_a_long_text_that_many_cells_share_counts_as_often_as_it_is_shared():
    texts = f"<sst><si><t>{'x' * 30_000}</t></si></sst>"
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>"
    data = with_part(xlsx(PLAN_HEADER), SHEET, OPEN + cells + CLOSE)
    assert "text of all cells" in sentences(with_part(data, "xl/sharedStrings.xml", texts), small(expanded_bytes=MB))


def test_a_text_longer_than_a_cell_can_hold_is_refused():
    cells = f'<row><c t="inlineStr"><is><t>{"x" * 40_000}</t></is></c></row>'
    assert "characters" in sentences(with_part(xlsx(PLAN_HEADER), SHEET, OPEN + cells + CLOSE))


def test_entities_that_multiply_are_refused_with_their_document_type():
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + OPEN + "<row><c><v>&b;</v></c></row>" + CLOSE
    assert "document type" in sentences(with_part(xlsx(PLAN_HEADER), SHEET, bomb))


@pytest.mark.parametrize("rows", [20_001, 300], ids=["rows", "cells"])
def test_more_rows_or_cells_than_a_report_has_are_refused(rows):
    limits = small(cells=1000)
    assert "more than" in sentences(xlsx(*[("x",) * (1 if rows > 1000 else 4)] * rows), limits)


def test_more_rows_in_an_old_workbook_are_refused():
    assert "more than 10 rows" in sentences(xls(*[("x",)] * 11), small(rows=10))
    assert "more than 2 columns" in sentences(xls(("x", "y", "z")), small(columns=2))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"x" * 10 * MB, "cannot be read"),  # one line without end
        (b"," * 2 * MB, "columns"),
        (b'"a\n",' * MB, "columns"),  # as many columns, over as many lines
        (b'a,b\n"' + b"x," * MB, "columns"),  # a quotation mark that is never closed
        (b'a,b\n"' + b"x\n" * MB, "cannot be read"),
        (b"a,b\n" * 30_000, "20,000 rows"),
        (b"a,b\n" * 50 + b"c,\x00d\n", "damaged"),
        ((",".join("x" * 200) + "\n").encode() * 2000, "250,000 cells"),
    ],
    ids=["line", "columns", "quoted columns", "open quote", "open quote over lines", "rows", "NUL", "cells"],
)
def test_text_that_no_table_is_made_of_is_refused(text, said):
    assert said in sentences(text)


def test_a_file_beyond_the_limit_is_not_looked_at():
    assert "more than 1 MB" in sentences(os.urandom(MB + 1), small(file_bytes=MB))


def pages_of(data, limits=LIMITS):
    findings = Findings("sheets.pdf")
    assert read_pages(data, findings, limits) == []
    return " ".join(map(str, findings.problems))


def test_a_pdf_whose_streams_grow_is_refused_even_when_packed_twice():
    once = zlib.compress(b" " * 3 * MB, 9)
    for packed in (once, zlib.compress(once)):
        data = pdf(["CX1"]).replace(b"%%EOF", b"9 0 obj <<>> stream\n" + packed + b"endstream\n%%EOF")
        assert "more than 1 MB" in pages_of(data, small(expanded_bytes=MB))


def test_a_pdf_of_more_pages_than_a_station_has_is_refused():
    assert "more than 2 pages" in pages_of(pdf(["a"], ["b"], ["c"]), small(pages=2))


def test_the_csv_module_was_left_as_it_was():
    assert csv.field_size_limit() == 131_072


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        (OPEN + "<a>" * 100_000, "within one another"),
        (OPEN + "<row " + " ".join(f'a{i}=""' for i in range(400_000)) + "/>" + CLOSE, "has no end"),
        (OPEN + "<!--" + "-x" * 2 * MB + "-->" + CLOSE, "has no end"),
    ],
    ids=["deep", "many attributes", "comment"],
)
def test_a_part_of_marks_without_end_is_refused_before_anything_keeps_them(sheet, said):
    assert said in sentences(with_part(xlsx(PLAN_HEADER), SHEET, sheet))


def test_a_part_of_more_marks_than_a_sheet_can_need_is_refused(monkeypatch):
    monkeypatch.setattr(weigh, "MOST_MARKS", 1000)
    assert "more than 1,000 marks" in sentences(with_part(xlsx(PLAN_HEADER), SHEET, OPEN + "<row/>" * 1000 + CLOSE))
