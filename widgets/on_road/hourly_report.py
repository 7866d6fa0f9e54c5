"""The hourly report on the road page: to copy or save by one press, and what a dispatcher knows better than it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.pace.board import Line
from dispatchkit.pace.hourly import Behind, hourly
from dispatchkit.pace.hourly_words import OTHER, actions, root_causes
from dispatchkit.pace.named import LEFT_TO_FIGURES, name
from dispatchkit.pace.timetable import timetables
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.copy_text import CopyText
from widgets.drawer import Drawer
from widgets.fields import Field, Value
from widgets.plain import markup
from widgets.shell import Shell

BY_FIGURES = "By the figures"
OPENER = "opens-hourly"
"""CSS class of the button that opens it, and that has the focus again when it is closed."""

NOBODY_BEHIND = '<p class="quiet">No route is behind.</p>'


class HourlyReport(Drawer):
    """The report as it stands, and two choices for each route that is behind.

    Attributes
    ----------
    text, close_it, routes
        Its parts, named so that a test can press and read them; `routes` are `Choices` by route id.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._lines: tuple[Line, ...] = ()
        self.routes: dict[str, Choices] = {}
        self.text = CopyText(label="Hourly report as text")
        self.close_it = ipywidgets.Button(description="Close", tooltip="Close the hourly report")
        self.close_it.on_click(shell.on(lambda _: self._put_away()))
        self._nobody = ipywidgets.HTML(NOBODY_BEHIND)
        self._list = ipywidgets.VBox()
        below = ipywidgets.VBox([self.close_it, self.text, self._list])
        below.add_class("hourly")
        below.add_class("scroll")
        super().__init__("Hourly report", below, grow=below)

    def show_day(self, day: Day, now: datetime, lines: Iterable[Line]) -> None:
        """Follow the day, while somebody looks."""
        self._lines = tuple(lines)
        if self.is_open:
            self._show(day, now)

    def opened(self) -> None:
        """Write the report of this moment."""
        self._show(self._shell.viewing.day, self._shell.viewing.now())

    def _put_away(self) -> None:
        self.close_drawer()
        self._shell.place.focus(f".{OPENER}")

    def _show(self, day: Day, now: datetime) -> None:
        viewing, key = self._shell.viewing, day.key
        made = hourly(
            day, self._lines, now=now, station=viewing.station, tables=timetables(day.plan, viewing.travel),
            name_of=viewing.name,
        )  # fmt: skip
        clock = clock_text(now, day.course.timezone, str(key.service_day))
        self.show("Hourly report", f"as of {clock}")
        file_name = f"hourly {key.station} {key.service_day} {clock.replace(':', '')}.txt"
        self.text.show(made.text, file_name=file_name)
        self._show_routes(made.routes)

    def _show_routes(self, behind: tuple[Behind, ...]) -> None:
        """A route that stays behind keeps its choices, so that nothing is lost under the hand."""
        held, self.routes = self.routes, {}
        for route in behind:
            self.routes[route.route_id] = choices = held.pop(route.route_id, None) or Choices(self._shell)
            choices.show_route(route)
        children = tuple(self.routes.values()) or (self._nobody,)
        if children != self._list.children:
            self._list.children = children
        for gone in held.values():
            gone.close_whole()


class Choices(ipywidgets.VBox):
    """What a dispatcher knows of one route that is behind: a root cause and an action, each by one choice.

    Attributes
    ----------
    cause, action
        The two lists; their first line leaves it to the figures.
    """

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._route: Behind | None = None
        self._is_showing = False
        self._words = ipywidgets.HTML()
        self.cause, self.action = ipywidgets.Dropdown(), ipywidgets.Dropdown()
        self.cause.observe(shell.on(partial(self._chosen, self._name_cause)), "value")
        self.action.observe(shell.on(partial(self._chosen, self._name_action)), "value")
        super().__init__([self._words, self.cause, self.action])
        self.add_class("choices-of-route")

    def show_route(self, route: Behind) -> None:
        """Show what is said of the route now; nothing counts as chosen by that."""
        self._route = route
        station, forbids = self._shell.viewing.station, self._shell.viewing.forbids
        words = f"<p><b>{markup(route.code)}</b> {markup(route.driver)} · {route.stops_behind} behind</p>"
        if words != self._words.value:
            self._words.value = words
        both = (
            (self.cause, "Root cause", route.cause, route.cause_by, root_causes(station)),
            (self.action, "Action", route.action, route.action_by, actions(station)),
        )
        self._is_showing = True
        try:
            for choice, label, said, by, listed in both:
                figures = BY_FIGURES if by else f"{BY_FIGURES}: {said}"
                chosen = said if by else LEFT_TO_FIGURES
                # what was named stays to be read, though the station's list may have changed since
                offered = dict.fromkeys((*listed.values(), chosen) if by else listed.values())
                options = ((printable(figures), LEFT_TO_FIGURES), *((printable(word), word) for word in offered))
                if options != choice.options:
                    choice.options = options
                choice.value, choice.disabled = chosen, bool(forbids)
                choice.description = label
                choice.tooltip = printable(forbids or f"{label} of {route.code}")
        finally:
            self._is_showing = False

    def close_whole(self) -> None:
        """Let go of the route's choices, in the browser too."""
        for part in (self._words, self.cause, self.action, self):
            part.close()

    def _chosen(self, then: Any, change: dict[str, Any]) -> None:
        """Decide what was chosen; what could not be decided is not shown as chosen."""
        if self._is_showing or self._route is None:
            return
        route, before = self._route, change["old"]
        try:
            then(route, str(change["new"]))
        finally:
            if self._route is route:     # nothing was decided
                self._put_back(change["owner"], before)

    def _put_back(self, choice: ipywidgets.Dropdown, value: str) -> None:
        self._is_showing = True
        try:
            choice.value = value
        finally:
            self._is_showing = False

    def _name_cause(self, route: Behind, cause: str) -> None:
        station = self._shell.viewing.station
        if cause != root_causes(station).get(OTHER, OTHER):
            said = f"{route.code}: {cause or 'the figures say why again'}."
            self._shell.decide(name, said, route_id=route.route_id, cause=cause, station=station)
            return

        def record(values: dict[str, Value]) -> None:
            note = str(values["note"])
            said = f"{route.code}: {note}."
            self._shell.decide(name, said, route_id=route.route_id, cause=cause, note=note, station=station)

        field = Field(key="note", label="What it is, in a few words")
        self._shell.ask(f"Root cause of {route.code}", fields=[field], confirm="Write down", on_confirm=record)

    def _name_action(self, route: Behind, action: str) -> None:
        station, said = self._shell.viewing.station, f"{route.code}: {action or 'the figures say what is done again'}."
        self._shell.decide(name, said, route_id=route.route_id, action=action, station=station)
