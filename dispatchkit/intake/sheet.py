"""A sheet of paper on which an import is worked out: the day as it would be, and all that has to be said about it.

Every step of an import writes facts onto it and sees the day that they make; nothing reaches the log from here.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, TypeVar, cast

import msgspec

from dispatchkit.day import Day, Entry, follow
from dispatchkit.day.facts import Fact
from dispatchkit.desk import Decision
from dispatchkit.errors import NotFound, Refused
from dispatchkit.intake.proposal import Change, Detail, Kept, Option, Phase, Question
from dispatchkit.station import Station

R = TypeVar("R")

LEAVE = "leave"
"""The answer by which a file is left out, whatever is asked about it."""

SHOWN = 12
"""Names that a sentence spells out; the rest are counted."""

LONGEST_NAME = 120
"""Signs of one of them that a sentence spells out: a file may hold anything."""


class Sheet:
    """The working copy of a day while files are looked at.

    Parameters
    ----------
    day
        As it stands.
    answers
        Option ids by question id, as a person gave them.
    station
        Rules and thresholds.
    at, by
        When and by whom the files would be taken.
    """

    def __init__(self, day: Day, *, answers: Mapping[str, str], station: Station, at: datetime, by: str) -> None:
        self.day = day
        self.before = day
        self.station = station
        self.at = at
        self.by = by
        self.facts: list[Fact] = []
        self.changes: list[Change] = []
        self.questions: list[Question] = []
        self.notes: list[str] = []
        self.blockers: list[str] = []
        self.kept: dict[str, Kept] = {}
        self.details: list[Detail] = []
        self._answers = answers
        self._asked: set[str] = set()
        self._records: dict[str, msgspec.Struct] = {}

    def tell(self, *facts: Fact) -> None:
        """Add facts; the day of the sheet follows."""
        first = self.day.version + 1
        entries = [Entry(first + i, first, self.at, fact) for i, fact in enumerate(facts)]
        self.day = follow(self.day, entries, self)
        self.facts += facts

    def decide(self, decision: Decision, *, at: datetime | None = None, **arguments: Any) -> bool:
        """Run a decision of a room on the sheet; what it refuses blocks the import. Say whether it was taken."""
        try:
            self.tell(*decision(self.day, at=at or self.at, by=self.by, **arguments))
        except Refused as refused:
            self.block(*refused.reasons)
            return False
        return True

    def change(self, phase: Phase, text: str, details: Iterable[str] = (), *, count: int | None = None) -> None:
        """Say what would be otherwise; `count` is the number of details where it is not given."""
        listed = tuple(details)
        self.changes.append(Change(phase=phase, text=text, count=count or max(1, len(listed)), details=listed))

    def note(self, *sentences: str) -> None:
        """Say what is worth knowing, once."""
        self.notes += (s for s in sentences if s not in self.notes)

    def block(self, *sentences: str) -> None:
        """Say why nothing can be taken, once."""
        self.blockers += (s for s in sentences if s not in self.blockers)

    def ask(self, question: str, text: str, options: Mapping[str, str], details: Iterable[str] = ()) -> str:
        """Return the answer that was given, or an empty text: the question is open then, or its answer blocks.

        `text` is short; `details` are the things that it is about.
        """
        answer = self.answered(question)
        if answer in options:
            return answer
        if answer:
            self.block(f"'{answer}' is no answer to '{question}'. Choose one of: {', '.join(options)}.")
        if all(held.id != question for held in self.questions):
            listed = tuple(Option(id=option, text=said) for option, said in options.items())
            self.questions.append(Question(id=question, text=text, options=listed, details=tuple(details)))
        return ""

    def leaves(self, question: str) -> bool:
        """Whether a person answered that a file is to be left out: nothing more is asked about it then."""
        if self._answers.get(question) != LEAVE:
            return False
        self._asked.add(question)
        return True

    def answered(self, question: str) -> str:
        """Return what was said to a question whose answers cannot all be listed; empty where nothing was."""
        self._asked.add(question)
        return self._answers.get(question, "")

    def unheard(self) -> list[str]:
        """Questions that were answered and never asked."""
        return sorted(self._answers.keys() - self._asked)

    def keep(self, record: msgspec.Struct) -> str:
        """Write a record down beside the facts; return its digest."""
        kept = Kept.of(record)
        self.kept[kept.digest] = kept
        self._records[kept.digest] = record
        return kept.digest

    def record(self, digest: str, kind: type[R]) -> R:
        """Give the fold a record that is kept on this sheet."""
        held = self._records.get(digest)
        if held is None:
            raise NotFound(f"The {kind.__name__.lower()} {digest[:12]}… is not on this sheet.")
        return cast(R, held)


def named(names: Iterable[str], *, shown: int = SHOWN) -> str:
    """A list for a sentence: the first names, and how many more there are."""
    listed = list(names)
    more = f" and {len(listed) - shown} more" if len(listed) > shown else ""
    return ", ".join(name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" for name in listed[:shown]) + more


def counted(n: int, one: str, many: str = "") -> str:
    """Say how many: "1 route", "12 routes"."""
    return f"{n} {one if n == 1 else many or one + 's'}"
