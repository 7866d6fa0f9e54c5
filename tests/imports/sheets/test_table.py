"""Headers are found wherever they stand; rows are numbered as a spreadsheet shows them; a blank is never 0."""

from datetime import date, time

import pytest

from dispatchkit.imports.problems import Findings
from dispatchkit.imports.sheets import Column, Customs, Sheet, columns, find_table

PLAN = columns(
    Column("code", ("Route Code", "Route"), required=True),
    Column("wave", ("Wave", "Wave Time"), required=True),
    Column("packages", ("Num Packages",)),
    Column("day", ("Date",)),
    Column("fico_tier", ("FICO Tier",)),
)
HEADER = ("Route Code", "Wave", "Num Packages")


def table(*rows, delimited=False, wanted=PLAN, **customs):
    findings = Findings("plan.xlsx")
    sheet = Sheet(rows=tuple(rows), delimited=delimited)
    return find_table(sheet, wanted, findings, customs=Customs(**customs)), findings


def said(findings):
    return " ".join(map(str, findings.problems))


@pytest.mark.parametrize(
    "header",
    [
        ("Route Code", "Wave", "Num Packages"),
        ("route code ", "WAVE", "num\u00a0packages"),
        ("Route_Code", " wave/", "Num. Packages"),
        ("Route\nCode", "Wave Time", "NumPackages"),
    ],
)
def test_case_blanks_and_signs_of_a_header_never_matter(header):
    found, _ = table(header, ("CX1", "9:00", 319))
    (row,) = found.rows
    assert (row.number, row.text("code"), row.time("wave"), row.whole("packages")) == (2, "CX1", time(9), 319)


def test_titles_above_the_header_only_move_the_row_numbers():
    found, _ = table(("Plan of the day",), (), (None, "as of noon"), HEADER, ("CX1", "9:00", 319))
    assert [row.number for row in found.rows] == [5]


def test_two_header_rows_are_read_as_one():
    found, _ = table(
        ("Route", "FICO", None, "Wave"), ("Code", "Score", "Tier", None), ("CX1", 850, "Fantastic", "9:00")
    )
    (row,) = found.rows
    assert (row.number, row.text("code"), row.text("fico_tier")) == (3, "CX1", "Fantastic")
    assert [heading.text for heading in found.unknown] == ["FICO Score"]


def test_a_header_that_is_repeated_in_the_middle_is_no_row_and_neither_are_totals():
    found, _ = table(HEADER, ("CX1", "9:00", 319), HEADER, ("CX2", "9:20", 5), ("Total", None, 324), (None, None, None))
    assert [(row.number, row.text("code")) for row in found.rows] == [(2, "CX1"), (4, "CX2")]


def test_a_missing_column_blocks_and_the_header_that_may_be_meant_is_named():
    found, findings = table(("Route Code", "Waves", "Num Packages"), ("CX1", "9:00", 3))
    assert found is None
    assert "plan.xlsx row 1, Wave: The column is missing. 'Waves' may be meant by it." in said(findings)


def test_unknown_and_absent_columns_are_one_note_each():
    found, findings = table((*HEADER, "Pad", "Mood"), ("CX1", "9:00", 3, "A", "good"))
    assert not findings.blocking
    assert [p.message for p in findings.problems] == [
        "Columns that are not known here were passed over: 'Pad', 'Mood'.",
        "Columns that the file does not have count as blank: 'Date', 'FICO Tier'.",
    ]
    assert [column.key for column in found.missing] == ["day", "fico_tier"]


def test_a_column_that_stands_twice_blocks():
    found, findings = table((*HEADER, "wave"), ("CX1", "9:00", 3, "9:20"))
    assert found is None
    assert "The column stands twice" in said(findings)


def test_no_header_at_all_is_a_sentence():
    found, findings = table(("a", "b"), (1, 2))
    assert found is None
    assert "No row looks like a header with 'Route Code', 'Wave'" in said(findings)


def test_a_blank_is_none_and_never_0():
    found, findings = table(HEADER, ("CX1", None, " "), ("CX2", "-", 0))
    first, second = found.rows
    assert (first.whole("packages"), first.time("wave"), second.whole("packages")) == (None, None, 0)
    assert not findings.blocking


def test_a_value_that_cannot_be_read_is_named_by_row_and_the_files_own_column():
    found, findings = table(("Route", "WAVE ", "Num packages"), ("CX1", "soon", -3), ("CX2", "9:00", 2.5))
    for row in found.rows:
        row.time("wave"), row.whole("packages")
    assert [(p.row, p.column) for p in findings.problems if p.blocks] == [
        (2, "WAVE"),
        (2, "Num packages"),
        (3, "Num packages"),
    ]


def test_a_failed_formula_is_not_a_text():
    found, findings = table(HEADER, ("#REF!", "9:00", 3))
    (row,) = found.rows
    assert row.text("code") is None
    assert "its formula failed" in said(findings)


@pytest.mark.parametrize("moved", [("CX1", "9:00", "3", "x"), ("CX1",)])
def test_a_row_of_delimited_text_that_moved_or_is_cut_off_is_left_out(moved):
    found, findings = table(HEADER, moved, ("CX2", "9:20", "4"), delimited=True)
    assert [row.text("code") for row in found.rows] == ["CX2"]
    assert "plan.xlsx row 2: The row has" in said(findings)
    assert len([p for p in findings.problems if p.blocks]) == 1  # however often the rows are asked for


def test_a_column_of_dates_that_nothing_decides_is_read_by_custom_with_one_note():
    found, findings = table(
        (*HEADER, "Date"), ("CX1", "9:00", 1, "3/4/2026"), ("CX2", "9:00", 1, "5/4/2026"), day_first=True
    )
    assert [row.date("day") for row in found.rows] == [date(2026, 4, 3), date(2026, 4, 5)]
    assert said(findings).count("dates were read day first") == 1


def test_a_column_in_which_one_date_decides_needs_no_note():
    found, findings = table((*HEADER, "Date"), ("CX1", "9:00", 1, "3/4/2026"), ("CX2", "9:00", 1, "22/4/2026"))
    assert [row.date("day") for row in found.rows] == [date(2026, 4, 3), date(2026, 4, 22)]
    assert "first" not in said(findings)


def test_people_side_by_side_are_joined_by_pipes():
    people = columns(
        Column("ids", ("Transporter Id",), required=True), Column("names", ("Driver name",), required=True)
    )
    found, findings = table(
        ("Transporter Id", "Driver name"),
        ("A123456789012|B123456789012", "Ode, Ana|Bo Lim"),
        ("A12", "Cy"),
        wanted=people,
    )
    first, second = found.rows
    assert (first.driver_ids("ids"), first.names("names")) == (
        ("A123456789012", "B123456789012"),
        ("Ana Ode", "Bo Lim"),
    )
    assert second.driver_ids("ids") == ("",)
    assert "'A12' is not a transporter id" in said(findings)
