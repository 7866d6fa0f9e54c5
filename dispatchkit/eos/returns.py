"""The way back: clearance to return (RTS), the van in the yard, the van checked in."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import DriverReturned, ReturnCleared, VanReturned
from dispatchkit.day.facts.whole_day import NoteAdded
from dispatchkit.day.open_day import known_route_blockers, known_van_blockers, refuse_if
from dispatchkit.fleet.inspection import POST_TRIP, route_out
from dispatchkit.times import clock_text


def _on_the_road_blockers(day: Day, route_id: str) -> Iterator[str]:
    yield from known_route_blockers(day, route_id)
    if route_id not in day.load_out.departed:
        yield f"{day.code(route_id)} has not left."
    elif route_id in day.end_of_shift.returned:
        yield f"{day.code(route_id)} is back already."


def clear_return_blockers(day: Day, route_id: str, at: datetime, why: str = "") -> Iterator[str]:
    """Why the driver may not head back: not out, cleared already, or stops are open, there is time and no reason."""
    if known := [*_on_the_road_blockers(day, route_id)]:
        yield from known
        return
    if route_id in day.end_of_shift.cleared:
        yield f"{day.code(route_id)} is cleared to return already."
    route, to_do = day.plan.route[route_id], len(day.road.routes[route_id].remaining)
    if to_do and at < route.finish_by and not why.strip():
        until = clock_text(route.finish_by, day.course.timezone, day.key.service_day.isoformat())
        stops = f"{to_do} stop{'' if to_do == 1 else 's'}"
        yield f"{route.code} has {stops} open and time until {until}. Say why it returns."


def clear_return(day: Day, *, route_id: str, why: str = "", at: datetime, by: str) -> list[Fact]:
    """Clear the driver to head back; a reason is kept as a note about the route."""
    refuse_if(clear_return_blockers(day, route_id, at, why))
    facts: list[Fact] = [ReturnCleared(at=at, by=by, route_id=route_id)]
    if why.strip():
        facts.append(NoteAdded(at=at, by=by, text=f"Cleared to return: {why.strip()}", about=route_id))
    return facts


def driver_returned_blockers(day: Day, route_id: str) -> Iterator[str]:
    """Why the return cannot be recorded: the route is not out. Who came without clearance is back all the same."""
    yield from _on_the_road_blockers(day, route_id)


def driver_returned(day: Day, *, route_id: str, at: datetime, by: str) -> list[Fact]:
    """Record that the van is back at the station."""
    refuse_if(driver_returned_blockers(day, route_id))
    return [DriverReturned(at=at, by=by, route_id=route_id)]


def van_returned_blockers(day: Day, van_id: str) -> Iterator[str]:
    """Why the van cannot be checked in: it did not leave, is still out, is in already, or was not inspected after."""
    if known := [*known_van_blockers(day, van_id)]:
        yield from known
        return
    if all(left.van_id != van_id for left in day.load_out.departed.values()):
        yield f"Van {van_id} has not left today."
    elif route_id := route_out(day, van_id):
        yield f"Van {van_id} is on the road with {day.code(route_id)}."
    elif van_id in day.end_of_shift.vans:
        yield f"Van {van_id} is checked in already."
    elif (van_id, POST_TRIP) not in day.pre_load_out.inspections:
        yield f"Van {van_id} has no post-trip DVIC. Inspect it first."


def van_returned(day: Day, *, van_id: str, damage: str = "", at: datetime, by: str) -> list[Fact]:
    """Check the van in: looked over, keys in; `damage` in words, empty for none."""
    refuse_if(van_returned_blockers(day, van_id))
    return [VanReturned(at=at, by=by, van_id=van_id, damage=damage.strip())]
