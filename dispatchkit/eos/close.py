"""The close: refused while anything is open; each open thing is a sentence that says what to do."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.whole_day import DayClosed, DayReopened
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.eos.balance import RouteBalance, balance
from dispatchkit.eos.checklist import open_items
from dispatchkit.eos.incidents import DOCUMENTED
from dispatchkit.fleet.inspection import POST_TRIP, route_out
from dispatchkit.station import Station


def out_blockers(day: Day) -> Iterator[str]:
    """What is still on the road: rescues under way, and routes that are not back."""
    for rescue in day.road.rescues.values():
        if rescue.ended_at is None:
            giver, helper = day.code(rescue.started.route_id), day.code(rescue.started.helper_route_id)
            yield f"The rescue of {giver} by {helper} is under way. End it, or call it off."
    for route in balance(day).routes:
        if _is_out(day, route):
            yield f"{route.code} is not back{_not_accounted_for(route)}."


def close_blockers(day: Day, station: Station) -> Iterator[str]:
    """Every open thing of the day, in the order in which they are best settled."""
    yield from closed_blockers(day)
    yield from out_blockers(day)
    for route in balance(day).routes:
        if not _is_out(day, route):
            yield from _route_blockers(day, route)
    for van_id in dict.fromkeys(left.van_id for left in day.load_out.departed.values()):
        yield from _van_blockers(day, van_id)
    for incident_id, incident in day.end_of_shift.incidents.items():
        if incident.status != DOCUMENTED:
            yield f"Incident {incident_id} ({incident.opened.incident_type}) is not documented."
    for alarm_id, alarm in day.road.alarms.items():
        if alarm.cleared_at is None:
            yield f"The alarm '{alarm.raised.what}' ({alarm_id}) still stands. Clear it."
    for item in open_items(day, station):
        yield f"Not ticked yet: {item.sentence}."


def _is_out(day: Day, route: RouteBalance) -> bool:
    return route.route_id in day.load_out.departed and route.route_id not in day.end_of_shift.returned


def _not_accounted_for(route: RouteBalance) -> str:
    packages = "1 package is" if route.difference == 1 else f"{route.difference} packages are"
    return f"; {packages} not accounted for" if route.difference else ""


def _route_blockers(day: Day, route: RouteBalance) -> Iterator[str]:
    left, is_open = route.route_id in day.load_out.departed, _not_accounted_for(route)
    if left and route.route_id not in day.end_of_shift.debriefed:
        yield f"{route.code} is not debriefed{is_open}."
    elif not left and route.difference:
        yield f"{route.code} never left{is_open}. Debrief it as a route that did not run."
    elif route.difference:
        yield f"{route.code} has been debriefed{is_open}. Debrief it again."


def _van_blockers(day: Day, van_id: str) -> Iterator[str]:
    """Nothing while the van is out: that its route is not back has been said."""
    if route_out(day, van_id):
        return
    if (van_id, POST_TRIP) not in day.pre_load_out.inspections:
        yield f"Van {van_id} has no post-trip DVIC."
    if van_id not in day.end_of_shift.vans:
        yield f"Van {van_id} is not checked in."


def close(day: Day, *, station: Station, report: str = "", at: datetime, by: str) -> list[Fact]:
    """Close the shift; `report` is the digest of the day report as it stands, if one was kept."""
    refuse_if(close_blockers(day, station))
    return [DayClosed(at=at, by=by, report=report)]


def reopen_blockers(day: Day, why: str) -> Iterator[str]:
    """Why the day cannot be reopened: it is open, or nobody said why."""
    if day.course.closed_at is None:
        yield f"{day.key} is open."
    if not why.strip():
        yield "Say why the day is taken up again."


def reopen(day: Day, *, why: str, at: datetime, by: str) -> list[Fact]:
    """Take a closed day up again: the one decision that a closed day allows."""
    refuse_if(reopen_blockers(day, why))
    return [DayReopened(at=at, by=by, why=why.strip())]
