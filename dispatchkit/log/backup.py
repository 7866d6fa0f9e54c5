"""Backups of a whole store, checked as they are made, and restored all or nothing.

A SQLite store is copied page by page to a SQLite file. A server's store, or any store when the name ends in `.zip`,
becomes a zip of exported days. Either restores into either database. Both hold the directory: what is erased later is
gone from a backup only when the backup is deleted.
"""

import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, func, insert, select

from dispatchkit.clock import RealClock
from dispatchkit.errors import Damaged, NotFound, Refused
from dispatchkit.log import archive, artifacts, directory, lines, schema, verify
from dispatchkit.log.engine import open_store
from dispatchkit.log.log import Log
from dispatchkit.log.verify import Verification
from dispatchkit.records import DayKey

_REST = "rest.jsonl"
_ROWS_AT_ONCE = 1000
_PROBLEMS_SHOWN = 3


def backup(log: Log, path: Path) -> Verification:
    """Copy everything to a new file; return what its check found, which is no problem.

    Raises
    ------
    Refused, NotFound
        There is already such a file, or no such folder.
    Damaged
        The copy does not verify, as the store itself does not; no file is kept.
    """
    with archive.whole_file(path) as part:
        if log.store.sqlite and path.suffix != ".zip":
            return _copy_sqlite(log, part)
        return _zip(log, part)


def restore(log: Log, path: Path, *, replace: bool = False) -> Verification:
    """Take everything from a backup into a store; return what a check of the store then finds.

    What has since come to the end of its retention comes back with it: erase it again (`Directory.erase_past`).

    Parameters
    ----------
    replace
        Also when the store has days; they are lost.

    Raises
    ------
    Refused
        The store has days and `replace` was not asked for, or the file is the store itself.
    Damaged
        The file is no backup, or does not verify. The store is as it was.
    """
    if log.store.path is not None and path.exists() and path.samefile(log.store.path):
        # Also, merely opening and closing the file of an open SQLite store would drop this process's locks on it.
        raise Refused([f"{path} is the log itself. Name a backup of it."])
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}. Check the name.") from error
    if start.startswith(b"SQLite format 3\0"):
        with Log(open_store(path, create=False), RealClock()) as source:
            _require_sound(source.verify(), str(path))
            with source.store.reading() as there, _emptied(log, replace) as here:
                _copy_rows(there, here)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as members:
            rest = _checked(members, path)
            with _emptied(log, replace) as here:
                for day in rest.days:
                    archive.store_day(here, _day(members, day, path))
                artifacts.put_all(here, rest.artifacts)
                directory.put_all(here, rest.details)
    else:
        raise Damaged(f"{path} is not a backup, or is cut short. Use a file that `dispatchkit backup` made.")
    return log.verify()


def _copy_sqlite(log: Log, path: Path) -> Verification:
    with log.store.reading() as connection, closing(sqlite3.connect(path)) as target:
        connection.connection.driver_connection.backup(target)   # type: ignore[union-attr]
    with Log(open_store(path, create=False), RealClock()) as copy:
        found = copy.verify()
    _require_sound(found, "The store")
    return found


def _zip(log: Log, path: Path) -> Verification:
    facts, referred = 0, set[str]()
    with log.store.reading() as connection, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as members:
        days = tuple(verify.keys(connection))
        for day in days:
            collected = archive.collect(connection, day)
            facts += len(collected.facts)
            referred.update(a.digest for a in collected.artifacts)
            members.writestr(_member(day), b"\n".join(lines.day_lines(collected)))
        stray = [artifacts.get(connection, d) for d in artifacts.digests(connection) if d not in referred]
        rest = lines.Rest(days, stray, directory.details(connection))
        members.writestr(_REST, b"\n".join(lines.rest_lines(rest)))
    with zipfile.ZipFile(path) as members:
        _checked(members, path)
    return Verification(len(days), facts)


def _checked(members: zipfile.ZipFile, path: Path) -> lines.Rest:
    """Read a whole zipped backup once, a day at a time; return what it holds besides the days."""
    rest = lines.read_rest(_lines(members, _REST, path), f"{path.name}/{_REST}")
    for day in rest.days:
        _day(members, day, path)
    return rest


def _day(members: zipfile.ZipFile, day: DayKey, path: Path) -> lines.DayArchive:
    found = lines.read_day(_lines(members, _member(day), path), f"{path.name}/{_member(day)}")
    if found.day != day:
        raise Damaged(f"{path.name}/{_member(day)} holds {found.day}. Use another backup.")
    return found


def _lines(members: zipfile.ZipFile, name: str, path: Path) -> list[bytes]:
    try:
        return members.read(name).split(b"\n")
    except KeyError as error:
        raise Damaged(f"{path} has no {name} in it: it is not a backup of a log. Use another file.") from error
    except (zipfile.BadZipFile, zlib.error) as error:
        raise Damaged(f"{path} is damaged at {name} ({error}). Use another backup.") from error


def _member(day: DayKey) -> str:
    return f"days/{str(day).replace('/', '_')}.jsonl"


def _require_sound(found: Verification, what: str) -> None:
    if not found.ok:
        raise Damaged(f"{what} does not verify: {' '.join(found.problems[:_PROBLEMS_SHOWN])} Use an older backup.")


@contextmanager
def _emptied(log: Log, replace: bool) -> Iterator[Connection]:
    """Open a transaction that writes to a store with nothing in it: empty before, or emptied because asked for."""
    with log.store.writing() as connection:
        days = connection.execute(select(func.count()).select_from(schema.heads)).scalar_one()
        if days and not replace:
            raise Refused([f"{log.store.name} has {days} days. Restore into an empty log, or ask to replace them."])
        for table in schema.CONTENT:
            connection.execute(table.delete())
        yield connection


def _copy_rows(there: Connection, here: Connection) -> None:
    for table in schema.CONTENT:
        for rows in there.execute(select(table)).mappings().partitions(_ROWS_AT_ONCE):
            here.execute(insert(table), [dict(row) for row in rows])
