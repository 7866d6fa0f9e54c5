"""At the dock: the driver arrives, the van is loaded, the route leaves. A van that is not ready does not leave."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import DriverArrived, LoadingFinished, LoadingStarted, RouteDeparted
from dispatchkit.day.open_day import known_driver_blockers, known_route_blockers, known_van_blockers, refuse_if
from dispatchkit.fleet.ready import van_blockers
from dispatchkit.loadout.waves import wave_of
from dispatchkit.roster.attendance import drives


def arrived_blockers(day: Day, driver_id: str) -> Iterator[str]:
    """Why the arrival cannot be recorded: unknown driver, here already, or noted as not coming."""
    if unknown := [*known_driver_blockers(day, driver_id)]:
        yield from unknown
        return
    roster, attendance = day.pre_load_out.roster, day.pre_load_out.attendance
    if driver_id in day.load_out.arrived:
        yield f"Driver {driver_id} is here already."
    if roster is not None and not drives(roster.driver[driver_id], attendance):
        yield f"Driver {driver_id} is noted as '{attendance[driver_id]}'. Confirm the attendance first."


def arrived(day: Day, *, driver_id: str, at: datetime, by: str) -> list[Fact]:
    """Record that the driver is at the station."""
    refuse_if(arrived_blockers(day, driver_id))
    return [DriverArrived(at=at, by=by, driver_id=driver_id)]


def _at_the_dock_blockers(day: Day, route_id: str) -> Iterator[str]:
    yield from known_route_blockers(day, route_id)
    if route_id in day.load_out.departed:
        yield f"{day.code(route_id)} has left already."


def start_loading_blockers(day: Day, route_id: str) -> Iterator[str]:
    """Why loading cannot start: unknown route, gone, no van to load, or it has started."""
    yield from _at_the_dock_blockers(day, route_id)
    if route_id not in day.pre_load_out.van_of:
        yield f"{day.code(route_id)} has no van to load. Assign one."
    if route_id in day.load_out.loading:
        yield f"{day.code(route_id)} is being loaded, or is loaded, already."


def start_loading(day: Day, *, route_id: str, at: datetime, by: str) -> list[Fact]:
    """Record that the van stands at its pad and is being loaded."""
    refuse_if(start_loading_blockers(day, route_id))
    return [LoadingStarted(at=at, by=by, route_id=route_id)]


def finish_loading_blockers(day: Day, route_id: str, packages: int, not_found: tuple[str, ...] = ()) -> Iterator[str]:
    """Why loading is not finished: not started, or what was counted and what was not found is not the plan's count."""
    if known := [*_at_the_dock_blockers(day, route_id)]:
        yield from known
        return
    code = day.code(route_id)
    if route_id not in day.load_out.loading:
        yield f"{code} has not started loading."
    ids = [p.package_id for stop in day.plan.stops_of(route_id) for p in stop.packages]
    if strange := sorted(set(not_found) - set(ids)):
        yield f"Not packages of {code}: {', '.join(strange)}. Check the ids."
    if len(set(not_found)) != len(not_found):
        yield f"{code} has a package twice among those not found. Name each once."
    if packages + len(not_found) != len(ids):
        yield (
            f"{code} should have {len(ids)} packages; {packages} counted and {len(not_found)} not found make "
            f"{packages + len(not_found)}. Count again: name those not there, set aside those that are not its own."
        )


def finish_loading(
    day: Day, *, route_id: str, packages: int, not_found: tuple[str, ...] = (), at: datetime, by: str
) -> list[Fact]:
    """Record that the van is loaded with `packages`, and which ids nobody found. A second count replaces the first."""
    refuse_if(finish_loading_blockers(day, route_id, packages, not_found))
    return [LoadingFinished(at=at, by=by, route_id=route_id, packages=packages, not_found=not_found)]


def crew_blockers(day: Day, route_id: str) -> Iterator[str]:
    """What of driver and van the route still lacks; nothing for one that has both, whatever their state."""
    if route_id not in day.pre_load_out.driver_of:
        yield f"{day.code(route_id)} has no driver. Assign one."
    if route_id not in day.pre_load_out.van_of:
        yield f"{day.code(route_id)} has no van. Assign one."


def departure_blockers(day: Day, route_id: str) -> Iterator[str]:
    """Why the route may not leave; nothing when it may."""
    if known := [*_at_the_dock_blockers(day, route_id)]:
        yield from known
        return
    code, before, load = day.code(route_id), day.pre_load_out, day.load_out
    driver_id, van_id = before.driver_of.get(route_id), before.van_of.get(route_id)
    yield from crew_blockers(day, route_id)
    if driver_id is not None:
        if unknown := [*known_driver_blockers(day, driver_id)]:
            yield from unknown
        elif driver_id not in load.arrived:
            yield f"Driver {driver_id} of {code} has not arrived."
    if van_id is not None:
        yield from [*known_van_blockers(day, van_id)] or van_blockers(day, van_id)
    if route_id not in load.loaded:
        yield f"{code} is not loaded."
    wave = wave_of(day, route_id)
    if not wave:
        yield f"{code} is in no wave. Put it into one."
    elif wave not in load.briefings:
        yield f"{wave} of {code} has had no stand-up. Brief it."


def depart(day: Day, *, route_id: str, at: datetime, by: str) -> list[Fact]:
    """Record that the route leaves, with the driver and the van that it has."""
    refuse_if(departure_blockers(day, route_id))
    before = day.pre_load_out
    return [
        RouteDeparted(
            at=at, by=by, route_id=route_id, driver_id=before.driver_of[route_id], van_id=before.van_of[route_id]
        )
    ]
