"""Daily vehicle inspections (DVIC): before the trip they let a van leave, after it they let the shift close."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import DefectReported, VanGrounded, VanInspected
from dispatchkit.day.open_day import known_driver_blockers, known_van_blockers, refuse_if

PRE_TRIP = "pre-trip"
POST_TRIP = "post-trip"

Defects = tuple[tuple[str, bool], ...]
"""What is wrong, in words, and whether it grounds the van."""


def route_out(day: Day, van_id: str) -> str:
    """The id of the route on which the van left today and has not come back; empty where there is none."""
    out = (
        route_id
        for route_id, left in day.load_out.departed.items()
        if left.van_id == van_id and route_id not in day.end_of_shift.returned
    )
    return next(out, "")


def inspect_blockers(
    day: Day, van_id: str, driver_id: str, inspection: str, defects: Defects = ()
) -> Iterator[str]:
    """Why this inspection cannot be recorded: unknown van, driver or kind; the van is out, or has not been out."""
    yield from known_van_blockers(day, van_id)
    # a closed day has been said; the driver's own reasons follow
    yield from (s for s in known_driver_blockers(day, driver_id) if day.course.closed_at is None)
    if inspection not in (PRE_TRIP, POST_TRIP):
        yield f"'{inspection}' is not an inspection. Choose {PRE_TRIP} or {POST_TRIP}."
    if any(not text.strip() for text, _ in defects):
        yield "A defect has no words. Say what is wrong, or leave it out."
    if route_id := route_out(day, van_id):
        yield f"Van {van_id} is on the road with {day.code(route_id)}. Inspect it when it is back."
    elif inspection == POST_TRIP and all(left.van_id != van_id for left in day.load_out.departed.values()):
        yield f"Van {van_id} has not left today; there is no trip to inspect it after."


def inspect(
    day: Day,
    *,
    van_id: str,
    driver_id: str,
    inspection: str,
    defects: Defects = (),
    duration_s: float = 0.0,
    at: datetime,
    by: str,
) -> list[Fact]:
    """Record an inspection with what it found. It is passed when nothing found grounds the van; else it grounds it."""
    refuse_if(inspect_blockers(day, van_id, driver_id, inspection, defects))
    found = tuple((text.strip(), grounds) for text, grounds in defects)
    grave = [text for text, grounds in found if grounds]
    facts: list[Fact] = [
        VanInspected(
            at=at,
            by=by,
            van_id=van_id,
            driver_id=driver_id,
            inspection=inspection,
            passed=not grave,
            defects=tuple(text for text, _ in found),
            duration_s=duration_s,
        )
    ]
    facts += [DefectReported(at=at, by=by, van_id=van_id, defect=text, grounds=grounds) for text, grounds in found]
    if grave:
        facts.append(VanGrounded(at=at, by=by, van_id=van_id, why="; ".join(grave)))
    return facts
