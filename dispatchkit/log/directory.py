"""The directory: names, phones and addresses behind the ids that facts use. It can be erased; the chain never notices.

A subject is an id of any kind: a transporter id, a stop id. SQLite overwrites what is erased; PostgreSQL does so at its
next `VACUUM`. Backups made before still hold it until they are deleted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

import msgspec
from sqlalchemy import Connection, text

from dispatchkit.log import chain
from dispatchkit.log.engine import Store

_PUT = text(
    "INSERT INTO directory (subject, field, value, source, stored_at, erasable_after) "
    "VALUES (:subject, :field, :value, :source, :stored_at, :erasable_after) "
    "ON CONFLICT (subject, field) DO UPDATE SET value = excluded.value, source = excluded.source, "
    "stored_at = excluded.stored_at, erasable_after = excluded.erasable_after"
)
_COLUMNS = "SELECT subject, field, value, source, stored_at, erasable_after FROM directory"
_ALL = text(f"{_COLUMNS} ORDER BY subject, field")
_ONE = text(f"{_COLUMNS} WHERE subject = :subject ORDER BY field")
_FIELD = text("SELECT subject, value FROM directory WHERE field = :field ORDER BY subject")
_ERASE = text("DELETE FROM directory WHERE subject = :subject")
_ERASE_PAST = text("DELETE FROM directory WHERE erasable_after <= :now")


class Detail(msgspec.Struct, frozen=True):
    """One thing known about a subject; stamps for times, `erasable_after` None for as long as the subject is ours."""

    subject: str
    field: str
    value: str
    source: str
    stored_at: str
    erasable_after: str | None = None


def told(
    subject: str,
    details: Mapping[str, str],
    *,
    source: str,
    stored_at: datetime,
    erasable_after: datetime | None = None,
) -> list[Detail]:
    """Make details of a subject's values by field; see `Directory.put`."""
    until = None if erasable_after is None else chain.stamp(erasable_after)
    stored = chain.stamp(stored_at)
    return [Detail(subject, field, value, source, stored, until) for field, value in details.items()]


class Directory:
    """Who and where the ids of a store are."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(
        self,
        subject: str,
        details: Mapping[str, str],
        *,
        source: str,
        stored_at: datetime,
        erasable_after: datetime | None = None,
    ) -> None:
        """Store details of a subject, over those it had under the same field names.

        Parameters
        ----------
        details
            Value by field: "name", "phone", "email", "address", …
        source
            Where they come from: a file's name, or a user.
        erasable_after
            When `erase_past` may forget them; None keeps them until the subject is erased.
        """
        learned = told(subject, details, source=source, stored_at=stored_at, erasable_after=erasable_after)
        with self._store.writing() as connection:
            put_all(connection, learned)

    def get(self, subject: str) -> dict[str, str]:
        """Return what is known about a subject, value by field; empty for an unknown or erased one."""
        with self._store.reading() as connection:
            return {row.field: row.value for row in connection.execute(_ONE, {"subject": subject})}

    def every(self, field: str) -> dict[str, str]:
        """Return one field of every subject that has it: all names by transporter id, say."""
        with self._store.reading() as connection:
            return {row.subject: row.value for row in connection.execute(_FIELD, {"field": field})}

    def erase(self, subject: str) -> int:
        """Forget one subject; return how many details there were."""
        with self._store.writing() as connection:
            return connection.execute(_ERASE, {"subject": subject}).rowcount

    def erase_past(self, now: datetime) -> int:
        """Forget everything whose retention has ended by `now`; return how many details there were."""
        with self._store.writing() as connection:
            return connection.execute(_ERASE_PAST, {"now": chain.stamp(now)}).rowcount


def details(connection: Connection) -> list[Detail]:
    """Return the whole directory, by subject and field."""
    return [Detail(*row) for row in connection.execute(_ALL)]


def put_all(connection: Connection, details: Iterable[Detail]) -> None:
    """Store details as they are."""
    if rows := [msgspec.structs.asdict(d) for d in details]:
        connection.execute(_PUT, rows)
