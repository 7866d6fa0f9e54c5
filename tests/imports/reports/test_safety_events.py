"""Safety events, in the shape of real exports; every event and everybody in it is invented."""

from datetime import UTC, date, datetime

import pytest

from dispatchkit.station import load

HEADER = [
    "Date", "Delivery Associate", "Transporter ID", "Event ID", "Date Time", "VIN", "Program Impact", "Metric Type",
    "Metric Subtype", "Source", "Video Link", "Review Details",
]  # fmt: skip
ANA, V1 = "A1B2C3D4E5F6G", "7FCEHEB79PN000001"
LINK = "https://video.example.org/e1?token=secret"


def event(event_id="e1", at="2026-02-24 14:03:11", day="2026-02-24", review="", video=LINK):
    kind = ["Impacting", "Distraction", "Looking down", "Netradyne"]
    return [day, "Ode, Ana", ANA, event_id, at, V1, *kind, video, review]


def one(file):
    (found,) = file.reading.events
    return found


def test_an_event_comes_out_whole(read):
    file = read([HEADER, event()], "events.csv")
    found = one(file)
    assert (file.source, file.problems) == ("Safety events", ())
    assert (found.row, found.event_id, found.driver_id, found.name, found.vin) == (2, "e1", ANA, "Ana Ode", V1)
    assert (found.day, found.at) == (date(2026, 2, 24), datetime(2026, 2, 24, 20, 3, 11, tzinfo=UTC))
    assert (found.impact, found.metric, found.submetric) == ("Impacting", "Distraction", "Looking down")
    assert (found.source, found.review) == ("Netradyne", "")


@pytest.mark.parametrize(
    "written", [LINK, '=HYPERLINK("https://video.example.org","x")', "javascript:alert(1)", "@SUM(1)"]
)
def test_a_link_is_text_character_by_character(read, written):
    assert one(read([HEADER, event(video=written)])).video == written


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-24 14:03:11", "2026-02-24T14:03:11", "02/24/2026 2:03:11 PM", "Feb 24, 2026 2:03:11 PM", "14:03:11",
        "2026-02-24T20:03:11Z", "2026-02-24 15:03:11-05:00", "2026-02-24 20:03:11 UTC",
    ],
)  # fmt: skip
def test_a_moment_is_read_however_it_is_written(read, written):
    assert one(read([HEADER, event(at=written)])).at == datetime(2026, 2, 24, 20, 3, 11, tzinfo=UTC)


def test_without_the_station_s_zone_only_the_day_is_known(read):
    found = one(read([HEADER, event(day="")], station=load()))
    assert (found.day, found.at) == (date(2026, 2, 24), None)


def test_an_hour_that_came_twice_is_noted(read, sentences):
    file = read([HEADER, event(at="2026-11-01 01:30:00", day="2026-11-01")])
    assert one(file).at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    assert "showed 01:30 twice" in sentences(file, blocks=False)[0]


def test_the_same_event_twice_is_one_and_with_other_details_a_problem(read, sentences):
    file = read([HEADER, event(), event(), event(review="Upheld")])
    assert one(file).row == 2
    assert sentences(file, blocks=False) == ["row 3: The same row as 2; it was read once."]
    assert sentences(file, blocks=True) == [
        "row 4, Event ID: 'e1' stands in row 2 already, with other details. Correct it and import again."
    ]


def test_a_review_over_several_lines_is_one_text(read):
    assert one(read([HEADER, event(review="Upheld.\nCoached on 24 Feb.")])).review == "Upheld. Coached on 24 Feb."


def test_an_event_without_its_id_and_a_moment_that_is_none_are_problems(read, sentences):
    file = read([HEADER, event(""), event("e2", "soon")])
    assert [s.partition(":")[0] for s in sentences(file, blocks=True)] == ["row 2, Event ID", "row 3, Date Time"]
