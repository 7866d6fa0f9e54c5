"""Who else is on a day: seen, aged, gone; and never in the way of the day itself."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import inspect, text

from dispatchkit.errors import WorkbenchError
from dispatchkit.log import Busy, Present, engine, open_log, presence
from dispatchkit.log.archive import export_day
from dispatchkit.log.backup import backup, restore
from dispatchkit.records import DayKey


def who(log, day, now, *, window="w0", within_s=30):
    return [(p.who, p.page) for p in log.presence.others(day, window, now, within_s)]


def test_nobody_is_there_at_first(log, day, ten):
    assert log.presence.others(day, "w1", ten, 30) == ()
    log.presence.leave("w1")


def test_two_dispatchers_see_each_other_and_not_themselves(log, day, ten):
    log.presence.seen(day, "maria", "road", "w1", ten)
    log.presence.seen(day, "jo", "plan", "w2", ten)
    assert log.presence.others(day, "w1", ten, 30) == (Present("jo", "plan", since=ten, last_seen=ten),)
    assert who(log, day, ten, window="w2") == [("maria", "road")]


def test_the_same_name_in_another_window_is_another(log, day, ten):
    log.presence.seen(day, "maria", "road", "w1", ten)
    log.presence.seen(day, "maria", "close", "w2", ten)
    assert who(log, day, ten) == [("maria", "close"), ("maria", "road")]


def test_since_stays_while_somebody_stays_and_begins_anew_on_another_page(log, day, ten):
    later = ten + timedelta(minutes=5)
    log.presence.seen(day, "maria", "road", "w1", ten)
    log.presence.seen(day, "maria", "road", "w1", later)
    assert log.presence.others(day, "w0", later, 30) == (Present("maria", "road", since=ten, last_seen=later),)
    log.presence.seen(day, "maria", "close", "w1", later)
    assert log.presence.others(day, "w0", later, 30) == (Present("maria", "close", since=later, last_seen=later),)


def test_who_was_not_seen_lately_is_not_there(log, day, ten):
    log.presence.seen(day, "maria", "road", "w1", ten)
    assert who(log, day, ten + timedelta(seconds=30)) == [("maria", "road")]
    assert who(log, day, ten + timedelta(seconds=31)) == []


def test_another_day_has_its_own(log, day, ten):
    log.presence.seen(day, "maria", "road", "w1", ten)
    assert who(log, DayKey(day.station, day.service_day, "2"), ten) == []


def test_who_leaves_is_gone_at_once(log, day, ten):
    log.presence.seen(day, "maria", "road", "w1", ten)
    log.presence.leave("w1")
    assert who(log, day, ten) == []


def test_rows_older_than_a_day_go_with_the_next_write(log, day, ten):
    log.presence.seen(day, "maria", "road", "w1", ten)
    log.presence.seen(day, "jo", "road", "w2", ten + timedelta(days=1))
    assert len(log.presence.others(day, "w0", ten, 1e6)) == 2
    log.presence.seen(day, "jo", "road", "w2", ten + timedelta(days=1, seconds=1))
    assert who(log, day, ten, within_s=1e6) == [("jo", "road")]


def test_a_store_of_an_earlier_version_opens_and_gets_its_table_when_somebody_is_seen(url, day, ten, a_full_day):
    with open_log(url) as log:
        a_full_day(log)
        with log.store.reading() as connection:
            assert not inspect(connection).has_table("presence")
    with open_log(url, create=False) as log, open_log(url, create=False) as other:
        log.presence.seen(day, "maria", "road", "w1", ten)
        other.presence.seen(day, "jo", "road", "w2", ten)
        assert who(log, day, ten) == [("jo", "road"), ("maria", "road")]
        assert (log.version(day), log.verify().ok) == (4, True)


def test_it_is_no_part_of_the_day(log, other_log, day, ten, a_full_day, tmp_path):
    a_full_day(log)
    log.presence.seen(day, "wanda-who-watches", "road", "w1", ten)
    export_day(log, day, tmp_path / "day.jsonl")
    assert b"wanda" not in (tmp_path / "day.jsonl").read_bytes()
    backup(log, tmp_path / "backup.zip")
    restore(other_log, tmp_path / "backup.zip")
    assert who(other_log, day, ten) == []
    assert other_log.verify().ok


def test_who_may_only_read_sees_the_others(tmp_path, day, ten):
    path = tmp_path / "dispatch.sqlite"
    with open_log(path) as log:
        log.presence.seen(day, "maria", "road", "w1", ten)
    with open_log(f"sqlite:///file:{path}?mode=ro&uri=true") as log:
        assert who(log, day, ten) == [("maria", "road")]
        with pytest.raises(WorkbenchError, match="may only be read"):
            log.presence.seen(day, "jo", "road", "w2", ten)


class TestALockedStore:
    """One program holds the whole file; a page must not stand still for it, a decision waits its turn."""

    @pytest.fixture
    def locked(self, tmp_path, day, ten, note):
        path = tmp_path / "dispatch.sqlite"
        with open_log(path) as log:
            log.append(day, [note("x")], expected=0, learned_at=ten)
            log.presence.seen(day, "maria", "road", "w1", ten)
        with open_log(path, patience_s=0.05) as log, closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            yield log, other

    def test_a_look_gives_up_soon_and_works_again_afterwards(self, locked, day):
        log, other = locked
        with pytest.raises(Busy, match=r"locked for 0.05 s. Nothing was written; try again"):
            log.version(day)
        other.execute("ROLLBACK")
        assert log.version(day) == 1

    def test_presence_gives_up_soon(self, locked, day, ten, monkeypatch):
        log, _ = locked
        monkeypatch.setattr(presence, "PATIENCE_S", 0.05)
        for ask in (
            lambda: log.presence.seen(day, "maria", "road", "w1", ten),
            lambda: log.presence.others(day, "w2", ten, 30),
            lambda: log.presence.leave("w1"),
        ):
            with pytest.raises(Busy, match=r"0.05 s"):
                ask()

    def test_an_append_waits_longer_than_a_look(self, locked, day, ten, note, monkeypatch):
        log, other = locked
        monkeypatch.setattr(engine, "BUSY_S", 0.2)
        with pytest.raises(Busy, match=r"locked for 0.2 s"):
            log.append(day, [note("y")], expected=1, learned_at=ten)
        other.execute("ROLLBACK")
        assert len(log.append(day, [note("y")], expected=1, learned_at=ten)) == 1


@pytest.mark.postgres
def test_a_server_keeps_each_transaction_to_its_own_patience(postgres_url):
    with open_log(postgres_url, patience_s=1.5) as log:
        asked = []
        for transaction in (log.store.reading(), log.store.writing(), log.store.writing(patience_s=0.25)):
            with transaction as connection:
                asked.append(connection.execute(text("SHOW lock_timeout")).scalar_one())
    assert asked == ["1500ms", "30s", "250ms"]
