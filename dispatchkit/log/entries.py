"""Rows of the log and the entries they stand for; heads; and the one append."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Connection, TextClause, bindparam, insert, text

from dispatchkit.day import facts
from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import Fact
from dispatchkit.errors import Stale
from dispatchkit.log import chain, schema
from dispatchkit.log.stale import changes
from dispatchkit.records import DayKey

_HEAD = text("SELECT version, hash FROM heads WHERE day = :day")
_HEAD_LOCKED = text("SELECT version, hash FROM heads WHERE day = :day FOR UPDATE")
_OPEN = text("INSERT INTO heads (day, version, hash) VALUES (:day, 0, :hash) ON CONFLICT (day) DO NOTHING")
_MOVE = text("UPDATE heads SET version = :version, hash = :hash WHERE day = :day")
_BEYOND = "SELECT n, first_n, learned_at, body FROM facts WHERE day = :day AND n > :after "
_UNTIL = "AND n < COALESCE((SELECT MIN(n) FROM facts WHERE day = :day AND learned_at > :until), 2147483647) "
_OF_KINDS = "AND kind IN :kinds "
_IN_ORDER = "ORDER BY n"
_LINKS = text("SELECT n, first_n, learned_at, body, hash FROM facts WHERE day = :day ORDER BY n")
_INSERT = insert(schema.facts)


class Head(msgspec.Struct, frozen=True):
    """Where a day stands: the number of its last entry, and that entry's hash."""

    version: int
    hash: str


def head(connection: Connection, day: DayKey) -> Head | None:
    """Return a day's head, None for a day that does not exist."""
    row = connection.execute(_HEAD, {"day": str(day)}).one_or_none()
    return None if row is None else Head(*row)


def append(connection: Connection, day: DayKey, new: Sequence[Fact], *, expected: int, learned_at: str) -> list[Entry]:
    """Write facts at the end of a day, in a transaction that writes; Stale where the end is not at `expected`."""
    bodies = [facts.encode(f).decode() for f in new]
    # The head is ours until the transaction ends; on SQLite it already is, as one who writes has the whole file.
    statement = _HEAD if connection.dialect.name == "sqlite" else _HEAD_LOCKED
    key = {"day": str(day)}
    row = connection.execute(statement, key).one_or_none()
    if row is None and expected == 0:
        # Of two programs that open the day at once, one waits here for the other, and then finds its head.
        connection.execute(_OPEN, key | {"hash": chain.genesis(day)})
        row = connection.execute(statement, key).one()
    version, last = (0, "") if row is None else row
    if version != expected:
        raise Stale(changes(read(connection, day, after=expected), expected=expected, version=version))
    links = chain.extend(day, version, last, learned_at, bodies)
    insert_links(connection, day, links, new)
    connection.execute(_MOVE, key | {"version": links[-1].n, "hash": links[-1].hash})
    when = chain.instant(learned_at)
    return [Entry(link.n, link.first_n, when, fact) for link, fact in zip(links, new, strict=True)]


def read(
    connection: Connection, day: DayKey, *, after: int = 0, until: str | None = None, kinds: Sequence[str] = ()
) -> list[Entry]:
    """Return entries beyond number `after`, up to the first that was learned later than `until`, of these kinds."""
    where: dict[str, Any] = {"day": str(day), "after": after}
    where |= {"until": until} if until is not None else {}
    where |= {"kinds": list(kinds)} if kinds else {}
    rows = connection.execute(_reading(up_to=until is not None, of_kinds=bool(kinds)), where)
    return [Entry(n, first_n, datetime.fromisoformat(at), facts.decode(body)) for n, first_n, at, body in rows]


@cache
def _reading(*, up_to: bool, of_kinds: bool) -> TextClause:
    """The statement that reads a day, as narrow as it is wanted."""
    statement = text(_BEYOND + _UNTIL * up_to + _OF_KINDS * of_kinds + _IN_ORDER)
    return statement.bindparams(bindparam("kinds", expanding=True)) if of_kinds else statement


def links(connection: Connection, day: DayKey) -> list[chain.Link]:
    """Return a day's links as they are stored."""
    return [chain.Link(*row) for row in connection.execute(_LINKS, {"day": str(day)})]


def columns(fact: Fact) -> dict[str, str]:
    """Return what stands beside a body for those who read the table with SQL; the body is what counts."""
    return {"at": chain.stamp(fact.at), "by": fact.by, "kind": fact.kind}


def insert_links(connection: Connection, day: DayKey, links: Sequence[chain.Link], of: Sequence[Fact]) -> None:
    """Write links with the facts that they hold; the head is not moved."""
    key = str(day)
    rows = [
        {"day": key, **msgspec.structs.asdict(link), **columns(fact)} for link, fact in zip(links, of, strict=True)
    ]
    connection.execute(_INSERT, rows)


def insert_head(connection: Connection, day: DayKey, at: Head) -> None:
    """Write the head of a day that is not there yet."""
    connection.execute(insert(schema.heads), {"day": str(day), "version": at.version, "hash": at.hash})
