"""Single cells: figures, dates, times, durations and people, as exports and hands write them."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.imports.sheets import clock, dates, identities, values
from dispatchkit.imports.sheets.cells import is_blank, plain
from dispatchkit.imports.sheets.file_names import read_name

SUNDAY = date(2026, 2, 22)
NEAR = date(2026, 2, 20)
JULY = date(2026, 7, 22)
AUTUMN = date(2026, 11, 1)  # the night on which summer time ends
ZONES = ("America/Los_Angeles", "America/New_York", "Europe/Berlin")

shown = datetime.fromisoformat

FORTY_WAYS = [
    "2026-02-22", "2026/02/22", "2026.02.22", "20260222", "2026-2-22", "02/22/2026", "2/22/2026", "2/22/26",
    "02-22-2026", "02-22-26", "22 Feb 2026", "22-Feb-2026", "22-Feb-26", "22/Feb/2026", "22Feb2026", "Feb 22, 2026",
    "Feb 22 2026", "February 22, 2026", "February 22nd, 2026", "22nd of February 2026", "Sun, 22/Feb", "Sun 22 Feb",
    "Sunday, February 22", "Sun, Feb 22, 2026", "Sunday, 22 February 2026", "Feb-22", "22-Feb", "22. Feb. 2026",
    "2026-Feb-22", "2026 February 22", "2026-02-22T00:00:00", "2026-02-22T10:15:00Z", "2026-02-22 10:15:00.000",
    "2/22/2026 4:05 PM", "2/22/2026, 4:05:10 PM", "Feb 22 '26", " 2026-02-22\u00a0", 46075, 46075.0, 46075.677, "46075",
    SUNDAY, shown("2026-02-22 10:15"),
]  # fmt: skip


@pytest.mark.parametrize("written", FORTY_WAYS, ids=repr)
def test_a_date_is_the_same_date_in_forty_ways_of_writing_it(written):
    assert dates.as_date(written, near=NEAR) == SUNDAY


@pytest.mark.parametrize(
    "written",
    ["", "soon", "10", "2026", "22", "2/30/2026", "Feb 30, 2026", "1/2/3/4", "99999", 7, True, "Mon, 22/Feb/2026x"],
)
def test_what_is_no_date_is_none(written):
    assert dates.as_date(written, near=NEAR) is None


def test_a_year_that_is_not_written_is_the_near_one_that_makes_the_weekday_right():
    assert dates.as_date("Thu, 1/Jan", near=date(2025, 12, 28)) == date(2026, 1, 1)
    assert dates.as_date("Sun, 22/Feb") is None


@pytest.mark.parametrize(
    ("column", "order", "certain"),
    [
        (["3/4/2026", "3/22/2026"], "month", True),
        (["3/4/2026", "22/3/2026"], "day", True),
        (["3/4/2026", "5/4/2026"], "month", False),
        (["3/3/2026", "4/4/2026"], "month", True),
        (["13/4/2026", "4/13/2026"], "month", False),
        (["2026-02-22", "Feb 3, 2026", 46075, None], "month", True),
    ],
)
def test_the_whole_column_decides_which_figure_is_the_month(column, order, certain):
    assert dates.order_of(column, day_first=False) == (order, certain)


def test_where_no_cell_decides_custom_does():
    assert dates.order_of(["3/4/2026"], day_first=True) == ("day", False)
    assert dates.as_date("3/4/2026", "day") == date(2026, 4, 3)


@pytest.mark.parametrize(
    "written",
    ["11:15 AM", "11:15AM", "11:15 a.m.", "11:15", "11.15", "11h15", "11:15:00", "1115", 1115, 1115.0, 0.46875,
     time(11, 15), shown("2026-02-22 11:15"), timedelta(hours=11, minutes=15), "2/22/2026 11:15 AM"],
    ids=repr,
)  # fmt: skip
def test_a_time_of_day_is_the_same_in_every_writing(written):
    assert clock.as_time(written) == time(11, 15)


@pytest.mark.parametrize("written", ["25:00", "11:60", "13:00 PM", "0 AM", "23", "noon", -0.5, True, "2460"])
def test_what_is_no_time_of_day_is_none(written):
    assert clock.as_time(written) is None


def test_twelve_is_midnight_in_the_morning_and_noon_after_it():
    assert (clock.as_time("12:05 AM"), clock.as_time("12:05 PM"), clock.as_time("7 pm")) == (
        time(0, 5),
        time(12, 5),
        time(19),
    )


@pytest.mark.parametrize(
    "written",
    ["7h 10m", "7 hours 10 min", 430, "430", "430 min", "07:10:00", "7:10", time(7, 10), timedelta(minutes=430)],
)
def test_a_duration_is_the_same_in_every_writing(written):
    assert clock.as_duration_s(written, bare_s=60) == 430 * 60


@pytest.mark.parametrize("written", ["", "long", "-3", -3, "7:75", date(2026, 2, 22)])
def test_what_is_no_duration_is_none(written):
    assert clock.as_duration_s(written, bare_s=60) is None


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2026-02-22 10:15", shown("2026-02-22 10:15")),
        ("2/22/2026, 4:05 PM", shown("2026-02-22 16:05")),
        ("2026-02-22T10:15:00.123Z", datetime(2026, 2, 22, 10, 15, tzinfo=UTC)),
        ("2026-02-22T10:15:00-08:00", datetime(2026, 2, 22, 10, 15, tzinfo=timezone(timedelta(hours=-8)))),
        (46075.5, shown("2026-02-22 12:00")),
        ("2026-02-22", None),
        ("10:15", None),
    ],
)
def test_a_date_with_a_time_has_a_zone_only_where_the_cell_names_one(written, expected):
    assert clock.as_shown(written, dates.as_date) == expected


@pytest.mark.parametrize(
    ("written", "figure"),
    [("1,234", 1234), ("1.234,5", 1234.5), ("1,234.5", 1234.5), ("0,5", 0.5), ("1 234", 1234), ("1.234", 1.234),
     ("1\u202f234", 1234), ("1e5", 100_000), ("-3", -3), (27.0, 27), ("1,23,4", None), ("1_000", None), ("nan", None),
     ("inf", None), ("12x", None), (True, None), (date(2026, 2, 22), None), ("٣", 3), ("½", None)],
)  # fmt: skip
def test_figures_are_read_as_people_group_them(written, figure):
    assert values.as_number(written) == figure


def test_a_whole_number_has_no_halves():
    assert (values.as_whole("27.0"), values.as_whole(27.5)) == (27, None)


def test_a_share_is_told_from_a_percentage_by_its_column():
    assert values.are_shares([0.5, 1.0, None, "87/173"])
    assert not values.are_shares([0, 1])  # nobody knows; 1 stays 1 %
    assert not values.are_shares([0.5, 80])
    assert [values.as_percent("50%"), values.as_percent("50 %"), values.as_percent(0.5, in_shares=True)] == [50, 50, 50]


def test_a_blank_is_nothing_and_zero_is_not_blank():
    assert all(map(is_blank, [None, "", "  ", "\u00a0", "\u200b", "N/A".replace("N/A", "nan"), "-", float("nan")]))
    assert not any(map(is_blank, [0, "0", False, 0.0]))
    assert plain(" a\u00a0b\n c\u200b ") == "a b c"


@pytest.mark.parametrize("written", ["Ana Ode", "Ode, Ana", " Ode ,  Ana ", "Ana  Ode"])
def test_a_name_reads_first_last_whichever_way_round_it_stood(written):
    assert identities.first_last(written) == "Ana Ode"


@pytest.mark.parametrize("written", ["Ana Ode Jr.", "Ode, Ana, Jr.", "Ode Jr., Ana", "Ana Ode, Jr."])
def test_a_suffix_is_no_first_name(written):
    assert identities.first_last(written) == "Ana Ode Jr."


@pytest.mark.parametrize("written", ['=HYPERLINK("https://example.com","Open me")', "@SUM(1,1)", "+1,1", "-1,1"])
def test_a_formula_is_no_name_and_stays_as_it_stood(written):
    assert identities.first_last(written) == written


def test_ids_are_of_their_shape():
    assert identities.as_driver_id("A123456789012") == "A123456789012"
    assert [identities.as_driver_id(w) for w in ("a123456789012", "A1234", "1234567890123", "A12345678901234")] == [
        None
    ] * 4
    assert identities.as_vin("7fctgaaa0nn000001") == "7FCTGAAA0NN000001"
    assert [identities.as_vin(w) for w in ("7FCTGAAA0NN00000I", "7FCTGAAA0NN0000", "")] == [None] * 3


@pytest.mark.parametrize(
    ("name", "station", "day", "as_of"),
    [
        ("Routes_DXX1_2026-07-22_13_05 (PDT).xlsx", "DXX1", JULY, datetime(2026, 7, 22, 20, 5, tzinfo=UTC)),
        ("Routes_DXX1_2026-07-22_13_05 (PDT) (1).xlsx", "DXX1", JULY, datetime(2026, 7, 22, 20, 5, tzinfo=UTC)),
        ("Itineraries_DBE2_2026-07-22_13_05 (CEST).xlsx", "DBE2", JULY, datetime(2026, 7, 22, 11, 5, tzinfo=UTC)),
        ("Routes_DXX1_2026-02-22_13_05 (PDT).xlsx", "DXX1", SUNDAY, None),  # no summer time in February
        ("Routes_DXX1_2026-11-01_01_30 (PST).xlsx", "DXX1", AUTUMN, datetime(2026, 11, 1, 9, 30, tzinfo=UTC)),
        ("2026-02-22-DXX1-CYCLE_1-DSP-DayOfOpsPlan (3).xlsx", "DXX1", SUNDAY, None),
        ("today new.xlsx", "", None, None),
        ("DXX1 and DXX2 2026-02-22 2026-02-23.xlsx", "", None, None),
        ("Routes_DXX1_2026-02-30_13_05 (PST).xlsx", "DXX1", None, None),
    ],
)
def test_a_file_name_says_what_its_program_wrote_and_nothing_that_a_hand_did(name, station, day, as_of):
    said = read_name(name, ZONES)
    assert (said.station, said.service_day, said.as_of) == (station, day, as_of)


@given(
    st.one_of(
        st.text(max_size=30),
        st.floats(),
        st.integers(),
        st.booleans(),
        st.none(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    )
)
def test_no_cell_makes_a_reader_fail(cell):
    figures = (values.as_number, values.as_whole, values.as_percent, values.as_yes_no)
    for reader in (values.as_text, *figures, clock.as_time, identities.as_driver_id, identities.as_vin):
        reader(cell)
    clock.as_duration_s(cell, bare_s=60)
    clock.as_shown(cell, dates.as_date)
    dates.as_date(cell, near=NEAR)
    dates.order_of([cell], day_first=False)
    read_name(str(cell), ZONES)
    identities.first_last(str(cell))
