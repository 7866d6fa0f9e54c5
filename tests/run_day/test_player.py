"""A day that people freeze, step and let run again, while the simulator moves it in a program of its own."""

import time
from datetime import timedelta
from threading import Event, Thread

import pytest
from msgspec.structs import replace

from dispatchkit.desk import Desk
from dispatchkit.desk.playback import LISTENS_EVERY_S, Remote
from dispatchkit.errors import Refused
from dispatchkit.log import open_log
from dispatchkit.overview.needs import needs
from dispatchkit.run_day.alone import Alone, Ended
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.run_day.player import Player
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_station_day import write_station_day

STATION = load()
MINUTE = timedelta(minutes=1)


def eventually(holds, within_s=30.0):
    end = time.monotonic() + within_s
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"Waited {within_s} s in vain.")
        time.sleep(0.05)


class Moving:
    """A day on the road that a thread moves at 60 times the wall's speed, and the buttons of somebody at a desk."""

    def __init__(self, log, key, station=STATION):
        self.log, self.key, self.station, self.stop = log, key, station, Event()
        self.remote = Remote(Desk(log, key, by="maria"))
        shift = resumed(log, key, station, speed=60, stop=self.stop)
        self._thread = Thread(target=go_on_live, args=(shift,))
        self._thread.start()
        eventually(lambda: self.remote.is_running() and self.remote.playback() is not None)

    def needs(self):
        """What somebody has to do where the day stands."""
        day = Desk(self.log, self.key, by="test").day()
        found = needs(day, now=self.stands_at, station=self.station, travel=CalibratedTravel())
        return {need.need_id for need in found if need.kind == "act"}

    @property
    def stands_at(self):
        return self.remote.playback().stands_at

    def end(self):
        self.stop.set()
        self._thread.join(timeout=30)
        assert not self._thread.is_alive()


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """A store with a small day all of whose vans have left."""
    path = tmp_path_factory.mktemp("lived") / "days.sqlite"
    with open_log(path) as log:
        key = begun(log, write_station_day(path.parent / "station day"), STATION, seed=3, say=lambda _: None)
        last = max(r.departs_at for r in resumed(log, key, STATION).day.plan.routes)
        go_on_live(resumed(log, key, STATION, until=last + 20 * MINUTE, at_once=True))
    return path, key


@pytest.fixture
def copied(lived, tmp_path):
    """``copied()``: a log with that day, for a test to go on with."""
    opened = []

    def copy():
        path = tmp_path / f"{len(opened)}.sqlite"
        path.write_bytes(lived[0].read_bytes())
        opened.append(open_log(path))
        return opened[-1], lived[1]

    yield copy
    for log in opened:
        log.close()


@pytest.fixture
def moving(copied):
    made = Moving(*copied())
    yield made
    made.end()
    assert not made.remote.is_running()


def test_it_steps_by_five_minutes_stands_still_there_and_runs_again(moving):
    goal = moving.remote.step().goes_to
    eventually(lambda: moving.remote.playback().goes_to is None)
    assert (moving.stands_at, moving.remote.playback().frozen) == (goal, True)
    assert max(e.fact.at for e in moving.log.read(moving.key) if e.fact.kind == "StopServed") <= goal
    time.sleep(2 * LISTENS_EVERY_S)
    assert moving.stands_at == goal
    moving.remote.resume()
    eventually(lambda: moving.stands_at > goal)


def test_it_goes_on_to_the_next_thing_that_needs_a_person_and_stands_still_there(copied):
    held_up = replace(STATION.simulator, lost_share=1.0, lost_time_s=4 * 3600.0)
    soon_called = replace(STATION.pace, watch_behind_count=1, call_behind_count=2)
    moving = Moving(*copied(), replace(STATION, simulator=held_up, pace=soon_called))
    before, stood = moving.needs(), moving.stands_at
    moving.remote.to_next_need()
    eventually(lambda: not moving.remote.playback().to_need, within_s=60)
    assert moving.remote.playback().frozen
    assert moving.remote.is_running()
    assert moving.stands_at > stood
    assert moving.needs() - before
    moving.end()


def test_a_step_beyond_the_last_return_ends_with_it(copied):
    calm = replace(STATION, simulator=replace(STATION.simulator, lost_share=0.0, breakdown_share=0.0))
    moving = Moving(*copied(), calm)
    moving.remote.step(timedelta(hours=14))
    eventually(lambda: not moving.remote.is_running(), within_s=60)
    assert (moving.remote.playback().goes_to, moving.remote.playback().frozen) == (None, True)
    day = Desk(moving.log, moving.key, by="test").day()
    assert set(day.end_of_shift.returned) == set(day.load_out.departed)
    moving.end()


def test_one_program_simulates_a_day_at_a_time(moving):
    with pytest.raises(Refused, match="simulated by another program already"):
        go_on_live(resumed(moving.log, moving.key, STATION))


def served(log, key):
    return {r: route.served for r, route in Desk(log, key, by="test").day().road.routes.items()}


def test_in_steps_the_same_stops_are_served_at_the_same_times_as_at_once(moving, copied):
    moving.remote.step(timedelta(hours=1))
    eventually(lambda: moving.remote.playback().goes_to is None)
    log, key = copied()
    go_on_live(resumed(log, key, STATION, until=moving.stands_at, at_once=True))
    assert served(moving.log, moving.key) == served(log, key)


def test_where_its_playback_is_gone_it_ends(copied):
    log, key = copied()
    with Alone(log, key, who="run-day") as alone:
        player = Player(alone, speed=1, needs=frozenset)
        with pytest.raises(Ended):
            player.next_look(log.require(key).last_learned_at)
