"""What the map of the road shows of vans, rescues and areas, as rows and in words. Reads a day, decides nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.overview.grouped import counted
from dispatchkit.pace.board import BACK, Line
from dispatchkit.pace.problem_areas import ProblemArea
from dispatchkit.pace.whereabouts import Whereabouts, whereabouts
from dispatchkit.printable import printable
from dispatchkit.records import Place
from dispatchkit.rescue.propose import Proposal
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between
from widgets.pace_table import STEPS, rung_kind

KNOWN = {
    "seen": "Seen",
    "served": "At its last stop",
    "counted": "At the last stop counted",
    "met": "At the meeting",
    "left": "Left the station",
}
"""Before the time, how a place is known."""


def vans(day: Day, lines: Iterable[Line], now: datetime, station: Station) -> Iterator[dict[str, object]]:
    """Yield a row for each van that is out and whose place is known; one that is back needs no place on a map."""
    for line in lines:
        at = None if line.state == BACK else whereabouts(day, line.route_id, station=station)
        if at is not None:
            yield _van(day, line, at, now, station)


def _van(day: Day, line: Line, at: Whereabouts, now: datetime, station: Station) -> dict[str, object]:
    age_s = max(0.0, seconds_between(at.at, now))
    old = age_s > station.pace.stale_after_s
    behind = f"{line.behind} behind" if line.behind > 0 else f"{-line.behind} ahead" if line.behind else "as planned"
    seen = f"{KNOWN[at.known]} {_clock(day, at.at)}, {age_s / 60:.0f} min ago"
    return {
        "id": line.route_id,
        "label": printable(line.code),
        "lat": at.place[0],
        "lng": at.place[1],
        "rung": rung_kind(line.rung),
        "title": f"{STEPS[line.rung]}. {line.done} of {line.total} stops, {behind}. {seen}{': old.' if old else '.'}",
        # where an old place leads to, nobody knows
        "heading_deg": None if old or at.heading_deg is None else round(at.heading_deg),
        "old": old,
    }


def rescues(day: Day, now: datetime, station: Station) -> Iterator[dict[str, object]]:
    """Yield a row for each rescue whose meeting is still to come."""
    for rescue_id, rescue in day.road.rescues.items():
        told = rescue.started
        if rescue.met_at is not None or rescue.ended_at is not None:
            continue
        helper, giver, at = day.code(told.helper_route_id), day.code(told.route_id), _clock(day, told.meet_at)
        taken = counted(len(told.stop_ids), "stop")
        due = " They should have met by now: ask both." if now >= told.meet_at else ""
        yield {
            "id": rescue_id,
            "meet": [told.meet_lat, told.meet_lng],
            "from": _ends(day, (told.route_id, told.helper_route_id), station),
            "label": f"⇄ {at}",
            "title": f"{printable(helper)} takes {taken} of {printable(giver)} at {at}.{due}",
        }


def proposed(day: Day, proposal: Proposal, station: Station) -> dict[str, object]:
    """A rescue that is only looked at, for `LiveMap.rescue`."""
    return {
        "meet": [proposal.meet_lat, proposal.meet_lng],
        "from": _ends(day, (proposal.route_id, proposal.helper_route_id), station),
        "label": f"meet {_clock(day, proposal.meet_at)}?",
    }


def changing_hands(day: Day, route_id: str) -> dict[str, str]:
    """stop_id → the other route, of stops that this one gives or takes in a rescue, or has given or taken."""
    found: dict[str, str] = {}
    for rescue in day.road.rescues.values():
        told, called_off = rescue.started, rescue.ended_at is not None and rescue.met_at is None
        if route_id in (told.route_id, told.helper_route_id) and not called_off:
            other = told.route_id if route_id == told.helper_route_id else told.helper_route_id
            found |= dict.fromkeys(told.stop_ids, other)
    return found


def area_id(area: ProblemArea) -> str:
    """An id that an area keeps as long as its zones are the same."""
    return " ".join(area.zones)


def area_words(area: ProblemArea) -> str:
    """An area in a few words: where, what, and how much of it is still ahead."""
    wrong = []
    if area.over_min:
        wrong.append(f"+{area.over_min:.0f} min a stop")
    if area.failed_stops:
        wrong.append(f"{area.failed_stops} of {area.stops_done} not delivered")
    if area.lost_min:
        wrong.append(f"{area.lost_min:.0f} min lost")
    ahead = f"{area.stops_ahead} ahead" if area.stops_ahead else "past"
    return f"{printable(', '.join(area.zones))}: {', '.join([*wrong, ahead])}"


def areas(found: Iterable[ProblemArea]) -> list[dict[str, object]]:
    """Rows for `LiveMap.areas`; an area without places is in the list only."""
    return [
        {
            "id": area_id(area),
            "outline": [list(corner) for corner in area.outline],
            "name": printable(", ".join(area.zones)),
            "label": area_words(area),
            "past": not area.stops_ahead,
        }
        for area in found
        if area.outline
    ]


def _ends(day: Day, route_ids: Iterable[str], station: Station) -> list[list[float]]:
    places = (place_of(day, route_id, station) for route_id in route_ids)
    return [list(place) for place in places if place]


def place_of(day: Day, route_id: str, station: Station) -> Place | None:
    """Where a route's van is, the station before it has left; None where neither is known."""
    at = whereabouts(day, route_id, station=station)
    return at.place if at else day.plan.station_place


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, str(day.key.service_day))
