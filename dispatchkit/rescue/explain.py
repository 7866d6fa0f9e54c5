"""A rescue in sentences: both sides, doing nothing, and what both drivers are told. Pure."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.records import Plan
from dispatchkit.rescue.propose import Outlook, Proposal
from dispatchkit.times import clock_text, hours_text


def explain(proposal: Proposal, day: Day) -> tuple[str, ...]:
    """Say what the rescue is, what it does to both routes, what doing nothing comes to, and whether it is fair."""
    giver, helper = day.code(proposal.route_id), day.code(proposal.helper_route_id)
    stops, packages = _load(proposal, day.plan)
    return (
        f"{helper} meets {giver} at {_clock(day, proposal.meet_at)} at stop {proposal.meet_stop_id} and takes "
        f"{stops} with {packages} over.",
        f"{giver}: {_change(day, proposal.giver_before, proposal.giver_after)}",
        f"{helper}: {_change(day, proposal.helper_before, proposal.helper_after)}",
        f"Doing nothing: {giver} is back by {_clock(day, proposal.giver_before.finish_p80)} in 8 of 10 cases, "
        f"its window ends {_clock(day, proposal.giver_before.finish_by)}.",
        _cost(helper, proposal),
    )


def told_to_giver(proposal: Proposal, day: Day) -> str:
    """What the driver who is helped is told."""
    stops, packages = _load(proposal, day.plan)
    return (
        f"{day.code(proposal.helper_route_id)} meets you at {_clock(day, proposal.meet_at)} at stop "
        f"{proposal.meet_stop_id} and takes {stops} with {packages}, from {proposal.stop_ids[0]} to "
        f"{proposal.stop_ids[-1]}. Leave those, and go on with the others."
    )


def told_to_helper(proposal: Proposal, day: Day) -> str:
    """What the driver who helps is told."""
    stops, packages = _load(proposal, day.plan)
    own = proposal.helper_order.index(proposal.stop_ids[0])
    when = "right after the meeting" if own == 0 else f"after stop {proposal.helper_order[own - 1]}"
    return (
        f"Please meet {day.code(proposal.route_id)} at {_clock(day, proposal.meet_at)} at stop "
        f"{proposal.meet_stop_id} and take {stops} with {packages}. Serve them {when}."
    )


def _change(day: Day, before: Outlook, after: Outlook) -> str:
    return (
        f"back by {_clock(day, after.finish_p80)} instead of {_clock(day, before.finish_p80)} in 8 of 10 cases "
        f"(window ends {_clock(day, before.finish_by)}); chance of being late {after.chance_late:.0%} instead of "
        f"{before.chance_late:.0%}; {after.stops_left} stops left instead of {before.stops_left}."
    )


def _cost(helper: str, proposal: Proposal) -> str:
    times = {0: "has not helped anybody yet today", 1: "has helped once today"}
    helped = times.get(proposal.fairness, f"has helped {proposal.fairness} times today")
    if proposal.extra_s < 0:
        return f"Both together work {hours_text(-proposal.extra_s)} less. The driver of {helper} {helped}."
    return f"It costs both together {hours_text(proposal.extra_s)}. The driver of {helper} {helped}."


def _load(proposal: Proposal, plan: Plan) -> tuple[str, str]:
    stops = len(proposal.stop_ids)
    packages = sum(len(plan.stop[s].packages) for s in proposal.stop_ids)
    return f"{stops} stop{'s' * (stops != 1)}", f"{packages} package{'s' * (packages != 1)}"


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, day.key.service_day.isoformat())
