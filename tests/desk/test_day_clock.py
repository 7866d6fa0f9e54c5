"""What time it is on a day that lasts, on one that is over, and on a run of a day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatchkit import course
from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.log import open_log
from dispatchkit.records import DayKey

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 3, 14, 12, tzinfo=CHICAGO).astimezone(UTC)


@pytest.fixture
def clock_of(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:

        def make(key, wall_at):
            Desk(log, key, by="maria", clock=FrozenClock(NOON)).decide(course.open_day, timezone="America/Chicago")
            return DayClock(log, key, CHICAGO, FrozenClock(wall_at))

        yield make


def test_while_it_lasts_it_is_the_walls_and_afterwards_that_of_the_newest_fact(clock_of):
    key = DayKey.parse("DXX1/2026-03-14")
    later = NOON + timedelta(hours=9)
    assert (clock := clock_of(key, later)).live
    assert clock.now() == later


@pytest.mark.parametrize("wall_at", [NOON - timedelta(days=1), NOON + timedelta(days=2)])
def test_before_and_after_the_day_it_stands_at_what_was_learned_last(clock_of, wall_at):
    clock = clock_of(DayKey.parse("DXX1/2026-03-14"), wall_at)
    assert (clock.live, clock.now()) == (False, NOON)


def test_a_run_of_today_has_a_time_of_its_own(clock_of):
    clock = clock_of(DayKey.parse("DXX1/2026-03-14@demo"), NOON + timedelta(hours=3))
    assert (clock.live, clock.now()) == (False, NOON)
