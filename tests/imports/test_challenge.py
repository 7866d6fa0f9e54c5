from datetime import UTC, date, datetime

import numpy as np
import pytest

from dispatchkit.imports import read_folder


@pytest.fixture
def day(challenge):
    (day,) = challenge.read()
    return day


def test_a_day_comes_out_with_its_station_zone_and_originals(day, challenge):
    assert (day.station, day.service_day, day.source) == ("DXX1", date(2018, 8, 8), "challenge")
    assert day.timezone == "America/Chicago"
    assert (day.station_lat, day.station_lng, day.rows) == (41.88, -87.63, 6)
    assert {o.name: o.data for o in day.originals} == challenge.as_bytes()
    assert len({o.digest for o in day.originals}) == 4


def test_routes_are_called_by_departure(day):
    assert [(r.code, r.route_id, r.departs_at) for r in day.routes] == [
        ("CX1", "RouteID_2", datetime(2018, 8, 8, 14, 30, tzinfo=UTC)),
        ("CX2", "RouteID_1", datetime(2018, 8, 8, 15, 0, tzinfo=UTC)),
    ]


def test_stop_ids_are_unique_in_the_day_and_na_is_a_stop(day):
    assert [s.stop_id for r in day.routes for s in r.stops] == ["CX1:AA", "CX1:BB", "CX2:CC", "CX2:AA", "CX2:NA"]


def test_recorded_legs_run_from_the_station_along_the_drivers_order_and_back(day):
    recorded = day.routes[1]
    # the matrix of the fixture: 10 × place of the origin + place of the target, in the order AA CC NA ST
    assert (recorded.order, recorded.drive_s) == ("driven", (31.0, 10.0, 2.0, 23.0))
    matrix = day.recorded["RouteID_1"]
    assert matrix.stop_ids == ("CX2:ST", "CX2:CC", "CX2:AA", "CX2:NA")
    assert matrix.seconds.dtype == np.float32
    assert matrix.seconds[0].tolist() == [0, 31, 30, 32]


def test_a_route_without_a_recording_has_no_order_and_no_legs_and_says_so(day):
    assert (day.routes[0].order, day.routes[0].drive_s) == ("unordered", None)
    assert "RouteID_2" not in day.recorded
    assert [str(p) for p in day.problems] == [
        "actual_sequences.json, RouteID_2: The file has no driver's order for this route; "
        "its stops stand in no particular order.",
        "travel_times.json, RouteID_2: The file has no drive times for this route.",
    ]


def test_packages_carry_volume_service_window_and_outcome(day):
    first, second = day.routes[1].stops[1].packages
    assert (first.volume_cm3, first.service_s, first.window, first.recorded) == (6000, 30, None, "DELIVERED")
    assert second.window.closes == datetime(2018, 8, 8, 20, tzinfo=UTC)
    assert [s.zone for s in day.routes[1].stops] == ["A-1.1A", "", "A-1.1A"]


def test_recordings_are_optional(challenge):
    del challenge["actual_sequences.json"]
    del challenge["travel_times.json"]
    (day,) = challenge.read()
    assert {r.order for r in day.routes} == {"unordered"}
    assert day.problems == ()


def test_each_station_and_date_is_its_own_day(challenge):
    challenge["route_data.json"]["RouteID_2"]["date_YYYY_MM_DD"] = "2018-08-07"
    days = challenge.read()
    assert [(d.service_day.day, d.rows, d.routes[0].code) for d in days] == [(7, 2, "CX1"), (8, 4, "CX1")]


def test_a_second_attempt_at_another_stop_keeps_both_packages_apart(challenge):
    packages = challenge["package_data.json"]["RouteID_1"]
    packages["CC"]["P1"] = packages["AA"]["P1"]
    (day,) = challenge.read()
    assert day.rows == 7
    assert [p.package_id for s in day.routes[1].stops for p in s.packages] == ["P4", "P1@CC", "P1", "P2", "P3"]
    (note,) = (str(p) for p in day.problems if "P1" in str(p))
    assert note.startswith("package_data.json, RouteID_1 / CC: Package 'P1' is listed under stop 'AA' too.")


def test_one_package_on_two_routes_is_refused(challenge):
    challenge["package_data.json"]["RouteID_2"]["BB"]["P1"] = challenge["package_data.json"]["RouteID_1"]["AA"]["P1"]
    assert challenge.refusal() == [
        "package_data.json, RouteID_2: Package 'P1' is on route 'RouteID_1' of the same day as well. "
        "Correct it and import again."
    ]


def broken(challenge, path, value):
    """Set one value deep inside a file, or remove it where the value is `...`."""
    *way, last = path
    held = challenge
    for step in way:
        held = held[step]
    if value is ...:
        del held[last]
    else:
        held[last] = value


R, P, S, T = "route_data.json", "package_data.json", "actual_sequences.json", "travel_times.json"
PARCEL = (P, "RouteID_1", "AA", "P1")
HERE = {"lat": 41.9, "lng": -87.6, "type": "Dropoff"}
HUGE = dict.fromkeys(("depth_cm", "height_cm", "width_cm"), 1e200)
FAR = {"lat": 41.88, "lng": -81.6, "type": "Dropoff", "zone_id": "A"}


@pytest.mark.parametrize(
    ("path", "value", "sentence"),
    [
        ((R, "RouteID_1", "stops", "AA", "lat"), float("nan"), "The value is missing; a blank is not taken for 0."),
        ((R, "RouteID_1", "stops", "AA", "lat"), ..., "stops / AA / lat: The value is missing"),
        ((R, "RouteID_1", "stops", "AA", "lat"), "4l.9", "'4l.9' is not a number."),
        ((R, "RouteID_1", "stops", "AA", "lat"), 10**400, "is not a number."),
        ((R, "RouteID_1", "stops", "AA", "lng"), -187.6, "'-187.6' is too low"),
        ((R, "RouteID_1", "stops", "AA"), {"lat": 0.0, "lng": 0.0}, "0, 0 is what a failed address search"),
        ((R, "RouteID_1", "stops", "AA"), FAR, "AA: The stop lies 499 km from the station; 200 km are allowed."),
        ((R, "RouteID_1", "stops", "AA"), None, "A JSON object is missing here."),
        ((R, "RouteID_1", "stops", "ST"), ..., "The route has 0 stops of the type Station; it must have one."),
        ((R, "RouteID_1", "stops", "A\nA"), HERE, "'A\\u000aA' holds a line break"),
        ((R, "RouteID_1", "stops", "ZZ"), HERE, "stops / ZZ: No package is given for this stop."),
        ((R, "RouteID_1", "station_code"), "", "station_code: The id is missing."),
        ((R, "RouteID_1", "station_code"), "D/1", "The station 'D/1' may hold letters, digits"),
        ((R, "RouteID_1", "date_YYYY_MM_DD"), "08.08.2018", "'08.08.2018' is not the date of a service day."),
        ((R, "RouteID_1", "departure_time_utc"), "3 pm", "'3 pm' is not a time of day."),
        ((R, "RouteID_1", "executor_capacity_cm3"), 0, "0 is too low"),
        ((R, "RouteID_1"), "nothing", "'nothing' is not a JSON object."),
        ((P, "RouteID_1"), ..., "RouteID_1: No packages are given for this route."),
        ((R, "RouteID_2"), ..., "RouteID_2: No route and no stops are given for these packages."),
        ((P, "RouteID_1", "ZZ"), {"P9": 1}, "'ZZ' is not a drop-off of this route, but packages are given for it."),
        ((P, "RouteID_1", "ST"), {"P9": 1}, "'ST' is not a drop-off of this route"),
        ((*PARCEL, "planned_service_time_seconds"), float("nan"), "planned_service_time_seconds: The value is missing"),
        ((*PARCEL, "planned_service_time_seconds"), -5, "'-5' is too low; the least possible is 0."),
        ((*PARCEL, "dimensions", "depth_cm"), -1.0, "depth_cm: '-1.0' is too low"),
        ((*PARCEL, "dimensions", "depth_cm"), True, "'True' is not a number."),
        ((*PARCEL, "dimensions"), HUGE, "is not the size of a package."),
        ((*PARCEL, "scan_status"), 7, "'7' is not text."),
        ((*PARCEL, "time_window", "end_time_utc"), "2018-08-08 20:00:00", "The window has one end only."),
        (
            (*PARCEL, "time_window"),
            {"start_time_utc": "2018-08-08 20:00:00", "end_time_utc": "2018-08-08 16:00:00"},
            "The window closes at '2018-08-08 16:00:00', but opens at '2018-08-08 20:00:00'.",
        ),
        ((S, "RouteID_1", "actual", "AA"), ..., "Stop 'AA' has no place in the driver's order."),
        ((S, "RouteID_1", "actual", "ZZ"), 9, "Stop 'ZZ' is in the driver's order, but not on the route."),
        ((S, "RouteID_1", "actual", "AA"), 1, "Stop 'CC' has the same place in the order, 1."),
        ((S, "RouteID_1", "actual", "ST"), 9, "The station is not the first place"),
        ((T, "RouteID_1", "AA", "CC"), ..., "RouteID_1 / AA: No drive time is given from here to stop 'CC'."),
        ((T, "RouteID_1", "AA"), ..., "RouteID_1 / AA: A JSON object is missing here."),
        ((T, "RouteID_1", "AA", "CC"), float("nan"), "RouteID_1 / AA / CC: The value is missing"),
        ((T, "RouteID_1", "AA", "CC"), -1.0, "'-1.0' is too low"),
        ((T, "RouteID_1", "AA", "CC"), 1e300, "'1e+300' is too high; the most possible is 86400."),
    ],
)
def test_one_wrong_value_is_named_with_its_path_and_nothing_is_imported(challenge, path, value, sentence):
    broken(challenge, path, value)
    assert any(sentence in refusal for refusal in challenge.refusal())


def test_all_wrong_values_are_named_at_once(challenge):
    broken(challenge, (R, "RouteID_1", "stops", "AA", "lat"), None)
    broken(challenge, (R, "RouteID_2", "stops", "BB", "lng"), "x")
    broken(challenge, (*PARCEL, "planned_service_time_seconds"), -1)
    assert len(challenge.refusal()) == 3


def test_how_far_a_stop_may_lie_is_the_callers_to_say(challenge):
    assert "The stop lies" in challenge.refusal(max_from_station_m=1_500)[0]


def test_ids_are_data_however_they_look(challenge):
    hostile = ["=cmd|' /C calc'!A0", "<script>alert('x')</script>", 'a"b', "\u202eevil"]
    packages = challenge["package_data.json"]["RouteID_1"]["AA"]
    for package_id in hostile:
        packages[package_id] = packages["P1"]
    (day,) = challenge.read()
    assert [p.package_id for p in day.routes[1].stops[1].packages] == ["P1", "P2", *hostile]


def test_a_station_that_moves_between_routes_is_noted(challenge):
    challenge[R]["RouteID_2"]["stops"]["ST"]["lat"] = 41.881
    (day,) = challenge.read()
    assert "Station DXX1 lies 111 m from where RouteID_1 has it" in " ".join(map(str, day.problems))


def test_recordings_of_unknown_routes_are_left_out_with_a_note(challenge):
    challenge[S]["RouteID_9"] = {"actual": {"AA": 0}}
    (day,) = challenge.read()
    assert any("RouteID_9: The route is not among the routes given" in str(p) for p in day.problems)


def test_the_ten_public_routes(shared_data):
    days = read_folder(shared_data / "amazon_routes10")
    routes = [r for d in days for r in d.routes]
    packages = [p for r in routes for s in r.stops for p in s.packages]
    assert len({(d.station, d.service_day) for d in days}) == len(days) == 10
    assert (sum(len(r.stops) for r in routes), len(packages), sum(d.rows for d in days)) == (1_382, 2_314, 2_314)
    assert sum(p.window is not None for p in packages) == 231
    assert len({p.package_id for p in packages}) == 2_314
    assert all(r.order == "driven" for r in routes)
    assert all(d.recorded[r.route_id].seconds.shape == (len(r.stops) + 1,) * 2 for d in days for r in d.routes)
    drive_h = [sum(r.drive_s) / 3600 for r in routes]
    assert (round(min(drive_h), 1), round(max(drive_h), 1)) == (1.7, 4.6)
