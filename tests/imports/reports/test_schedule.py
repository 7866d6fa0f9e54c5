"""The week's schedule, in the shape of real exports; everybody in it is invented."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from dispatchkit.station import load

TAB = "Rostered Work Blocks"
ANA, BEN = "A1B2C3D4E5F6G", "AZZ9Y8X7W6V5U4"
WEEK_9 = ["Sun, 22/Feb", "Mon, 23/Feb", "Tue, 24/Feb", "Wed, 25/Feb", "Thu, 26/Feb", "Fri, 27/Feb", "Sat, 28/Feb"]


def sheet(days=WEEK_9, total=None, above=(), **people):
    """A row for each person: what stands under each date, in their order."""
    rows = [["Associate name", "Transporter ID", *days]]
    if total:
        rows.append(["Total rostered", "", *total])
    ids = {"ana": ("Ode, Ana", ANA), "ben": ("Ben Udo", BEN)}
    return [*above, *rows, *([*ids[who], *cells] for who, cells in people.items())]


def read_week(read, rows, name="Week-09-Schedule.xlsx", **options):
    return read(rows, name, tab=TAB, **options)


def test_a_week_comes_out_by_driver_and_date(read):
    file = read_week(read, sheet(ana=["", "Standard Parcel\n10:15am • 10 hrs", "Standard Parcel 10:15 AM"]))
    schedule = file.reading
    assert (file.source, file.problems) == ("Schedule", ())
    assert schedule.days == tuple(date(2026, 2, d) for d in range(22, 29))
    assert [(b.name, b.driver_id, b.day.day, b.service_type, b.starts) for b in schedule.blocks] == [
        ("Ana Ode", ANA, 23, "Standard Parcel", time(10, 15)),
        ("Ana Ode", ANA, 24, "Standard Parcel", time(10, 15)),
    ]
    assert {b.row for b in schedule.blocks} == {2}


def test_a_person_in_two_rows_may_be_a_name_merged_over_two_people(read):
    block = "Standard Parcel\n10:15am • 10 hrs"
    rows = [*sheet(ana=[block]), ["Ode, Ana", ANA, "", block]]
    file = read_week(read, rows)
    assert [(b.driver_id, b.row) for b in file.reading.blocks] == [(ANA, 2), (ANA, 3)]
    (note,) = file.problems
    assert not note.blocks
    assert "'Ana Ode' stands in rows 2 and 3" in str(note)


def test_what_stands_above_the_table_says_when_and_where(read):
    above = [["Time stamp", "Company", "Station"], ["22.02.26, 15:58:30", "Example Logistics", "DXX1"], [], []]
    schedule = read_week(read, sheet(above=above, ana=["Multi-Use\n7:00am • 6 Std."])).reading
    assert (schedule.station, schedule.as_of) == ("DXX1", datetime(2026, 2, 22, 21, 58, 30, tzinfo=UTC))
    assert schedule.blocks[0].row == 6


def test_without_a_zone_nobody_knows_when_the_file_was_made(read):
    above = [["Time stamp"], ["22.02.26, 15:58:30"]]
    assert read_week(read, sheet(above=above, ana=["OFF"]), station=load()).reading.as_of is None


@pytest.mark.parametrize(
    ("columns", "first"),
    [
        (["So., 23/Aug.", "Mo., 24/Aug."], date(2026, 8, 23)),
        (["dim., 22/févr.", "lun., 23/févr."], date(2026, 2, 22)),
        (["Sunday, Feb 22", "Monday, Feb 23"], date(2026, 2, 22)),
        (["22/Feb", "23/Feb"], date(2026, 2, 22)),
        (["2026-02-22", "2026-02-23"], date(2026, 2, 22)),
        ([date(2026, 2, 22), date(2026, 2, 23)], date(2026, 2, 22)),
    ],
)
def test_dates_are_read_in_the_languages_and_forms_that_are_met(read, columns, first):
    assert read_week(read, sheet(columns, ana=["OFF", "PTO"]), "schedule.xlsx").reading.days == (
        first, first + timedelta(days=1)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("near", "year"), [(date(2026, 3, 14), 2026), (date(2026, 2, 24), 2026), (date(2025, 11, 1), 2026)]
)
def test_the_year_is_the_nearest_that_makes_the_weekdays_right(read, near, year):
    assert read_week(read, sheet(ana=["OFF"]), near=near).reading.days[0] == date(year, 2, 22)


def test_a_time_stamp_in_the_file_goes_before_the_day_of_its_reader(read):
    above = [["Time stamp"], ["2025-02-22 15:58"]]
    without_weekdays = [d.partition(", ")[2] for d in WEEK_9]
    assert read_week(read, sheet(without_weekdays, above=above, ana=["OFF"])).reading.days[0].year == 2025


def test_a_week_over_new_year_ends_in_the_year_after(read):
    days = read_week(read, sheet(["Wed, 31/Dec", "Thu, 01/Jan"], ana=["OFF"]), "s.xlsx").reading.days
    assert days == (date(2025, 12, 31), date(2026, 1, 1))


@pytest.mark.parametrize("wrong", [["Sun, 22/Feb", "Sun, 23/Feb"], ["Mon, 22/Feb"] * 2, ["Sun, 22/Feb", "Sun, 22/Feb"]])
def test_weekdays_that_fit_no_year_are_refused(read, sentences, wrong):
    file = read_week(read, sheet(wrong, ana=["OFF"]))
    assert file.reading is None
    assert sentences(file, blocks=True) == [
        f"The dates '{wrong[0]}' to '{wrong[1]}' fit no year around 2026: a weekday is wrong, or they do not run "
        "forward. Get the file again from its source."
    ]


def test_without_a_year_anywhere_the_file_is_refused(read, sentences):
    file = read_week(read, sheet(ana=["OFF"]), "schedule.xlsx", near=None)
    assert file.reading is None
    assert "nothing says which one is meant" in sentences(file, blocks=True)[0]


def test_a_year_in_the_name_serves_where_nothing_else_says_one(read):
    assert read_week(read, sheet(ana=["OFF"]), "2026-W09-Schedule.xlsx", near=None).reading.days[0].year == 2026


@pytest.mark.parametrize(("name", "notes"), [("Week-09-Schedule.xlsx", 0), ("Week-12-Schedule.xlsx", 1)])
def test_the_columns_count_and_not_the_week_of_the_name(read, sentences, name, notes):
    file = read_week(read, sheet(ana=["OFF"]), name)
    assert file.reading.days[0] == date(2026, 2, 22)
    assert len(sentences(file, blocks=False)) == notes
    assert all("week 12" in s and "the columns count" in s for s in sentences(file, blocks=False))


def test_the_row_of_totals_is_nobody_and_holds_the_count(read, sentences):
    file = read_week(read, sheet(total=["2", "1"], ana=["CDV 9:00 AM"], ben=["", "CDV 9:00 AM"]))
    assert {b.name for b in file.reading.blocks} == {"Ana Ode", "Ben Udo"}
    assert sentences(file, blocks=False) == [
        "Sun, 22/Feb: The file counts 2 rostered, and 1 were read. "
        "Compare it with the source: rows may have been filtered out."
    ]


def test_a_column_of_totals_is_no_date_and_ids_may_be_missing(read):
    rows = sheet(ana=["CDV 9:00 AM", "", "", "", "", "", ""])
    file = read_week(read, [[row[0], *row[2:], "Total Rostered" if i == 0 else 1] for i, row in enumerate(rows)])
    assert (file.problems, len(file.reading.days)) == ((), 7)
    assert [(b.name, b.driver_id) for b in file.reading.blocks] == [("Ana Ode", "")]


def test_a_column_that_is_neither_is_passed_over_with_a_note(read, sentences):
    rows = [[*row, "Shoe size" if i == 0 else 39] for i, row in enumerate(sheet(ana=["OFF"] * 7))]
    notes = sentences(read_week(read, rows), blocks=False)
    assert notes == ["Columns that are no dates were passed over: 'Shoe size'."]


def test_a_day_off_is_no_block_and_other_figures_are_a_problem(read, sentences):
    file = read_week(read, sheet(ana=["OFF", "PTO", "-", "Vacation", 0, 7]))
    assert file.reading.blocks == ()
    assert sentences(file, blocks=True) == [
        "row 2, Fri, 27/Feb: '7' is neither a service type nor a time of day. Correct it and import again."
    ]


def test_a_block_of_nobody_and_a_block_twice_are_problems(read, sentences):
    rows = [*sheet(ana=["CDV 9:00 AM"]), ["", "", "CDV 9:00 AM"], ["Ana Ode", ANA, "EDV 9:00 AM"]]
    file = read_week(read, rows)
    assert len(file.reading.blocks) == 1
    assert sentences(file, blocks=True) == [
        "row 3, Sun, 22/Feb: A block stands here, but the row names nobody. Fill in the name and import again.",
        "row 4, Sun, 22/Feb: 'Ana Ode' has the same block in row 2 already. Correct it and import again.",
    ]


def test_a_list_of_people_without_dates_is_no_schedule(read):
    rows = [["Associate name", "Transporter ID", "Shoe size"], ["Ana Ode", ANA, "39"]]
    assert read(rows).source != "Schedule"
