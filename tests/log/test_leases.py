"""A job that one program does at a time: taken, kept, left, and taken over from one that fell silent."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from dispatchkit.log import Busy, leases, open_log
from dispatchkit.log.archive import export_day
from dispatchkit.records import DayKey

JOB = "watch"


def take(log, day, holder, now, *, for_s=60.0):
    return log.leases.take(day, JOB, holder_id=holder, who=f"{holder}'s user", now=now, for_s=for_s).holder_id


def test_the_first_one_has_it_and_the_second_is_told_who(log, day, ten):
    assert take(log, day, "a", ten) == "a"
    lease = log.leases.take(day, JOB, holder_id="b", who="jo", now=ten + timedelta(seconds=30), for_s=60)
    assert (lease.holder_id, lease.who, lease.since) == ("a", "a's user", ten)


def test_who_says_that_he_is_there_keeps_it(log, day, ten):
    take(log, day, "a", ten)
    assert take(log, day, "a", ten + timedelta(seconds=50)) == "a"
    assert take(log, day, "b", ten + timedelta(seconds=100)) == "a"
    assert log.leases.held(day, JOB, ten + timedelta(seconds=100)).since == ten


def test_from_one_who_fell_silent_it_is_taken_over(log, day, ten):
    take(log, day, "a", ten)
    assert take(log, day, "b", ten + timedelta(seconds=60)) == "b"
    assert take(log, day, "a", ten + timedelta(seconds=61)) == "b"
    assert log.leases.held(day, JOB, ten + timedelta(seconds=200)) is None


def test_who_leaves_it_leaves_it_to_the_next_and_nobody_leaves_for_another(log, day, ten):
    take(log, day, "a", ten)
    log.leases.release(day, JOB, "b")
    assert take(log, day, "b", ten) == "a"
    log.leases.release(day, JOB, "a")
    assert take(log, day, "b", ten) == "b"


def test_another_day_and_another_job_are_others(log, day, ten):
    take(log, day, "a", ten)
    assert take(log, DayKey(day.station, day.service_day, "2"), "b", ten) == "b"
    assert log.leases.take(day, "simulate", holder_id="b", who="jo", now=ten, for_s=60).holder_id == "b"


def test_two_programs_on_one_store_agree(url, day, ten):
    with open_log(url) as one, open_log(url) as other:
        assert {take(one, day, "a", ten), take(other, day, "b", ten)} == {"a"}


def test_a_store_of_an_earlier_version_gets_its_table_with_the_first_lease_and_it_is_no_part_of_the_day(
    log, day, ten, a_full_day, tmp_path
):
    a_full_day(log)
    with log.store.reading() as connection:
        assert not inspect(connection).has_table("leases")
    assert log.leases.held(day, JOB, ten) is None
    log.leases.release(day, JOB, "a")
    take(log, day, "wanda", ten)
    export_day(log, day, tmp_path / "day.jsonl")
    assert b"wanda" not in (tmp_path / "day.jsonl").read_bytes()
    assert (log.version(day), log.verify().ok) == (4, True)


def test_on_a_locked_store_it_gives_up_soon(tmp_path, day, ten, monkeypatch):
    path = tmp_path / "dispatch.sqlite"
    monkeypatch.setattr(leases, "PATIENCE_S", 0.05)
    with open_log(path) as log, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy, match=r"locked for 0\.05 s"):
            take(log, day, "a", ten)
        other.execute("ROLLBACK")
        assert take(log, day, "a", ten) == "a"
