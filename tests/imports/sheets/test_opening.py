"""What a file is, is told by its bytes; what cannot be read is a sentence, whatever its name says."""

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets.limits import Limits
from dispatchkit.imports.sheets.opening import sheets_of
from dispatchkit.imports.sheets.sniff import Format, sniff
from dispatchkit.station import load
from tests.small_books import csv, file, pdf, with_part, xls, xlsx

LIMITS = Limits.of(load())
ROWS = (("Route Code", "Wave"), ("CX101", "11:15 AM"), ("CX102", None))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def opened(data, name="plan.csv"):
    findings = Findings(name)
    return sheets_of(file(name, data), findings, LIMITS), " ".join(map(str, findings.problems))


def zipped(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    "data", [xlsx(*ROWS), xls(*ROWS), csv(*ROWS), csv(*ROWS, delimiter=";"), csv(*ROWS, delimiter="\t")]
)
def test_the_same_report_is_the_same_cells_as_xlsx_xls_or_csv(data):
    (sheet,), said = opened(data)
    assert (sheet.rows[0], sheet.rows[1], sheet.rows[2][0], said) == (*ROWS[:2], "CX102", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_read_in_the_encodings_of_the_trade(encoding):
    (sheet,), said = opened("Name,Route\nZoë Añez,CX1\n".encode(encoding))
    assert (sheet.rows[1], said) == (("Zoë Añez", "CX1"), "")


def test_quoted_cells_keep_their_delimiters_and_line_ends():
    (sheet,), _ = opened(b'Name,Note\n"Ode, Ana","two\nlines"\nBo Lim,x\n')
    assert sheet.rows[1:] == (("Ode, Ana", "two\nlines"), ("Bo Lim", "x"))


def test_names_with_commas_do_not_make_a_semicolon_file_a_comma_file():
    (sheet,), _ = opened(b"Name;Route;Wave\nOde, Ana;CX1;9:00\nLim, Bo;CX2;9:20\n")
    assert sheet.rows[1] == ("Ode, Ana", "CX1", "9:00")


def test_a_delimiter_that_the_file_names_is_taken():
    (sheet,), _ = opened(b"sep=;\nRoute;Wave\nCX1;9:00\n")
    assert sheet.rows[2] == ("CX1", "9:00")


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", Format.EMPTY),
        (b"\xef\xbb\xbf \r\n", Format.EMPTY),
        (xlsx(*ROWS), Format.WORKBOOK),
        (xlsx(*ROWS)[:900], Format.WORKBOOK),
        (xls(*ROWS), Format.OLD_WORKBOOK),
        (pdf(["CX1"]), Format.PDF),
        (gzip.compress(b"a,b"), Format.ARCHIVE),
        (zipped(**{"plan.csv": "a,b"}), Format.ZIP),
        (zipped(**{"xl__workbook.bin": "x"}), Format.BINARY_WORKBOOK),
        (zipped(**{"word__document.xml": "x"}), Format.DOCUMENT),
        (zipped(**{"mimetype": "x", "content.xml": "x"}), Format.OPEN_DOCUMENT),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", Format.WEB_PAGE),
        (b"\n<table><tr><td>CX1</td></tr></table>", Format.WEB_PAGE),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', Format.XML_WORKBOOK),
        (b'{"routes": []}', Format.JSON),
        (b"\x89PNG\r\n\x1a\n123", Format.PICTURE),
        (OLE + "EncryptedPackage".encode("utf-16-le"), Format.LOCKED),
        (OLE + "WordDocument".encode("utf-16-le"), Format.DOCUMENT),
        (OLE, Format.OLD_WORKBOOK),
        (bytes(range(256)), Format.UNKNOWN),
        (b"BMW,1\nx,2\n", Format.TEXT),
    ],
)
def test_bytes_tell_what_a_file_is(data, what):
    assert sniff(data) is what


def test_a_sign_in_page_that_was_saved_as_a_workbook_says_so():
    found, said = opened(b"<html><body>Please sign in</body></html>", "Routes_DXX1_2026-02-22_13_05 (PST).xls")
    assert found == ()
    assert "a web page, whatever its name says" in said
    assert "sign in and export again" in said


def test_a_workbook_with_a_password_is_asked_for_without_one():
    assert "protected with a password" in opened(OLE + "EncryptedPackage".encode("utf-16-le"))[1]


def test_macros_are_left_alone_and_noted():
    data = with_part(xlsx(*ROWS), "xl/vbaProject.bin", b"\x00" * 100)
    found, said = opened(data, "plan.xlsm")
    assert found[0].rows[0] == ROWS[0]
    assert "macros. They were not run" in said


def test_a_workbook_that_was_cut_off_says_so():
    assert "damaged or cut off" in opened(xlsx(*ROWS)[:-200])[1]
    assert "damaged or cut off" in opened(xls(*ROWS)[:-600])[1]


def test_a_merged_area_counts_for_each_of_its_rows():
    rows = (("Wave", "Route"), ("11:15 AM", "CX1"), (None, "CX2"), (None, "CX3"))
    for data in (xlsx(*rows, merged=["A2:A3"]), xls(*rows, merged=[(1, 2, 0, 0)])):
        (sheet,), _ = opened(data)
        assert [row[0] for row in sheet.rows[1:]] == ["11:15 AM", "11:15 AM", None]


def test_a_failed_formula_is_named_not_passed_over():
    _, said = opened(xlsx(("Route", "Stops"), ("CX1", "#REF!")))
    assert "1 cells show a failed formula, the first in B2" in said


letters = st.characters(min_codepoint=32, max_codepoint=0x2FFF, exclude_categories=("Cc", "Cs", "Cn"))
texts = st.text(letters, min_size=1, max_size=8).filter(lambda text: text.strip() and not text.startswith(("=", "#")))
cells = st.one_of(st.none(), st.integers(-(10**9), 10**9), st.booleans(), texts)
tables = st.lists(st.lists(cells, min_size=2, max_size=4), min_size=1, max_size=5)


def trimmed(rows):
    """Rows and cells to the last that holds something."""
    kept = []
    for row in rows:
        row = list(row)
        while row and row[-1] is None:
            row.pop()
        kept.append(tuple(row))
    while kept and not kept[-1]:
        kept.pop()
    return kept


@given(tables)
@settings(max_examples=40, deadline=None)
def test_any_table_comes_back_from_a_workbook_as_it_went_in(rows):
    (sheet,), said = opened(xlsx(*rows))
    assert (trimmed(sheet.rows), said) == (trimmed(rows), "")


@given(
    st.lists(
        st.lists(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=6), min_size=2, max_size=4),
        min_size=1,
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_from_quoted_csv(rows):
    text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) + "\n" for row in rows)
    if not text.strip(' "\n,') or sniff(text.encode()) is not Format.TEXT:
        return
    (sheet,), _ = opened(text.encode())
    assert sheet.rows == tuple(tuple(cell or None for cell in row) for row in rows)


@pytest.mark.parametrize("whole", [xlsx(*ROWS), xls(*ROWS), csv(*ROWS)], ids=["xlsx", "xls", "csv"])
@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_any_damage_to_a_file_is_a_sentence_or_does_not_matter(whole, data):
    broken = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        broken[at] = data.draw(st.integers(0, 255))
    found, said = opened(bytes(broken[: data.draw(st.integers(1, len(whole)))]))
    assert found or said


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", OLE, b"%PDF-1.7\n", b"\xff\xfe", b"<?xml "]))
@settings(max_examples=150, deadline=None)
def test_any_bytes_at_all_are_a_sheet_or_a_sentence(data, start):
    found, said = opened(start + data)
    assert found or said
