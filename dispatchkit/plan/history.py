"""The history of a day's plan: who changed what and why; taking the last change back, and doing it again. Pure.

It is read off the log: given, built, changed, locked, committed, and what of it was taken back since.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from msgspec.structs import replace

from dispatchkit.day import Day, Entry
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import LocksChanged, PlanCommitted, PlanEdited, RoutesBuilt, RoutesGiven
from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.day.fold import voided
from dispatchkit.day.open_day import refuse_if
from dispatchkit.day.rules import Artifacts
from dispatchkit.day.undo import undo, undo_blockers
from dispatchkit.errors import NotFound
from dispatchkit.plan.keep import in_hand_blockers, loading_blockers
from dispatchkit.records import Plan, Record

ByHandFact = PlanEdited | LocksChanged

BY_HAND = (PlanEdited, LocksChanged)
"""Facts that a change by hand writes."""

OF_PLAN: tuple[type[Fact], ...] = (RoutesGiven, RoutesBuilt, *BY_HAND, PlanCommitted)
"""Facts that the history of a plan is made of."""

MAKE_A_PLAN = (RoutesGiven, RoutesBuilt, PlanEdited)
"""Facts of which each brings a plan of its own."""

Entries = Callable[[], Sequence[Entry]]
"""The whole log of the day as it stands when it is asked for: `Desk.entries`."""


class Step(Record, frozen=True):
    """One step of a plan's history.

    Attributes
    ----------
    n
        Place in the day's log.
    plan
        Digest of the plan that came of it, or that it was about.
    undone_by
        Who took it back; empty where it stands.
    """

    n: int
    fact: Fact
    plan: str
    undone_by: str = ""

    @property
    def why(self) -> str:
        """The reason that was given; empty where none was."""
        return str(getattr(self.fact, "why", ""))


def history(entries: Sequence[Entry]) -> tuple[Step, ...]:
    """Every step of the day's plan in the order of the log, those taken back too."""
    gone = voided(entries)
    undone = {
        n: entry.fact.by
        for entry in entries
        if isinstance(entry.fact, FactVoided) and entry.n not in gone
        for n in entry.fact.n
    }
    return tuple(
        Step(n=e.n, fact=e.fact, plan=e.fact.plan, undone_by=undone.get(e.n, ""))  # type: ignore[attr-defined]
        for e in entries
        if isinstance(e.fact, OF_PLAN)
    )


def codes(entries: Sequence[Entry], artifacts: Artifacts) -> dict[str, str]:
    """route_id → what people call each route that any plan of the day ever had, those merged away since too.

    A plan whose bytes were erased names none.
    """
    found: dict[str, str] = {}
    for step in history(entries):
        if isinstance(step.fact, MAKE_A_PLAN):
            with suppress(NotFound):
                found |= {r.route_id: r.code for r in artifacts.record(step.plan, Plan).routes}
    return found


def last_by_hand(entries: Sequence[Entry], by: str) -> tuple[Entry, ...]:
    """The last change by hand that `by` made and that still stands, as it was written; empty where there is none."""
    gone = voided(entries)
    ours = [e for e in entries if e.fact.by == by and e.n not in gone and isinstance(e.fact, BY_HAND)]
    return tuple(e for e in entries if e.first_n == ours[-1].first_n) if ours else ()


def take_back_blockers(day: Day, entries: Sequence[Entry], by: str) -> Iterator[str]:
    """Why `by` cannot take his last change back; nothing where he can."""
    ours = last_by_hand(entries, by)
    if not ours:
        yield f"There is no change of the plan by {by} to take back."
        return
    yield from in_hand_blockers(day, day.pre_load_out.in_hand)
    yield from undo_blockers(entries, ours)


def take_back(day: Day, *, entries: Entries, at: datetime, by: str) -> list[Fact]:
    """Take back the last change by hand that `by` made and that still stands; the draft is the one before it again."""
    held = entries()
    refuse_if(take_back_blockers(day, held, by))
    return undo(held, last_by_hand(held, by), at=at, by=by)


def undone(entries: Sequence[Entry]) -> tuple[ByHandFact, ...]:
    """Changes by hand that were taken back and can be done again, the one that comes first last.

    A new change ends this: what was taken back before it was about a draft that is another one now.
    """
    facts = {e.n: e.fact for e in entries}
    waiting: list[ByHandFact] = []
    for entry in entries:
        match entry.fact:
            case FactVoided():
                gone = (facts[n] for n in reversed(entry.fact.n))
                waiting += [fact for fact in gone if isinstance(fact, BY_HAND)]
            case PlanEdited() | LocksChanged() if waiting and _same(waiting[-1], entry.fact):
                waiting.pop()
            case PlanEdited() | LocksChanged():
                waiting.clear()
            case _:
                pass
    return tuple(waiting)


def redo_blockers(day: Day, entries: Sequence[Entry]) -> Iterator[str]:
    """Why nothing can be done again; nothing when something can."""
    match undone(entries):
        case (*_, PlanEdited() as last):
            yield from in_hand_blockers(day, last.before)
            yield from loading_blockers(day, last.route_ids)
        case (*_, LocksChanged() as last):
            yield from in_hand_blockers(day, last.plan)
        case _:
            yield "Nothing was taken back that could be done again."


def redo(day: Day, *, entries: Entries, at: datetime, by: str) -> list[Fact]:
    """Do again what was taken back last: a new fact with the same plan and the same reason."""
    held = entries()
    refuse_if(redo_blockers(day, held))
    return [replace(undone(held)[-1], at=at, by=by)]


def _same(one: Fact, other: Fact) -> bool:
    """Whether two facts say the same, whoever said it when."""
    return replace(one, at=other.at, by=other.by) == other
