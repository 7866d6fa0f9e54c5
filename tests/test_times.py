"""Instants across the days on which clocks change, and after midnight."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dispatchkit.times import after, clock_text, hours_text, seconds_between

CHICAGO = ZoneInfo("America/Chicago")


def test_the_night_clocks_go_forward_is_an_hour_shorter():
    before, later = datetime(2026, 3, 8, 1, tzinfo=CHICAGO), datetime(2026, 3, 8, 4, tzinfo=CHICAGO)
    assert seconds_between(before, later) == 2 * 3600


def test_the_night_clocks_go_back_is_an_hour_longer():
    before, later = datetime(2026, 11, 1, 0, tzinfo=CHICAGO), datetime(2026, 11, 1, 4, tzinfo=CHICAGO)
    assert seconds_between(before, later) == 5 * 3600


def test_two_hours_after_one_on_that_night_the_clock_shows_four():
    assert clock_text(after(datetime(2026, 3, 8, 1, tzinfo=CHICAGO), 2 * 3600), "America/Chicago") == "04:00"


def test_past_midnight_the_clock_names_the_day():
    assert clock_text(datetime(2026, 3, 15, 0, 20, tzinfo=CHICAGO), "America/Chicago", "2026-03-14") == "00:20 (Sun)"


def test_durations_are_read_as_people_say_them():
    assert (hours_text(25_500), hours_text(-600), hours_text(0)) == ("7 h 05", "-0 h 10", "0 h 00")
