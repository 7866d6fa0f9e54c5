"""The hour comes once a date by the station's clock, on nights of summer time too."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.run_day.plan_watch.hour import before, due_by, overdue

CHICAGO = ZoneInfo("America/Chicago")
HALF_PAST_EIGHT = time(20, 30)


def there(*when):
    """An instant by the station's clock."""
    return datetime(*when, tzinfo=CHICAGO).astimezone(UTC)


def test_before_the_hour_it_is_yesterdays():
    assert due_by(there(2026, 3, 13, 20, 29), HALF_PAST_EIGHT, CHICAGO) == there(2026, 3, 12, 20, 30)
    assert due_by(there(2026, 3, 13, 20, 30), HALF_PAST_EIGHT, CHICAGO) == there(2026, 3, 13, 20, 30)


def test_an_hour_that_the_clock_leaves_out_comes_as_much_later():
    [spring] = {due_by(datetime(2026, 3, 8, 8, 30, tzinfo=UTC), time(2, 30), CHICAGO)}
    assert spring.astimezone(CHICAGO).strftime("%H:%M") == "03:30"


def test_an_hour_that_the_clock_shows_twice_comes_once():
    first = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)      # half past one, summer time
    assert due_by(first + timedelta(minutes=70), time(1, 30), CHICAGO) == first


@given(
    at=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    now=st.integers(0, 365 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)),
)
def test_it_comes_about_once_a_day_whatever_the_clocks_do(at, now):
    due = due_by(now, at, CHICAGO)
    assert due <= now < due + timedelta(hours=26)
    assert timedelta(hours=22) <= due - before(due, at, CHICAGO) <= timedelta(hours=26)


@pytest.mark.parametrize(
    ("landed", "said"),
    [
        (there(2026, 3, 12, 19, 48), "No volume file by 20:30; yesterday's came at 19:48."),
        (there(2026, 3, 10, 19, 48), "No volume file by 20:30; the last one came on Tue 10 Mar at 19:48."),
        (there(2026, 3, 13, 0, 10), "No volume file by 20:30; the last one came today at 00:10."),
        (None, "No volume file by 20:30; none has come here before."),
    ],
)
def test_what_is_missing_is_said_with_when_it_came_before(landed, said):
    assert overdue(there(2026, 3, 13, 20, 30), landed, there(2026, 3, 13, 20, 31), CHICAGO) == said


def test_who_starts_the_next_day_is_told_which_evening_it_was():
    said = overdue(there(2026, 3, 13, 20, 30), there(2026, 3, 12, 19, 48), there(2026, 3, 14, 9), CHICAGO)
    assert said == "No volume file by 20:30 (Fri); the last one came on Thu 12 Mar at 19:48."
