"""The night before: files in, routes given or built, committed; roster and fleet; who drives what."""

from collections.abc import Callable
from datetime import timedelta

from dispatchkit import course, intake
from dispatchkit.fleet import vans
from dispatchkit.imports.given import Import
from dispatchkit.plan import commit
from dispatchkit.plan.built_draft import keep_built
from dispatchkit.plan.intake import given_plan
from dispatchkit.records import Fleet, Plan, Roster, Stop
from dispatchkit.roster import assign, attendance, decide
from dispatchkit.run_day.building import built_side_by_side
from dispatchkit.run_day.people import fleet_of, invented_roster
from dispatchkit.run_day.shift import Shift
from dispatchkit.travel.of_day import travel_of
from dispatchkit.travel.source import notes

NIGHT_BEFORE = timedelta(hours=12)
"""How long before the first departure the plan is made: the evening before."""

START_S, ROUTE_S = 3.0, 0.5
"""Seconds of building that a day and each of its routes are worth: one route does not wait as long as twenty-five."""


def plan_given(shift: Shift, found: Import) -> None:
    """Take the station's own routes and commit them."""
    travel = travel_of(found, shift.station)
    plan = given_plan(found, shift.station, travel, seed=shift.seed)
    intake.take_files(shift.desk, found)
    digest = intake.draft(shift.desk, plan)
    for sentence in notes(travel, plan.stops, plan.station_place):
        shift.desk.decide(course.note, text=sentence)
    shift.desk.decide(commit.commit, digest=digest, plan=plan)


def plan_built(
    shift: Shift, found: Import, *, budget_s: float, progress: Callable[[str], None] | None = None
) -> tuple[Stop, ...]:
    """Build the routes anew and commit them; return the stops that no route could take.

    What a dispatcher would have to know of the plan is written into the day as notes.
    """
    travel = travel_of(found, shift.station)
    made = built_side_by_side(
        found, shift.station, travel, seed=shift.seed,
        budget_s=min(budget_s, START_S + ROUTE_S * len(found.routes)),
        progress=None if progress is None else lambda so_far: progress(str(so_far)),
    )  # fmt: skip
    plan = made.plan
    intake.take_files(shift.desk, found)
    digest = shift.desk.records.put(plan)
    sentences = (*made.sentences, *notes(travel, plan.stops, plan.station_place))
    shift.desk.decide(keep_built, plan=plan, digest=digest, seed=shift.seed, sentences=sentences)
    shift.desk.decide(commit.commit, digest=digest, plan=plan)
    return made.unserved


def plan_ready(shift: Shift, plan: Plan, timezone: str) -> None:
    """Commit a plan that is made already, such as the sample day's."""
    shift.desk.decide(course.open_day, timezone=timezone)
    shift.desk.decide(commit.commit, digest=intake.draft(shift.desk, plan), plan=plan)


def people_of(shift: Shift, found: Import) -> None:
    """Take the vans that the file names and invented drivers, since neither format names any."""
    fleet, invented = fleet_of(found, shift.station)
    staff(
        shift,
        invented_roster(found, shift.station, seed=shift.seed),
        fleet,
        drivers_invented=True,
        vans_invented=invented,
    )


def staff(
    shift: Shift, roster: Roster, fleet: Fleet, *, drivers_invented: bool = False, vans_invented: bool = False
) -> None:
    """Take roster and fleet in, and give each route its driver and van."""
    put = shift.desk.records.put
    shift.desk.decide(attendance.take_roster, roster=roster, digest=put(roster), invented=drivers_invented)
    shift.desk.decide(vans.take_fleet, fleet=fleet, digest=put(fleet), invented=vans_invented)
    cover(shift)


def cover(shift: Shift) -> None:
    """Give each route that lacks one a driver and a van, changing as little as possible."""
    shift.desk.decide(
        decide.assign_all, assignment=assign.assign_day(shift.day, station=shift.station), station=shift.station
    )
