"""What a driver told the desk, and the desk a driver, as the dispatcher wrote it down. Decisions return facts. Pure."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import BreakTaken, MessageReceived, MessageSent
from dispatchkit.day.open_day import known_route_blockers, refuse_if
from dispatchkit.station import Station
from dispatchkit.times import seconds_between

HEARD = "told-"
"""Beginning of the ids of messages that a dispatcher heard and wrote down."""

NOTHING_WRITTEN = "There is nothing written yet. Write a sentence first."


def received_blockers(day: Day, route_id: str, text: str) -> Iterator[str]:
    """Why no message of this route can be written down; nothing when it can."""
    yield from known_route_blockers(day, route_id)
    if not text.strip():
        yield NOTHING_WRITTEN


def received(day: Day, *, route_id: str, text: str, at: datetime, by: str) -> list[Fact]:
    """Write down what the driver of a route said."""
    refuse_if(received_blockers(day, route_id, text))
    number = 1 + sum(isinstance(m, MessageReceived) for m in day.road.messages)
    return [MessageReceived(at=at, by=by, message_id=f"{HEARD}{number}", route_id=route_id, text=text.strip())]


def was_heard(message: MessageReceived) -> bool:
    """Whether somebody at the desk talked to the driver, who then waits for no answer."""
    return message.message_id.startswith(HEARD)


def answer_blockers(day: Day, route_id: str, text: str) -> Iterator[str]:
    """Why no answer to the driver of a route can be written down; nothing when it can."""
    yield from known_route_blockers(day, route_id)
    if route_id not in day.load_out.departed:
        yield f"{day.code(route_id)} has not left yet: its driver is at the station."
    if not text.strip():
        yield NOTHING_WRITTEN


def answered(day: Day, *, route_id: str, text: str, at: datetime, by: str) -> list[Fact]:
    """Write down what the driver of a route was told; it answers all that he wrote before."""
    refuse_if(answer_blockers(day, route_id, text))
    to = day.load_out.departed[route_id].driver_id
    return [MessageSent(at=at, by=by, to=to, text=text.strip(), route_id=route_id)]


def break_blockers(
    day: Day, route_id: str, duration_min: float, *, station: Station, at: datetime
) -> Iterator[str]:
    """Why no break of `duration_min` minutes that ends at `at` can be written down; nothing when it can."""
    known = list(known_route_blockers(day, route_id))
    yield from known
    if known:
        return
    longest_min = station.shift.longest_break_s / 60
    code, left = day.code(route_id), day.load_out.departed.get(route_id)
    if left is None:
        yield f"{code} has not left yet. A break counts from the road on."
    elif route_id in day.end_of_shift.returned:
        yield f"{code} is back already. Its breaks are settled with its hours."
    elif not 0 < duration_min <= longest_min:
        yield f"A break lasts from 1 to {longest_min:g} minutes. Correct it."
    elif duration_min * 60 > seconds_between(left.at, at):
        yield f"{code} left less than {duration_min:g} minutes ago. Correct the length of the break."


def break_taken(
    day: Day, *, route_id: str, duration_min: float, station: Station, at: datetime, by: str
) -> list[Fact]:
    """Write down a break of `duration_min` minutes that has just ended; the forecast owes it no longer."""
    refuse_if(break_blockers(day, route_id, duration_min, station=station, at=at))
    return [BreakTaken(at=at, by=by, route_id=route_id, duration_s=duration_min * 60.0)]
