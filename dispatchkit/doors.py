"""At which doors a station's earlier days were, and what became of it: read from the log, worked out once a day, kept.

It rests on what had been written when the first van of the day was to leave: who checks a day's plan again later finds
the same.
"""

from datetime import datetime

import msgspec

from dispatchkit.day import Day, fold
from dispatchkit.desk import StoredRecords
from dispatchkit.log import DayHead, Log
from dispatchkit.plan.realism.morning import first_departure
from dispatchkit.plan.realism.outcomes import NO_OUTCOMES, Outcomes, Visit, gathered, visits_of
from dispatchkit.records import DayKey, Plan

VISITS = "visits"
"""What is kept of a past day."""

METHOD = "1"
"""Part of what everything kept rests on. Another one wherever the same day would now tell something else."""


def earlier_outcomes(log: Log, key: DayKey, plan: Plan, *, days: int) -> Outcomes:
    """Gather the visits of the newest `days` closed days of the station before this one.

    Runs of a day beside the real one tell nothing, nor do days that were not closed when the plan's first van leaves.
    """
    if not plan.routes:
        return NO_OUTCOMES
    begins_at = first_departure(plan)
    heads = [h for h in log.days() if h.key.station == key.station and not h.key.branch]
    earlier = sorted((h for h in heads if h.key.service_day < key.service_day), key=lambda h: h.key, reverse=True)
    bases = {head.key: f"{METHOD} {_version(log, head, begins_at)}" for head in earlier[:days]}
    kept = log.derived.found(VISITS, bases)
    visits = {day: msgspec.json.decode(body, type=tuple[Visit, ...]) for day, body in kept.items()}
    new = [day for day in bases if day not in visits]
    for day in new:
        visits[day] = _visits(fold(day, log.read(day, until=begins_at), StoredRecords(log)))
    log.derived.keep(VISITS, {day: (bases[day], msgspec.json.encode(visits[day])) for day in new})
    return gathered(visit for of_day in visits.values() for visit in of_day)


def _version(log: Log, head: DayHead, at: datetime) -> int:
    """How far a day was written at an instant: what was corrected later, nobody knew."""
    if head.last_learned_at <= at:
        return head.version
    known = log.read(head.key, until=at)
    return known[-1].n if known else 0


def _visits(day: Day) -> tuple[Visit, ...]:
    return tuple(visits_of(day)) if day.course.closed_at is not None else ()
