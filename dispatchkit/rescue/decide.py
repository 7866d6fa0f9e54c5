"""Rescue decisions: start one, say that both have met, end it. Facts, or a refusal in sentences. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import MessageSent, RescueEnded, RescueStarted, StopsTransferred
from dispatchkit.day.open_day import closed_blockers, known_route_blockers, refuse_if
from dispatchkit.pace.today import driver_of
from dispatchkit.rescue.explain import told_to_giver, told_to_helper
from dispatchkit.rescue.handover import handed_over
from dispatchkit.rescue.propose import Proposal
from dispatchkit.times import clock_text

NAMED = 5
"""So many stop ids stand in a sentence before the rest is counted."""


def blockers(day: Day, proposal: Proposal, *, at: datetime) -> Iterator[str]:
    """Why this rescue may not start at `at`; nothing when it may. The page shows these beside the disabled button."""
    known = list(known_route_blockers(day, proposal.route_id))
    known += [b for b in known_route_blockers(day, proposal.helper_route_id) if b not in known]
    if known:
        yield from known
        return
    giver, helper = day.code(proposal.route_id), day.code(proposal.helper_route_id)
    if proposal.helper_route_id == proposal.route_id:
        yield f"{giver} cannot rescue itself. Choose another helper."
    for route_id, code in {proposal.route_id: giver, proposal.helper_route_id: helper}.items():
        if route_id not in day.load_out.departed:
            yield f"{code} has not left yet. Move stops between routes before they leave instead."
        if route_id in day.end_of_shift.returned:
            yield f"{code} is back already. Ask for new proposals."
    if proposal.rescue_id in day.road.rescues:
        yield f"The rescue {proposal.rescue_id} was started already. Ask for new proposals."
    if not proposal.stop_ids:
        yield "A rescue without stops helps nobody. Choose the stops to take over."
    yield from _stop_blockers(day, proposal, giver, helper)
    if proposal.meet_at <= at:
        yield f"The meeting was planned for {_clock(day, proposal.meet_at)}, which is past. Ask for new proposals."


def start(day: Day, *, proposal: Proposal, at: datetime, by: str) -> list[Fact]:
    """Start the rescue and tell both drivers: starting is the explicit act that sends the two messages."""
    refuse_if(blockers(day, proposal, at=at))
    started = RescueStarted(
        at=at,
        by=by,
        rescue_id=proposal.rescue_id,
        route_id=proposal.route_id,
        helper_route_id=proposal.helper_route_id,
        stop_ids=proposal.stop_ids,
        helper_order=proposal.helper_order,
        meet_at=proposal.meet_at,
        meet_lat=proposal.meet_lat,
        meet_lng=proposal.meet_lng,
        late_before=proposal.giver_before.chance_late,
        late_after=proposal.giver_after.chance_late,
        helper_late_before=proposal.helper_before.chance_late,
        helper_late_after=proposal.helper_after.chance_late,
    )
    told = ((proposal.route_id, told_to_giver), (proposal.helper_route_id, told_to_helper))
    messages = [
        MessageSent(at=at, by=by, to=driver_of(day, route_id), text=text(proposal, day), route_id=route_id)
        for route_id, text in told
    ]
    return [started, *messages]


def meet_blockers(day: Day, rescue_id: str) -> Iterator[str]:
    """Why nobody can say that both have met; nothing when it can be said."""
    still_open = list(end_blockers(day, rescue_id))
    yield from still_open
    if still_open:
        return
    rescue = day.road.rescues[rescue_id]
    if rescue.met_at is not None:
        yield f"They met at {_clock(day, rescue.met_at)} already. There is nothing left to hand over."
        return
    for route_id in (rescue.started.route_id, rescue.started.helper_route_id):
        if route_id in day.end_of_shift.returned:
            yield f"{day.code(route_id)} is back already. End the rescue instead."


def meet(day: Day, *, rescue_id: str, handover_s: float, at: datetime, by: str) -> list[Fact]:
    """Say that the hand-over ended at `at`: stops not served meanwhile are the helper's from here on."""
    refuse_if(meet_blockers(day, rescue_id))
    agreed = day.road.rescues[rescue_id].started
    routes = day.road.routes
    giver_left, helper_left = routes[agreed.route_id].remaining, routes[agreed.helper_route_id].remaining
    stop_ids, helper_order = handed_over(agreed, giver_left, helper_left)
    if not stop_ids:
        refuse_if([f"{day.code(agreed.route_id)} has served those stops itself. End the rescue instead."])
    return [
        StopsTransferred(
            at=at,
            by=by,
            rescue_id=rescue_id,
            route_id=agreed.route_id,
            helper_route_id=agreed.helper_route_id,
            stop_ids=stop_ids,
            helper_order=helper_order,
            handover_s=handover_s,
            lat=agreed.meet_lat,
            lng=agreed.meet_lng,
        )
    ]


def end_blockers(day: Day, rescue_id: str) -> Iterator[str]:
    """Why this rescue cannot be ended: there is none, it has ended, or the day is closed; nothing when it can."""
    yield from closed_blockers(day)
    rescue = day.road.rescues.get(rescue_id)
    if rescue is None:
        yield f"There is no rescue {rescue_id} today. Choose one that was started."
    elif rescue.ended_at is not None:
        yield f"This rescue ended at {_clock(day, rescue.ended_at)}: {rescue.outcome}."


def end(day: Day, *, rescue_id: str, outcome: str, at: datetime, by: str) -> list[Fact]:
    """End a rescue: `outcome` is "complete", or why it was called off."""
    refuse_if(end_blockers(day, rescue_id))
    refuse_if([] if outcome.strip() else ["Say how the rescue ended: complete, or why it was called off."])
    return [RescueEnded(at=at, by=by, rescue_id=rescue_id, outcome=outcome.strip())]


def _stop_blockers(day: Day, proposal: Proposal, giver: str, helper: str) -> Iterator[str]:
    route = day.road.routes[proposal.route_id]
    running = [r for r in day.road.rescues.values() if r.met_at is None and r.ended_at is None]
    taken = {s for r in running for s in r.started.stop_ids}
    if both := [s for s in proposal.stop_ids if s in taken]:
        yield f"Already being rescued: {_listed(both)}. Choose other stops."
    if served := [s for s in proposal.stop_ids if s in route.order and s not in route.remaining]:
        yield f"{giver} has served {_listed(served)} already. Ask for new proposals."
    if strange := [s for s in proposal.stop_ids if s not in route.order]:
        yield f"{_listed(strange)} is not on {giver} any more. Ask for new proposals."
    for r in running:
        if proposal.helper_route_id in (r.started.route_id, r.started.helper_route_id):
            yield f"{helper} is in a rescue already. Wait for its meeting, or end that rescue first."


def _listed(stop_ids: Sequence[str]) -> str:
    more = len(stop_ids) - NAMED
    return ", ".join(stop_ids[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, day.key.service_day.isoformat())
