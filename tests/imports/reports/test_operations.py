"""The station's plan and Cortex snapshots: every DSP's rows are kept, a rescue's second row too, nothing is guessed."""

from datetime import UTC, datetime, time

import pytest

from dispatchkit.imports.reports import read_reports
from dispatchkit.station import load
from tests.small_books import PLAN_HEADER, PLAN_ROW, csv, file, xls, xlsx

STATION = load()
ROUTES_HEADER = (
    "Route code",
    "DSP",
    "Transporter Id",
    "Driver name",
    "Route progress",
    "Delivery service type",
    "All stops",
)
ANA, BO = "A1234567890123", "B1234567890123"


def read(data, name="export.xlsx"):
    (found,) = read_reports([file(name, data)], station=STATION)
    return found


def blocks(found):
    return [str(p) for p in found.problems if p.blocks]


def snapshot(*rows):
    return read(xlsx(ROUTES_HEADER, *rows, title="Sheet1"), "Routes_DXX1_2026-02-22_13_05 (PST).xlsx")


@pytest.mark.parametrize("made", [xlsx, xls, csv])
def test_the_plan_is_read_alike_from_every_format(made):
    found = read(made(PLAN_HEADER, PLAN_ROW), "2026-02-22-DXX1-CYCLE_1-DSP-DayOfOpsPlan.xlsx")
    (route,) = found.reading.routes
    assert (found.source, found.reading.station, str(found.reading.service_day)) == (
        "Day-of-Ops plan",
        "DXX1",
        "2026-02-22",
    )
    assert (route.row, route.code, route.wave, route.duration_min, route.packages) == (
        2,
        "CX101",
        time(11, 15),
        420,
        319,
    )
    assert not found.problems


def test_blank_counts_of_packages_are_said_to_be_unknown():
    found = read(xlsx(PLAN_HEADER, PLAN_ROW, ("DXXA", "CX102", *PLAN_ROW[2:7], None, 3)))
    assert [route.packages for route in found.reading.routes] == [319, None]
    (note,) = found.problems
    assert not note.blocks
    assert "Num Packages: The count is blank in 1 of 2 rows: it is unknown, not 0." in str(note)


def test_a_station_wide_plan_keeps_every_dsps_routes():
    rows = [(f"DS{i % 7}", f"CX{i}", *PLAN_ROW[2:]) for i in range(322)]
    found = read(xlsx(PLAN_HEADER, *rows))
    assert len(found.reading.routes) == 322
    assert {route.dsp for route in found.reading.routes} == {f"DS{i}" for i in range(7)}


def test_a_code_that_stands_twice_in_the_plan_is_a_problem_by_row():
    found = read(xlsx(PLAN_HEADER, PLAN_ROW, ("AAAA", "CX102", *PLAN_ROW[2:]), ("AAAA", "cx101 ", *PLAN_ROW[2:])))
    assert [route.code for route in found.reading.routes] == ["CX101", "CX102"]
    assert "row 4, Route Code: 'CX101' stands in row 2 already" in blocks(found)[0]


def test_a_text_without_end_is_no_route_code():
    found = read(xlsx(PLAN_HEADER, PLAN_ROW, ("AAAA", "CX" * 400, *PLAN_ROW[2:])))
    assert [route.code for route in found.reading.routes] == ["CX101"]
    assert "is too long for a route code" in blocks(found)[0]


def test_two_dsps_may_have_a_code_each():
    assert not blocks(read(xlsx(PLAN_HEADER, PLAN_ROW, ("BBBB", *PLAN_ROW[1:]))))


def test_a_blank_in_the_plan_is_none_and_never_0():
    (route,) = read(xlsx(PLAN_HEADER, ("AAAA", "CX101", "Van", None, None, None, None, None, None))).reading.routes
    assert (route.wave, route.duration_min, route.zones, route.packages, route.commercial_packages) == (None,) * 5


def test_a_row_without_a_code_is_named():
    assert (
        "row 3, Route Code: The value is missing"
        in blocks(read(xlsx(PLAN_HEADER, PLAN_ROW, ("AAAA", None, *PLAN_ROW[2:]))))[0]
    )


def test_a_snapshot_is_as_of_the_instant_in_its_name():
    found = snapshot((CX := "CX1", "AAAA", f"{ANA}|{BO}", "Ode, Ana|Bo Lim", "87/173", "Van", 173))
    (standing,) = found.reading.routes
    assert found.reading.as_of == datetime(2026, 2, 22, 21, 5, tzinfo=UTC)
    assert (standing.code, standing.driver_ids, standing.driver_names) == (CX, (ANA, BO), ("Ana Ode", "Bo Lim"))
    assert (standing.stops, standing.stops_done) == (173, 87)


@pytest.mark.parametrize(
    ("written", "done"),
    [("87/173", 87), ("87 of 173", 87), ("87 / 173 stops (50%)", 87), ("50%", 86), ("50.3 %", 87), (0.5, 86), ("0%", 0),
     ("Not started", 0), ("Complete", 173), ("In progress", None), (None, None), ("150/319", None)],
)  # fmt: skip
def test_progress_is_read_in_stops_or_not_at_all(written, done):
    found = snapshot(
        ("CX1", "AAAA", ANA, "Ana Ode", written, "Van", 173), ("CX2", "AAAA", BO, "Bo Lim", 0.25, "Van", 100)
    )
    assert found.reading.routes[0].stops_done == done
    assert not blocks(found)


@pytest.mark.parametrize("written", ["200/173", "about half", "150%", -1, 87])
def test_progress_that_cannot_be_meant_is_a_problem(written):
    found = snapshot(("CX1", "AAAA", ANA, "Ana Ode", written, "Van", 173))
    assert found.reading.routes[0].stops_done is None
    assert "row 2, Route progress" in blocks(found)[0]


def test_progress_that_counts_packages_is_noted_and_not_taken_for_stops():
    found = snapshot(("CX1", "AAAA", ANA, "Ana Ode", "150/319", "Van", 181))
    assert any("progress counts 319, but the route has 181 stops" in str(p) for p in found.problems)


def test_more_names_than_ids_are_not_paired_by_guessing():
    found = snapshot(("CX1", "AAAA", ANA, "Ana Ode|Bo Lim", "87/173", "Van", 173))
    assert found.reading.routes[0].driver_ids == ()
    assert "2 names stand beside 1 transporter ids" in blocks(found)[0]


def test_the_second_row_of_a_rescued_route_is_kept():
    rows = (
        ("Route Code", "Planned return to station", "All Stops", "Total Packages"),
        ("CX1", "7:10 PM", 181, 319),
        ("CX1", "18:05", 27, 41),
    )
    found = read(csv(*rows), "Itineraries_DXX1_2026-02-22_13_05 (PST).csv")
    assert [(i.row, i.returns, i.stops, i.packages) for i in found.reading.itineraries] == [
        (2, time(19, 10), 181, 319), (3, time(18, 5), 27, 41),
    ]  # fmt: skip
    assert not blocks(found)
