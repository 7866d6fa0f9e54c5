"""Give routes to drivers and vans: a whole proposal, or one by hand. The rules are the same."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import DriverAssigned, VanAssigned
from dispatchkit.day.open_day import (
    closed_blockers,
    known_driver_blockers,
    known_route_blockers,
    known_van_blockers,
    refuse_if,
)
from dispatchkit.roster.assignment import Assignment
from dispatchkit.roster.attendance import drives
from dispatchkit.roster.fit import driver_misfits, load_of, pair_misfits, van_misfits
from dispatchkit.station import Station


def assign_driver_blockers(day: Day, route_id: str, driver_id: str, van_id: str = "") -> Iterator[str]:
    """Why this driver cannot have this route, with the van `van_id` or else the van that the route has."""
    before, departed = day.pre_load_out, day.load_out.departed
    unknown = dict.fromkeys((*known_route_blockers(day, route_id), *known_driver_blockers(day, driver_id)))
    if unknown or before.roster is None:
        yield from unknown
        return
    driver, route = before.roster.driver[driver_id], day.plan.route[route_id]
    if left := departed.get(route_id):
        yield f"{route.code} has left with driver {left.driver_id}."
    for other, left in departed.items():
        if left.driver_id == driver_id and other != route_id:
            yield f"Driver {driver_id} has left with {day.code(other)}."
    if not drives(driver, before.attendance):
        said = before.attendance[driver_id]
        yield f"Driver {driver_id} is noted as '{said}'. Confirm the attendance first, or choose another driver."
    yield from driver_misfits(driver, load_of(day.plan, route))
    van_id = van_id or before.van_of.get(route_id, "")
    if before.fleet is not None and van_id in before.fleet.van:
        yield from pair_misfits(driver, before.fleet.van[van_id])


def assign_driver(day: Day, *, route_id: str, driver_id: str, why: str = "", at: datetime, by: str) -> list[Fact]:
    """Give the route to this driver; another route that he had and that has not left loses him."""
    refuse_if(assign_driver_blockers(day, route_id, driver_id))
    return [DriverAssigned(at=at, by=by, route_id=route_id, driver_id=driver_id, why=why)]


def assign_van_blockers(day: Day, route_id: str, van_id: str, station: Station, driver_id: str = "") -> Iterator[str]:
    """Why this van cannot carry this route, with the driver `driver_id` or else the driver that the route has."""
    before, departed = day.pre_load_out, day.load_out.departed
    unknown = dict.fromkeys((*known_route_blockers(day, route_id), *known_van_blockers(day, van_id)))
    if unknown or before.fleet is None:
        yield from unknown
        return
    van, route = before.fleet.van[van_id], day.plan.route[route_id]
    if left := departed.get(route_id):
        yield f"{route.code} has left with van {left.van_id}."
    for other, left in departed.items():
        if left.van_id == van_id and other != route_id:
            yield f"Van {van_id} has left with {day.code(other)}."
    if why := before.grounded.get(van_id):
        yield f"Van {van_id} is grounded: {why}. Release it first, or choose another van."
    yield from van_misfits(van, load_of(day.plan, route), station)
    driver_id = driver_id or before.driver_of.get(route_id, "")
    if before.roster is not None and driver_id in before.roster.driver:
        yield from pair_misfits(before.roster.driver[driver_id], van)


def assign_van(
    day: Day, *, route_id: str, van_id: str, station: Station, why: str = "", at: datetime, by: str
) -> list[Fact]:
    """Give the route to this van; another route that it had and that has not left loses it."""
    refuse_if(assign_van_blockers(day, route_id, van_id, station))
    return [VanAssigned(at=at, by=by, route_id=route_id, van_id=van_id, why=why)]


def assign_all_blockers(day: Day, assignment: Assignment, station: Station) -> Iterator[str]:
    """Why this proposal cannot be taken as it is: every change must stand by itself, and nobody may be in it twice."""
    yield from closed_blockers(day)
    for name, listed in (
        ("Route", [p.route_id for p in assignment.pairs]),
        ("Driver", [p.driver_id for p in assignment.pairs]),
        ("Van", [p.van_id for p in assignment.pairs]),
    ):
        for twice in sorted({who for who in listed if listed.count(who) > 1}):
            yield f"{name} {twice} is in the proposal twice. Ask for a new one."
    if day.course.closed_at is not None:
        return
    before = day.pre_load_out
    for pair in assignment.pairs:
        if before.driver_of.get(pair.route_id) != pair.driver_id:
            yield from assign_driver_blockers(day, pair.route_id, pair.driver_id, pair.van_id)
        if before.van_of.get(pair.route_id) != pair.van_id:
            yield from assign_van_blockers(day, pair.route_id, pair.van_id, station, pair.driver_id)


def assign_all(day: Day, *, assignment: Assignment, station: Station, at: datetime, by: str) -> list[Fact]:
    """Take the proposal: a fact for each driver and each van that changes, nothing for those that stay."""
    refuse_if(dict.fromkeys(assign_all_blockers(day, assignment, station)))
    before = day.pre_load_out
    facts: list[Fact] = []
    for pair in assignment.pairs:
        if before.driver_of.get(pair.route_id) != pair.driver_id:
            driver = DriverAssigned(
                at=at, by=by, route_id=pair.route_id, driver_id=pair.driver_id, why=pair.why_driver
            )
            facts.append(driver)
        if before.van_of.get(pair.route_id) != pair.van_id:
            facts.append(VanAssigned(at=at, by=by, route_id=pair.route_id, van_id=pair.van_id, why=pair.why_van))
    return facts
