"""The plan: what is still open, every route with its crew, people and vans, and where the routes go."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.fleet import vans
from dispatchkit.overview.needs import Need
from dispatchkit.plan import commit
from dispatchkit.records import Plan
from dispatchkit.roster import attendance
from widgets.attention import Act
from widgets.board import Board
from widgets.buttons import allow
from widgets.crew import Crew
from widgets.fields import Field, Value
from widgets.layout import Panel, columns
from widgets.needs_panel import NAMED, NeedsPanel, show_each
from widgets.planning import people_board, route_board, van_board
from widgets.planning.assign import AssignEverybody
from widgets.planning.plan_map import PlanMap
from widgets.shell import Shell, open_page

NO_PLAN = "There is no plan yet. Import the station's files on the home page, then commit the draft."
NO_ROSTER = "There is no roster yet. Import the schedule or the associates on the home page."
NO_FLEET = "There is no fleet yet. Import the vehicles on the home page."
ROUTES, PEOPLE, VANS = "Routes", "People", "Vans"


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
        self.needs = NeedsPanel(shell, "The plan is complete.", self._acts)
        self.commit = ipywidgets.Button(description="Commit a draft…")
        self.commit.on_click(shell.on(lambda _: self._ask_which_draft()))
        self.routes = Board(route_board.COLUMNS, label="Routes, those without a crew first", when_empty=NO_PLAN)
        self.people = Board(people_board.COLUMNS, label="Drivers, those who do not come first", when_empty=NO_ROSTER)
        self.fleet = Board(van_board.COLUMNS, label="Vans, grounded ones first", when_empty=NO_FLEET)
        self._boards = {ROUTES: self.routes, PEOPLE: self.people, VANS: self.fleet}
        self.which = ipywidgets.ToggleButtons(options=list(self._boards), value=ROUTES)
        self.which.observe(shell.on(lambda _: self._turn()), "value")
        acts = ipywidgets.Box([self.which, self.assign.button, self.commit])
        acts.add_class("acts")
        self.middle = Panel(ROUTES, acts, *self._boards.values())
        for board in self._boards.values():
            board.add_class("grow")
        self.map = PlanMap(shell, self.crew)
        self.routes.on_select(shell.on(self._chosen))
        self.routes.on_act(shell.on(self._route_pressed))
        self.people.on_act(shell.on(self._driver_pressed))
        self.fleet.on_act(shell.on(self._van_pressed))
        self.map.map.on_select(shell.on(self._picked))
        self.whole = columns(self.needs, self.middle, self.map)
        self.whole.add_class("map-aside")
        self._turn()

    def show(self, day: Day, now: datetime) -> None:
        """Show what is planned and what is open."""
        viewing, forbids = self.viewing, self.viewing.forbids
        planned = day.pre_load_out.plan is not None
        self.needs.show_day(day, now, lambda need: need.phase == "plan")
        self.routes.show(route_board.rows(day, viewing.names, viewing.station, forbids=forbids) if planned else ())
        self.people.show(people_board.rows(day, viewing.names, forbids=forbids))
        self.fleet.show(van_board.rows(day, forbids=forbids))
        self.assign.show_day(day)
        drafts = [digest for digest in day.pre_load_out.drafts if digest != day.pre_load_out.plan_digest]
        self.commit.layout.display = None if drafts else "none"
        self.commit.button_style = "" if planned else "primary"
        allow(self.commit, forbids)
        self._show_heading(day)
        self.map.show_day(day)

    def select(self, subject: str) -> None:
        """Turn the right-hand side to a route; a driver or a van turns the middle to people or vans."""
        day = self.viewing.day
        if day.pre_load_out.roster and subject in day.pre_load_out.roster.driver:
            self.which.value, self.people.selected = PEOPLE, subject
        elif day.pre_load_out.fleet and subject in day.pre_load_out.fleet.van:
            self.which.value, self.fleet.selected = VANS, subject
        else:
            self.routes.selected = self.map.route_id = subject
            self.map.show_day(day)

    def _turn(self) -> None:
        for name, board in self._boards.items():
            board.layout.display = None if name == self.which.value else "none"
        self._show_heading(self.viewing.day)

    def _show_heading(self, day: Day) -> None:
        summaries = {
            ROUTES: route_board.summary(day) if day.pre_load_out.plan else "",
            PEOPLE: people_board.summary(day),
            VANS: van_board.summary(day),
        }
        self.middle.show(self.which.value, summaries[self.which.value])

    def _chosen(self, route_id: str) -> None:
        self.shell.select(route_id)
        self.shell.place.go_to(".route-panel")

    def _picked(self, what: str, which: str | int) -> None:
        if what == "stop":
            plan = self.viewing.day.plan
            placed = [r.route_id for r in plan.routes for s in plan.stops_of(r.route_id) if s.place]
            self.shell.select(placed[int(which)])

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

    def _ask_which_draft(self) -> None:
        day, records = self.viewing.day, self.viewing.desk.records
        drafts = {d: records.record(d, Plan) for d in day.pre_load_out.drafts if d != day.pre_load_out.plan_digest}
        field = Field(
            key="draft", label="Draft", kind="select",
            options=tuple((digest, _draft_words(plan)) for digest, plan in reversed(drafts.items())),
        )  # fmt: skip

        def take(values: dict[str, Value]) -> None:
            digest = str(values["draft"])
            self.shell.decide(commit.commit, "It is the day's plan now.", digest=digest, plan=drafts[digest])

        held = day.pre_load_out.plan
        said = [f"The day's plan now: {_draft_words(held)}." if held else "The day has no plan yet."]
        self.shell.ask("Commit a draft as the day's plan", said, (), [field], "Commit", on_confirm=take)

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
            yield Act("Commit a draft…", "Commit a draft", on(lambda _: self._ask_which_draft()), forbids)
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


def _draft_words(plan: Plan) -> str:
    stops = sum(len(r.stop_ids) for r in plan.routes)
    return f"{len(plan.routes)} routes, {stops:,} stops, {plan.package_count:,} packages, {plan.origin}"
