"""The fold: a day is what its facts, in the order of the log, make of it. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from dispatchkit.day import course, end_of_shift, load_out, pre_load_out, road
from dispatchkit.day.course import Course
from dispatchkit.day.end_of_shift import EndOfShift
from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.whole_day import FactVoided
from dispatchkit.day.load_out import LoadOut
from dispatchkit.day.pre_load_out import PreLoadOut
from dispatchkit.day.road import Road
from dispatchkit.day.rules import Artifacts, NoArtifacts, Rule
from dispatchkit.errors import Refused
from dispatchkit.records import DayKey, Plan


class Day(msgspec.Struct, frozen=True, dict=True):
    """A service day at one version of its log: a slice per phase, and what holds for the whole day.

    It has room for what is worked out of it (`remembered`).

    Attributes
    ----------
    version
        Place of the last fact folded; a decision made on this day is appended expecting it.
    """

    key: DayKey
    version: int = 0
    course: Course = Course()
    pre_load_out: PreLoadOut = PreLoadOut()
    load_out: LoadOut = LoadOut()
    road: Road = Road()
    end_of_shift: EndOfShift = EndOfShift()

    @property
    def plan(self) -> Plan:
        """The committed plan; Refused while there is none."""
        if self.pre_load_out.plan is None:
            raise Refused([f"{self.key} has no plan yet. Import or build routes and commit them first."])
        return self.pre_load_out.plan

    def code(self, route_id: str) -> str:
        """What people call the route; the id itself where the plan does not know it."""
        plan = self.pre_load_out.plan
        known = plan.route.get(route_id) if plan else None
        return known.code if known else route_id


_SLICES = {
    "course": course,
    "pre_load_out": pre_load_out,
    "load_out": load_out,
    "road": road,
    "end_of_shift": end_of_shift,
}

RULES: dict[type[Fact], tuple[tuple[str, Rule], ...]] = {
    kind: tuple((name, module.RULES[kind]) for name, module in _SLICES.items() if kind in module.RULES)
    for kind in {kind for module in _SLICES.values() for kind in module.RULES}
}
"""For each type of fact the slices that it concerns, and how."""


def fold(key: DayKey, entries: Sequence[Entry], artifacts: Artifacts | None = None) -> Day:
    """Make the day of its log from the beginning. Voided facts are passed over, wherever they stand."""
    passed_over = voided(entries)
    kept = [e for e in entries if e.n not in passed_over] if passed_over else entries
    return _apply(Day(key), kept, entries[-1].n if entries else 0, artifacts or NoArtifacts())


def follow(day: Day, entries: Sequence[Entry], artifacts: Artifacts | None = None) -> Day:
    """Bring the day up to date with the entries that came after its version.

    Raises
    ------
    ValueError
        Where one of them voids a fact: fold anew then (`voids` tells), since what was voided is already in the day.
    """
    if voids(entries):
        raise ValueError("A fact was voided: fold the whole log again.")
    if not entries:
        return day
    return _apply(day, entries, entries[-1].n, artifacts or NoArtifacts())


def voids(entries: Iterable[Entry]) -> bool:
    """Say whether any of the entries takes an earlier fact back."""
    return any(type(e.fact) is FactVoided for e in entries)


def voided(entries: Sequence[Entry]) -> frozenset[int]:
    """Places of the facts that do not count. A `FactVoided` can itself be voided, which brings its facts back."""
    gone: set[int] = set()
    for entry in reversed(entries):
        if isinstance(entry.fact, FactVoided) and entry.n not in gone:
            gone.update(entry.fact.n)
    return frozenset(gone)


def _apply(day: Day, entries: Sequence[Entry], version: int, artifacts: Artifacts) -> Day:
    slices: dict[str, Any] = {name: getattr(day, name) for name in _SLICES}
    for entry in entries:
        fact = entry.fact
        if fact.at > entry.learned_at:     # a clock that is ahead: nothing happens after it was learned
            fact = msgspec.structs.replace(fact, at=entry.learned_at)
        for name, rule in RULES.get(type(fact), ()):
            slices[name] = rule(slices[name], fact, artifacts)
    return Day(key=day.key, version=version, **slices)
