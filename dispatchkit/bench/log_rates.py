"""How fast the log is written to, beside SQLite alone with the same care for the data.

Rates depend on the disk before all: one durable commit costs what the disk takes for it. So ours and the raw ones are
measured in turns, block by block, and the median block counts.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from dispatchkit.day import facts
from dispatchkit.day.facts.road import StopServed
from dispatchkit.log import Log, open_log
from dispatchkit.records import DayKey

BLOCKS = 9
APPENDS = 100
"""Single appends in a block."""
BATCHES = 10
BATCH = 100
"""Facts in a batch."""

_START = datetime(2018, 8, 8, 14, tzinfo=UTC)


def sqlite_rates(
    folder: Path, *, blocks: int = BLOCKS, appends: int = APPENDS, batches: int = BATCHES
) -> dict[str, float]:
    """Measure a log in a file against SQLite alone.

    Parameters
    ----------
    folder
        An empty folder on the disk in question; two files are left in it.
    blocks, appends, batches
        Blocks of each kind, and appends or batches of 100 facts in one.

    Returns
    -------
    dict[str, float]
        `sqlite_appends_per_s` (one fact each), `sqlite_batch100_facts_per_s`, and `raw_sqlite_appends_per_s`: the same
        row inserted and committed through the `sqlite3` module, with the same settings, and nothing else.
    """
    with open_log(folder / "log.sqlite") as log, closing(_raw(folder / "raw.sqlite", log)) as raw:
        ours, theirs = _Appender(log), _RawAppender(raw)
        single: list[float] = []
        alone: list[float] = []
        batched: list[float] = []
        for _ in range(blocks):
            single.append(_rate(lambda: ours.append(1), appends))
            alone.append(_rate(theirs.append, appends))
            batched.append(_rate(lambda: ours.append(BATCH), batches) * BATCH)
    return {
        "sqlite_appends_per_s": median(single),
        "sqlite_batch100_facts_per_s": median(batched),
        "raw_sqlite_appends_per_s": median(alone),
    }


def postgres_rates(
    url: str, *, blocks: int = BLOCKS, appends: int = APPENDS, batches: int = BATCHES
) -> dict[str, float]:
    """Measure a log on a PostgreSQL server; the day it writes there is left.

    Returns
    -------
    dict[str, float]
        `postgres_appends_per_s` (one fact each) and `postgres_batch100_facts_per_s`.
    """
    with open_log(url) as log:
        ours = _Appender(log)
        single: list[float] = []
        batched: list[float] = []
        for _ in range(blocks):
            single.append(_rate(lambda: ours.append(1), appends))
            batched.append(_rate(lambda: ours.append(BATCH), batches) * BATCH)
    return {"postgres_appends_per_s": median(single), "postgres_batch100_facts_per_s": median(batched)}


class _Appender:
    """Appends served stops to a day of its own, knowing its version as a desk does."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._day = DayKey("BENCH", datetime.now(UTC).date(), f"{time.time_ns()}")
        self._version = 0

    def append(self, count: int) -> None:
        served = [_served(self._version + i) for i in range(count)]
        self._log.append(self._day, served, expected=self._version, learned_at=served[-1].at)
        self._version += count


class _RawAppender:
    """Inserts rows of the same columns and length, and commits each."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._n = 0

    def append(self) -> None:
        self._n += 1
        served = _served(self._n)
        at = served.at.isoformat(timespec="microseconds")
        body = facts.encode(served).decode()
        row = ("BENCH/2018-08-08", self._n, self._n, at, at, served.by, served.kind, body, "0" * 64)
        self._connection.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._connection.commit()


def _served(i: int) -> StopServed:
    at = _START + timedelta(seconds=i)
    return StopServed(at=at, by="simulator", route_id=f"CX{i % 40}", stop_id=f"DCH4-{i}")


def _raw(path: Path, log: Log) -> sqlite3.Connection:
    """Open a file with the table and the settings of a log, so that only the way of writing differs."""
    raw = sqlite3.connect(path)
    with log.store.reading() as connection:
        for pragma in ("journal_mode", "synchronous", "fullfsync", "mmap_size", "secure_delete"):
            value = connection.exec_driver_sql(f"PRAGMA {pragma}").scalar()
            raw.execute(f"PRAGMA {pragma}={value}")
        raw.execute(str(connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = 'facts'").scalar_one()))
    raw.commit()
    return raw


def _rate(do: Callable[[], None], times: int) -> float:
    """Return how often a second `do` ran when run `times` times."""
    began = time.perf_counter()
    for _ in range(times):
        do()
    return times / (time.perf_counter() - began)
