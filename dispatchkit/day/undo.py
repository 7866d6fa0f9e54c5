"""Taking a decision back: which facts may be voided, and why not. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import DriverReturned, PackagesDebriefed, ReturnCleared, VanReturned
from dispatchkit.day.facts.load_out import LoadingFinished, LoadingStarted, RouteDeparted
from dispatchkit.day.facts.pre_load_out import (
    AttendanceConfirmed,
    DriverAssigned,
    DriverCalledOut,
    FleetTaken,
    PlanCommitted,
    RosterTaken,
    RoutesBuilt,
    RoutesGiven,
    VanAssigned,
    VanInspected,
)
from dispatchkit.day.facts.road import (
    BreakTaken,
    MessageReceived,
    PositionSeen,
    ProgressReported,
    RescueEnded,
    RescueStarted,
    StopServed,
    StopsTransferred,
)
from dispatchkit.day.facts.whole_day import DayClosed, DayOpened, DayReopened, FactVoided, FileImported
from dispatchkit.day.fold import voided
from dispatchkit.errors import Refused

OBSERVATIONS: tuple[type[Fact], ...] = (StopServed, ProgressReported, PositionSeen, BreakTaken, MessageReceived)
"""Facts that the world tells by itself, all day long. They cannot be undone, and do not make a decision stale."""

NEVER: dict[type[Fact], str] = {
    DayOpened: "An opened day stays opened.",
    FileImported: "An imported file stays on record; import the right one and commit its plan.",
    DayClosed: "Reopen the day instead; that leaves a trace.",
    DayReopened: "Close the day again instead.",
    FactVoided: "This was an undo already. Decide again instead.",
    StopsTransferred: "The bags have changed hands.",
}

BUILDS_ON: dict[type[Fact], tuple[tuple[type[Fact], str], ...]] = {
    RoutesGiven: ((PlanCommitted, "plan"),),
    RoutesBuilt: ((PlanCommitted, "plan"),),
    PlanCommitted: ((DriverAssigned, ""), (VanAssigned, ""), (RouteDeparted, "")),
    RosterTaken: ((DriverAssigned, ""),),
    FleetTaken: ((VanAssigned, ""),),
    AttendanceConfirmed: ((RouteDeparted, "driver_id"),),
    DriverCalledOut: ((DriverAssigned, "driver_id"),),
    DriverAssigned: ((RouteDeparted, "route_id"),),
    VanAssigned: ((RouteDeparted, "route_id"),),
    VanInspected: ((RouteDeparted, "van_id"),),
    LoadingStarted: ((LoadingFinished, "route_id"),),
    LoadingFinished: ((RouteDeparted, "route_id"),),
    RouteDeparted: ((StopServed, "route_id"), (ProgressReported, "route_id"), (DriverReturned, "route_id")),
    RescueStarted: ((StopsTransferred, "rescue_id"), (RescueEnded, "rescue_id")),
    ReturnCleared: ((DriverReturned, "route_id"),),
    DriverReturned: ((PackagesDebriefed, "route_id"),),
    PackagesDebriefed: ((DayClosed, ""),),
    VanReturned: ((DayClosed, ""),),
}
"""What may not stand any more when a fact is taken back: later facts of this type with the same value in the field."""


def last_decision(entries: Sequence[Entry], by: str) -> tuple[Entry, ...]:
    """What `by` wrote last in one go and has not taken back; empty when there is nothing."""
    gone = voided(entries)
    for entry in reversed(entries):
        if entry.fact.by == by and entry.n not in gone and not isinstance(entry.fact, (*OBSERVATIONS, FactVoided)):
            return tuple(e for e in entries if e.first_n == entry.first_n)
    return ()


def undo_blockers(entries: Sequence[Entry], decision: Sequence[Entry]) -> Iterator[str]:
    """Why these facts cannot be taken back; nothing when they can."""
    gone = voided(entries)
    for entry in decision:
        if never := NEVER.get(type(entry.fact)):
            yield never
        if isinstance(entry.fact, OBSERVATIONS):
            yield f"{words(entry.fact)} was observed, not decided."
    ours = {e.n for e in decision}
    later = [e for e in entries if e.n > min(ours, default=0) and e.n not in ours and e.n not in gone]
    said: set[str] = set()
    for entry in decision:
        for kind, field in BUILDS_ON.get(type(entry.fact), ()):
            built = next((e for e in later if type(e.fact) is kind and _same(entry.fact, e.fact, field)), None)
            if built is not None and kind.__name__ not in said:
                said.add(kind.__name__)
                yield f"{words(built.fact)} (by {built.fact.by}) builds on it. Take that back first."


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


def _same(earlier: Fact, later: Fact, field: str) -> bool:
    return not field or getattr(earlier, field) == getattr(later, field)
