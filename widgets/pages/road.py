"""The road: what needs a person, how is everyone, what about this one. It follows the log as it grows."""

import ipywidgets

from dispatchkit.day.road import Alarm
from dispatchkit.pace import alarms
from dispatchkit.pace.board import Line, pace_board
from dispatchkit.times import clock_text
from widgets import style
from widgets.attention import Act, Attention, Item
from widgets.board import Board
from widgets.day_line import DayLine
from widgets.guard import guarded
from widgets.heartbeat import Heartbeat
from widgets.layout import Panel, body, columns
from widgets.opening import Opening
from widgets.pace_table import COLUMNS, row, summary
from widgets.place import Place
from widgets.route_panel import RoutePanel
from widgets.status import Status
from widgets.viewing import Viewing, from_address, wait_for_browser

LOOK_EVERY_S = 0.5
"""How often the page asks the log for news; a look that finds none costs about a tenth of a millisecond."""

AGES_EVERY_S = 15.0
"""How often ages and forecasts are worked out anew on a live day on which nothing new was learned."""

NO_PLAN = "There is no plan yet. Commit one, and this page shows its routes."


def page() -> ipywidgets.Widget:
    """Show the road of the day that the browser's address names, as ``?day=DXX1/2026-03-14``."""
    wait_for_browser()
    return Opening(lambda: RoadPage(from_address()).whole)


class RoadPage:
    """The page's panels and what keeps them up to date.

    Attributes
    ----------
    whole
        What is shown.
    """

    def __init__(self, viewing: Viewing) -> None:
        self.viewing = viewing
        self.status = Status()
        self.line = DayLine(viewing, self.status)
        self.attention = Attention("Nothing needs you now.")
        self.board = Board(COLUMNS, label="Pace of every route, what needs a person first", when_empty=NO_PLAN)
        self.route = RoutePanel(viewing, self.status)
        self.needs = Panel("Needs a person", self.attention)
        self.pace = Panel("Pace", self.board, grow=self.board)
        self.attention.add_class("scroll")
        self.place = Place()
        self.heartbeat = Heartbeat(time_text=viewing.time_text)
        self.board.on_select(guarded(self.status, self._chosen))
        self.route.map.on_select(guarded(self.status, self._picked))
        self._shown: tuple[int, float] = (-1, 0.0)
        three = columns(self.needs, self.pace, self.route)
        self.whole = body(self.line, three, self.place, self.heartbeat, style.sheet())
        self.look()
        self.heartbeat.follow(self.look, LOOK_EVERY_S, self.status)

    def look(self) -> None:
        """Bring the page up to date, if anything is new or the ages have moved on."""
        day, now = self.viewing.day, self.viewing.now()
        aged = self.viewing.live and now.timestamp() - self._shown[1] >= AGES_EVERY_S
        if day.version != self._shown[0] or aged:
            self.show()

    def show(self) -> None:
        """Work the board out and show it everywhere."""
        day, now = self.viewing.day, self.viewing.now()
        lines: tuple[Line, ...] = ()
        if day.pre_load_out.plan is not None:
            lines = pace_board(day, now=now, station=self.viewing.station, travel=self.viewing.travel)
            self.route.show_day(day, lines)
        timezone, service_day = day.course.timezone, str(day.key.service_day)
        self.line.show_day(day)
        self.board.show(row(line, timezone, service_day) for line in lines)
        self.pace.show("Pace", summary(lines))
        standing = alarms.standing_at(day, now)
        self.attention.show(self._item(alarm) for alarm in standing)
        self.needs.show("Needs a person", str(len(standing)) if standing else "")
        self._shown = (day.version, now.timestamp())

    def select(self, route_id: str) -> None:
        """Turn the right-hand side to a route."""
        self.route.select(route_id)
        self.board.selected = route_id
        self.show()

    def _chosen(self, route_id: str) -> None:
        self.select(route_id)
        self.place.go_to(".route-panel")

    def _picked(self, what: str, which: str | int) -> None:
        if what == "van":
            self.select(str(which))

    def _item(self, alarm: Alarm) -> Item:
        raised = alarm.raised
        day = self.viewing.day
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
            see = guarded(self.status, lambda _: self._see_rescue(first))
            acts.append(Act("See rescue", f"See rescue of {day.code(first)}", see))
        if not alarm.acknowledged_by:
            take = guarded(self.status, lambda _: self._take(raised.alarm_id))
            acts.append(Act("I take it", f"I take it: {raised.what}", take))
        return Item(raised.alarm_id, "act", raised.what, f"{since}{raised.why} {raised.do}{taken}", until, tuple(acts))

    def _see_rescue(self, route_id: str) -> None:
        self.select(route_id)
        self.route.propose()
        self.place.go_to(".route-facts")

    def _take(self, alarm_id: str) -> None:
        self.viewing.desk.decide(alarms.acknowledge, alarm_id=alarm_id)
        self.show()
