"""The map of the plan: all stops, those of the selected route marked, and its figures below."""

from collections.abc import Callable

import ipywidgets
import numpy as np

from dispatchkit.day import Day
from dispatchkit.records import Plan
from dispatchkit.roster.fit import load_of
from dispatchkit.times import clock_text, hours_text
from widgets.buttons import allow
from widgets.crew import Crew
from widgets.layout import Panel
from widgets.live_map import LiveMap
from widgets.packed_stops import pack
from widgets.plain import markup
from widgets.shell import Shell

PALETTE = ["--ink-3", "--accent"]
NO_PLACES = "The files name no places of stops."


class PlanMap(Panel):
    """Where the routes go, and what is known of the selected one.

    Attributes
    ----------
    map, facts, driver, van
        Its parts, named so that a test can press and read them.
    """

    def __init__(self, shell: Shell, crew: Crew) -> None:
        self._viewing = shell.viewing
        self.route_id = ""
        self._drawn: tuple[str, str] = ("", "")
        self.map = LiveMap(palette=PALETTE, basemap=shell.viewing.basemap)
        self.facts = ipywidgets.HTML()
        self.driver = ipywidgets.Button(description="Other driver…")
        self.van = ipywidgets.Button(description="Other van…")
        self.driver.on_click(shell.on(lambda _: crew.change_driver(self.route_id)))
        self.van.on_click(shell.on(lambda _: crew.change_van(self.route_id)))
        self._acts = ipywidgets.Box([self.driver, self.van])
        self._acts.add_class("acts")
        self._acts.layout.display = "none"
        super().__init__("Map", self.map, self.facts, self._acts, grow=self.map)
        self.add_class("route-panel")

    def show_day(self, day: Day) -> None:
        """Show the committed plan; nothing is drawn anew while plan and selection are the same."""
        plan = day.pre_load_out.plan
        if plan is None:
            self.show("Map", "no plan yet")
            return
        route = plan.route.get(self.route_id)
        self._acts.layout.display = None if route else "none"
        left = f"{route.code} has left." if route and self.route_id in day.load_out.departed else ""
        for button in (self.driver, self.van):
            allow(button, self._viewing.forbids or left)
        self.show(route.code if route else "Map", "" if route else "choose a route on the board")
        words = _facts(day, self.route_id, self._viewing.name) if route else ""
        if words != self.facts.value:
            self.facts.value = words
        if self._drawn != (day.pre_load_out.plan_digest, self.route_id):
            self._draw(plan)
            self._drawn = day.pre_load_out.plan_digest, self.route_id

    def _draw(self, plan: Plan) -> None:
        on_routes = ((stop, r.route_id == self.route_id) for r in plan.routes for stop in plan.stops_of(r.route_id))
        placed = [(stop.place, chosen) for stop, chosen in on_routes if stop.place]
        if plan.station_place:
            lat, lng = plan.station_place
            self.map.station = {"lat": lat, "lng": lng, "label": plan.station}
        self.map.stops = pack(
            [place[0] for place, _ in placed],
            [place[1] for place, _ in placed],
            np.array([int(chosen) for _, chosen in placed], dtype=int),
        )
        route = plan.route.get(self.route_id)
        way = (s.place for s in plan.stops_of(self.route_id)) if route else ()
        self.map.route_line = [list(place) for place in way if place]
        self.map.note = "" if placed else NO_PLACES


def _facts(day: Day, route_id: str, name: Callable[[str], str]) -> str:
    before, route = day.pre_load_out, day.plan.route[route_id]
    load = load_of(day.plan, route)
    timezone, service_day = day.course.timezone, str(day.key.service_day)
    zones = sorted(load.zones.items(), key=lambda item: -item[1])[:3]
    lines = {
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
