"""Days between stores: exported to a file of JSON lines and imported from one, all or nothing.

A file may hold several days, one after the other, and is compressed where its name ends in `.gz`.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from dispatchkit.day import facts
from dispatchkit.errors import Damaged, NotFound, Refused, WorkbenchError
from dispatchkit.log import artifacts, chain, directory, entries, packed, verify
from dispatchkit.log.lines import LINE_START, BadArchive, DayArchive, day_lines, read_days
from dispatchkit.log.log import Log
from dispatchkit.records import DayKey


def is_archive(path: Path) -> bool:
    """Return whether a file looks like an exported day, sound or not; whatever it is called."""
    return path.is_file() and packed.starts_with(path, LINE_START)


def export_day(log: Log, day: DayKey, path: Path, *, with_directory: bool = False) -> DayArchive:
    """Write a day with its artifacts to a file of JSON lines; return what was written.

    Artifacts are exported as they are: an original file holds the addresses that stood in it, until it is erased.

    Parameters
    ----------
    path
        Compressed where it ends in `.gz`.
    with_directory
        Also names, phones and addresses of those whom the day's facts and plans mention. Only for a store of one's own.

    Raises
    ------
    NotFound
        There is no such day.
    Damaged
        The day does not verify; nothing is written.
    """
    (archive,) = export_days(log, [day], path, with_directory=with_directory)
    return archive


def export_days(
    log: Log, days: Sequence[DayKey], path: Path, *, with_directory: bool = False
) -> tuple[DayArchive, ...]:
    """Write several days into one file, one after the other, as `export_day` writes one."""
    for day in days:
        log.require(day)
    with log.store.reading() as connection:
        archives = tuple(_collected(connection, day, with_directory) for day in days)
    write_days(path, archives)
    return archives


def write_days(path: Path, archives: Iterable[DayArchive]) -> None:
    """Write days, wherever they are from, to a new file, one after the other; compressed where it ends in `.gz`."""
    with whole_file(path) as part:
        part.write_bytes(packed.packed(path, [line for archive in archives for line in day_lines(archive)]))


def _collected(connection: Connection, day: DayKey, with_directory: bool) -> DayArchive:
    archive = collect(connection, day)
    if not with_directory:
        return archive
    mentioned = _mentioned(archive)
    known = [d for d in directory.details(connection) if d.subject in mentioned]
    return msgspec.structs.replace(archive, details=known)


def import_days(log: Log, path: Path) -> tuple[DayKey, ...]:
    """Take exported days in, with all that came with them; return their keys.

    Raises
    ------
    BadArchive, Damaged
        The file is not what an export wrote; it names the line. Nothing is imported.
    Refused
        The store has one of these days already. Nothing is imported.
    """
    try:
        archives = read_days(packed.lines_of(path), path.name)
    except OSError as error:
        raise NotFound(f"{path} cannot be read: {error.strerror}. Check the name.") from error
    with log.store.writing() as connection:
        for archive in archives:
            _store_new_day(connection, archive)
    return tuple(archive.day for archive in archives)


def _store_new_day(connection: Connection, archive: DayArchive) -> None:
    if (head := entries.head(connection, archive.day)) is not None:
        same = " It is the very same day." if head.hash == archive.links[-1].hash else ""
        raise Refused([f"The log already has {archive.day}, with {head.version} facts.{same} Use another log."])
    store_day(connection, archive)


def collect(connection: Connection, day: DayKey) -> DayArchive:
    """Return a day as an archive, without directory; Damaged where it does not verify."""
    _, problems = verify.day_problems(connection, day, {})
    if problems:
        raise Damaged(f"{problems[0]} Run `dispatchkit verify` to see all, then restore a backup.")
    links = entries.links(connection, day)
    held = [facts.decode(link.body) for link in links]
    digests = dict.fromkeys(digest for fact in held for digest in chain.referred(fact))
    return DayArchive(day, links, held, [artifacts.get(connection, digest) for digest in digests], [])


def store_day(connection: Connection, archive: DayArchive) -> None:
    """Write a checked archive of a day that the store does not have."""
    artifacts.put_all(connection, archive.artifacts)
    entries.insert_links(connection, archive.day, archive.links, archive.facts)
    entries.insert_head(connection, archive.day, entries.Head(archive.links[-1].n, archive.links[-1].hash))
    directory.put_all(connection, archive.details)


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a name to write under; when the block ends the file is at `path`, whole and on disk, or nowhere.

    Raises
    ------
    Refused, NotFound
        There is already such a file, or no such folder.
    """
    if path.exists():
        raise Refused([f"There is already a file {path}. Choose another name, or move it away."])
    if not path.parent.is_dir():
        raise NotFound(f"There is no folder {path.parent}. Make it, or choose another place.")
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        yield part
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise WorkbenchError(f"{path} cannot be written: {error}. Choose another place.") from error
    finally:
        part.unlink(missing_ok=True)


def _mentioned(archive: DayArchive) -> set[str]:
    """Return every text in the day's facts and in its JSON artifacts: the ids are among them."""
    found = {text for fact in archive.facts for text in _texts(msgspec.to_builtins(fact))}
    for artifact in archive.artifacts:
        if artifact.media_type == "application/json" and artifact.data is not None:
            found.update(_texts(msgspec.json.decode(artifact.content())))
    return found


def _texts(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                yield str(name)
                yield from _texts(inner)
        case list() | tuple():
            for inner in value:
                yield from _texts(inner)


__all__ = [
    "BadArchive", "DayArchive", "collect", "export_day", "export_days", "import_days", "is_archive", "store_day",
    "whole_file", "write_days",
]  # fmt: skip
