"""Opening a log where it cannot be opened: a sentence each, and nothing is made by mistake."""

import sqlite3
from contextlib import closing

import pytest

from dispatchkit.errors import Damaged, NotFound
from dispatchkit.log import StoreUnavailable, engine, open_log


def test_a_folder_that_does_not_exist_is_made(tmp_path):
    with open_log(tmp_path / "new" / "folder" / "dispatch.sqlite") as log:
        assert log.days() == []


def test_who_only_wants_to_read_makes_nothing(tmp_path):
    with pytest.raises(NotFound, match="There is no log at"):
        open_log(tmp_path / "typo" / "dispatch.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


def test_a_database_without_a_log_is_told_to_who_only_wants_to_read(url):
    with pytest.raises(NotFound, match="no log"):
        open_log(url, create=False)


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(StoreUnavailable, match=r"is a folder. Name a file in it"):
        open_log(tmp_path)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match=r"cannot be made: .* Choose another place"):
        open_log(tmp_path / "file" / "dispatch.sqlite")


@pytest.mark.parametrize(
    "url", ["mysql://host/x", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://host/x", "://", "x://[/"]
)
def test_other_addresses_are_told_which_ones_there_are(url):
    with pytest.raises(StoreUnavailable, match=r"sqlite:///FILE or postgresql://USER@HOST/DATABASE"):
        open_log(url)


def test_a_file_of_another_kind_is_no_log(tmp_path):
    path = tmp_path / "dispatch.sqlite"
    path.write_text("Route Code,DSP\n" * 100)
    with pytest.raises(Damaged, match="is not a log"):
        open_log(path)
    assert path.read_text() == "Route Code,DSP\n" * 100


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "browser.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE history (page TEXT)")
    with pytest.raises(StoreUnavailable, match="another program"):
        open_log(path)


def test_a_log_of_a_newer_version_is_not_guessed_at(url):
    with open_log(url) as log, log.store.writing() as connection:
        connection.exec_driver_sql("UPDATE log_format SET version = 99")
    with pytest.raises(StoreUnavailable, match="newer version"):
        open_log(url)


def test_a_log_that_may_only_be_read_says_so(tmp_path, day, ten, note):
    path = tmp_path / "dispatch.sqlite"
    with open_log(path) as log:
        log.append(day, [note("kept")], expected=0, learned_at=ten)
    with open_log(f"sqlite:///file:{path}?mode=ro&uri=true") as log:
        assert log.version(day) == 1
        with pytest.raises(StoreUnavailable, match=r"may only be read. Allow writing"):
            log.append(day, [note("x")], expected=1, learned_at=ten)


def test_a_log_that_others_keep_locked_says_so(tmp_path, day, ten, note, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_S", 0.05)
    path = tmp_path / "dispatch.sqlite"
    with open_log(path) as log, closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnavailable, match="Nothing was written; try again"):
            log.append(day, [note("x")], expected=0, learned_at=ten)
        other.execute("ROLLBACK")
        assert len(log.append(day, [note("x")], expected=0, learned_at=ten)) == 1


def test_a_server_that_does_not_answer_is_told_without_its_password():
    with pytest.raises(StoreUnavailable, match="does not answer") as told:
        open_log("postgresql://maria:secret@127.0.0.1:1/dispatch")
    assert "127.0.0.1:1" in str(told.value)
    assert "secret" not in str(told.value)


@pytest.mark.postgres
def test_a_connection_that_breaks_is_told_and_the_next_step_works(postgres_url, day, ten, note):
    with open_log(postgres_url) as log:
        log.append(day, [note("x")], expected=0, learned_at=ten)
        with (
            pytest.raises(StoreUnavailable, match="look whether your last step was written"),
            log.store.writing() as connection,
        ):
            connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")
        assert log.version(day) == 1


def test_sqlite_is_set_so_that_a_commit_outlives_a_power_cut(file_log):
    asked = ("journal_mode", "synchronous", "mmap_size", "secure_delete")
    with file_log.store.reading() as connection:
        mode, synchronous, mapped, erasing = (connection.exec_driver_sql(f"PRAGMA {p}").scalar() for p in asked)
    safe = sqlite3.sqlite_version_info >= engine.SAFE_WAL
    assert (mode, synchronous, mapped or 0, erasing) == ("wal" if safe else "delete", 3, 0, 1)


@pytest.mark.skipif(sqlite3.sqlite_version_info >= engine.SAFE_WAL, reason="This SQLite may use WAL.")
def test_a_log_in_wal_mode_is_taken_out_of_it_or_refused_by_an_older_sqlite(tmp_path, monkeypatch):
    monkeypatch.setattr(engine, "BUSY_S", 0.05)
    path = tmp_path / "dispatch.sqlite"
    open_log(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA journal_mode=WAL")
        newer.execute("SELECT * FROM heads").fetchall()
        with pytest.raises(StoreUnavailable):
            open_log(path)
    with open_log(path) as log, log.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "delete"


def test_another_process_opens_the_same_store_by_its_address(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        log.put_artifact(b"here", "text/plain")
        with open_log(log.store.address, create=False) as other:
            assert other.artifact(log.put_artifact(b"here", "text/plain")) == b"here"
