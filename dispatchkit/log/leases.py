"""Who does a job that only one program does at a time, such as watching a day. No fact: no chain, no history.

A lease ends by itself: whoever holds it says now and then that he is still there, or another one takes it.
"""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, inspect, text

from dispatchkit.log import chain, schema
from dispatchkit.log.engine import Store
from dispatchkit.records import DayKey

PATIENCE_S = 2.0
"""Seconds that a program waits for another one that writes before it looks again later."""

_TAKE = text(
    "INSERT INTO leases (day, job, holder_id, who, since, ends) VALUES (:day, :job, :holder_id, :who, :now, :ends) "
    "ON CONFLICT (day, job) DO UPDATE SET "
    "since = CASE WHEN leases.holder_id = excluded.holder_id THEN leases.since ELSE excluded.since END, "
    "holder_id = excluded.holder_id, who = excluded.who, ends = excluded.ends "
    "WHERE leases.holder_id = excluded.holder_id OR leases.ends <= :now"
)
_HELD = text("SELECT holder_id, who, since, ends FROM leases WHERE day = :day AND job = :job")
_RELEASE = text("DELETE FROM leases WHERE day = :day AND job = :job AND holder_id = :holder_id")


class Lease(msgspec.Struct, frozen=True):
    """Who has a job on a day, since when, and until when unless he says more (UTC)."""

    holder_id: str
    who: str
    since: datetime
    ends: datetime


class Leases:
    """Jobs on days and their holders, by the clock on the wall, whatever time it is on the day.

    Every call waits `PATIENCE_S` at most where another program keeps the store locked, and then raises `Busy`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._has_table = False

    def take(self, day: DayKey, job: str, *, holder_id: str, who: str, now: datetime, for_s: float) -> Lease:
        """Take a free job, or keep one's own for longer; return whose it is then.

        Parameters
        ----------
        holder_id
            Tells this program from every other, the same person's too.
        """
        row = {
            "day": str(day), "job": job, "holder_id": holder_id, "who": who,
            "now": chain.stamp(now), "ends": chain.stamp(now + timedelta(seconds=for_s)),
        }  # fmt: skip
        with self._store.writing(patience_s=PATIENCE_S) as connection:
            self._make_table(connection)
            connection.execute(_TAKE, row)
            held = connection.execute(_HELD, {"day": str(day), "job": job}).one()
        return _lease(*held)

    def held(self, day: DayKey, job: str, now: datetime) -> Lease | None:
        """Who has the job; None where nobody has, or not any more."""
        with self._store.reading(patience_s=PATIENCE_S) as connection:
            if not self._table_is_there(connection):
                return None
            row = connection.execute(_HELD, {"day": str(day), "job": job}).one_or_none()
        lease = None if row is None else _lease(*row)
        return lease if lease is not None and lease.ends > now else None

    def release(self, day: DayKey, job: str, holder_id: str) -> None:
        """Leave a job to the next, if one still has it."""
        with self._store.writing(patience_s=PATIENCE_S) as connection:
            if self._table_is_there(connection):
                connection.execute(_RELEASE, {"day": str(day), "job": job, "holder_id": holder_id})

    def _table_is_there(self, connection: Connection) -> bool:
        """Whether anybody ever had a job here: stores of earlier versions have no such table until then."""
        self._has_table = self._has_table or inspect(connection).has_table(schema.leases.name)
        return self._has_table

    def _make_table(self, connection: Connection) -> None:
        if not self._table_is_there(connection):
            self._store.lock_for_making_tables(connection)
            schema.leases.create(connection, checkfirst=True)


def _lease(holder_id: str, who: str, since: str, ends: str) -> Lease:
    return Lease(holder_id, who, chain.instant(since), chain.instant(ends))
