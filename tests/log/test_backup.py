"""A whole store to a file and back, from each database to each."""

import pytest

from dispatchkit.errors import Damaged, NotFound, Refused
from dispatchkit.log import open_log
from dispatchkit.log.backup import backup, restore
from dispatchkit.records import DayKey


@pytest.fixture
def a_full_store(day, ten, note, a_full_day):
    """Write two days, an artifact that no fact refers to, and a name; return what must come back."""

    def write(log):
        a_full_day(log)
        log.append(DayKey(day.station, day.service_day, "training"), [note("drill")], expected=0, learned_at=ten)
        stray = log.put_artifact(b"not yet used", "text/plain")
        log.directory.put("A1", {"name": "Al"}, source="roster.csv", stored_at=ten)
        return stray

    return write


@pytest.mark.parametrize("name", ["backup.sqlite", "backup.zip"])
def test_everything_comes_back_from_a_backup(log, other_log, a_full_store, tmp_path, name):
    stray = a_full_store(log)
    made = backup(log, tmp_path / name)
    assert (made.ok, made.days, made.facts) == (True, 2, 5)
    assert restore(other_log, tmp_path / name) == made
    assert other_log.days() == log.days()
    assert [other_log.read(d.key) for d in other_log.days()] == [log.read(d.key) for d in log.days()]
    assert other_log.artifact(stray) == b"not yet used"
    assert other_log.directory.get("A1") == {"name": "Al"}


def test_a_sqlite_backup_is_a_log_in_itself(file_log, a_full_store, tmp_path):
    a_full_store(file_log)
    backup(file_log, tmp_path / "backup.sqlite")
    with open_log(tmp_path / "backup.sqlite", create=False) as copy:
        assert copy.days() == file_log.days()


def test_a_store_with_days_is_replaced_only_when_asked(log, day, ten, note, a_full_store, tmp_path):
    a_full_store(log)
    backup(log, tmp_path / "backup.zip")
    log.append(day, [note("after the backup")], expected=4, learned_at=ten)
    log.directory.put("A2", {"name": "Bo"}, source="later", stored_at=ten)
    with pytest.raises(Refused, match="has 2 days"):
        restore(log, tmp_path / "backup.zip")
    assert log.version(day) == 5
    assert restore(log, tmp_path / "backup.zip", replace=True).ok
    assert log.version(day) == 4
    assert log.directory.every("name") == {"A1": "Al"}


def test_a_backup_never_overwrites(file_log, a_full_store, tmp_path):
    (tmp_path / "backup.sqlite").write_text("mine")
    with pytest.raises(Refused, match="already a file"):
        backup(file_log, tmp_path / "backup.sqlite")
    with pytest.raises(NotFound, match="no folder"):
        backup(file_log, tmp_path / "typo" / "backup.sqlite")


@pytest.mark.parametrize("name", ["backup.sqlite", "backup.zip"])
def test_a_damaged_store_gives_no_backup(file_log, a_full_store, tmp_path, name):
    a_full_store(file_log)
    with file_log.store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM facts WHERE n = 2")
    with pytest.raises(Damaged, match="fact 2 is missing"):
        backup(file_log, tmp_path / name)
    assert not list(tmp_path.glob("backup*"))


@pytest.mark.parametrize("name", ["backup.sqlite", "backup.zip"])
def test_a_cut_backup_is_refused_and_the_store_stays(file_log, other_file_log, a_full_store, tmp_path, name):
    a_full_store(file_log)
    backup(file_log, tmp_path / name)
    content = (tmp_path / name).read_bytes()
    for kept in (0, 10, len(content) // 2, len(content) - 30):
        (tmp_path / name).write_bytes(content[:kept])
        with pytest.raises(Damaged):
            restore(other_file_log, tmp_path / name)
        assert other_file_log.days() == []


def test_an_edited_backup_is_refused_and_the_store_stays(file_log, other_file_log, day, a_full_store, tmp_path):
    a_full_store(file_log)
    backup(file_log, tmp_path / "backup.sqlite")
    with open_log(tmp_path / "backup.sqlite") as copy, copy.store.writing() as connection:
        connection.exec_driver_sql("UPDATE facts SET body = REPLACE(body, 'Dock 4', 'Dock 5')")
    with pytest.raises(Damaged, match="fact 4 is not what was written"):
        restore(other_file_log, tmp_path / "backup.sqlite")
    assert other_file_log.days() == []


def test_a_log_is_not_restored_from_itself(file_log, a_full_store):
    a_full_store(file_log)
    with pytest.raises(Refused, match="the log itself"):
        restore(file_log, file_log.store.path, replace=True)


@pytest.mark.parametrize(
    "content", [b"", b"Route Code,DSP\n", b"SQLite format 3\0 and no more", b"PK\x05\x06" + b"\0" * 18]
)
def test_a_file_of_another_kind_is_no_backup(other_file_log, tmp_path, content):
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(Damaged):
        restore(other_file_log, tmp_path / "file")
    with pytest.raises(NotFound):
        restore(other_file_log, tmp_path / "typo")
