"""What cannot be used is left out where somebody plans the rest, and stops the import where a day is opened."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.imports.conftest import STATION_DAY, Folder

C, V = "customers.csv", "vehicles.csv"


def left_out(folder):
    (day,) = folder.read(leave_out=True)
    return day, {left.stop_id: left.reason for left in day.left_out}


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("-87.63,41.91,n4", ",,n4", "missing"),
        ("-87.63,41.91,n4", "0,0,n4", "failed address search"),
        ("-87.63,41.91,n4", "-87.63,46.91,n4", "km from the station"),
        ("n4,6000.0,,,30.0,10.0", "n4,6000.0,,,30.0,-10.0", "too low"),
        ("n4,6000.0,,,30.0", "n4,6000.0,,,nan", "missing"),
        ("n4,6000.0,,", "n4,6000.0,2018-08-08 20:00:00,2018-08-08 16:00:00", "closes"),
        ("c5,", "c4,", "stands in row 5 already"),
    ],
)
def test_a_customer_of_a_station_day_is_left_out_by_name(station_day, old, new, sentence):
    station_day.replace(C, old, new)
    day, left = left_out(station_day)
    assert list(left) == ["CX1:BB"]
    assert sentence in left["CX1:BB"]
    assert [s.stop_id for s in day.stops] == ["CX1:AA", "CX2:AA", "CX2:NA"]


def test_a_day_is_opened_with_whole_files_only(station_day):
    station_day.replace(C, "-87.63,41.91,n4", "0,0,n4")
    assert "failed address search" in station_day.refusal()[0]


def test_one_bad_package_leaves_its_whole_stop_out(station_day):
    rest = "10.0,20.0,30.0,A-1.1A,2018-08-08,DXX1,v1,AA"
    station_day.replace(C, f"30.0,{rest}", f"-30.0,{rest}")
    day, left = left_out(station_day)
    assert list(left) == ["CX2:AA"]
    assert "CX2:AA" not in {s.stop_id for s in day.stops}


def test_a_van_that_holds_nothing_goes_out_empty_and_its_stops_wait_for_others(station_day):
    station_day.replace(V, "v2,DXX1,3313071.0", "v2,DXX1,0")
    (day,) = station_day.read(leave_out=True)
    assert [(v.van_id, v.volume_cm3) for v in day.vans] == [("v2", 0.0), ("v1", 4_247_527.0)]
    assert len(day.stops) == 4


def test_what_is_wrong_with_the_whole_file_stops_it_all_the_same(station_day):
    station_day.replace(C, "DXX1,v2,BB", "DXX1,v9,BB")
    assert "Van 'v9' is unknown" in station_day.refusal(leave_out=True)[0]


@pytest.mark.parametrize(
    ("harm", "sentence"),
    [
        (lambda stop, _: stop.update(lat=0, lng=0), "failed address search"),
        (lambda stop, _: stop.update(lat=float("nan")), "missing"),
        (lambda stop, _: stop.update(lat=47.0), "km from the station"),
        (lambda _, package: package["dimensions"].update(depth_cm=-1), "too low"),
        (lambda _, package: package.update(planned_service_time_seconds=float("nan")), "missing"),
        (
            lambda _, package: package["time_window"].update(
                start_time_utc="2018-08-08 20:00:00", end_time_utc="2018-08-08 16:00:00"
            ),
            "closes",
        ),
    ],
)
def test_a_stop_of_the_challenge_is_left_out_and_the_recorded_times_of_the_others_stay(challenge, harm, sentence):
    route, packages = challenge["route_data.json"]["RouteID_1"], challenge["package_data.json"]["RouteID_1"]
    harm(route["stops"]["NA"], packages["NA"]["P3"])
    day, left = left_out(challenge)
    assert list(left) == ["CX2:NA"]
    assert sentence in left["CX2:NA"]
    (driven,) = (r for r in day.routes if r.route_id == "RouteID_1")
    assert [s.stop_id for s in driven.stops] == ["CX2:CC", "CX2:AA"]
    assert day.recorded["RouteID_1"].stop_ids == ("CX2:ST", "CX2:CC", "CX2:AA")


def test_a_van_of_the_challenge_without_a_volume_goes_out_empty(challenge):
    challenge["route_data.json"]["RouteID_2"]["executor_capacity_cm3"] = 0
    (day,) = challenge.read(leave_out=True)
    assert [v.volume_cm3 for v in day.vans] == [0.0, 4_247_527.0]
    assert len(day.stops) == 5


cells = st.sampled_from(["", "nan", "-1", "0", "1e400", "much", "-87.63", "41.9", "2018-08-08 16:00:00", "1e9", "½"])
at = st.tuples(st.integers(1, 5), st.sampled_from([1, 2, 5, 6, 7, 8, 9, 10]), cells)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(harm=st.lists(at, max_size=6))
def test_however_its_figures_are_broken_every_stop_of_a_day_is_read_or_named(tmp_path, harm):
    station_day = Folder(tmp_path, STATION_DAY)
    table = [line.split(",") for line in station_day[C].splitlines()]
    for row, column, cell in harm:
        table[row][column] = cell
    station_day[C] = "\n".join(",".join(row) for row in table) + "\n"
    day, left = left_out(station_day)
    assert sorted([s.stop_id for s in day.stops] + list(left)) == ["CX1:AA", "CX1:BB", "CX2:AA", "CX2:NA"]
    assert all(reason.endswith(".") for reason in left.values())
