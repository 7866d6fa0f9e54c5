"""Inspections before and after the trip: DVIC and Whip Around, in the shape of real exports; all of it is invented."""

from datetime import UTC, date, datetime

import pytest

from dispatchkit.station import load

DVIC = [
    "start_date", "dsp", "station", "transporter_id", "transporter_name", "vin", "fleet_type", "inspection_type",
    "inspection_status", "start_time", "end_time", "duration",
]  # fmt: skip
WHIP = ["Inspection ID", "Form", "Date inspection occurred", "Asset name", "Driver first name", "Driver last name"]
ANA, V1 = "A1B2C3D4E5F6G", "7FCEHEB79PN000001"
LATER = "2026-02-24"


def dvic(start="2026-02-24 09:01:00", end="2026-02-24 09:03:30", duration="150", **other):
    row = {
        "start_date": start[:10] if "-" in start else LATER, "dsp": "EXMP", "station": "DXX1", "transporter_id": ANA,
        "transporter_name": "Ode, Ana", "vin": V1, "fleet_type": "CDV", "inspection_type": "PRE_TRIP_DVIC",
        "inspection_status": "PASSED", "start_time": start, "end_time": end, "duration": duration,
    }  # fmt: skip
    return [*(row | other).values()]


def read_dvic(read, *rows, **options):
    return read([DVIC, *rows], "dvic.csv", **options)


def one(file):
    (found,) = file.reading.inspections
    return found


def test_an_inspection_comes_out_whole(read):
    file = read_dvic(read, dvic())
    found = one(file)
    assert (file.source, file.problems, file.reading.form) == ("DVIC", (), "DVIC")
    assert (file.reading.station, file.reading.service_day) == ("DXX1", date(2026, 2, 24))
    assert (found.inspection, found.van, found.driver_id, found.driver_name) == ("pre-trip", V1, ANA, "Ana Ode")
    assert (found.at, found.passed, found.duration_s) == (datetime(2026, 2, 24, 15, 3, 30, tzinfo=UTC), True, 150)


@pytest.mark.parametrize(
    ("written", "inspection"),
    [("PRE_TRIP", "pre-trip"), ("Post-Trip", "post-trip"), ("POST_TRIP_DVIC", "post-trip"), ("pre trip", "pre-trip")],
)
def test_before_and_after_the_trip_are_told_apart_however_written(read, written, inspection):
    assert one(read_dvic(read, dvic(inspection_type=written))).inspection == inspection


def test_another_kind_of_inspection_is_noted_and_left_out(read, sentences):
    file = read_dvic(read, dvic(inspection_type="VSA"), dvic())
    assert one(file).row == 3
    assert sentences(file, blocks=False)[0].startswith(
        "row 2, inspection_type: 'VSA' is neither a pre-trip nor a post-trip inspection; left out."
    )


@pytest.mark.parametrize(("status", "passed"), [("FAILED", False), ("COMPLETE", None), ("", None), ("Passed", True)])
def test_a_status_says_how_it_ended_as_far_as_it_does(read, status, passed):
    assert one(read_dvic(read, dvic(inspection_status=status))).passed is passed


def test_an_unknown_outcome_is_a_problem(read, sentences):
    file = read_dvic(read, dvic(inspection_status="MAYBE"))
    assert one(file).passed is None
    assert sentences(file, blocks=True)[0].startswith("row 2, inspection_status: The status 'MAYBE' is not known.")


@pytest.mark.parametrize("duration", ["150", "150.0", "0:02:30", "2 min 30 s", "2:30", ""])
def test_a_duration_is_seconds_however_written_and_else_the_difference(read, duration):
    file = read_dvic(read, dvic(duration=duration))
    assert (one(file).duration_s, file.problems) == (150, ())


def test_a_duration_that_disagrees_counts_and_is_noted(read, sentences):
    file = read_dvic(read, dvic(duration="60"))
    assert one(file).duration_s == 60
    assert sentences(file, blocks=False) == [
        "row 2, duration: The duration is 60 s, but from start to end it is 150 s; the duration counts. "
        "Check the inspection with the driver."
    ]


def test_times_to_the_minute_disagree_only_by_more_than_one(read, sentences):
    near, far = dvic("09:01", "09:03", "95"), dvic("09:01", "09:03", "30")
    assert sentences(read_dvic(read, near), blocks=False) == []
    assert len(sentences(read_dvic(read, far), blocks=False)) == 1


def test_times_alone_stand_on_the_row_s_date_and_may_run_past_midnight(read):
    found = one(read_dvic(read, dvic("23:59:01", "00:00:15", "74")))
    assert (found.day, found.at) == (date(2026, 2, 24), datetime(2026, 2, 25, 6, 0, 15, tzinfo=UTC))


def test_an_end_before_its_start_is_noted(read, sentences):
    file = read_dvic(read, dvic("2026-02-24 09:10:00", "2026-02-24 09:00:00", ""))
    assert one(file).duration_s is None
    assert sentences(file, blocks=False) == ["row 2, end_time: It ends before it began. Check it with the driver."]


def test_a_blank_end_leaves_the_start(read):
    found = one(read_dvic(read, dvic(end="", duration="")))
    assert (found.at, found.duration_s) == (datetime(2026, 2, 24, 15, 1, tzinfo=UTC), None)


def test_without_the_station_s_zone_no_instant_is_made_up(read):
    found = one(read_dvic(read, dvic(), station=load()))
    assert (found.at, found.day, found.duration_s) == (None, date(2026, 2, 24), 150)


def test_a_time_with_a_zone_of_its_own_needs_no_station(read):
    found = one(read_dvic(read, dvic("2026-02-24T15:01:00Z", "2026-02-24T15:03:30Z"), station=load()))
    assert found.at == datetime(2026, 2, 24, 15, 3, 30, tzinfo=UTC)


def test_where_clocks_went_back_the_duration_tells_the_hours_apart(read, sentences):
    long = one(file := read_dvic(read, dvic("2026-11-01 01:50:00", "2026-11-01 01:52:00", "3720")))
    assert long.at == datetime(2026, 11, 1, 7, 52, tzinfo=UTC)
    assert sentences(file, blocks=False) == []
    back = one(read_dvic(read, dvic("01:50:00", "01:05:00", "900", start_date="2026-11-01")))
    assert back.at == datetime(2026, 11, 1, 7, 5, tzinfo=UTC)


def test_an_hour_that_came_twice_is_taken_the_first_time_with_a_note(read, sentences):
    file = read_dvic(read, dvic("2026-11-01 01:50:00", "2026-11-01 01:52:00", "120"))
    assert one(file).at == datetime(2026, 11, 1, 6, 52, tzinfo=UTC)
    assert sentences(file, blocks=False) == [
        "row 2, start_time: The clock showed 01:50 twice on this day, when summer time ended; the first was taken. "
        "Check it where the order of events matters."
    ]


def test_an_hour_that_never_came_is_noted(read, sentences):
    file = read_dvic(read, dvic("2026-03-08 02:30:00", "", ""))
    assert one(file).at == datetime(2026, 3, 8, 8, 30, tzinfo=UTC)
    assert "The clock never showed 02:30" in sentences(file, blocks=False)[0]
    assert "03:30 was taken" in sentences(file, blocks=False)[0]


def test_a_cell_that_is_no_time_is_a_problem_once(read, sentences):
    file = read_dvic(read, dvic("soon", "", "", start_date=LATER))
    assert [s.partition(":")[0] for s in sentences(file, blocks=True)] == ["row 2, start_time"]


def test_several_days_in_one_file_are_no_service_day(read):
    assert read_dvic(read, dvic(), dvic("2026-02-25 09:00:00", "", "")).reading.service_day is None


def whip(form="Pre-Trip EDV Inspection (DVIR) ", occurred="2/24/2026 10:00 AM"):
    return ["1", form, occurred, "EV1", "Ana", "Ode"]


def test_whip_around_names_the_driver_in_two_columns_and_the_moment_in_the_form(read):
    file = read([WHIP, whip(), whip("Post-Trip EDV Inspection (DVIR)", "2/24/2026 8:00 PM")])
    assert (file.source, file.problems, file.reading.form) == ("Whip Around", (), "Whip Around")
    assert [(i.inspection, i.van, i.driver_name, i.at, i.passed) for i in file.reading.inspections] == [
        ("pre-trip", "EV1", "Ana Ode", datetime(2026, 2, 24, 16, tzinfo=UTC), None),
        ("post-trip", "EV1", "Ana Ode", datetime(2026, 2, 25, 2, tzinfo=UTC), None),
    ]
    assert file.reading.service_day == date(2026, 2, 24)


def test_whip_around_may_give_the_date_alone_and_repeat_its_header(read):
    file = read([WHIP, whip(occurred="02/24/2026"), WHIP])
    assert (one(file).day, one(file).at) == (date(2026, 2, 24), None)


def test_another_form_of_whip_around_is_noted_and_left_out(read, sentences):
    file = read([WHIP, whip("Fuel receipt"), whip()])
    assert one(file).row == 3
    assert sentences(file, blocks=False)[0].startswith("row 2, Form: 'Fuel receipt' is neither")
