"""How the time of a simulated day runs: said by people, told by the simulator, the same for everybody."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import inspect

from dispatchkit.log import Busy, open_log, playback
from dispatchkit.log.archive import export_day
from dispatchkit.records import DayKey

MINUTE = timedelta(minutes=1)


@pytest.fixture
def begun(log, day, ten):
    """A day that runs ten times as fast since ten."""
    log.playbacks.begin(day, speed=10, at=ten, who="run-day")
    return log.playbacks.of(day)


def test_a_day_begins_to_run_where_it_stands(begun, ten):
    assert (begun.speed, begun.frozen, begun.goes_to, begun.to_need) == (10, False, None, False)
    assert (begun.stands_at, begun.who) == (ten, "run-day")


def test_what_somebody_wants_is_what_everybody_reads(url, day, ten):
    with open_log(url) as one, open_log(url) as other:
        one.playbacks.begin(day, speed=10, at=ten, who="run-day")
        wanted = replace(one.playbacks.of(day), speed=30.0, frozen=True, goes_to=ten + 5 * MINUTE, who="maria")
        one.playbacks.run(day, wanted)
        assert other.playbacks.of(day) == wanted


def test_where_it_stands_is_the_simulators_to_say_and_never_earlier(log, day, ten, begun):
    log.playbacks.stands(day, ten + MINUTE)
    log.playbacks.run(day, replace(begun, speed=5.0))
    log.playbacks.stands(day, ten)
    assert log.playbacks.of(day) == replace(begun, speed=5.0, stands_at=ten + MINUTE)


@pytest.mark.parametrize("goal", [{"to_need": True}, {"goes_to": True}])
def test_where_it_was_to_go_to_it_stands_still_unless_somebody_wants_it_elsewhere_by_then(log, day, ten, begun, goal):
    wanted = replace(begun, **({"goes_to": ten + MINUTE} if "goes_to" in goal else goal))
    log.playbacks.run(day, wanted)
    log.playbacks.arrived(day, "elsewhere")
    assert log.playbacks.of(day) == wanted
    log.playbacks.arrived(day, wanted.goal)
    assert log.playbacks.of(day) == replace(begun, frozen=True)


def test_another_day_has_a_time_of_its_own(log, day, begun):
    assert log.playbacks.of(DayKey(day.station, day.service_day, "2")) is None


def test_it_is_no_part_of_the_day_and_a_store_of_an_earlier_version_has_none(log, day, ten, a_full_day, tmp_path):
    a_full_day(log)
    with log.store.reading() as connection:
        assert not inspect(connection).has_table("playbacks")
    assert log.playbacks.of(day) is None
    log.playbacks.stands(day, ten)
    log.playbacks.begin(day, speed=1, at=ten, who="wanda")
    export_day(log, day, tmp_path / "day.jsonl")
    assert b"wanda" not in (tmp_path / "day.jsonl").read_bytes()
    assert (log.version(day), log.verify().ok) == (4, True)


def test_on_a_locked_store_it_gives_up_soon(tmp_path, day, ten, monkeypatch):
    path = tmp_path / "dispatch.sqlite"
    monkeypatch.setattr(playback, "PATIENCE_S", 0.05)
    with open_log(path) as log, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy, match=r"locked for 0\.05 s"):
            log.playbacks.begin(day, speed=1, at=ten, who="maria")
        other.execute("ROLLBACK")
