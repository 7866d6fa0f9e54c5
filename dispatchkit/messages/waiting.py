"""Drivers who wrote to the desk and wait for an answer. Pure."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.messages.told import was_heard
from dispatchkit.records import Record


class Waiting(Record, frozen=True):
    """A driver who has had no word from the desk since writing to it.

    Attributes
    ----------
    since
        When the first message without an answer was written.
    text
        The newest one.
    """

    route_id: str
    since: datetime
    text: str


def waiting(day: Day) -> tuple[Waiting, ...]:
    """The drivers on the road who wait for an answer, who waits longest first.

    Whatever the desk tells a driver answers all he wrote before; so does a talk, of which somebody wrote down what was
    said. Whoever is back says it at the station.
    """
    found: dict[str, Waiting] = {}
    for message in sorted(day.road.messages, key=lambda m: m.at):
        route_id = message.route_id
        if not isinstance(message, MessageReceived) or was_heard(message):
            found.pop(route_id, None)
        elif route_id in day.load_out.departed and route_id not in day.end_of_shift.returned:
            since = found[route_id].since if route_id in found else message.at
            found[route_id] = Waiting(route_id=route_id, since=since, text=message.text)
    return tuple(sorted(found.values(), key=lambda each: each.since))
