import csv
import io
import zipfile
from datetime import date

import openpyxl
import pdfplumber
import pytest

from dispatchkit.samples.names import names_of
from dispatchkit.samples.papers.malformed import about_malformed, malformed
from dispatchkit.samples.papers.malformed.text import DATE_FORMATS, date_formats
from dispatchkit.station import load
from tests.samples.papers.story import CODES, FLEET, PLAN, ROSTER
from tests.small_day import planned


@pytest.fixture(scope="module")
def files(day, names):
    return malformed(day, names)


@pytest.fixture(scope="module")
def content(files):
    """The content of the one file whose name ends in these words, before its suffix."""

    def named(words):
        (found,) = [made.content for name, made in files.items() if name.rpartition(".")[0].endswith(f" - {words}")]
        return found

    return named


@pytest.fixture(scope="module")
def rows_of(content, as_records):
    """Rows of the first sheet of a workbook, or of a csv, below its first row."""

    def read(words):
        raw = content(words)
        if raw[:2] == b"PK":
            return as_records(openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0].iter_rows(values_only=True))
        return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))

    return read


def test_all_of_them_together_are_small_and_say_what_is_wrong(files):
    assert sum(len(made.content) for made in files.values()) < 400_000
    assert all(made.what.endswith(".") for made in files.values())
    page = about_malformed("malformed/files", files)
    assert all(f"| `{name}` | {made.what} |" in page for name, made in files.items())


def test_the_same_day_is_the_same_bytes(day, names, files):
    assert malformed(day, names) == files


def test_they_can_be_made_the_evening_before_when_nothing_has_been_inspected():
    evening = planned(the_plan=PLAN, roster=ROSTER, fleet=FLEET).day
    made = malformed(evening, names_of(ROSTER.driver))["DVIC - forty date formats.csv"].content
    assert made.decode("utf-8-sig").count("\r\n") == DATE_FORMATS + 1


class TestPlansAndExports:
    def test_a_plan_without_a_row_of_ours(self, rows_of):
        assert {r["DSP"] for r in rows_of("another DSP")} == {"QVLT"}

    def test_more_than_a_tenth_of_the_codes_are_others(self, rows_of):
        others = [r["Route code"] for r in rows_of("other codes") if r["Route code"] not in CODES]
        assert len(others) / len(CODES) > 0.1

    def test_counts_that_nobody_knows_are_blank(self, rows_of):
        assert [r["Num Packages"] is None for r in rows_of("blank counts")] == [False, True] * 5

    def test_counts_that_are_no_numbers(self, rows_of):
        counts = [r["Num Packages"] for r in rows_of("text in numbers")]
        assert counts[0] == "1l2"
        assert all(isinstance(c, str) for c in counts[:5])
        assert all(isinstance(c, int) for c in counts[5:])

    def test_two_ids_beside_one_name(self, rows_of):
        first = rows_of("two ids for one name")[0]
        assert (first["Transporter Id"].count("|"), first["Driver name"].count("|")) == (1, 0)

    def test_a_route_that_stands_there_twice(self, rows_of):
        codes = [r["Route Code"] for r in rows_of("rescued route twice")]
        assert codes.count(CODES[0]) > codes.count(CODES[-1]) == 1


class TestLayout:
    def test_four_rows_above_the_header(self, content):
        rows = list(openpyxl.load_workbook(io.BytesIO(content("title rows"))).active.iter_rows(values_only=True))
        assert [row[1] for row in rows].index("Route Code") == 4

    def test_a_header_above_the_header_and_one_between_the_rows(self, content):
        rows = list(openpyxl.load_workbook(io.BytesIO(content("two header rows"))).active.iter_rows(values_only=True))
        assert [n for n, row in enumerate(rows) if row[1] == "VIN"] == [1, 2 + len(FLEET.vans) // 2]
        assert rows[0][0] == "Vehicle"

    def test_a_name_over_two_rows(self, content):
        sheet = openpyxl.load_workbook(io.BytesIO(content("merged cells"))).active
        assert {str(merged) for merged in sheet.merged_cells.ranges} == {"A3:A4", "B3:B4"}
        assert sheet["A4"].value is None

    def test_headers_with_blanks_of_every_kind(self, rows_of):
        header = list(rows_of("blanks in headers")[0])
        assert [h for h in header if h != h.strip(" ")]
        assert [h for h in header if "\N{NO-BREAK SPACE}" in h]
        assert [h for h in header if "  " in h]

    def test_columns_that_are_missing_and_columns_that_nobody_knows(self, rows_of):
        assert list(rows_of("unknown and missing columns")[0]) == [
            "Vehicle Name", "License Plate", "Active", "serviceType", "Nickname", "Parked at",
        ]  # fmt: skip


class TestPeople:
    def test_the_last_name_first(self, rows_of, known):
        for row in rows_of("last name first"):
            last, _, first = row["Name and ID"].partition(", ")
            assert f"{first} {last}" == known.names[row["TransporterID"]]

    def test_one_id_for_two(self, rows_of):
        ids = [r["TransporterID"] for r in rows_of("one id twice")]
        assert ids[0] == ids[1]
        assert len(set(ids)) == len(ids) - 1

    def test_names_that_a_spreadsheet_would_run(self, rows_of):
        assert {r["Name and ID"][0] for r in rows_of("formulas")[:6]} == set("=@+-")

    def test_a_schedule_that_ends_before_the_day(self, rows_of):
        assert list(rows_of("of last week")[0])[2:] == [
            "Sun, 01/Mar", "Mon, 02/Mar", "Tue, 03/Mar", "Wed, 04/Mar", "Thu, 05/Mar", "Fri, 06/Mar", "Sat, 07/Mar",
        ]  # fmt: skip


class TestText:
    def test_forty_ways_to_write_one_day(self, rows_of):
        assert len({r["start_date"] for r in rows_of("forty date formats")}) == 40

    @pytest.mark.parametrize("day", [date(2026, 3, 14), date(2026, 11, 1), date(2026, 12, 12), date(2027, 1, 9)])
    def test_no_two_of_them_are_alike_but_where_day_and_month_are(self, day):
        alike = 8 if day.day == day.month else 0
        assert len(set(date_formats(day))) >= DATE_FORMATS - alike

    def test_semicolons_between_columns(self, content):
        assert content("semicolons").splitlines()[0].count(b";") == 12

    def test_utf_16(self, content, open_csv):
        text = content("utf-16").decode("utf-16")
        assert text.startswith("Name and ID,")
        assert content("utf-16")[:2] in (b"\xff\xfe", b"\xfe\xff")

    def test_a_line_longer_than_any_cell_may_be(self, content):
        assert max(map(len, content("endless line").decode("utf-8-sig").splitlines())) > load().imports.max_text_count

    def test_a_csv_that_calls_itself_a_workbook_and_the_other_way_round(self, content):
        assert b"Vehicle Name,VIN" in content("a csv")
        assert content("a workbook")[:2] == b"PK"


class TestContainers:
    def test_a_locked_workbook_is_an_encrypted_package_in_a_compound_file(self, content):
        locked = content("password")
        assert locked[:8].hex() == "d0cf11e0a1b11ae1"
        assert "EncryptedPackage".encode("utf-16-le") in locked
        assert "EncryptionInfo".encode("utf-16-le") in locked

    def test_a_workbook_with_macros_is_still_a_workbook(self, content):
        with zipfile.ZipFile(io.BytesIO(content("macros"))) as archive:
            assert "xl/vbaProject.bin" in archive.namelist()
            assert b"macroEnabled" in archive.read("[Content_Types].xml")
        assert openpyxl.load_workbook(io.BytesIO(content("macros"))).active["B2"].value == CODES[0]

    def test_a_swollen_workbook_is_small_and_expands_to_more_than_the_profile_allows(self, content):
        swollen = content("swollen")
        with zipfile.ZipFile(io.BytesIO(swollen)) as archive:
            expanded = sum(entry.file_size for entry in archive.infolist())
        assert len(swollen) < 110_000
        assert expanded > load().imports.max_expanded_bytes

    def test_half_a_download_cannot_be_opened(self, content):
        with pytest.raises(zipfile.BadZipFile):
            zipfile.ZipFile(io.BytesIO(content("cut off")))

    def test_an_empty_file_is_empty(self, content):
        assert content("empty") == b""

    def test_a_scan_has_a_page_and_no_text(self, content):
        with pdfplumber.open(io.BytesIO(content("a scan"))) as pdf:
            (page,) = pdf.pages
            assert page.rects
            assert page.extract_text() == ""
