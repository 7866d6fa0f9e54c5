"""Taking a decision back: which facts may be voided, and why not. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatchkit.day.builds_on import BUILDS_ON
from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.base import MADE_UP
from dispatchkit.day.facts.pre_load_out import ChargeRead
from dispatchkit.day.facts.road import (
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    BreakTaken,
    MessageReceived,
    PositionSeen,
    ProgressReported,
    StopServed,
    StopsTransferred,
)
from dispatchkit.day.facts.whole_day import DayClosed, DayOpened, DayReopened, FactVoided, FileHeld, FileImported
from dispatchkit.day.fold import voided
from dispatchkit.errors import Refused

WATCHED: tuple[type[Fact], ...] = (AlarmRaised, AlarmCleared, AlarmReopened, FileHeld)
"""Facts that the watch writes by itself whenever the figures ask for it. They make no decision stale either."""

OBSERVATIONS: tuple[type[Fact], ...] = (
    StopServed, ProgressReported, PositionSeen, BreakTaken, MessageReceived, ChargeRead,
)  # fmt: skip
"""Facts that the world tells by itself, all day long. They do not make a decision stale, and cannot be undone unless
somebody wrote them down by hand."""

BY_HAND: tuple[type[Fact], ...] = (BreakTaken, MessageReceived)
"""Observations that a dispatcher hears and writes down too: who did may take them back like a decision."""

_NOBODYS = tuple(kind for kind in OBSERVATIONS if kind not in BY_HAND)

NEVER: dict[type[Fact], str] = {
    DayOpened: "An opened day stays opened.",
    DayClosed: "Reopen the day instead; that leaves a trace.",
    DayReopened: "Close the day again instead.",
    FactVoided: "This was an undo already. Decide again instead.",
    StopsTransferred: "The bags have changed hands.",
}


def last_decision(entries: Sequence[Entry], by: str) -> tuple[Entry, ...]:
    """What `by` wrote last in one go and has not taken back; empty when there is nothing."""
    gone = voided(entries)
    for entry in reversed(entries):
        if entry.fact.by == by and entry.n not in gone and not isinstance(entry.fact, (*_NOBODYS, FactVoided)):
            return tuple(e for e in entries if e.first_n == entry.first_n)
    return ()


def undo_blockers(entries: Sequence[Entry], decision: Sequence[Entry]) -> Iterator[str]:
    """Why these facts cannot be taken back; nothing when they can."""
    gone, ours = voided(entries), {e.n for e in decision}
    standing = [e for e in entries if e.n not in gone]
    if _closed(standing) and not any(isinstance(e.fact, DayClosed) for e in decision):
        yield "The day is closed. Reopen it first, and say why."
        return
    read_from_file = any(isinstance(e.fact, FileImported) for e in decision)
    for entry in decision:
        if never := NEVER.get(type(entry.fact)):
            yield never
        if isinstance(entry.fact, _NOBODYS) and not read_from_file:
            yield f"{words(entry.fact)} was observed, not decided."
    facts = [e.fact for e in standing]
    later = [e.fact for e in standing if e.n > min(ours, default=0) and e.n not in ours]
    said: set[type[Fact]] = set()
    for entry in decision:
        for kind, about_the_same in BUILDS_ON.get(type(entry.fact), ()):
            built = next((f for f in later if type(f) is kind and about_the_same(entry.fact, f, facts)), None)
            if built is not None and kind not in said:
                said.add(kind)
                yield f"{words(built)} (by {built.by}) builds on it. {_way_out(built)}"


def undo(entries: Sequence[Entry], decision: Sequence[Entry], *, at: datetime, by: str) -> list[Fact]:
    """Void a whole decision, or refuse."""
    if not decision:
        raise Refused([f"There is nothing by {by} to take back."])
    if reasons := list(undo_blockers(entries, decision)):
        raise Refused(reasons)
    return [FactVoided(at=at, by=by, n=tuple(e.n for e in decision), why="Taken back.")]


def words(fact: Fact) -> str:
    """The kind of a fact as people say it, with what it is about: "Route departed CX7"."""
    kind = "".join(f" {c.lower()}" if c.isupper() else c for c in fact.kind).strip().capitalize()
    fields = ("route_id", "van_id", "driver_id", "rescue_id", "alarm_id", "wave", "item")
    about = next((getattr(fact, f) for f in fields if getattr(fact, f, "")), "")
    return f"{kind} {about}".strip()


def _closed(standing: Sequence[Entry]) -> bool:
    last = next((e.fact for e in reversed(standing) if isinstance(e.fact, (DayClosed, DayReopened))), None)
    return isinstance(last, DayClosed)


def _way_out(built: Fact) -> str:
    """What to do about a fact that is in the way: those that cannot be taken back say so, instead of sending there."""
    if never := NEVER.get(type(built)):
        return never
    if isinstance(built, _NOBODYS) or (isinstance(built, BY_HAND) and built.by in MADE_UP):
        return "That was observed, not decided, and stays; write down in a note what was wrong."
    return "Take that back first."
