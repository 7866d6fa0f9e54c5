from dispatchkit.samples.papers import day_of_ops
from tests.samples.papers.story import CODES, PLAN


def test_the_plan_has_its_sheet_its_nine_columns_and_the_counts_of_the_day(known, open_book, as_records):
    sheets = open_book(day_of_ops.day_of_ops(known))
    assert list(sheets) == ["Solution"]
    rows = as_records(sheets["Solution"])
    assert len(rows[0]) == 9
    assert [r["Route Code"] for r in rows] == list(CODES)
    assert sum(r["Num Packages"] for r in rows) == PLAN.package_count
    assert [r["Num Commercial Pkgs"] for r in rows][1::2] == [1, 3, 5, 7, 9]
    assert {r["DSP"] for r in rows} == {"DXXA"}


def test_waves_are_by_the_stations_clock_and_durations_in_tens_of_minutes(known, open_book, as_records):
    rows = as_records(open_book(day_of_ops.day_of_ops(known))["Solution"])
    assert {r["Wave"] for r in rows} == {"10:00 AM", "10:15 AM"}
    assert all(r["Route Duration"] % 10 == 0 for r in rows)
    assert all(r["Staging Location"].startswith("STG.") for r in rows)
    assert len({r["Staging Location"] for r in rows}) == len(rows)


def test_a_station_wide_plan_has_the_same_own_routes_among_those_of_others(known, open_book, as_records):
    own = as_records(open_book(day_of_ops.day_of_ops(known))["Solution"])
    everybody = as_records(open_book(day_of_ops.day_of_ops(known, station_wide=True))["Solution"])
    assert [r for r in everybody if r["DSP"] == "DXXA"] == own
    assert len(everybody) > 200
    assert len({r["Route Code"] for r in everybody}) == len(everybody)


def test_the_name_says_date_and_station(known):
    assert day_of_ops.file_name(known) == "2026-03-14-DXX1-CYCLE_1-DSP-DayOfOpsPlan.xlsx"
