from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dispatchkit.station import load
from dispatchkit.travel.congestion import BadCongestion, Congestion, congestion_of

CHICAGO = ZoneInfo("America/Chicago")
SCHOOL, ELSEWHERE = (41.97, -88.01), (41.99, -88.01)
WEDNESDAY, SATURDAY = date(2026, 3, 11), date(2026, 3, 14)


def of(**more):
    return congestion_of(msgspec.structs.replace(load().travel, **more))


def at(day, clock):
    return datetime.combine(day, time.fromisoformat(clock), CHICAGO)


def test_the_profile_that_comes_along_slows_nobody_down():
    assert not congestion_of(load().travel)
    assert Congestion().rate(at(WEDNESDAY, "08:00"), SCHOOL) == 1


def test_the_morning_is_slow_on_weekdays_only_and_its_end_is_free_again():
    hours = of(weekday_hours=("07:00-09:00: 120", "16:00-18:30: 135"), weekend_hours=("11:00-15:00: 110",))
    assert [hours.rate(at(WEDNESDAY, c), SCHOOL) for c in ("06:59", "07:00", "09:00", "18:00")] == [1, 1.2, 1, 1.35]
    assert [hours.rate(at(SATURDAY, c), SCHOOL) for c in ("07:00", "12:00")] == [1, 1.1]


def test_a_school_is_slow_at_its_hours_and_only_near_it():
    school = of(areas=(
        "Lincoln school | circle 41.97 -88.01 300 | weekdays 07:30-08:30 150, weekdays 14:30-15:30 140 | our drivers",
    ))  # fmt: skip
    assert school.areas[0].source == "our drivers"
    assert school.rate(at(WEDNESDAY, "08:00"), SCHOOL) == 1.5
    assert school.rate(at(WEDNESDAY, "15:00"), SCHOOL) == 1.4
    assert school.rate(at(WEDNESDAY, "12:00"), SCHOOL) == 1
    assert school.rate(at(SATURDAY, "08:00"), SCHOOL) == 1
    assert school.rate(at(WEDNESDAY, "08:00"), ELSEWHERE) == 1
    assert school.leg_rate(at(WEDNESDAY, "08:00"), SCHOOL, ELSEWHERE) == 1.25


def test_an_area_is_told_by_its_zones_or_drawn():
    slow = of(areas=(
        "Old town | zone C-13 | always 115 | past days",
        "Hill | polygon 41.96 -88.02, 41.98 -88.02, 41.98 -88.00, 41.96 -88.00 | daily 00:00-06:00 130 | past days",
    ))  # fmt: skip
    assert slow.rate(at(WEDNESDAY, "12:00"), ELSEWHERE, "C-13.2A") == 1.15
    assert slow.rate(at(WEDNESDAY, "12:00"), ELSEWHERE, "D-1.1A") == 1
    assert slow.rate(at(SATURDAY, "05:00"), SCHOOL, "C-13.2A") == 1.3      # where both hold the slower one counts
    assert slow.rate(at(SATURDAY, "05:00"), ELSEWHERE) == 1


def test_an_area_comes_on_top_of_the_hour():
    both = of(weekday_hours=("07:00-09:00: 120",), areas=("School | circle 41.97 -88.01 300 | always 150 | x",))
    assert both.rate(at(WEDNESDAY, "08:00"), SCHOOL) == pytest.approx(1.8)


def test_the_next_change_is_an_edge_by_the_stations_clock():
    hours = of(weekday_hours=("07:00-09:00: 120",))
    seven, nine = datetime(2026, 3, 11, 12, tzinfo=UTC), datetime(2026, 3, 11, 14, tzinfo=UTC)
    assert hours.next_change(datetime(2026, 3, 11, 11, 59, tzinfo=UTC), CHICAGO) == seven
    assert hours.next_change(seven, CHICAGO) == nine
    assert hours.next_change(nine, CHICAGO) == datetime(2026, 3, 12, 5, tzinfo=UTC)


def test_time_goes_on_in_the_night_when_clocks_go_back():
    at_, hours = datetime(2026, 11, 1, 5, 30, tzinfo=UTC), of(weekend_hours=("01:15-01:45: 120",))
    for _ in range(200):
        later = hours.next_change(at_, CHICAGO)
        assert later > at_
        at_ = later
        if at_ > datetime(2026, 11, 1, 9, tzinfo=UTC):
            return
    pytest.fail("the night never ended")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("7-9: 120", "not understood"),
        ("07:00-09:00", "not understood"),
        ("09:00-07:00: 120", "ends before it begins"),
        ("07:00-25:00: 120", "no clock shows"),
        ("07:00-09:00: 5", "not believed"),
        ("07:00-09:00: 5000", "not believed"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_the_line(line, message):
    with pytest.raises(BadCongestion, match=message) as refused:
        of(weekday_hours=(line,))
    assert line in str(refused.value)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("School | circle 41.97 -88.01 300 | always 150", "NAME | WHERE | WHEN | SOURCE"),
        ("School | circle 41.97 -88.01 300 | always 150 | ", "NAME | WHERE | WHEN | SOURCE"),
        ("School | circle 41.97 -88.01 | always 150 | x", "no place for School"),
        ("School | circle 141.97 -88.01 300 | always 150 | x", "no place for School"),
        ("School | circle 41.97 -88.01 0 | always 150 | x", "no place for School"),
        ("School | polygon 41.97 -88.01, 41.98 -88.01 | always 150 | x", "no place for School"),
        ("School | zone | always 150 | x", "no place for School"),
        ("School | around the corner | always 150 | x", "no place for School"),
        ("School | zone C | sometimes 07:00-08:00 150 | x", "says no days"),
        ("School | zone C | always fast | x", "no number of per cent"),
        ("School | zone C | weekdays 07:00 150 | x", "not understood"),
    ],
)
def test_areas_that_cannot_be_read_are_refused_with_what_would_be_right(line, message):
    with pytest.raises(BadCongestion, match=message.replace("|", r"\|")):
        of(areas=(line,))
