"""The road: what needs a person, how is everyone, what about this one. It follows the log as it grows."""

from datetime import datetime

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.day.road import Alarm
from dispatchkit.pace import alarms
from dispatchkit.pace.board import Line, pace_board
from dispatchkit.times import clock_text
from widgets.attention import Act, Attention, Item
from widgets.board import Board
from widgets.layout import Panel, columns
from widgets.pace_table import COLUMNS, row, summary
from widgets.route_panel import RoutePanel
from widgets.shell import Shell, open_page

NO_PLAN = "There is no plan yet. Commit one, and this page shows its routes."


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
        self.attention = Attention("Nothing needs you now.")
        self.board = Board(COLUMNS, label="Pace of every route, what needs a person first", when_empty=NO_PLAN)
        self.route = RoutePanel(shell)
        self.needs = Panel("Needs a person", self.attention)
        self.pace = Panel("Pace", self.board, grow=self.board)
        self.attention.add_class("scroll")
        self.board.on_select(shell.on(self._chosen))
        self.route.map.on_select(shell.on(self._picked))
        self.whole = columns(self.needs, self.pace, self.route)

    def show(self, day: Day, now: datetime) -> None:
        """Work the board out and show it everywhere."""
        lines: tuple[Line, ...] = ()
        if day.pre_load_out.plan is not None:
            lines = pace_board(day, now=now, station=self.viewing.station, travel=self.viewing.travel)
            self.route.show_day(day, lines)
        timezone, service_day = day.course.timezone, str(day.key.service_day)
        self.board.show(row(line, timezone, service_day, self.viewing.names) for line in lines)
        self.pace.show("Pace", summary(lines))
        standing = alarms.standing_at(day, now)
        self.attention.show(self._item(day, alarm) for alarm in standing)
        self.needs.show("Needs a person", str(len(standing)) if standing else "")

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

    def _item(self, day: Day, alarm: Alarm) -> Item:
        raised = alarm.raised
        timezone, service_day = day.course.timezone, str(day.key.service_day)
        since = f"At {clock_text(raised.at, timezone, service_day)}: "
        until = ""
        if raised.helps_until is not None:
            until = f"Help before {clock_text(raised.helps_until, timezone, service_day)}."
        taken = f" {alarm.acknowledged_by} is on it." if alarm.acknowledged_by else ""
        first = raised.route_ids[0] if raised.route_ids else ""
        left = first in day.load_out.departed
        acts = []
        if left:
            see = self.shell.on(lambda _: self._see(first))
            acts.append(Act("See rescue", f"See rescue of {day.code(first)}", see))
        if not alarm.acknowledged_by:
            take = self.shell.on(lambda _: self._take(raised.alarm_id))
            acts.append(Act("I take it", f"I take it: {raised.what}", take))
        return Item(raised.alarm_id, "act", raised.what, f"{since}{raised.why} {raised.do}{taken}", until, tuple(acts))

    def _see(self, route_id: str) -> None:
        self.shell.select(route_id)
        self.route.propose()
        self.shell.place.go_to(".route-facts")

    def _take(self, alarm_id: str) -> None:
        self.shell.decide(alarms.acknowledge, "It is yours; the others see that.", alarm_id=alarm_id)
