"""The one shell around the pure rooms, for app, command line and analysts: read → fold → decide → append.

A desk knows who acts and what time it is. It knows no room: any pure `decision(day, *, …, at, by) -> facts` runs here.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day import Day, Entry, fold, follow, voids
from dispatchkit.day.facts import Fact
from dispatchkit.day.open_day import refuse_if
from dispatchkit.day.undo import OBSERVATIONS, WATCHED, last_decision, undo, words
from dispatchkit.desk.stored import StoredRecords
from dispatchkit.errors import Stale
from dispatchkit.log import Log
from dispatchkit.log.directory import Detail
from dispatchkit.records import DayKey
from dispatchkit.roles import Role, role_blockers

Decision = Callable[..., Sequence[Fact]]
"""`decision(day, *, at, by, **arguments)` returns facts, or raises Refused; it writes nothing and reads no clock."""

Names = Callable[[], Sequence[Detail]]
"""Tells what the directory is to learn."""

ATTEMPTS = 8
"""How often a decision is taken again when nothing but observations came in between reading and writing, and how often
an observation is written again whatever came in."""


class Desk:
    """A person's (or a program's) place at one day.

    Parameters
    ----------
    log
        Where the day is.
    key
        Which day.
    by
        Who acts: a user name; every fact written here carries it.
    clock
        Real, frozen or fast. The default is the clock on the wall.
    role
        What this person may do here. Whatever he may not do is Refused; he may read everything.
    """

    def __init__(
        self, log: Log, key: DayKey, *, by: str, clock: Clock | None = None, role: Role = Role.LEAD
    ) -> None:
        self.log = log
        self.key = key
        self.by = by
        self.role = role
        self.clock: Clock = clock or RealClock()
        self.records = StoredRecords(log)
        self._entries: list[Entry] = []
        self._day = Day(key)
        self._own: set[int] = set()  # `first_n` of every append made here: the same name may sit at two desks

    def day(self) -> Day:
        """The day as it stands now; reads only what is new."""
        new = self.log.read(self.key, after=self._day.version)
        if new:
            self._entries.extend(new)
            self._day = (
                fold(self.key, self._entries, self.records) if voids(new) else follow(self._day, new, self.records)
            )
        return self._day

    def day_at(self, instant: datetime) -> Day:
        """The day as it was known at an instant: what was learned later is not in it."""
        return fold(self.key, self.log.read(self.key, until=instant), self.records)

    def entries(self) -> Sequence[Entry]:
        """The whole log of the day, voided facts included."""
        self.day()
        return tuple(self._entries)

    def decide(
        self, decision: Decision, *, seen: int | None = None, named: Names | None = None, **arguments: Any
    ) -> list[Entry]:
        """Run a pure decision on the newest day and write what it returns, all or nothing.

        Parameters
        ----------
        seen
            Version of the day that the person looked at. Where something was decided since at another desk, the same
            person's in another window too, the decision is not run. Observations (progress, positions) make no
            decision stale: the rules see them anyway.
        named
            Asked, once the decision has been taken, what the directory is to learn with it, all of it or nothing too.

        Returns
        -------
        list of Entry
            What was written; empty where the decision had nothing to say.

        Raises
        ------
        Refused
            By the decision's own rules, or by what this person's role may do, in sentences.
        Stale
            With what others decided meanwhile. Nothing was written.
        """
        refuse_if(role_blockers(self.role, self.key))
        self.day()
        if seen is not None:
            self._refuse_if_others_decided([e for e in self._entries if e.n > seen])
        for attempt in range(ATTEMPTS):
            day = self.day()
            facts = list(decision(day, at=self.clock.now(), by=self.by, **arguments))
            if not facts:
                return []
            try:
                return self.append(facts, expected=day.version, details=named() if named else ())
            except Stale:
                self._refuse_if_others_decided(self.log.read(self.key, after=day.version))
                if attempt == ATTEMPTS - 1:
                    raise
        raise AssertionError("unreachable")

    def append(self, facts: Sequence[Fact], *, expected: int, details: Sequence[Detail] = ()) -> list[Entry]:
        """Write facts as they are: for observations, which only a role can refuse. Decisions go through `decide`."""
        refuse_if(role_blockers(self.role, self.key))
        now = self.clock.now()
        written = self.log.append(self.key, facts, expected=expected, learned_at=now, details=details)
        self._own.update(entry.first_n for entry in written)
        return written

    def observe(self, facts: Sequence[Fact]) -> list[Entry]:
        """Write what the world told (progress, positions): true whatever else came in or was decided meanwhile."""
        for _ in range(ATTEMPTS - 1):
            with suppress(Stale):
                return self.append(facts, expected=self.day().version) if facts else []
        return self.append(facts, expected=self.day().version)

    def undo(self) -> list[Entry]:
        """Take back what this desk's person decided last; Refused with sentences where something builds on it."""

        def take_back(_day: Day, *, at: datetime, by: str) -> list[Fact]:
            return undo(self._entries, last_decision(self._entries, by), at=at, by=by)

        return self.decide(take_back)

    def _refuse_if_others_decided(self, entries: Sequence[Entry]) -> None:
        others = [e for e in entries if e.first_n not in self._own]
        decided = [e for e in others if not isinstance(e.fact, (*OBSERVATIONS, *WATCHED))]
        if decided:
            raise Stale(f"{words(e.fact)} (by {self._named(e.fact.by)})." for e in decided[:5])

    def _named(self, by: str) -> str:
        return f"{by}, in another window" if by == self.by else by
