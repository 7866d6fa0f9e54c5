"""One program simulates a day at a time; one that was killed does not keep the next from it."""

from threading import Event

import pytest

from dispatchkit.clock import RealClock
from dispatchkit.desk import Desk
from dispatchkit.desk.playback import JOB, LISTENS_EVERY_S
from dispatchkit.errors import Refused
from dispatchkit.run_day import go_on
from dispatchkit.run_day.alone import Alone, Ended
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.station import load
from tests.small_day import KEY, planned
from tests.small_log import written
from tests.small_playback import kept_alive

STATION = load()


@pytest.fixture
def killed(log):
    """A day whose simulator was killed and would have said again that it is there in a moment."""
    log.leases.take(KEY, JOB, holder_id="killed", who="run-day", now=RealClock().now(), for_s=4 * LISTENS_EVERY_S)
    return KEY


def test_after_a_killed_program_the_next_one_waits_until_its_lease_ends(log, killed):
    with Alone(log, killed, who="run-day"):
        held = log.leases.held(killed, JOB, RealClock().now())
        assert held.holder_id != "killed"
    assert log.leases.held(killed, JOB, RealClock().now()) is None


def test_while_another_one_lives_it_is_refused(log):
    with kept_alive(log, KEY), pytest.raises(Refused, match="simulated by another program already"), Alone(
        log, KEY, who="run-day"
    ):
        pytest.fail("Two programs simulate one day.")


def test_who_waits_can_be_told_to_end(log, killed):
    stop = Event()
    stop.set()
    with pytest.raises(Ended), Alone(log, killed, who="run-day", stop=stop):
        pytest.fail("It was told to end.")


def test_at_once_or_in_real_time_it_is_one_program_too(log, station_day):
    key = begun(log, station_day, STATION, seed=3, say=lambda _: None)
    version = log.version(key)
    with kept_alive(log, key):
        for move in (lambda: go_on_live(resumed(log, key, STATION, at_once=True)), lambda: go_on(
            log, key, until=RealClock().now(), station=STATION
        )):
            with pytest.raises(Refused, match="simulated by another program already"):
                move()
    assert log.version(key) == version


def test_what_runs_at_once_ends_when_it_is_told_to(log, station_day):
    key = begun(log, station_day, STATION, seed=3, say=lambda _: None)
    stop = Event()
    stop.set()
    assert not go_on_live(resumed(log, key, STATION, stop=stop, at_once=True))
    assert Desk(log, key, by="test").day().load_out.departed == {}


def test_no_simulated_day_goes_on_into_a_real_one(log):
    written(log, planned())
    with pytest.raises(Refused, match="is a real day"):
        go_on(log, KEY, until=RealClock().now(), station=STATION)
