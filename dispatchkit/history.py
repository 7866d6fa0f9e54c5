"""What is known from a station's earlier days when a day begins: read from the log, learned once a day, and kept.

A lesson never changes as long as its day does not, so each past day is folded once in a store's life. Everything rests
on what had been learned when the first van of the day was to leave: who looks back at a day later gets the same past.
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

import msgspec

from dispatchkit.day import Day, fold
from dispatchkit.desk import StoredRecords
from dispatchkit.log import DayHead, Log
from dispatchkit.pace.lesson import lesson
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.pooling import Lesson, pooled
from dispatchkit.pace.timetable import Timetables
from dispatchkit.records import DayKey, Plan
from dispatchkit.station import Station
from dispatchkit.travel.calibrated import CalibratedTravel

LESSON, PAST = "lesson", "past"
"""What is kept of a past day, and of a day that has a past."""

METHOD = "1"
"""Part of what everything kept rests on. Another one wherever the same day would now tell something else."""


class _Held(NamedTuple):
    """A past that was worked out, for which plan, and what it rests on."""

    plan: Plan
    basis: str
    past: Past


class Histories:
    """The pasts of a store's days, each worked out when it is first asked for.

    Parameters
    ----------
    travel
        Answers for legs that no plan names.
    """

    def __init__(self, log: Log, station: Station, travel: CalibratedTravel) -> None:
        self._log, self._station, self._travel = log, station, travel
        self._rules = _digest(station.forecast, station.intake.service_share, travel)
        self._held: dict[DayKey, _Held] = {}

    def of(self, day: Day) -> Past:
        """What was known of the day's drivers and areas when its first van was to leave; nothing without a plan.

        Until its vans leave, the days before it may still be written: whoever asks again by then gets what they tell.
        """
        plan = day.pre_load_out.plan
        if plan is None or not plan.routes:
            return NO_PAST
        held = self._held.get(day.key)
        if held is None or held.plan is not plan or not day.load_out.departed:
            held = self._past(day, plan, held)
            self._held[day.key] = held
        return held.past

    def learn(self) -> None:
        """Learn every day of the store as it stands, so that nobody waits for it later."""
        heads = self._log.days()
        if heads:
            self._lessons([(head.key, head.version) for head in heads], max(head.last_learned_at for head in heads))

    def _past(self, day: Day, plan: Plan, held: _Held | None) -> _Held:
        """The past of a day under a plan: the very one that is held, where it rests on the same still."""
        begins_at, forecast = min(route.departs_at for route in plan.routes), self._station.forecast
        stands = [(head.key, self._version(head, begins_at)) for head in self._before(day.key)[: forecast.past_count]]
        basis = _digest(METHOD, self._rules, [(str(key), version) for key, version in stands])
        if held is not None and held.basis == basis:
            return held._replace(plan=plan)
        if kept := self._log.derived.found(PAST, {day.key: basis}):
            return _Held(plan, basis, msgspec.json.decode(kept[day.key], type=Past))
        past = pooled(self._lessons(stands, begins_at), forecast)
        self._log.derived.keep(PAST, {day.key: (basis, msgspec.json.encode(past))})
        return _Held(plan, basis, past)

    def _before(self, key: DayKey) -> list[DayHead]:
        """Earlier days of the station, the newest first; runs of a day beside the real one tell nothing."""
        heads = [h for h in self._log.days() if h.key.station == key.station and not h.key.branch]
        return sorted((h for h in heads if h.key.service_day < key.service_day), key=lambda h: h.key, reverse=True)

    def _version(self, head: DayHead, at: datetime) -> int:
        """How far a past day was written at an instant: what was corrected later, nobody knew."""
        if head.last_learned_at <= at:
            return head.version
        known = self._log.read(head.key, until=at)
        return known[-1].n if known else 0

    def _lessons(self, stands: Sequence[tuple[DayKey, int]], until: datetime) -> list[Lesson]:
        """What each day tells as far as it was written until an instant; nothing where it was not closed by then."""
        bases = {key: _digest(METHOD, self._rules, version) for key, version in stands}
        kept = self._log.derived.found(LESSON, bases)
        lessons = {key: msgspec.json.decode(body, type=Lesson) for key, body in kept.items()}
        new = [key for key in bases if key not in lessons]
        for key in new:
            # records of its own, so that the plans of eight weeks are not all held at once
            lessons[key] = self._lesson(fold(key, self._log.read(key, until=until), StoredRecords(self._log)))
        self._log.derived.keep(LESSON, {key: (bases[key], msgspec.json.encode(lessons[key])) for key in new})
        return [lessons[key] for key in bases]

    def _lesson(self, day: Day) -> Lesson:
        if day.course.closed_at is None or day.pre_load_out.plan is None:
            return Lesson()
        return lesson(day, Timetables(day.plan, self._travel), self._station)


def _digest(*parts: object) -> str:
    return sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
