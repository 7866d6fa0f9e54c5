"""The plans that a day has had, each by what brought it: who, when, why. As rows, and as choices to compare."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from dispatchkit.day import Day, Entry
from dispatchkit.day.facts.pre_load_out import LocksChanged, RoutesGiven
from dispatchkit.overview.sentences import Words
from dispatchkit.plan.history import MAKE_A_PLAN, Step, history
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.board import Column

COLUMNS = (
    Column(key="at", label="When"),
    Column(key="who", label="Who"),
    Column(key="what", label="What and why"),
    Column(key="stands", label="Stands", kind="sign"),
    Column(key="acts", label="Do", kind="acts"),
)

LOOK, BACK, COMPARE = "look", "back", "compare"


class PlanChoice(NamedTuple):
    """One plan of the day, and what people know it by."""

    digest: str
    words: str


def rows(entries: Sequence[Entry], day: Day, words: Words, *, forbids: str) -> list[dict[str, Any]]:
    """Every step of the plan, the newest first, those taken back too."""
    return [_row(step, day, words, forbids=forbids) for step in reversed(history(entries))]


def summary(entries: Sequence[Entry]) -> str:
    """How many plans the day has had."""
    count = len({step.plan for step in history(entries) if isinstance(step.fact, MAKE_A_PLAN)})
    return "1 plan so far" if count == 1 else f"{count} plans so far"


def choices(entries: Sequence[Entry], day: Day, words: Words) -> list[PlanChoice]:
    """The plan in hand, the day's plan, what was received, then every other plan of the history, the newest first."""
    before, steps = day.pre_load_out, [s for s in history(entries) if isinstance(s.fact, MAKE_A_PLAN)]
    made: dict[str, Step] = {step.plan: step for step in steps}
    named: dict[str, list[str]] = {digest: [] for digest in (before.in_hand, before.plan_digest) if digest}
    if before.in_hand:
        named[before.in_hand].append("In hand now")
    if before.plan_digest:
        named[before.plan_digest].append("The day's plan")
    for given in [s for s in steps if isinstance(s.fact, RoutesGiven)][-1:]:
        named.setdefault(given.plan, []).append("As received")
    for step in reversed(steps):
        named.setdefault(step.plan, [])
    return [PlanChoice(digest, _called(names, made.get(digest), day, words)) for digest, names in named.items()]


def clock(step: Step, day: Day) -> str:
    """When a step was made, by the station's clock."""
    return clock_text(step.fact.at, day.course.timezone, str(day.key.service_day))


def _called(names: Iterable[str], step: Step | None, day: Day, words: Words) -> str:
    brought = [f"{clock(step, day)} {step.fact.by}: {words.say(step.fact)}"] if step else []
    return printable(" · ".join((*names, *brought)))


def _row(step: Step, day: Day, words: Words, *, forbids: str) -> dict[str, Any]:
    before = day.pre_load_out
    in_hand, committed = step.plan == before.in_hand, step.plan == before.plan_digest
    kind, stands = "plain", "Earlier"
    if step.undone_by:
        kind, stands = "old", f"Taken back by {step.undone_by}"
    elif in_hand:
        kind, stands = "ok", "In hand, the day's plan" if committed else "In hand"
    elif committed:
        kind, stands = "ok", "The day's plan"
    said = " ".join(words.say(step.fact).split())
    return {
        "id": str(step.n),
        "at": {"text": clock(step, day), "sort": step.n},
        "who": printable(step.fact.by),
        "what": printable(said),
        "stands": {"kind": kind, "text": printable(stands)},
        "acts": _acts(in_hand=in_hand, locks=isinstance(step.fact, LocksChanged), forbids=forbids),
    }


def _acts(*, in_hand: bool, locks: bool, forbids: str) -> list[dict[str, Any]]:
    if in_hand or locks:
        return []
    return [
        {"id": LOOK, "label": "Look", "title": "Show this plan on the map"},
        {"id": COMPARE, "label": "Compare", "title": "Hold the plan in hand against this one"},
        {"id": BACK, "label": "Go back…", "title": printable(forbids or "Take this plan in hand again"),
         "disabled": bool(forbids)},
    ]  # fmt: skip
