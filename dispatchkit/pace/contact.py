"""The last contact with a route's driver: the newest word that went either way. Pure.

A sign of life of a device is none: how old the figures are is told apart (`ages`).
"""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts.road import MessageReceived
from dispatchkit.day.remembered import remembered
from dispatchkit.pace.told import TYPED
from dispatchkit.records import Record

SAID, WAS_TOLD, COUNTED = "said", "was told", "told the stops"
"""What the driver did: called or wrote; got a message of the desk; told how far the route is, and somebody typed it."""


class Contact(Record, frozen=True):
    """When there was contact with a driver, and which: one of the words of this module."""

    at: datetime
    what: str


@remembered
def contacts(day: Day) -> dict[str, Contact]:
    """The newest contact with the driver of each route, by route id; routes without any are left out."""
    found: dict[str, Contact] = {}

    def held(route_id: str, at: datetime, what: str) -> None:
        if route_id not in found or found[route_id].at < at:
            found[route_id] = Contact(at=at, what=what)

    for message in day.road.messages:
        if message.route_id:
            received = isinstance(message, MessageReceived)
            held(message.route_id, message.at, SAID if received else WAS_TOLD)
    for route_id, route in day.road.routes.items():
        for at, report in route.reports.items():
            if report.source == TYPED:
                held(route_id, at, COUNTED)
    return found
