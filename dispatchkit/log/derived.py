"""What was worked out of days and is kept, so that nobody works it out again. No fact: no chain, no export, no history.

Whoever keeps something says what it rests on; on any other basis it is not found, and is worked out anew.
"""

import zlib
from collections.abc import Mapping
from contextlib import suppress

from sqlalchemy import Connection, bindparam, inspect, text

from dispatchkit.log import schema
from dispatchkit.log.engine import Store, StoreUnavailable
from dispatchkit.records import DayKey

PATIENCE_S = 2.0
"""Seconds that a program waits for another one that writes before it goes on without keeping."""

_KEEP = text(
    "INSERT INTO derived (day, what, basis, body) VALUES (:day, :what, :basis, :body) "
    "ON CONFLICT (day, what) DO UPDATE SET basis = excluded.basis, body = excluded.body"
)
_FOUND = text("SELECT day, basis, body FROM derived WHERE what = :what AND day IN :days").bindparams(
    bindparam("days", expanding=True)
)


class Derived:
    """Bytes by the day that they are about, what they are, and what they rest on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._has_table = False

    def found(self, what: str, bases: Mapping[DayKey, str]) -> dict[DayKey, bytes]:
        """Return what was kept of each day on this very basis; others, and damaged ones, are not in it."""
        named = {str(day): day for day in bases}
        with self._store.reading() as connection:
            if not named or not self._table_is_there(connection):
                return {}
            rows = connection.execute(_FOUND, {"what": what, "days": list(named)}).all()
        there = {named[day]: _whole(body) for day, basis, body in rows if bases[named[day]] == basis}
        return {day: body for day, body in there.items() if body is not None}

    def keep(self, what: str, of_days: Mapping[DayKey, tuple[str, bytes]]) -> None:
        """Keep what each day came to, its basis first, instead of what was kept before.

        Where the store cannot be written now, it is not kept: whoever asks next works it out again.
        """
        rows = [
            {"day": str(day), "what": what, "basis": basis, "body": zlib.compress(body)}
            for day, (basis, body) in of_days.items()
        ]
        if not rows:
            return
        with suppress(StoreUnavailable), self._store.writing(patience_s=PATIENCE_S) as connection:
            if not self._table_is_there(connection):
                self._store.lock_for_making_tables(connection)
                schema.derived.create(connection, checkfirst=True)
            connection.execute(_KEEP, rows)

    def _table_is_there(self, connection: Connection) -> bool:
        """Whether anything was ever kept here: stores of earlier versions have no such table until then."""
        self._has_table = self._has_table or inspect(connection).has_table(schema.derived.name)
        return self._has_table


def _whole(body: bytes) -> bytes | None:
    """What was kept; None where its own checksum says that it was damaged since: whoever asks works it out again."""
    try:
        return zlib.decompress(body)
    except zlib.error:
        return None
