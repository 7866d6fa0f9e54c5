from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.hour_ticks import hour_ticks

CHICAGO = ZoneInfo("America/Chicago")


def whole_day(year, month, day, zone=CHICAGO):
    begin = datetime(year, month, day, tzinfo=zone)
    return begin, datetime(year, month, day, tzinfo=zone) + timedelta(days=1)


def labels(begin, end, zone=CHICAGO):
    return [tick.label for tick in hour_ticks(begin, end, zone)]


def test_an_ordinary_day_has_its_hours():
    begin, end = whole_day(2026, 3, 14)
    assert labels(begin, end) == [f"{hour:02d}:00" for hour in (*range(24), 0)]


def test_a_begin_within_an_hour_starts_with_the_next_full_one():
    begin = datetime(2026, 3, 14, 10, 1, tzinfo=CHICAGO)
    assert labels(begin, begin + timedelta(hours=2)) == ["11:00", "12:00"]


def test_the_sunday_of_23_hours_has_no_two_o_clock():
    begin, end = whole_day(2026, 3, 8)
    ticks = hour_ticks(begin, end, CHICAGO)
    assert [tick.label for tick in ticks[:4]] == ["00:00", "01:00", "03:00", "04:00"]
    assert len(ticks) == 24  # 23 hours and the midnight that ends them
    assert ticks[2].at_s - ticks[1].at_s == 3600


def test_the_sunday_of_25_hours_says_which_one_o_clock_it_is():
    begin, end = whole_day(2026, 11, 1)
    ticks = hour_ticks(begin, end, CHICAGO)
    assert [tick.label for tick in ticks[:4]] == ["00:00", "01:00 CDT", "01:00 CST", "02:00"]
    assert len(ticks) == 26


def test_hours_are_the_stations_where_its_clock_is_off_by_a_part_of_an_hour():
    begin = datetime(2026, 3, 14, 0, 0, tzinfo=UTC)
    ticks = hour_ticks(begin, begin + timedelta(hours=2), ZoneInfo("Asia/Kathmandu"))  # UTC + 5:45
    assert [tick.label for tick in ticks] == ["06:00", "07:00"]
    assert ticks[0].at_s == (begin + timedelta(minutes=15)).timestamp()


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone"):
        hour_ticks(datetime(2026, 3, 14), datetime(2026, 3, 15, tzinfo=UTC), CHICAGO)  # noqa: DTZ001


@given(
    begin_s=st.integers(1_577_836_800, 1_893_456_000),  # 2020 to 2030
    hours=st.integers(0, 60),
    zone=st.sampled_from(["America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata"]),
)
def test_ticks_lie_within_the_stretch_in_order_and_on_full_hours(begin_s, hours, zone):
    begin = datetime.fromtimestamp(begin_s, UTC)
    end = begin + timedelta(hours=hours)
    ticks = hour_ticks(begin, end, ZoneInfo(zone))
    assert all(begin.timestamp() <= tick.at_s <= end.timestamp() for tick in ticks)
    assert all(earlier.at_s < later.at_s for earlier, later in pairwise(ticks))
    assert all(datetime.fromtimestamp(tick.at_s, ZoneInfo(zone)).minute == 0 for tick in ticks)
    assert hours - 1 <= len(ticks) <= hours + 2  # one more or less where the clock is turned
