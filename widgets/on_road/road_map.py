"""The map of the road: where everybody is, where the selected route goes on, and where today goes wrong."""

from collections.abc import Mapping

import ipywidgets
import numpy as np

from dispatchkit.day import Day
from dispatchkit.pace.board import BACK, Line
from dispatchkit.pace.problem_areas import problem_areas
from dispatchkit.records import Plan, Stop
from dispatchkit.rescue.propose import Proposal
from widgets.live_map import LiveMap
from widgets.on_road import marks
from widgets.on_road.areas import AreaList
from widgets.packed_stops import ABSENT, DONE, NEXT, WINDOW, pack
from widgets.plain import markup
from widgets.shell import Shell

OTHERS, SELECTED, CHANGING_HANDS = 0, 1, 2
PALETTE = ["--ink-3", "--accent", "--ink"]
NEAR_LEGS = 8
"""Legs of the selected route that are drawn strong: about the next half hour."""


class RoadMap:
    """The map, and below it in words what colour and shape say on it. Reads a day, decides nothing.

    Attributes
    ----------
    map
        What is shown.
    areas, key
        Areas where today goes wrong, and what the marks of the selected route's stops mean.
    below
        Both of them.
    """

    def __init__(self, shell: Shell) -> None:
        self._viewing = shell.viewing
        self._plan: Plan | None = None
        self._placed: tuple[Stop, ...] = ()
        self.map = LiveMap(palette=PALETTE, basemap=shell.viewing.basemap, near_legs=NEAR_LEGS)
        self.areas = AreaList(shell, self.map.look_at)
        self.key = ipywidgets.HTML()
        self.below = ipywidgets.VBox([self.key, self.areas])
        self.below.add_class("below-map")

    def show_day(self, day: Day, lines: Mapping[str, Line], route_id: str) -> None:
        """Show where everybody is; `lines` are those of the board by route, `route_id` the selected one or empty."""
        plan, station, now = day.plan, self._viewing.station, self._viewing.now()
        if plan is not self._plan:
            self._plan, self._placed = plan, tuple(stop for stop in plan.stops if stop.place)
        if plan.station_place:
            lat, lng = plan.station_place
            back = sum(line.state == BACK for line in lines.values())
            label = f"{plan.station} · {back} back" if back else plan.station
            self.map.station = {"lat": lat, "lng": lng, "label": label}
        self._show_stops(day, route_id)
        self.map.show_vans(marks.vans(day, lines.values(), now, station))
        self.map.rescues = list(marks.rescues(day, now, station))
        areas = problem_areas(day, station=station, travel=self._viewing.travel)
        self.map.areas = marks.areas(areas)
        self.areas.show_day(day, areas, briefly=bool(route_id))
        self.map.note = "" if plan.station_place or self._placed else "The files name no places of stops."

    def show_proposal(self, day: Day, proposal: Proposal) -> None:
        """Show where the two of a proposal would meet."""
        self.map.rescue = marks.proposed(day, proposal, self._viewing.station)

    def hide_proposal(self) -> None:
        """Take the proposal off the map."""
        self.map.rescue = {}

    def _show_stops(self, day: Day, route_id: str) -> None:
        colour, mark = _looks(day, route_id)
        stops = self._placed
        packed = pack(
            [stop.lat for stop in stops],
            [stop.lng for stop in stops],
            np.array([colour.get(stop.stop_id, OTHERS) for stop in stops], dtype=int),
            np.array([mark.get(stop.stop_id, ABSENT) for stop in stops], dtype=int),
        )
        if packed != self.map.stops:
            self.map.stops = packed
        chosen = day.road.routes.get(route_id)
        way = [day.plan.stop[s].place for s in chosen.remaining] if chosen else []
        begin = marks.place_of(day, route_id, self._viewing.station) if way else None
        self.map.route_line = [list(place) for place in (begin, *way) if place]
        words = _key(day, route_id)
        if words != self.key.value:
            self.key.value = words
            self.key.layout.display = None if words else "none"


def _looks(day: Day, route_id: str) -> tuple[dict[str, int], dict[str, int]]:
    """Colour and marks by stop_id; a stop without marks is not drawn. Done stops show on the selected route alone."""
    mark = {s: 0 for route in day.road.routes.values() for s in route.remaining}
    colour = dict.fromkeys(marks.changing_hands(day, route_id), CHANGING_HANDS)
    chosen = day.road.routes.get(route_id)
    if chosen is None:
        return {}, mark
    for stop_id in chosen.order:
        colour.setdefault(stop_id, SELECTED)
        mark.setdefault(stop_id, DONE)
    for stop_id in chosen.remaining:
        mark[stop_id] = WINDOW if day.plan.stop[stop_id].window else 0
    if chosen.remaining:
        mark[chosen.remaining[0]] |= NEXT
    return colour, mark


def _key(day: Day, route_id: str) -> str:
    """What the marks mean that the selected route has just now; empty where it has none."""
    chosen = day.road.routes.get(route_id)
    if chosen is None or not chosen.remaining:
        return ""
    said = ["Big: the next stop."]
    windows = sum(day.plan.stop[s].window is not None for s in chosen.remaining)
    if windows:
        said.append(f"Ringed: a time window applies ({windows}).")
    hands = marks.changing_hands(day, route_id)
    others = sorted({day.code(other) for other in hands.values()})
    if others:
        said.append(f"Dark: shared out with {', '.join(others)} ({len(hands)}).")
    if chosen.done_count:
        said.append("Hollow: done.")
    return f'<p class="quiet">{markup(" ".join(said))}</p>'
