"""Who is on the roster, who will come, and who may be given a route."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import AttendanceConfirmed, DriverCalledOut, RosterTaken
from dispatchkit.day.open_day import closed_blockers, known_driver_blockers, refuse_if
from dispatchkit.records import Driver, Roster

ABSENT = ("Called out excused", "Called out not excused", "No show no call", "VTO")
"""States of the trade in which a driver does not drive today."""

LATE = ("Late with call", "Late no call")
"""States in which he may still come: his route is open for another, and he is given one after everybody else."""


def take_roster_blockers(day: Day, roster: Roster) -> Iterator[str]:
    """Why this roster cannot be today's: it is empty, or lacks a driver who is on the road."""
    yield from closed_blockers(day)
    if not roster.drivers:
        yield "This roster has no drivers. Check the file."
    out = {d.driver_id for r, d in day.load_out.departed.items() if r not in day.end_of_shift.returned}
    if absent := sorted(out - roster.driver.keys()):
        yield f"On the road, but not on this roster: {', '.join(absent)}. Take in a roster that has them."


def take_roster(
    day: Day, *, roster: Roster, digest: str, invented: bool = False, at: datetime, by: str
) -> list[Fact]:
    """Take in who may drive today; `digest` names the artifact, `invented` says that no source named the drivers."""
    refuse_if(take_roster_blockers(day, roster))
    return [RosterTaken(at=at, by=by, roster=digest, drivers=len(roster.drivers), invented=invented)]


def confirm(day: Day, *, driver_id: str, at: datetime, by: str) -> list[Fact]:
    """Write down that the driver will come, or has come after all."""
    refuse_if(known_driver_blockers(day, driver_id))
    return [AttendanceConfirmed(at=at, by=by, driver_id=driver_id)]


def call_out_blockers(day: Day, driver_id: str, attendance: str) -> Iterator[str]:
    """Why this call-out cannot be recorded: unknown driver or state, or he has left with a route."""
    yield from known_driver_blockers(day, driver_id)
    if attendance not in (*ABSENT, *LATE):
        yield f"'{attendance}' is not a state of attendance. Choose one of: {', '.join((*ABSENT, *LATE))}."
    for route_id, left in day.load_out.departed.items():
        if left.driver_id == driver_id:
            yield f"Driver {driver_id} left with {day.code(route_id)}; a call-out comes too late. Write a note instead."


def call_out(
    day: Day, *, driver_id: str, attendance: str, note: str = "", at: datetime, by: str
) -> list[Fact]:
    """Record a call-out. The driver's route is without a driver from here on."""
    refuse_if(call_out_blockers(day, driver_id, attendance))
    return [DriverCalledOut(at=at, by=by, driver_id=driver_id, attendance=attendance, note=note)]


def drives(driver: Driver, attendance: Mapping[str, str]) -> bool:
    """Say whether the driver can be given a route; one of whom nothing was heard can."""
    return attendance.get(driver.driver_id) not in ABSENT


def may_drive(roster: Roster, attendance: Mapping[str, str]) -> tuple[Driver, ...]:
    """Who can be given a route: regular drivers first, then standbys, then those who are late; each in roster order."""
    here = [d for d in roster.drivers if drives(d, attendance)]
    return tuple(sorted(here, key=lambda d: (attendance.get(d.driver_id) in LATE, d.standby)))
