"""Problem areas as a list below the map: one press turns the map there and says what is wrong and who is to come."""

from collections.abc import Callable, Iterable
from functools import partial

import ipywidgets

from dispatchkit.day import Day
from dispatchkit.pace.problem_areas import ProblemArea
from dispatchkit.records import Place
from dispatchkit.times import clock_text
from widgets.on_road.marks import area_id, area_words
from widgets.plain import markup
from widgets.shell import Shell


class AreaList(ipywidgets.VBox):
    """The list. It takes no room while nothing goes wrong; a line keeps its button as long as it stands.

    While a route is looked at it is one line, unless somebody opens it.

    Attributes
    ----------
    heading
        Opens and closes the list.
    buttons
        Area id → the button of its line, named so that a test can press it.
    """

    def __init__(self, shell: Shell, look_at: Callable[[Iterable[Place]], None]) -> None:
        self._shell, self._look_at = shell, look_at
        self._areas: dict[str, ProblemArea] = {}
        self._words: dict[str, ipywidgets.HTML] = {}
        self._told_of, self._briefly = "", False
        self._wanted: bool | None = None
        self.buttons: dict[str, ipywidgets.Button] = {}
        self.heading = ipywidgets.Button()
        self.heading.add_class("areas-open")
        self.heading.on_click(shell.on(self._turn_over))
        super().__init__([self.heading])
        self.add_class("area-list")
        self.layout.display = "none"

    def show_day(self, day: Day, areas: Iterable[ProblemArea], *, briefly: bool) -> None:
        """Show these areas in their order; `briefly` is one line, until somebody opens or closes the list."""
        self._briefly = briefly
        self._areas = {area_id(area): area for area in areas}
        for gone in self.buttons.keys() - self._areas.keys():
            self.buttons.pop(gone).close()
            self._words.pop(gone).close()
        for name, area in self._areas.items():
            if name not in self.buttons:
                self.buttons[name], self._words[name] = ipywidgets.Button(), ipywidgets.HTML()
                self.buttons[name].on_click(self._shell.on(partial(self._turn_to, name)))
            self.buttons[name].description = area_words(area)
            self._words[name].value = _told(day, area) if name == self._told_of else ""
        self.heading.description = f"{'▾' if self.is_open else '▸'} Where today goes wrong ({len(self._areas)})"
        shown = self._areas if self.is_open else ()
        children = (self.heading, *(part for name in shown for part in (self.buttons[name], self._words[name])))
        if self.children != children:
            self.children = children
        self.layout.display = None if self._areas else "none"

    @property
    def is_open(self) -> bool:
        """Whether the areas are listed, or only counted."""
        return not self._briefly if self._wanted is None else self._wanted

    def _turn_over(self, _button: ipywidgets.Button) -> None:
        self._wanted = not self.is_open
        self._show_again()

    def _turn_to(self, name: str, _button: ipywidgets.Button) -> None:
        self._told_of = "" if self._told_of == name else name
        if self._told_of:
            self._look_at(self._areas[name].outline)
        self._show_again()

    def _show_again(self) -> None:
        self.show_day(self._shell.viewing.day, self._areas.values(), briefly=self._briefly)


def _told(day: Day, area: ProblemArea) -> str:
    since = clock_text(area.since, day.course.timezone, str(day.key.service_day))
    to_come = ", ".join(f"{day.code(route_id)} ({count})" for route_id, count in area.ahead)
    last = f"Still to enter: {to_come}." if to_come else "No stops are left there: it is past."
    return f"<p>{markup(' '.join((f'Since {since}.', *area.reasons, last)))}</p>"
