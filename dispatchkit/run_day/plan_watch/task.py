"""What is left to do for a day, read off its log: a restart goes on where the last one was, and does nothing twice."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from dispatchkit.day import Day, Entry
from dispatchkit.day.facts.pre_load_out import PlanCommitted, PlanEdited, RoutesBuilt, RoutesGiven
from dispatchkit.day.facts.whole_day import STOPS_ONLY, FileImported, NoteAdded
from dispatchkit.imports.of_day import SOURCES

BY = "plan watch"
"""Who takes files in, builds, checks and writes down when nobody looks."""

BY_PEOPLE = (PlanEdited, PlanCommitted)
"""After these the plan is somebody's own: it is left alone."""


class Task(StrEnum):
    """What is next for a day."""

    BUILD = "build"
    CHECK = "check"


def is_volume(entry: Entry) -> bool:
    """Whether this is when a day's volume came: stops and vans, or routes that the station gave."""
    fact = entry.fact
    return isinstance(fact, RoutesGiven) or (isinstance(fact, FileImported) and fact.source in SOURCES)


def landed_at(entries: Sequence[Entry]) -> Iterator[datetime]:
    """When volume came, by what was learned."""
    return (entry.learned_at for entry in entries if is_volume(entry))


def task_of(day: Day, entries: Sequence[Entry], *, due: datetime, build_given: bool) -> Task | None:
    """What is to be done for a day; None where it is done, or is a person's.

    Parameters
    ----------
    entries
        Its whole log, what was taken back too: a draft that somebody took back is not built again.
    due
        When the hour came last: volume that a person took in waits for it, since he may be at work on it.
    build_given
        Whether routes are built although the station gave some.
    """
    came = next((entry for entry in reversed(entries) if is_volume(entry)), None)
    if came is None or not (came.fact.by == BY or came.learned_at <= due):
        return None
    since = [entry for entry in entries if entry.first_n > came.first_n]
    if day.course.closed_at or day.load_out.departed or any(isinstance(e.fact, BY_PEOPLE) for e in since):
        return None
    together = [entry.fact for entry in entries if entry.first_n == came.first_n]
    sources = {fact.source for fact in together if isinstance(fact, FileImported)}
    wants_routes = STOPS_ONLY in sources or (build_given and bool(sources & SOURCES))
    built = [entry for entry in since if isinstance(entry.fact, RoutesBuilt)]
    if wants_routes and not built:
        return Task.BUILD
    newest = built[-1] if built else came
    told = any(isinstance(e.fact, NoteAdded) and e.fact.by == BY and e.first_n > newest.first_n for e in since)
    return None if told or not day.pre_load_out.in_hand else Task.CHECK
