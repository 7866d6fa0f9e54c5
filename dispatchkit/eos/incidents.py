"""Incidents: opened as soon as something happened, documented before the shift closes."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import IncidentOpened, IncidentUpdated
from dispatchkit.day.open_day import (
    closed_blockers,
    known_driver_blockers,
    known_route_blockers,
    known_van_blockers,
    refuse_if,
)

OPEN, DOCUMENTED = "open", "documented"


def next_id(day: Day) -> str:
    """An id for the next incident of the day: "incident 1", "incident 2", …"""
    taken = day.end_of_shift.incidents
    return next(name for n in range(1, len(taken) + 2) if (name := f"incident {n}") not in taken)


def open_incident_blockers(
    day: Day,
    incident_id: str,
    incident_type: str,
    description: str,
    route_id: str = "",
    van_id: str = "",
    driver_id: str = "",
) -> Iterator[str]:
    """Why the incident cannot be opened: its id is taken, something is not said, or it names what is not in the day."""
    yield from closed_blockers(day)
    if not incident_id or incident_id in day.end_of_shift.incidents:
        yield f"'{incident_id}' is no id for a new incident. Give it one that is not taken."
    if not incident_type.strip():
        yield "Say what type of incident it is."
    if not description.strip():
        yield "Describe in a sentence what happened."
    if day.course.closed_at is not None:
        return
    if route_id:
        yield from known_route_blockers(day, route_id)
    if van_id:
        yield from known_van_blockers(day, van_id)
    if driver_id:
        yield from known_driver_blockers(day, driver_id)


def open_incident(
    day: Day,
    *,
    incident_id: str,
    incident_type: str,
    description: str,
    route_id: str = "",
    van_id: str = "",
    driver_id: str = "",
    at: datetime,
    by: str,
) -> list[Fact]:
    """Open an incident; `at` is when it happened."""
    refuse_if(open_incident_blockers(day, incident_id, incident_type, description, route_id, van_id, driver_id))
    return [
        IncidentOpened(
            at=at,
            by=by,
            incident_id=incident_id,
            incident_type=incident_type.strip(),
            description=description.strip(),
            route_id=route_id,
            van_id=van_id,
            driver_id=driver_id,
        )
    ]


def update_incident_blockers(day: Day, incident_id: str, status: str, note: str) -> Iterator[str]:
    """Why the incident cannot be updated: unknown incident or status, or nothing new is said."""
    yield from closed_blockers(day)
    if incident_id not in day.end_of_shift.incidents:
        yield f"There is no incident {incident_id}. Open it first."
    if status not in (OPEN, DOCUMENTED):
        yield f"'{status}' is not a status of an incident. Choose {OPEN} or {DOCUMENTED}."
    if not note.strip():
        yield "Write what is known now."


def update_incident(day: Day, *, incident_id: str, status: str, note: str, at: datetime, by: str) -> list[Fact]:
    """Add what is known now; `status` "documented" lets the shift close."""
    refuse_if(update_incident_blockers(day, incident_id, status, note))
    return [IncidentUpdated(at=at, by=by, incident_id=incident_id, status=status, note=note.strip())]
