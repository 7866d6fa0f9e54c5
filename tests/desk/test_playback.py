"""What people do to the time of a simulated day, and who may not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatchkit import course
from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.desk.playback import Remote
from dispatchkit.errors import Refused
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from tests.small_playback import died, moved

CHICAGO = ZoneInfo("America/Chicago")
NOON = datetime(2026, 3, 14, 12, tzinfo=CHICAGO).astimezone(UTC)
KEY = DayKey.parse("DXX1/2026-03-14@demo")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def desk(tmp_path):
    """A desk at a day that stands at noon."""
    with open_log(tmp_path / "days.sqlite") as log:
        desk = Desk(log, KEY, by="maria", clock=FrozenClock(NOON))
        desk.decide(course.open_day, timezone="America/Chicago")
        yield desk


@pytest.fixture
def remote(desk):
    """The buttons of that day while a program simulates it."""
    moved(desk.log, KEY, at=NOON)
    return Remote(desk)


def test_freeze_resume_and_speed_are_there_for_everybody_and_say_who(remote, desk):
    assert (remote.freeze().frozen, remote.playback().who) == (True, "maria")
    assert not remote.resume().frozen
    remote.speed(30)
    assert Remote(Desk(desk.log, KEY, by="jo")).playback().speed == 30


def test_a_step_goes_on_by_five_minutes_and_a_second_one_by_five_more(remote):
    assert remote.step().goes_to == NOON + 5 * MINUTE
    assert remote.step().goes_to == NOON + 10 * MINUTE
    assert remote.playback().frozen


def test_who_freezes_or_resumes_wants_no_step_any_more(remote):
    remote.step()
    assert remote.resume().goes_to is None
    assert remote.to_next_need().to_need
    assert not remote.freeze().to_need


@pytest.mark.parametrize("times", [0.5, 61, 0, -1, float("nan")])
def test_slower_than_life_and_faster_than_sixty_times_are_refused(remote, times):
    with pytest.raises(Refused, match="1 to 60 times as fast"):
        remote.speed(times)


def test_without_a_simulator_nothing_can_be_steered_and_it_says_how_to_start_one(remote, desk):
    died(desk.log, KEY)
    with pytest.raises(Refused, match=r"not running.*dispatchkit simulate DXX1/2026-03-14@demo"):
        remote.freeze()


def test_a_day_that_was_never_simulated_while_people_looked_on_has_no_time_to_steer(desk):
    with pytest.raises(Refused, match="No simulator moves DXX1/2026-03-14@demo"):
        Remote(desk).freeze()
    assert Remote(desk).playback() is None


def test_who_may_change_nothing_on_the_day_may_not_change_its_time_either(remote, desk):
    with pytest.raises(Refused, match="read-only"):
        Remote(Desk(desk.log, KEY, by="rita", role=Role.READ_ONLY)).step()
    assert remote.playback().goes_to is None


def test_a_trainer_may_steer_a_run(remote, desk):
    assert Remote(Desk(desk.log, KEY, by="tina", role=Role.TRAINER)).freeze().frozen


def test_every_clock_of_the_day_stands_where_the_simulation_does(remote, desk):
    clock = DayClock(desk.log, KEY, CHICAGO, FrozenClock(NOON + timedelta(hours=3)))
    assert clock.now() == NOON
    desk.log.playbacks.stands(KEY, NOON + 7 * MINUTE)
    assert (clock.live, clock.now()) == (False, NOON + 7 * MINUTE)


def test_a_simulated_day_of_todays_date_goes_by_its_own_clock_too(desk):
    key = DayKey.parse("DXX1/2026-03-14")
    Desk(desk.log, key, by="maria", clock=FrozenClock(NOON)).decide(course.open_day, timezone="America/Chicago")
    clock = DayClock(desk.log, key, CHICAGO, FrozenClock(NOON + timedelta(hours=3)))
    assert clock.live
    moved(desk.log, key, at=NOON + MINUTE)
    assert (clock.live, clock.now()) == (False, NOON + MINUTE)
