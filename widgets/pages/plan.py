"""The plan: what is still open, every route with its crew, people and vans, and where the routes go."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.fleet import vans
from dispatchkit.overview.needs import Need
from dispatchkit.records import Plan
from dispatchkit.roster import attendance
from widgets.attention import Act
from widgets.board import Board
from widgets.crew import Crew
from widgets.layout import Panel, columns
from widgets.needs_panel import NAMED, NeedsPanel, show_each
from widgets.planning import people_board, route_board, van_board
from widgets.planning.assign import AssignEverybody
from widgets.planning.building import BuildRoutes
from widgets.planning.changing import Changing
from widgets.planning.committing import CommitDraft
from widgets.planning.in_hand import InHand
from widgets.planning.looks import Looks
from widgets.planning.plan_line import PlanLine
from widgets.planning.plan_map import PlanMap
from widgets.planning.route_stops import RouteStops
from widgets.shell import Shell, open_page

NO_PLAN = "There is no plan yet. Import the station's files on the home page, or build routes."
NO_ROSTER = "There is no roster yet. Import the schedule or the associates on the home page."
NO_FLEET = "There is no fleet yet. Import the vehicles on the home page."
ROUTES, STOPS, PEOPLE, VANS = "Routes", "Stops", "People", "Vans"


def page() -> ipywidgets.Widget:
    """Show the plan of the day that the browser's address names, as ``?day=DXX1/2026-03-14``."""
    return open_page("plan", PlanPage)


class PlanPage:
    """The page's panels.

    Attributes
    ----------
    whole
        What is shown.
    """

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.viewing = shell.viewing
        self.crew = Crew(shell)
        self.assign = AssignEverybody(shell)
        self.build = BuildRoutes(shell)
        self.needs = NeedsPanel(shell, "The plan is complete.", self._acts)
        self.commit = CommitDraft(shell)
        self.hand = InHand(shell.viewing)
        self.line = PlanLine(shell, self.hand)
        self.changing = Changing(shell, self.hand, self._show_change)
        self.stops = RouteStops(shell, self.hand, self.changing)
        self.routes = Board(route_board.COLUMNS, label="Routes, those without a crew first", when_empty=NO_PLAN)
        self.people = Board(people_board.COLUMNS, label="Drivers, those who do not come first", when_empty=NO_ROSTER)
        self.fleet = Board(van_board.COLUMNS, label="Vans, grounded ones first", when_empty=NO_FLEET)
        self.looks = Looks(
            shell, self.hand, self.changing, on_map=self._show_on_map, look=self._look_at, turn_to=self._turn_to,
            changed=lambda: self.show(self.viewing.day, self.viewing.now()),
        )  # fmt: skip
        self._boards = {ROUTES: self.routes, STOPS: self.stops.board, PEOPLE: self.people, VANS: self.fleet}
        self._boards |= self.looks.tabs
        asked = shell.viewing.asked.get("tab", "")
        self.which = ipywidgets.ToggleButtons(
            options=list(self._boards), value=asked if asked in self._boards else ROUTES
        )
        self.which.observe(shell.on(lambda _: self._turn()), "value")
        self._crewing = ipywidgets.Box([self.build.button, self.assign.button])
        self._crewing.add_class("of-acts")
        acts = ipywidgets.Box([self.which, self._crewing, self.commit.button])
        acts.add_class("acts")
        self.middle = Panel(ROUTES, self.line, acts, self.build.strip, self.build.told, *self._boards.values())
        for board in self._boards.values():
            board.add_class("grow")
        self.map = PlanMap(shell, self.crew, self.hand, self.changing)
        self.routes.on_select(shell.on(self._chosen))
        self.routes.on_act(shell.on(self._route_pressed))
        self.people.on_act(shell.on(self._driver_pressed))
        self.fleet.on_act(shell.on(self._van_pressed))
        self.whole = columns(self.needs, self.middle, self.map)
        self.whole.add_class("map-aside")
        self.line.coloured.observe(shell.on(lambda change: self._colour(routes=change["new"])), "value")
        self.line.large.observe(shell.on(lambda change: self._give_room(to_map=change["new"])), "value")
        self._turn()

    def show(self, day: Day, now: datetime) -> None:
        """Show what is planned and what is open."""
        viewing, forbids = self.viewing, self.viewing.forbids
        told = self.changing.follow(self.hand.follow(day))
        plan = self.hand.plan
        self.needs.show_day(day, now, lambda need: need.phase == "plan", also=self.looks.needs(self.shell.on))
        self.routes.show(
            route_board.rows(
                day, plan, self.hand.locks, viewing.names, viewing.station, forbids=forbids, chances=self.looks.chances
            ) if plan else ()
        )
        self.stops.show()
        self.people.show(people_board.rows(day, viewing.names, forbids=forbids))
        self.fleet.show(van_board.rows(day, forbids=forbids))
        self.assign.show_day(day)
        self.build.show_day(day)
        self.commit.show_day(day)
        self.line.show_day(day)
        self.looks.show_day(day)
        self._show_heading(day)
        self.map.show_day(day)
        if told:
            self.shell.status.warn(told)

    def select(self, subject: str) -> None:
        """Turn the right-hand side to a route; a driver or a van turns the middle to people or vans."""
        day = self.viewing.day
        if day.pre_load_out.roster and subject in day.pre_load_out.roster.driver:
            self.which.value, self.people.selected = PEOPLE, subject
        elif day.pre_load_out.fleet and subject in day.pre_load_out.fleet.van:
            self.which.value, self.fleet.selected = VANS, subject
        else:
            self.routes.selected = self.map.route_id = self.stops.route_id = subject
            self.map.show_day(day)
            self.stops.show()
            self._show_heading(day)

    def _show_change(self) -> None:
        """Show what is chosen and what is proposed, on the map and in the table of stops."""
        self.map.draw()
        self.stops.show()

    def _colour(self, *, routes: bool) -> None:
        self.map.coloured = routes
        self.map.draw()

    def _give_room(self, *, to_map: bool) -> None:
        (self.whole.add_class if to_map else self.whole.remove_class)("map-large")

    def _turn(self) -> None:
        for name, board in self._boards.items():
            board.layout.display = None if name == self.which.value else "none"
        self._crewing.layout.display = "none" if self.which.value in self.looks.tabs else None
        self.shell.place.remember(tab=self.which.value if self.which.value != ROUTES else None)
        self.looks.open(self.which.value)
        self._show_heading(self.viewing.day)

    def _turn_to(self, name: str) -> None:
        self.which.value = name

    def _look_at(self, plan: Plan, digest: str, made: str) -> None:
        self.changing.leave()
        self.map.earlier.look(plan, digest, made)
        self.shell.place.go_to(".route-panel")

    def _show_on_map(self, route_id: str, stop_ids: Sequence[str]) -> None:
        """Turn the map to a route and to stops of it, which are chosen then; to all of it where none are named."""
        self.shell.select(route_id)
        plan = self.hand.plan
        if plan is not None:
            self.changing.choose(stop_ids)
            own = plan.route[route_id].stop_ids if route_id in plan.route else ()
            places = [plan.stop[s].place for s in stop_ids or own if s in plan.stop]
            self.map.map.look_at([place for place in places if place])
        self.shell.place.go_to(".route-panel")

    def _show_heading(self, day: Day) -> None:
        summaries = {
            ROUTES: route_board.summary(day, self.hand.plan) if self.hand.plan else "",
            STOPS: self.stops.words(),
            PEOPLE: people_board.summary(day),
            VANS: van_board.summary(day),
            **self.looks.summaries,
        }
        self.middle.show(self.which.value, summaries[self.which.value])

    def _chosen(self, route_id: str) -> None:
        self.shell.select(route_id)
        self.shell.place.go_to(".route-panel")

    def _route_pressed(self, route_id: str, act: str) -> None:
        if act == "driver":
            self.crew.change_driver(route_id)
        else:
            self.crew.change_van(route_id)

    def _driver_pressed(self, driver_id: str, act: str) -> None:
        if act == "comes":
            name = self.viewing.name(driver_id)
            self.shell.decide(attendance.confirm, f"{name} comes.", driver_id=driver_id)
        else:
            self.crew.call_out(driver_id)

    def _van_pressed(self, van_id: str, act: str) -> None:
        match act:
            case "ground":
                self.crew.ground(van_id)
            case "release":
                self.shell.decide(vans.release, f"Van {van_id} may be driven again.", van_id=van_id)
            case "clear":
                self.crew.mended(van_id)

    def _acts(self, day: Day, need: Need) -> Iterator[Act]:
        """The one usual act of each need first; who or what it is about is shown where there is no such act."""
        on, forbids = self.shell.on, self.viewing.forbids
        ask = {
            "plan:no driver": ("driver", self.crew.change_driver),
            "plan:no van": ("van", self.crew.change_van),
            "plan:grounded": ("van", self.crew.change_van),
            "plan:low charge": ("van", self.crew.change_van),
        }
        if need.need_id == "plan:no plan":
            yield Act("Commit a draft…", "Commit a draft", on(lambda _: self.commit.ask()), forbids)
        elif need.need_id == "plan:no routes":
            yield Act("Build routes…", "Build routes", on(lambda _: self.build.ask()), forbids)
        elif need.need_id == "plan:files held":
            yield Act("Go to home", "Look at the files on the home page", on(lambda _: self.shell.go("home")))
        elif need.need_id == "plan:not confirmed":
            for driver_id in need.driver_ids[:NAMED]:
                name = self.viewing.name(driver_id)
                yield Act(f"Show {name}", f"Show {name}", on(partial(self._show_driver, driver_id)))
        elif need.need_id in ask:
            what, change = ask[need.need_id]
            for route_id in need.route_ids[:NAMED]:
                label = f"{what.capitalize()} for {day.code(route_id)}…"
                yield Act(label, f"Give {day.code(route_id)} another {what}", on(partial(_press, change, route_id)),
                          forbids)  # fmt: skip
        else:
            yield from show_each(day, need, on(lambda route_id, _: self._show_route(route_id)))

    def _show_driver(self, driver_id: str, _button: ipywidgets.Button) -> None:
        self.select(driver_id)

    def _show_route(self, route_id: str) -> None:
        self.which.value = ROUTES
        self._chosen(route_id)


def _press(change: Callable[[str], None], route_id: str, _button: ipywidgets.Button) -> None:
    change(route_id)
