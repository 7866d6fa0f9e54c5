"""The road: what needs a person, how is everyone, what about this one. It follows the log as it grows."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.overview.needs import Need
from dispatchkit.overview.road_needs import MESSAGES
from dispatchkit.overview.routes import out
from dispatchkit.pace.board import Line, pace_board
from dispatchkit.pace.ladder import Rung
from widgets.alarms import ALARM, Alarms
from widgets.attention import Act
from widgets.board import Board
from widgets.buttons import allow
from widgets.layout import Panel, columns
from widgets.needs_panel import NAMED, NeedsPanel
from widgets.on_road.hourly_report import OPENER, HourlyReport
from widgets.on_road.meetings import RESCUE, Meetings
from widgets.on_road.progress import Progress
from widgets.on_road.written_down import WrittenDown
from widgets.pace_table import COLUMNS, rows, summary
from widgets.route_panel import RoutePanel
from widgets.shell import Shell, open_page

NO_PLAN = "There is no plan yet. Commit one, and this page shows its routes."
HELPED = tuple(f"road:{rung}" for rung in (Rung.HELP, Rung.RESCUE_VAN))
"""Needs whose usual act is a rescue; of the others of the road the route is looked at first."""


def page() -> ipywidgets.Widget:
    """Show the road of the day that the browser's address names, as ``?day=DXX1/2026-03-14``."""
    return open_page("road", RoadPage)


class RoadPage:
    """The page's panels.

    Attributes
    ----------
    whole
        What is shown.
    """

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.viewing = shell.viewing
        self.needs = NeedsPanel(shell, "Nothing needs you now.", self._acts)
        self.board = Board(COLUMNS, label="Pace of every route, what needs a person first", when_empty=NO_PLAN)
        self.route = RoutePanel(shell)
        self.progress = Progress(shell)
        self.type_progress = ipywidgets.Button(description="Type progress…", tooltip="Stops done, told by phone")
        self.type_progress.on_click(shell.on(lambda _: self.progress.ask()))
        self.report = HourlyReport(shell)
        self.open_report = self.report.opener("Hourly report", shell.status)
        self.open_report.add_class(OPENER)
        acts = ipywidgets.Box([self.type_progress, self.open_report])
        acts.add_class("acts")
        self.pace = Panel("Pace", acts, self.board, self.report, grow=self.board)
        self.alarms = Alarms(shell)
        self.meetings, self.written_down = Meetings(shell), WrittenDown(shell)
        self.board.on_select(shell.on(self._chosen))
        self.route.map.on_select(shell.on(self._picked))
        self.whole = columns(self.needs, self.pace, self.route)
        self.whole.add_class("on-road")
        self._need_help: set[str] = set()

    def show(self, day: Day, now: datetime) -> None:
        """Work the board out and show it everywhere."""
        viewing = self.viewing
        lines: tuple[Line, ...] = ()
        if day.pre_load_out.plan is not None:
            lines = pace_board(day, now=now, station=viewing.station, travel=viewing.travel, past=viewing.past)
            self.route.show_day(day, lines)
        self._need_help = {line.route_id for line in lines if line.help_min > 0}
        self.board.show(
            rows(day, lines, now=now, station=viewing.station, travel=viewing.travel, names=viewing.names)
        )
        self.pace.show("Pace", summary(lines))
        self.report.show_day(day, now, lines)
        allow(self.open_report, "" if lines else NO_PLAN, about="The hourly report: open or close")
        allow(self.type_progress, viewing.forbids or ("" if lines else NO_PLAN))
        self.needs.show_day(day, now, lambda need: need.phase == "road")

    def select(self, subject: str) -> None:
        """Turn the right-hand side to a route."""
        self.route.select(subject)
        self.board.selected = subject
        day = self.viewing.day
        if day.pre_load_out.plan is not None:
            self.show(day, self.viewing.now())

    def _chosen(self, route_id: str) -> None:
        self.shell.select(route_id)
        self.shell.place.go_to(".route-panel")

    def _picked(self, what: str, which: str | int) -> None:
        if what == "van":
            self.shell.select(str(which))

    def _acts(self, day: Day, need: Need) -> Iterator[Act]:
        """The usual act first: see a rescue where one helps, say what became of one that is under way, else look."""
        kind, _, subject = need.need_id.partition(":")
        if need.need_id.startswith(RESCUE) and need.need_id not in HELPED:
            yield from self.meetings.acts(need.need_id.removeprefix(RESCUE))
        if need.need_id == MESSAGES:
            yield from self._answers(day, need)
            return
        rescuable = self._need_help.intersection(out(day)) if f"{kind}:" == ALARM or need.need_id in HELPED else ()
        for route_id in [r for r in need.route_ids if r in day.road.routes][:NAMED]:
            code, on = day.code(route_id), self.shell.on
            if route_id in rescuable:
                yield Act(f"See rescue of {code}", f"See rescue of {code}", on(partial(self._see, route_id)))
            else:
                yield Act(f"Show {code}", f"Show {code}", on(partial(self._show_route, route_id)))
        if f"{kind}:" == ALARM:
            yield from self.alarms.acts(subject, need.what)

    def _answers(self, day: Day, need: Need) -> Iterator[Act]:
        for route_id in need.route_ids[:NAMED]:
            label = f"Answer {day.code(route_id)}…"
            yield Act(label, label, self.shell.on(partial(self._answer, route_id)), self.viewing.forbids)

    def _answer(self, route_id: str, _button: ipywidgets.Button) -> None:
        self.shell.select(route_id)
        self.written_down.answer(route_id)

    def _show_route(self, route_id: str, _button: ipywidgets.Button) -> None:
        self._chosen(route_id)

    def _see(self, route_id: str, _button: ipywidgets.Button) -> None:
        self.shell.select(route_id)
        self.route.propose()
        self.shell.place.go_to(".route-facts")
