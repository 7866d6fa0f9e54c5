"""Routes built as a draft of the day: whether they can be, and how they are kept with what is to be known of them."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatchkit import course
from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.imports.of_day import volume_files
from dispatchkit.plan import commit
from dispatchkit.plan.locks import listed
from dispatchkit.records import Plan, Record

ENGINE = "slack induction by string removals"
"""How routes are built here, for the record."""


class BuiltDraft(Record, frozen=True):
    """Routes that were built for a day. `sentences` are what a dispatcher has to know before committing them."""

    plan: Plan
    sentences: tuple[str, ...] = ()


def build_blockers(day: Day) -> Iterator[str]:
    """Why no routes can be built for this day: closed, on the road, or its stops have no places."""
    yield from closed_blockers(day)
    if day.load_out.departed:
        left = sorted(day.code(route_id) for route_id in day.load_out.departed)
        yield f"{listed(left)} left on the plan as it stands. Routes are built before the first van leaves."
    if volume_files(day):
        return
    if day.pre_load_out.drafts:
        yield (
            "The files of this day count its stops and do not say where they are, so no routes can be built of them. "
            "Import stops with their places and vans: challenge JSON, station-day CSV, or a stop list."
        )
    else:
        yield "No stops have come in yet. Import the day's volume on the home page first."


def keep_built(
    day: Day, *, plan: Plan, digest: str, seed: int, sentences: Sequence[str], at: datetime, by: str
) -> list[Fact]:
    """Keep built routes as a draft, and what a dispatcher has to know of them as notes: one decision, undone as one.

    `digest` names the plan's artifact, `seed` the search's random choices.
    """
    refuse_if(build_blockers(day))
    return [
        *commit.built(day, plan=plan, digest=digest, seed=seed, engine=ENGINE, at=at, by=by),
        *(note for text in sentences for note in course.note(day, text=text, at=at, by=by)),
    ]
