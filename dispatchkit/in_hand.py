"""What the plan that a day has in hand comes to: is it realistic, who could take which route over, what has it become?

All of it is read off the log, so that a program of its own can work it out with nothing but a day.
"""

from collections.abc import Callable

from dispatchkit.day import Day
from dispatchkit.day.pre_load_out import NO_LOCKS
from dispatchkit.desk import StoredRecords
from dispatchkit.doors import earlier_outcomes
from dispatchkit.errors import NotFound, Refused
from dispatchkit.history import Histories
from dispatchkit.log import Log
from dispatchkit.plan.absorb import Cover, absorb
from dispatchkit.plan.compare import Compared, compare
from dispatchkit.plan.effect import Figures, figures
from dispatchkit.plan.realism import Finding, Kind, PlanRealism, Severity, check
from dispatchkit.plan.realism.of_day import known_of
from dispatchkit.records import Plan
from dispatchkit.station import Station
from dispatchkit.travel.source import calibrated

DRAFT = "This is a draft: it is the day's plan only once it has been committed."

ALL_BEGUN = (
    "Every route is being loaded or has left. Help on the road is a rescue. "
    "Ask for it as planned to see how it stood before."
)


def plan_in_hand(log: Log, day: Day) -> Plan:
    """The plan that was last given, built, changed or committed; NotFound where there is none."""
    if not day.pre_load_out.in_hand:
        raise NotFound(f"{day.key} has no plan yet. Import or build routes first.")
    return StoredRecords(log).record(day.pre_load_out.in_hand, Plan)


def checked(log: Log, day: Day, station: Station) -> PlanRealism:
    """Check the plan in hand with all that the day and earlier ones know; a draft is told to be one."""
    plan, travel = plan_in_hand(log, day), calibrated(station)     # the plan has its own drive seconds
    outcomes = earlier_outcomes(log, day.key, plan, days=station.realism.past_count)
    known = known_of(day, outcomes=outcomes, past=Histories(log, station, travel).of(day))
    draft = Finding(kind=Kind.UNKNOWN, severity=Severity.NOTE, sentence=DRAFT)
    also = (draft,) if day.pre_load_out.in_hand != day.pre_load_out.plan_digest else ()
    return check(plan, station, travel, timezone=day.course.timezone, known=known, also=also)


def covers(
    log: Log, day: Day, station: Station, *, as_planned: bool = False,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[Cover, ...]:  # fmt: skip
    """Say of every route of the plan in hand who could take it over; `progress` as for `absorb`.

    Routes that are locked, being loaded or gone take nothing more; with `as_planned` as before the first was loaded.
    Refused where every route has begun.
    """
    plan, before, travel = plan_in_hand(log, day), day.pre_load_out, calibrated(station)
    begun = frozenset[str]() if as_planned else frozenset((*day.load_out.loading, *day.load_out.departed))
    if plan.routes and begun.issuperset(plan.route):
        raise Refused([ALL_BEGUN])
    locked = before.locks.get(before.in_hand, NO_LOCKS).route_ids
    past = Histories(log, station, travel).of(day)
    return absorb(
        plan, station, travel, driver_of=before.driver_of, past=past, unable=begun | locked, progress=progress
    )


def figures_in_hand(log: Log, day: Day, station: Station) -> dict[str, Figures]:
    """What every route of the plan in hand comes to, by route id."""
    travel = calibrated(station)
    past, driver_of = Histories(log, station, travel).of(day), day.pre_load_out.driver_of
    return figures(plan_in_hand(log, day), station, travel, driver_of=driver_of, past=past)


def held_against(log: Log, day: Day, a: str, b: str, station: Station) -> Compared:
    """Hold the plan with the digest `b` against the one with the digest `a`, with the day's drivers and its past."""
    records, travel = StoredRecords(log), calibrated(station)
    one, other = (records.record(digest, Plan) for digest in (a, b))
    past = Histories(log, station, travel).of(day)
    return compare(one, other, station, travel, driver_of=day.pre_load_out.driver_of, past=past)
