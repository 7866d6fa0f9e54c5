"""A simulated day that goes on while people look on, and the moving day of the demo."""

from datetime import date, timedelta
from threading import Event, Timer
from zoneinfo import ZoneInfo

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.run_day.demo import demo_day, moved
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.run_day.sample import CURRENT, prepare_sample
from dispatchkit.station import load
from tests.small_day import KEY, TWO_ROUTES, planned
from tests.small_log import written

STATION = load()
CHICAGO = ZoneInfo("America/Chicago")


def quiet(_):
    pass


@pytest.fixture
def key(log, station_day):
    return begun(log, station_day, STATION, seed=3, say=quiet)


def at_once(log, key, **more):
    shift = resumed(log, key, STATION)
    until = shift.clock.now() + timedelta(**more)
    return resumed(log, key, STATION, until=until, at_once=True)


def test_a_folder_becomes_a_day_of_the_night_before_and_steps_take_it_to_its_last_return(log, key):
    desk = Desk(log, key, by="test")
    assert (len(desk.day().plan.routes), desk.day().load_out.departed) == (3, {})
    assert not go_on_live(at_once(log, key, hours=13))
    assert desk.day().load_out.departed
    assert go_on_live(at_once(log, key, hours=12))
    assert {e.fact.by for e in desk.entries() if e.fact.kind == "StopServed"} == {"simulated"}
    assert desk.day().road.rescues == {}


def test_in_steps_or_in_one_go_the_same_stops_are_served_at_the_same_times(log, station_day):
    served = []
    for steps in (1, 4):
        key = begun(log, station_day, STATION, seed=3, say=quiet)
        go_on_live(at_once(log, key, hours=12, minutes=50))
        for _ in range(steps):
            go_on_live(at_once(log, key, minutes=60 / steps))
        day = Desk(log, key, by="test").day()
        served.append({route_id: route.served for route_id, route in day.road.routes.items()})
    assert served[0] == served[1]
    assert any(served[0].values())


def test_in_real_time_facts_come_as_they_happen_and_it_ends_when_it_is_told_to(log, key):
    go_on_live(at_once(log, key, hours=13))
    stands_at = log.require(key).last_learned_at
    stop = Event()
    shift = resumed(log, key, STATION, speed=60, stop=stop)
    Timer(0.4, stop.set).start()
    assert not go_on_live(shift)
    moved_on = shift.clock.now() - stands_at
    assert timedelta() <= moved_on < timedelta(minutes=10)      # at once would have been the whole day
    assert all(e.fact.at <= e.learned_at for e in log.read(key))


def test_nothing_simulated_comes_into_a_real_day(log):
    written(log, planned())
    with pytest.raises(Refused, match="is a real day: nothing simulated may come into it"):
        resumed(log, KEY, STATION)


def test_a_plan_on_another_date_keeps_the_stations_times_across_a_change_of_the_clock():
    autumn = moved(TWO_ROUTES, date(2026, 11, 2), CHICAGO)
    assert autumn.service_day == date(2026, 11, 2)
    for before, after in zip(TWO_ROUTES.routes, autumn.routes, strict=True):
        for name in ("departs_at", "finish_by"):
            old, new = (getattr(r, name).astimezone(CHICAGO) for r in (before, after))
            assert (old.time(), new.date()) == (new.time(), date(2026, 11, 2))


def test_the_demo_is_a_run_of_today_that_has_left_and_is_made_once(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        sample, _ = prepare_sample(log, only=[CURRENT])
        before = log.version(sample)
        wall = FrozenClock(Desk(log, sample, by="test").day().plan.routes[0].departs_at + timedelta(days=200))
        key = demo_day(log, station=STATION, wall=wall)
        assert (key.station, key.branch) == ("DXX1", "demo")
        assert key.service_day == wall.now().astimezone(CHICAGO).date()
        day = Desk(log, key, by="test").day()
        assert len(day.load_out.departed) == 38
        assert day.plan.service_day == key.service_day
        version = log.version(key)
        assert (demo_day(log, station=STATION, wall=wall), log.version(key)) == (key, version)
        assert log.version(sample) == before
        go_on_live(at_once(log, key, minutes=10))
        assert log.version(key) > version
        assert isinstance(key, DayKey)
