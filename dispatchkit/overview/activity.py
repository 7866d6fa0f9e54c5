"""Who did what and when, in the words of the trade: the log as people read it, newest first. Pure."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from dispatchkit.day import Entry
from dispatchkit.day.facts import PHASES, Fact
from dispatchkit.day.facts.road import ProgressReported, StopServed
from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.day.fold import voided
from dispatchkit.day.undo import OBSERVATIONS
from dispatchkit.overview.deed import Deed, DeedPhase
from dispatchkit.overview.sentences import COUNTED, Named, Words, about_of

QUARTER_S = 900
"""Seconds of which observations of one kind and source are told as one."""

_SHOWN_AS: dict[str, DeedPhase] = {
    "whole day": "day",
    "pre-load-out": "plan",
    "load-out": "load_out",
    "road": "road",
    "end of shift": "close",
}
_PHASE_OF = {kind: _SHOWN_AS[phase] for phase, module in PHASES.items() for kind in vars(module)}


class _Tally:
    """Observations of one kind and source in one quarter of an hour."""

    def __init__(self, entry: Entry) -> None:
        self.newest, self.at, self.count = entry, entry.fact.at, 0
        self.ids: set[str] = set()

    def add(self, entry: Entry, at: datetime, id_: str) -> None:
        self.newest, self.at = entry, max(self.at, at)
        self.count += 1
        self.ids.add(id_)

    def deed(self) -> Deed:
        kind = type(self.newest.fact)
        text = COUNTED[kind](self.count, self.ids)
        return msgspec.structs.replace(_deed(self.newest, text, frozenset(self.ids)), at=self.at)


class Activity:
    """The deeds of a day, brought up to date with what is new.

    A fact becomes a sentence once, in the words that hold when it is taken in. Observations that come by the hundred
    are counted, so that taking in one of them costs about a microsecond.

    Parameters
    ----------
    code_of
        route_id → what people call the route, such as `day.code` of the newest day.
    name_of
        driver_id → name; empty where none is known, and the transporter id is shown.

    Attributes
    ----------
    version
        Place of the last entry taken in.
    """

    def __init__(self, *, code_of: Named, name_of: Named) -> None:
        self.version = 0
        self._words = Words(code_of=code_of, name_of=name_of)
        self._deeds: dict[int, Deed] = {}
        self._tallies: dict[tuple[type[Fact], str, int], _Tally] = {}
        self._voids: list[Entry] = []
        self._gone: frozenset[int] = frozenset()
        self._newest_first: tuple[Deed, ...] | None = ()

    def take(self, entries: Sequence[Entry]) -> None:
        """Take in entries of the log, in its order; those at or before `version` are passed over."""
        for entry in entries:
            if entry.n <= self.version:
                continue
            fact = entry.fact
            if type(fact) in COUNTED and not _stands_alone(fact):
                self._count(entry)
            else:
                self._words.hear(fact)
                if isinstance(fact, FactVoided):
                    self._voids.append(entry)
                self._deeds[entry.n] = _deed(entry, self._words.say(fact), about_of(fact))
            self.version = entry.n
            self._newest_first = None
        self._take_back()

    @property
    def deeds(self) -> tuple[Deed, ...]:
        """All deeds, the newest first by their place in the log."""
        if self._newest_first is None:
            told = [*self._deeds.values(), *(tally.deed() for tally in self._tallies.values())]
            self._newest_first = tuple(sorted(told, key=lambda deed: -deed.n))
        return self._newest_first

    def _count(self, entry: Entry) -> None:
        fact = entry.fact
        key = (type(fact), fact.by, int(fact.at.timestamp() // QUARTER_S))
        tally = self._tallies.get(key)
        if tally is None:
            tally = self._tallies[key] = _Tally(entry)
        tally.add(entry, fact.at, getattr(fact, "route_id", "") or getattr(fact, "van_id", ""))

    def _take_back(self) -> None:
        """Mark what the voids reach, and unmark what a later void brings back."""
        gone = voided(self._voids)
        for n in gone ^ self._gone:
            if (deed := self._deeds.get(n)) is not None:
                self._deeds[n] = msgspec.structs.replace(deed, voided=n in gone)
        self._gone = gone


def _stands_alone(fact: Fact) -> bool:
    """Whether an observation is told by itself: a count or a stop that is doubted, with the reason."""
    return isinstance(fact, ProgressReported | StopServed) and bool(fact.doubts)


def activity(entries: Sequence[Entry], *, code_of: Named, name_of: Named) -> tuple[Deed, ...]:
    """All deeds of a log at once, the newest first."""
    so_far = Activity(code_of=code_of, name_of=name_of)
    so_far.take(entries)
    return so_far.deeds


def filtered(
    deeds: Sequence[Deed],
    *,
    who: str = "",
    phase: str = "",
    about: str = "",
    text: str = "",
    decisions_only: bool = False,
) -> tuple[Deed, ...]:
    """Those deeds that fit every filter that is not empty.

    Parameters
    ----------
    who
        User or source, whole.
    about
        An id, whole.
    text
        Words, each of which stands somewhere in the sentence, in who says it or among its ids; case does not matter.
    decisions_only
        Without observations.
    """
    words = text.casefold().split()
    return tuple(
        deed
        for deed in deeds
        if (not who or deed.by == who)
        and (not phase or deed.phase == phase)
        and (not about or about in deed.about)
        and not (decisions_only and deed.observed)
        and (not words or _has(deed, words))
    )


def _has(deed: Deed, words: Sequence[str]) -> bool:
    where = " ".join((deed.text, deed.by, *deed.about)).casefold()
    return all(word in where for word in words)


def _deed(entry: Entry, text: str, about: frozenset[str]) -> Deed:
    fact = entry.fact
    return Deed(
        n=entry.n,
        first_n=entry.first_n,
        at=fact.at,
        learned_at=entry.learned_at,
        by=fact.by,
        phase=_PHASE_OF[fact.kind],
        kind=fact.kind,
        text=text,
        about=about,
        observed=isinstance(fact, OBSERVATIONS),
    )
