"""Where each van is, as far as anybody knows, and which way it goes from there. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, TypeAlias

from dispatchkit.day import Day
from dispatchkit.geo import bearing_deg, distance_m
from dispatchkit.records import Place, Record
from dispatchkit.station import Station

At: TypeAlias = Literal["seen", "served", "counted", "met", "left", "back"]
"""How a place is known: told by the van; of the last stop told, or counted; a meeting; the station at both ends."""


class Whereabouts(Record, frozen=True):
    """The newest place of a van that is known, when it was there, how that is known, and which way it goes on.

    Attributes
    ----------
    heading_deg
        Degrees clockwise from north towards its next stop, or the station on the way back; None where that is not
        known or it is there.
    """

    place: Place
    at: datetime
    known: At
    heading_deg: float | None = None


def whereabouts(day: Day, route_id: str, *, station: Station) -> Whereabouts | None:
    """Where a route's van was last; None before it has left, and where no place is known.

    Whatever was last tells, since a position may fail for hours while stops are still scanned.
    """
    newest = max(_known(day, route_id), key=lambda known: known[1], default=None)
    if newest is None:
        return None
    place, at, known = newest
    to = None if known == "back" else _goes_to(day, route_id)
    there = to is None or distance_m(*place, *to) <= station.live_map.at_door_m
    heading_deg = None if to is None or there else bearing_deg(*place, *to)
    return Whereabouts(place=place, at=at, known=known, heading_deg=heading_deg)


def _known(day: Day, route_id: str) -> Iterator[tuple[Place, datetime, At]]:
    """Yield places with instants, the surest first: of two of the same instant the first counts."""
    route, plan = day.road.routes[route_id], day.plan
    departed, returned_at = day.load_out.departed.get(route_id), day.end_of_shift.returned.get(route_id)
    if departed is None:
        return
    if returned_at is not None:
        if plan.station_place:
            yield plan.station_place, returned_at, "back"
        return
    if route.position is not None:
        yield (route.position.lat, route.position.lng), route.position.at, "seen"
    if route.met is not None:
        yield (route.met.lat, route.met.lng), route.met.at, "met"
    if route.last_served is not None and (place := plan.stop[route.last_served.stop_id].place):
        yield place, route.last_served.at, "served"
    if route.reported is not None and (place := _counted_place(day, route_id)):
        yield place, route.reported.at, "counted"
    if plan.station_place:
        yield plan.station_place, departed.at, "left"


def _counted_place(day: Day, route_id: str) -> Place | None:
    """Where the last stop of a bare count is; None where stops told one by one say more."""
    route = day.road.routes[route_id]
    if not route.done_count or len(route.served) >= route.done_count:
        return None
    last = route.order.index(route.remaining[0]) - 1 if route.remaining else len(route.order) - 1
    return day.plan.stop[route.order[last]].place if last >= 0 else None


def _goes_to(day: Day, route_id: str) -> Place | None:
    """Where its next stop is, or the station on the way back; None where that place is not known."""
    route = day.road.routes[route_id]
    if route_id in day.end_of_shift.cleared or not route.remaining:
        return day.plan.station_place
    return day.plan.stop[route.remaining[0]].place
