"""The map of the plan in hand: the selected route's and the chosen stops marked; below it what can be done."""

from collections.abc import Callable, Mapping

import ipywidgets
import numpy as np
from numpy.typing import NDArray

from dispatchkit.day import Day
from dispatchkit.plan.locks import Locks, route_of_stop
from dispatchkit.records import Plan
from dispatchkit.roster.fit import load_of
from dispatchkit.times import clock_text, hours_text
from widgets.crew import Crew
from widgets.layout import Panel
from widgets.live_map import LiveMap
from widgets.packed_stops import BELOW_FROM, CHOSEN, GOES, LOCKED, pack
from widgets.plain import markup
from widgets.planning.changing import Changing
from widgets.planning.earlier import Earlier
from widgets.planning.in_hand import InHand
from widgets.planning.route_acts import RouteActs
from widgets.planning.route_colours import COLOURS, colours_of
from widgets.shell import Shell

OTHERS, SELECTED, TAKER, ON_NONE = 0, 1, 2, 3
TAKER_COLOUR = "#c2408f"
"""Of the route that would take stops over: no token, since the tokens' colours say how well things stand."""

PALETTE = ["--ink-3", "--accent", TAKER_COLOUR, "--act", *COLOURS]
NO_PLACES = "The files name no places of stops."


class PlanMap(Panel):
    """Where the routes go, what is known of the selected one, and what is being changed.

    Attributes
    ----------
    map, earlier, key, facts, acts
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, crew: Crew, hand: InHand, changing: Changing) -> None:
        self._shell, self._viewing, self._hand, self._changing = shell, shell.viewing, hand, changing
        self.route_id = ""
        self._placed: tuple[str, ...] = ()
        self._places = np.empty((0, 2))
        self._route_of: dict[str, str] = {}
        self._colour_of: dict[str, int] = {}
        self.coloured = False
        self._drawn = ""
        self.map = LiveMap(palette=PALETTE, basemap=shell.viewing.basemap, foreseen_colour=TAKER_COLOUR)
        self.map.label = "Map of the plan's stops"
        self.map.on_stops(shell.on(self._chosen))
        self.key, self.facts = ipywidgets.HTML(), ipywidgets.HTML()
        self.acts = RouteActs(shell, crew, hand, changing)
        self.earlier = Earlier(shell, lambda: self.show_day(shell.viewing.day))
        below = ipywidgets.VBox([self.earlier, changing, self.key, self.facts, self.acts])
        below.add_class("route-facts")
        super().__init__("Map", self.map, below, grow=self.map)
        self.add_class("route-panel")
        self.add_class("plan-map")

    def show_day(self, day: Day) -> None:
        """Show the plan in hand."""
        plan = self._hand.plan
        self.map.selecting = plan is not None and self.earlier.plan is None
        self.acts.show_day(day, self.route_id)
        if plan is None:
            self.show("Map", "no plan yet")
            self._empty()
            return
        route = plan.route.get(self.route_id)
        if self._changing.bar.route_id != self.route_id:
            self._changing.bar.route_id = self.route_id
            self._changing.show_bar()
        self.show(route.code if route else "Map", "" if route else "choose a route or stops")
        self.facts.value = _facts(day, plan, self.route_id, self._viewing.name) if route else ""
        self.draw()

    def _empty(self) -> None:
        """Show nothing of a plan that was taken back."""
        self._drawn, self._places = "", np.empty((0, 2))
        self.facts.value, self.key.value = "", ""
        self.map.stops, self.map.route_line = pack((), ()), []

    def draw(self) -> None:
        """Draw what is selected, chosen, locked and proposed; only what is another goes to the browser."""
        plan = self._hand.plan
        if plan is None:
            return
        if self._changing.proposal is not None or self.earlier.digest == self._hand.digest:
            self.earlier.end()
        shown, digest = self.earlier.plan or plan, self.earlier.digest or self._hand.digest
        if self._drawn != digest:
            self._take(shown)
            self._drawn = digest
        colour, marks = self._looks()
        lat, lng = self._places.T
        self.map.stops = pack(lat, lng, colour, marks)
        self.map.route_line = _way(shown, self.route_id)
        proposal = self._changing.proposal
        taker = proposal.edited.to_route_id if proposal else ""
        self.map.foreseen_line = _way(proposal.edited.plan, taker or self.route_id) if proposal else []
        self.key.value = _key(self._hand.locks, len(shown.stop) - len(self._route_of), proposed=proposal is not None)
        self.key.layout.display = None if self.key.value else "none"

    def _take(self, plan: Plan) -> None:
        """Take in where the plan's stops are; those without a place are not on the map."""
        placed = [(stop_id, stop.place) for stop_id, stop in plan.stop.items() if stop.place]
        self._placed = tuple(stop_id for stop_id, _ in placed)
        self._places = np.array([place for _, place in placed], dtype=float).reshape(-1, 2)
        self._route_of = route_of_stop(plan)
        self._colour_of = {r: BELOW_FROM + colour for r, colour in colours_of(plan).items()}
        if plan.station_place:
            lat, lng = plan.station_place
            self.map.station = {"lat": lat, "lng": lng, "label": plan.station}
        self.map.note = "" if placed else NO_PLACES

    def _looks(self) -> tuple[NDArray[np.int_], NDArray[np.int_]]:
        """Colour and marks of every stop on the map."""
        proposal, locks = self._changing.proposal, self._hand.locks
        now_on = route_of_stop(proposal.edited.plan) if proposal else self._route_of
        taker = proposal.edited.to_route_id if proposal else ""
        chosen = set(self._changing.selection.stop_ids)
        if self._hand.plan is not None and self.earlier.plan is not None:
            chosen = self.earlier.elsewhere_now(self._hand.plan)

        def looks(stop_id: str) -> tuple[int, int]:
            was, now = self._route_of.get(stop_id, ""), now_on.get(stop_id, "")
            goes = was != now
            colour = self._colour_of.get(was, OTHERS) if self.coloured else OTHERS
            if not now:
                colour = ON_NONE
            elif goes or (taker and now == taker):
                colour = TAKER
            elif self.route_id == was:
                colour = SELECTED
            locked = stop_id in locks.stop_ids or was in locks.route_ids
            marks = (GOES if goes else CHOSEN if stop_id in chosen else 0) | (LOCKED if locked else 0)
            return colour, marks

        both = np.array([looks(stop_id) for stop_id in self._placed], dtype=int).reshape(-1, 2)
        return both[:, 0], both[:, 1]

    def _chosen(self, indices: list[int], add: bool) -> None:
        """Choose stops; a press on a single one turns to its route too."""
        stop_ids = [self._placed[i] for i in indices if 0 <= i < len(self._placed)]
        self._changing.choose(stop_ids, add=add)
        if len(stop_ids) == 1 and not add and (route_id := self._route_of.get(stop_ids[0], "")):
            self._shell.select(route_id)


def _way(plan: Plan, route_id: str) -> list[list[float]]:
    stops = plan.stops_of(route_id) if route_id in plan.route else ()
    return [list(stop.place) for stop in stops if stop.place]


def _key(locks: Locks, on_none: int, *, proposed: bool) -> str:
    """What shapes and colours say that are on the map just now; empty where nothing has to be said."""
    said = []
    if proposed:
        said.append("Dashed ring: would go to another route. Dashed line: the way that would be driven.")
    if locks.stop_ids or locks.route_ids:
        said.append("Square: locked.")
    if on_none:
        said.append(f"Red: on no route ({on_none}).")
    return f'<p class="quiet">{markup(" ".join(said))}</p>' if said else ""


def _facts(day: Day, plan: Plan, route_id: str, name: Callable[[str], str]) -> str:
    before, route = day.pre_load_out, plan.route[route_id]
    load = load_of(plan, route)
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    zones = sorted(load.zones.items(), key=lambda item: -item[1])[:3]
    lines: Mapping[str, str] = {
        "Driver": name(before.driver_of[route_id]) if route_id in before.driver_of else "nobody",
        "Van": before.van_of.get(route_id, "none"),
        "Leaves": clock_text(route.departs_at, timezone, service_day),
        "Back by": clock_text(route.finish_by, timezone, service_day),
        "Work": f"{hours_text(load.planned_s)}, {len(route.stop_ids)} stops",
        "Zones": ", ".join(f"{zone} {share:.0%}" for zone, share in zones) or "not told",
        "Staging": route.staging or "not told",
    }
    said = "".join(f"<dt>{markup(key)}</dt><dd>{markup(value)}</dd>" for key, value in lines.items())
    return f'<dl class="facts">{said}</dl>'
