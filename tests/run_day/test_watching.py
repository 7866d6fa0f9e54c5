"""An eye on a day when nobody has a page open: one alarm is raised once, whoever else looks."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Thread

import pytest

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.road import AlarmRaised
from dispatchkit.desk import Desk
from dispatchkit.errors import NotFound
from dispatchkit.log import leases, open_log
from dispatchkit.pace import alarms
from dispatchkit.records import DayKey
from dispatchkit.run_day.watching import JOB, Watch
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import KEY, TEN, on_the_road, planned
from tests.small_log import written

STATION = load()
OVERDUE = TEN + timedelta(minutes=40)      # both routes should have left at ten


@pytest.fixture
def path(tmp_path):
    """A store with a day whose two routes still stand at the station."""
    path = tmp_path / "days.sqlite"
    with open_log(path) as log:
        written(log, planned())
    return path


class Eye:
    """A watcher with a clock of its own and an ear."""

    def __init__(self, log, *, days=(KEY,), at=OVERDUE, who="maria"):
        self.heard, self.wall = [], FrozenClock(at)
        self.watch = Watch(log, days=days, who=who, station=STATION, say=self.heard.append, wall=self.wall)

    def looks(self):
        """Look once; what was said."""
        before = len(self.heard)
        self.watch.look()
        return self.heard[before:]


def raised(log, key=KEY):
    return [e.fact.alarm_id for e in log.read(key) if isinstance(e.fact, AlarmRaised)]


def test_it_says_what_it_raised_what_to_do_and_until_when_and_a_second_look_says_nothing(path):
    with open_log(path) as log:
        eye = Eye(log)
        said = eye.looks()
        assert len(said) == len(raised(log)) == 2
        assert said[0].startswith("10:40 DXX1/2026-03-14: CX1 has not left: 40 min after its plan. Find what holds it")
        assert "It helps before" in said[0]
        assert {e.fact.by for e in log.read(KEY) if isinstance(e.fact, AlarmRaised)} == {"watch"}
        assert eye.looks() == []


def test_where_help_would_come_too_late_it_promises_none(tmp_path):
    with open_log(tmp_path / "late.sqlite") as log:
        written(log, on_the_road())
        said = " ".join(Eye(log, at=TEN + timedelta(hours=8)).looks())
    assert "One helper alone no longer brings it back in time." in said
    assert "It helps before" not in said


def test_a_restart_raises_nothing_twice(path):
    for _ in range(2):
        with open_log(path) as log:
            eye = Eye(log)
            eye.looks()
            eye.watch.leave()
    with open_log(path) as log:
        assert len(raised(log)) == 2


def test_a_second_watcher_stands_by_and_takes_over_from_one_that_fell_silent(path):
    with open_log(path) as one, open_log(path) as other:
        first, second = Eye(one), Eye(other, who="jo")
        first.looks()
        (said,) = second.looks()
        assert said == "DXX1/2026-03-14 is watched by another program (maria, since 10:40). It stands by."
        assert second.looks() == []
        second.wall.set(OVERDUE + timedelta(seconds=STATION.watch.lease_s))
        assert second.looks() == ["DXX1/2026-03-14 is watched."]
        assert len(raised(one)) == 2


def test_who_ends_in_good_order_leaves_the_day_at_once(path):
    with open_log(path) as log:
        first, stop = Eye(log), Event()
        running = Thread(target=first.watch.run, args=(stop,), kwargs={"every_s": 0.01})
        running.start()
        stop.set()
        running.join()
        assert log.leases.held(KEY, JOB, OVERDUE) is None


def test_even_two_watchers_without_a_lease_never_raise_an_alarm_twice(path):
    """Both look at the same version and append at the same moment; the log takes one, and the other looks again."""
    together = Barrier(2)

    def look():
        with open_log(path) as log:
            desk = Desk(log, KEY, by="watch", clock=FrozenClock(OVERDUE))

            def watch_together(day, *, at, by):
                facts = alarms.watch(day, at=at, by=by, station=STATION, travel=CalibratedTravel())
                if day.version == seen:
                    together.wait(timeout=20)      # both have decided on this version before either writes
                return facts

            seen = desk.day().version
            desk.decide(watch_together)

    both = [Thread(target=look) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    with open_log(path) as log:
        assert sorted(raised(log)) == ["late:departure CX1:1", "late:departure CX7:1"]
        assert log.verify().ok


def test_a_locked_store_is_said_once_and_looked_at_again(path, monkeypatch):
    monkeypatch.setattr(leases, "PATIENCE_S", 0.05)
    with open_log(path, patience_s=0.05) as log, closing(sqlite3.connect(path, isolation_level=None)) as other:
        eye = Eye(log)
        other.execute("BEGIN EXCLUSIVE")
        (said,) = eye.looks()
        assert "locked for 0.05 s" in said
        assert eye.looks() == []
        other.execute("ROLLBACK")
        assert eye.looks()[0] == "DXX1/2026-03-14 is watched."
        assert len(raised(log)) == 2


def test_a_day_without_a_plan_and_a_closed_one_are_said_and_left_alone(path):
    bare = DayKey("DXX1", KEY.service_day, "bare")
    with open_log(path) as log:
        from dispatchkit import course

        Desk(log, bare, by="maria", clock=FrozenClock(TEN)).decide(course.open_day, timezone="America/Chicago")
        eye = Eye(log, days=(bare,))
        assert eye.looks() == [f"{bare} has no plan yet: nothing to watch."]
        assert eye.looks() == []


def test_the_days_of_today_are_found_anew_at_every_look(path):
    with open_log(path) as log:
        eye = Eye(log, days=None, at=datetime(2026, 3, 16, 12, tzinfo=UTC))
        assert eye.looks() == []
        eye.wall.set(OVERDUE)
        assert len(eye.looks()) == 2


def test_a_day_that_is_not_there_is_refused_at_once(path):
    with open_log(path) as log, pytest.raises(NotFound, match="There is no day DYY2/2026-03-14"):
        Eye(log, days=(DayKey("DYY2", KEY.service_day),))
