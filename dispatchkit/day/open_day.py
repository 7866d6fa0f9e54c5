"""What every decision asks of the day first: is it open, and is the route, van or driver one of today's."""

from collections.abc import Iterable, Iterator

from dispatchkit.day.fold import Day
from dispatchkit.errors import Refused


def refuse_if(reasons: Iterable[str]) -> None:
    """Refuse with the reasons, if there are any. Every decision passes its blockers here before it says anything."""
    if said := tuple(reasons):
        raise Refused(said)


def closed_blockers(day: Day) -> Iterator[str]:
    """Why nothing can be decided on this day any more; nothing while it is open."""
    if day.course.closed_at is not None:
        yield f"{day.key} is closed. Reopen it first, and say why."


def known_route_blockers(day: Day, route_id: str) -> Iterator[str]:
    """Why nothing can be decided about this route: the day is closed, has no plan, or the plan does not know it."""
    yield from closed_blockers(day)
    plan = day.pre_load_out.plan
    if plan is None:
        yield f"{day.key} has no plan yet. Import or build routes and commit them first."
    elif route_id not in plan.route:
        yield f"There is no route {route_id} in today's plan. Choose one of the plan's routes."


def known_van_blockers(day: Day, van_id: str) -> Iterator[str]:
    """Why nothing can be decided about this van: the day is closed, or the fleet does not know it."""
    yield from closed_blockers(day)
    fleet = day.pre_load_out.fleet
    if fleet is None:
        yield f"{day.key} has no fleet yet. Take in today's vans first."
    elif van_id not in fleet.van:
        yield f"Van {van_id} is not in today's fleet. Check the id, or take in a fleet list that has it."


def known_driver_blockers(day: Day, driver_id: str) -> Iterator[str]:
    """Why nothing can be decided about this driver: the day is closed, or the roster does not know him."""
    yield from closed_blockers(day)
    roster = day.pre_load_out.roster
    if roster is None:
        yield f"{day.key} has no roster yet. Take in today's drivers first."
    elif driver_id not in roster.driver:
        yield f"Driver {driver_id} is not on today's roster. Check the id, or take in a roster that has him."
