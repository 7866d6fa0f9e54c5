"""How the time of a simulated day runs: how fast, frozen, or on to somewhere. No fact: no chain, no history.

People at the pages say how it is to run, the one program that simulates the day says where it stands, and everybody
reads both here, so that all pages of a day show the same time.
"""

from datetime import datetime

import msgspec
from sqlalchemy import Connection, TextClause, inspect, text

from dispatchkit.log import chain, schema
from dispatchkit.log.engine import Store
from dispatchkit.records import DayKey

PATIENCE_S = 2.0
"""Seconds that a page or the simulator waits for another program that writes before it looks again later."""

NEED = "need"
"""Stands in `goes_to` for the next thing that needs a person."""

_BEGIN = text(
    "INSERT INTO playbacks (day, speed, frozen, goes_to, stands_at, who) VALUES (:day, :speed, 0, '', :at, :who) "
    "ON CONFLICT (day) DO UPDATE SET speed = excluded.speed, frozen = 0, goes_to = '', stands_at = excluded.stands_at, "
    "who = excluded.who"
)
_OF = text("SELECT speed, frozen, goes_to, stands_at, who FROM playbacks WHERE day = :day")
_RUN = text("UPDATE playbacks SET speed = :speed, frozen = :frozen, goes_to = :goes_to, who = :who WHERE day = :day")
_STANDS = text("UPDATE playbacks SET stands_at = :at WHERE day = :day AND stands_at < :at")
_ARRIVED = text("UPDATE playbacks SET frozen = 1, goes_to = '' WHERE day = :day AND goes_to = :goes_to")


class Playback(msgspec.Struct, frozen=True):
    """How a simulated day is to run, and where it stands.

    Attributes
    ----------
    speed
        Seconds of the day per second on the wall, while it runs.
    frozen
        It stands still, but for `goes_to` and `to_need`, which it goes on to at once.
    goes_to, to_need
        Up to which instant, or whether to the next thing that needs a person.
    stands_at
        Everything up to here is in the log (UTC).
    who
        Who said last how it is to run.
    """

    speed: float
    frozen: bool
    goes_to: datetime | None
    to_need: bool
    stands_at: datetime
    who: str

    @property
    def goal(self) -> str:
        """Where it goes at once, as the store keeps it; empty for nowhere."""
        if self.to_need:
            return NEED
        return chain.stamp(self.goes_to) if self.goes_to else ""


class Playbacks:
    """The playback of each simulated day.

    Every call waits `PATIENCE_S` at most where another program keeps the store locked, and then raises `Busy`.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._has_table = False

    def of(self, day: DayKey) -> Playback | None:
        """How the day is to run; None for one that was never simulated step by step."""
        with self._store.reading(patience_s=PATIENCE_S) as connection:
            if not self._table_is_there(connection):
                return None
            row = connection.execute(_OF, {"day": str(day)}).one_or_none()
        return None if row is None else _playback(*row)

    def begin(self, day: DayKey, *, speed: float, at: datetime, who: str) -> None:
        """Let the day run from an instant on, whatever was said of it before."""
        with self._store.writing(patience_s=PATIENCE_S) as connection:
            self._make_table(connection)
            connection.execute(_BEGIN, {"day": str(day), "speed": speed, "at": chain.stamp(at), "who": who})

    def run(self, day: DayKey, wanted: Playback) -> None:
        """Say how the day is to run from now on; where it stands is not a person's to say, and stays."""
        row = {
            "day": str(day), "speed": wanted.speed, "frozen": int(wanted.frozen), "goes_to": wanted.goal,
            "who": wanted.who,
        }  # fmt: skip
        self._write(_RUN, row)

    def stands(self, day: DayKey, at: datetime) -> None:
        """Say that everything up to `at` is in the log; it never stands earlier than it stood."""
        self._write(_STANDS, {"day": str(day), "at": chain.stamp(at)})

    def arrived(self, day: DayKey, goal: str) -> None:
        """Stand still where it was to go to, unless somebody has said something else meanwhile."""
        self._write(_ARRIVED, {"day": str(day), "goes_to": goal})

    def _write(self, statement: TextClause, row: dict[str, object]) -> None:
        with self._store.writing(patience_s=PATIENCE_S) as connection:
            if self._table_is_there(connection):
                connection.execute(statement, row)

    def _table_is_there(self, connection: Connection) -> bool:
        """Whether any day was ever simulated here: stores of earlier versions have no such table until then."""
        self._has_table = self._has_table or inspect(connection).has_table(schema.playbacks.name)
        return self._has_table

    def _make_table(self, connection: Connection) -> None:
        if not self._table_is_there(connection):
            self._store.lock_for_making_tables(connection)
            schema.playbacks.create(connection, checkfirst=True)


def _playback(speed: float, frozen: int, goes_to: str, stands_at: str, who: str) -> Playback:
    return Playback(
        speed=speed,
        frozen=bool(frozen),
        goes_to=chain.instant(goes_to) if goes_to not in ("", NEED) else None,
        to_need=goes_to == NEED,
        stands_at=chain.instant(stands_at),
        who=who,
    )
