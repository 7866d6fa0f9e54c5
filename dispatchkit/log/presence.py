"""Who else is on a day: each open page says now and then that it is there. No fact: no chain, no export, no history."""

from datetime import datetime, timedelta

import msgspec
from sqlalchemy import Connection, inspect, text

from dispatchkit.log import chain, schema
from dispatchkit.log.engine import Store
from dispatchkit.records import DayKey

PATIENCE_S = 2.0
"""Seconds that a page waits for another program before it goes on without presence."""

KEPT_FOR = timedelta(days=1)
"""Rows that were not seen for so long are deleted with the next that is written."""

_SEEN = text(
    "INSERT INTO presence (window_id, day, who, page, since, last_seen) "
    "VALUES (:window_id, :day, :who, :page, :now, :now) ON CONFLICT (window_id) DO UPDATE SET "
    "since = CASE WHEN presence.day = excluded.day AND presence.who = excluded.who AND presence.page = excluded.page "
    "THEN presence.since ELSE excluded.since END, "
    "day = excluded.day, who = excluded.who, page = excluded.page, last_seen = excluded.last_seen"
)
_OTHERS = text(
    "SELECT who, page, since, last_seen FROM presence "
    "WHERE day = :day AND window_id <> :window_id AND last_seen >= :after ORDER BY who, page, since"
)
_LEAVE = text("DELETE FROM presence WHERE window_id = :window_id")
_FORGET = text("DELETE FROM presence WHERE last_seen < :before")


class Present(msgspec.Struct, frozen=True):
    """Somebody on a day: on which page, since when, and when he was last there (UTC)."""

    who: str
    page: str
    since: datetime
    last_seen: datetime


class Presence:
    """Who is on which day.

    Every call waits `PATIENCE_S` at most where another program keeps the store locked, and then raises `Busy`: a page
    goes on without.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._has_table = False

    def seen(self, day: DayKey, who: str, page: str, window_id: str, now: datetime) -> None:
        """Say that `who` has `page` of the day open in this window; a window is on one page at a time."""
        row = {"window_id": window_id, "day": str(day), "who": who, "page": page, "now": chain.stamp(now)}
        with self._store.writing(patience_s=PATIENCE_S) as connection:
            self._make_table(connection)
            connection.execute(_FORGET, {"before": chain.stamp(now - KEPT_FOR)})
            connection.execute(_SEEN, row)

    def others(self, day: DayKey, window_id: str, now: datetime, within_s: float) -> tuple[Present, ...]:
        """Who was on the day in other windows in the last `within_s` seconds, by name and page."""
        asked = {"day": str(day), "window_id": window_id, "after": chain.stamp(now - timedelta(seconds=within_s))}
        with self._store.reading(patience_s=PATIENCE_S) as connection:
            if not self._table_is_there(connection):
                return ()
            rows = connection.execute(_OTHERS, asked).all()
        return tuple(Present(who, page, chain.instant(since), chain.instant(last)) for who, page, since, last in rows)

    def leave(self, window_id: str) -> None:
        """Say that this window is closed."""
        with self._store.writing(patience_s=PATIENCE_S) as connection:
            if self._table_is_there(connection):
                connection.execute(_LEAVE, {"window_id": window_id})

    def _table_is_there(self, connection: Connection) -> bool:
        """Whether anybody was ever seen here: stores of earlier versions have no such table until then."""
        self._has_table = self._has_table or inspect(connection).has_table(schema.presence.name)
        return self._has_table

    def _make_table(self, connection: Connection) -> None:
        if not self._table_is_there(connection):
            self._store.lock_for_making_tables(connection)
            schema.presence.create(connection, checkfirst=True)
