"""The log: the only place where a day is written. Append-only, chained, safe under several programs at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

import msgspec
from sqlalchemy import text

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import Fact
from dispatchkit.errors import NotFound
from dispatchkit.log import artifacts, chain, entries, verify
from dispatchkit.log.derived import Derived
from dispatchkit.log.directory import Detail, Directory, put_all
from dispatchkit.log.engine import Store, open_store
from dispatchkit.log.leases import Leases
from dispatchkit.log.playback import Playbacks
from dispatchkit.log.presence import Presence
from dispatchkit.log.verify import Verification
from dispatchkit.records import DayKey

_DAYS = """
SELECT * FROM (
    SELECT h.day, h.version,
        (SELECT learned_at FROM facts f WHERE f.day = h.day ORDER BY n LIMIT 1) AS first_learned_at,
        (SELECT learned_at FROM facts f WHERE f.day = h.day ORDER BY n DESC LIMIT 1) AS last_learned_at
    FROM heads h
) AS days WHERE first_learned_at IS NOT NULL
"""
_ALL_DAYS = text(_DAYS + "ORDER BY day")
_ONE_DAY = text(_DAYS + "AND day = :day")
_NEAREST_SHOWN = 3


class DayHead(msgspec.Struct, frozen=True):
    """A day that exists: its version is the number of its last entry; when its first and last were learned (UTC)."""

    key: DayKey
    version: int
    first_learned_at: datetime
    last_learned_at: datetime


class Log:
    """An open log. Made by `open_log`; may be shared by threads, never by forked processes.

    Attributes
    ----------
    store
        The database underneath, for the rooms that move whole days (`archive`, `backup`).
    directory
        Names, phones and addresses behind the ids.
    presence
        Who has a page of which day open.
    leases
        Which program does a job that only one does at a time.
    playbacks
        How the time of simulated days runs.
    derived
        What was worked out of days, and can be again.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.directory = Directory(store)
        self.presence = Presence(store)
        self.leases = Leases(store)
        self.playbacks = Playbacks(store)
        self.derived = Derived(store)
        self._clock = clock

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def append(
        self,
        day: DayKey,
        facts: Sequence[Fact],
        *,
        expected: int,
        learned_at: datetime,
        details: Iterable[Detail] = (),
    ) -> list[Entry]:
        """Write facts at the end of a day, all or none; once this returns they are not lost, whatever happens.

        Parameters
        ----------
        facts
            At least one. They share `first_n`: one decision is written, and undone, as one.
        expected
            The version that the decision was made on; 0 opens the day.
        learned_at
            When they are written, aware.
        details
            What the directory learns with them: kept together with the facts, or not at all.

        Returns
        -------
        list[Entry]
            The facts in their places.

        Raises
        ------
        Stale
            The day is not at `expected` any more; it says what was written meanwhile. Nothing is written.
        ValueError
            There are no facts, `learned_at` is naive, or a text cannot be stored.
        """
        if not facts:
            raise ValueError("There is nothing to append: give at least one fact.")
        for fact in facts:
            if "\0" in fact.by:
                raise ValueError(f"{fact.kind}: 'by' holds a NUL character, which no database keeps. Remove it.")
        learned = chain.stamp(learned_at)
        with self.store.writing() as connection:
            written = entries.append(connection, day, facts, expected=expected, learned_at=learned)
            put_all(connection, details)
            return written

    def read(
        self, day: DayKey, *, after: int = 0, until: datetime | None = None, kinds: Iterable[type[Fact]] = ()
    ) -> list[Entry]:
        """Return a day's entries in log order; none for a day that does not exist (see `require`).

        Parameters
        ----------
        after
            Only those beyond this number: how a page follows the day.
        until
            Only what was known then: the entries before the first that was learned later than this instant. Where the
            clocks of two desks disagree by a moment, this never leaves a gap.
        kinds
            Only facts of these types; of every type where none is given. `voided` wants `FactVoided` among them.
        """
        stamp = None if until is None else chain.stamp(until)
        with self.store.reading() as connection:
            return entries.read(connection, day, after=after, until=stamp, kinds=[kind.__name__ for kind in kinds])

    def version(self, day: DayKey) -> int:
        """Return the number of a day's last entry; 0 for a day that does not exist."""
        with self.store.reading() as connection:
            head = entries.head(connection, day)
        return 0 if head is None else head.version

    def days(self) -> list[DayHead]:
        """Return every day in the log, by key."""
        with self.store.reading() as connection:
            return [_day_head(*row) for row in connection.execute(_ALL_DAYS)]

    def require(self, day: DayKey) -> DayHead:
        """Return a day's head; NotFound, naming the nearest days that exist, where it does not."""
        with self.store.reading() as connection:
            row = connection.execute(_ONE_DAY, {"day": str(day)}).one_or_none()
        if row is not None:
            return _day_head(*row)
        keys = (d.key for d in self.days())
        near = sorted(keys, key=lambda k: (k.station != day.station, abs(k.service_day - day.service_day), k))
        nearest = ", ".join(map(str, near[:_NEAREST_SHOWN]))
        hint = f"The nearest: {nearest}." if near else "It is empty: import a day first."
        raise NotFound(f"There is no day {day} in {self.store.name}. {hint}")

    def put_artifact(self, data: bytes, media_type: str) -> str:
        """Store bytes once, for facts to refer to; return their SHA-256 in hexadecimal."""
        artifact = artifacts.Artifact.of(data, media_type, self._clock.now())
        with self.store.writing() as connection:
            artifacts.put(connection, artifact)
        return artifact.digest

    def artifact(self, digest: str) -> bytes:
        """Return an artifact's bytes, checked; NotFound where there is none (any more), Damaged where it changed."""
        with self.store.reading() as connection:
            found = artifacts.get(connection, digest)
        return found.content()

    def erase_artifact(self, digest: str) -> None:
        """Forget an artifact's bytes for good (personal data past its retention); facts may go on referring to it."""
        with self.store.writing() as connection:
            artifacts.erase(connection, digest, self._clock.now())

    def verify(self, day: DayKey | None = None) -> Verification:
        """Check one day: chain, gaps, head, and the artifacts that facts refer to; or all days, artifacts and the file.

        Each day is read in a transaction of its own, so that a long check does not hold up those who write.
        """
        known: dict[str, str | None] = {}
        count, problems = 0, list[str]()
        with self.store.reading() as connection:
            keys = [key for key in verify.keys(connection) if day in (None, key)]
        if day is not None and not keys:
            self.require(day)
        for key in keys:
            with self.store.reading() as connection:
                checked, found = verify.day_problems(connection, key, known)
            count += checked
            problems += found
        if day is None:
            problems += self._artifact_problems(known)
            problems += self.store.file_problems()
        return Verification(len(keys), count, tuple(problems))

    def _artifact_problems(self, known: dict[str, str | None]) -> list[str]:
        """Check what no fact refers to."""
        with self.store.reading() as connection:
            stray = [digest for digest in artifacts.digests(connection) if digest not in known]
        complaints = []
        for digest in stray:
            with self.store.reading() as connection:
                complaints.append(artifacts.complaint(connection, digest))
        return [f"Artifact {digest[:12]}… {what}." for digest, what in zip(stray, complaints, strict=True) if what]


def open_log(
    url_or_path: str | Path, *, create: bool = True, clock: Clock | None = None, patience_s: float | None = None
) -> Log:
    """Open a log, and make it where there is none.

    Parameters
    ----------
    url_or_path
        A file (SQLite; its folder is made), `sqlite:///FILE`, or `postgresql://USER@HOST/DATABASE`.
    create
        False: NotFound where there is no log yet, instead of making an empty one.
    clock
        Stamps artifacts as they are stored; the clock on the wall if not given.
    patience_s
        Seconds that opening and reading wait where another program keeps the log locked, before they raise Busy: 2 or
        so for a page, which looks again anyway. What is written always waits half a minute, and so does the rest
        where nothing is given.

    Raises
    ------
    StoreUnavailable, Damaged, NotFound
        With a sentence: the file or server cannot be used, is not ours, or was written by a newer version.
    """
    return Log(open_store(url_or_path, create=create, patience_s=patience_s), clock or RealClock())


def _day_head(key: str, version: int, first: str, last: str) -> DayHead:
    return DayHead(DayKey.parse(key), version, chain.instant(first), chain.instant(last))
