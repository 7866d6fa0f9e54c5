"""A file is what its headers say; where nobody can tell, a sentence says what was looked for."""

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.imports.reports import REPORTS, read_reports
from dispatchkit.station import load
from tests.small_books import PLAN_HEADER, PLAN_ROW, csv, file, pdf, saved, xls, xlsx

STATION = load()


def usual_header(kind):
    """What a report's header usually is; a schedule is known by its dates."""
    dates = ("Sun, 22/Feb", "Mon, 23/Feb") if kind.source == "Schedule" else ()
    return (*(column.aliases[0] for column in kind.columns.values()), *dates)


def read(data, name="export.xlsx"):
    (found,) = read_reports([file(name, data)], station=STATION)
    return found


@pytest.mark.parametrize("kind", REPORTS, ids=lambda kind: kind.source)
def test_every_report_is_told_from_the_others_by_its_own_headers(kind):
    header = usual_header(kind)
    found = read(csv(header, ["x"] * len(header)))
    assert found.source == kind.source


def test_the_name_of_a_file_proves_nothing():
    assert read(xlsx(PLAN_HEADER, PLAN_ROW), "Itineraries_DXX1_2026-02-22_13_05 (PST).csv").source == "Day-of-Ops plan"


def test_the_right_sheet_of_a_workbook_is_found():
    book = openpyxl.Workbook()
    book.active.append(("How to read this plan", "Ask the station"))
    book.create_sheet("Empty")
    for title in ("Solution", "Copy of Solution"):
        sheet = book.create_sheet(title)
        sheet.append(PLAN_HEADER)
        sheet.append(PLAN_ROW)
    found = read(saved(book))
    assert (found.source, len(found.reading.routes)) == ("Day-of-Ops plan", 1)
    assert "'Copy of Solution' holds the same kind of table as 'Solution'" in str(found.problems[0])


def test_a_plan_that_lacks_a_column_is_still_a_plan_and_says_which():
    found = read(csv(PLAN_HEADER[:3] + PLAN_HEADER[4:], PLAN_ROW[:3] + PLAN_ROW[4:]))
    assert (found.source, found.reading) == ("Day-of-Ops plan", None)
    assert "Wave: The column is missing" in str(found.problems[0])


def test_a_file_that_nobody_knows_is_left_out_with_a_sentence():
    found = read(
        csv(("Route Code", "Colour", "Wave", "Mood", "Weather", "Soup"), ("CX1", "red", "9:00", "good", "dry", "pea"))
    )
    assert (found.source, found.reading) == ("", None)
    said = str(found.problems[0])
    assert "looked for: Day-of-Ops plan" in said
    assert (
        "Nearest is Day-of-Ops plan: 'Route Code', 'Wave' fit, 'Service Type', 'Staging Location' are missing" in said
    )


def test_a_header_without_rows_is_no_report():
    found = read(csv(PLAN_HEADER))
    assert found.reading is None
    assert "a header and no rows" in str(found.problems[-1])


def test_one_bad_file_does_not_cost_the_others():
    files = [file("a", b""), file("b", xlsx(PLAN_HEADER, PLAN_ROW)), file("c", b"PK\x03\x04")]
    assert [found.reading is not None for found in read_reports(files, station=STATION)] == [False, True, False]


@pytest.mark.parametrize(
    "whole",
    [xlsx(PLAN_HEADER, PLAN_ROW), xls(PLAN_HEADER, PLAN_ROW), csv(PLAN_HEADER, PLAN_ROW), pdf(["CX1"])],
    ids=["xlsx", "xls", "csv", "pdf"],
)
@given(data=st.data())
@settings(max_examples=30, deadline=None)
def test_any_damage_gives_a_reading_or_a_sentence_and_nothing_else(whole, data):
    broken = bytearray(whole)
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=6)):
        broken[at] = data.draw(st.integers(0, 255))
    found = read(bytes(broken[: data.draw(st.integers(1, len(whole)))]))
    assert found.reading is not None or found.problems
    assert all(p.message.endswith((".", "?")) for p in found.problems)


cell = st.one_of(st.none(), st.text("abcXYZ019 /:%|-,#.", max_size=8), st.integers(-5, 400), st.floats(0, 2))


@given(st.sampled_from(REPORTS), st.data())
@settings(max_examples=80, deadline=None)
def test_any_cells_under_the_headers_of_any_report_give_a_reading_or_sentences(kind, data):
    header = usual_header(kind)
    rows = data.draw(st.lists(st.lists(cell, min_size=len(header), max_size=len(header)), max_size=4))
    found = read(xlsx(header, *rows))
    assert found.source == kind.source
    assert found.reading is not None or found.problems
