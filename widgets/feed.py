"""The activity of the day: who did what and when, newest first; a drawer of every page."""

from typing import Protocol

import ipywidgets

from dispatchkit.overview.activity import Activity, Deed, filtered
from dispatchkit.printable import printable
from dispatchkit.times import clock_text
from widgets.board import Board, Column
from widgets.drawer import Drawer
from widgets.guard import guarded
from widgets.status import Status
from widgets.viewing import Viewing

SHOWN = 300
"""So many of the newest deeds are shown; a filter finds older ones."""

EVERYBODY, EVERYTHING = "everybody", "all phases"
COLUMNS = (Column(key="at", label="Time"), Column(key="who", label="Who"), Column(key="what", label="What"))


class HasFeed(Protocol):
    """What the feed needs of its page."""

    viewing: Viewing
    status: Status


class Feed(Drawer):
    """What was decided and, if asked for, what was observed; by person and by phase."""

    def __init__(self, page: HasFeed) -> None:
        self._viewing = page.viewing
        self._activity = Activity(code_of=self._viewing.code, name_of=self._viewing.name)
        self.who = ipywidgets.Dropdown(options=[EVERYBODY], description="By")
        self.phase = ipywidgets.Dropdown(options=[EVERYTHING], description="Phase")
        self.observed = ipywidgets.Checkbox(value=False, description="what was observed too", indent=False)
        self.board = Board(COLUMNS, label="Activity of the day, newest first", when_empty="Nothing has happened yet.")
        show = guarded(page.status, lambda _: self._show())
        for choice in (self.who, self.phase, self.observed):
            choice.observe(show, "value")
        choices = ipywidgets.Box([self.who, self.phase, self.observed])
        choices.add_class("choices")
        super().__init__("Activity", choices, self.board, grow=self.board)

    def show_day(self) -> None:
        """Follow the day, while somebody looks."""
        if self.is_open and self._viewing.day.version != self._activity.version:
            self.opened()

    def opened(self) -> None:
        """Take in what is new, and show it."""
        self._activity.take(self._viewing.desk.entries())
        deeds = self._activity.deeds
        _offer(self.who, EVERYBODY, {d.by for d in deeds})
        _offer(self.phase, EVERYTHING, {d.phase for d in deeds})
        self._show()

    def _show(self) -> None:
        found = filtered(
            self._activity.deeds,
            who="" if self.who.value == EVERYBODY else self.who.value,
            phase="" if self.phase.value == EVERYTHING else self.phase.value,
            decisions_only=not self.observed.value,
        )
        self.board.show(self._row(deed) for deed in found[:SHOWN])
        self.show("Activity", f"{min(len(found), SHOWN)} of {len(found)}" if len(found) > SHOWN else f"{len(found)}")

    def _row(self, deed: Deed) -> dict[str, object]:
        key, course = self._viewing.desk.key, self._viewing.day.course
        at = clock_text(deed.at, course.timezone, str(key.service_day))
        return {
            "id": str(deed.n),
            "at": {"text": at, "sort": deed.n},
            "who": printable(deed.by),
            "what": _line(f"{deed.text} (taken back)" if deed.voided else deed.text),
        }


def _line(text: str) -> str:
    """What somebody wrote in several lines as one, with nothing in it that acts."""
    return printable(" ".join(text.split()))


def _offer(choice: ipywidgets.Dropdown, all_of_them: str, values: set[str]) -> None:
    options = (all_of_them, *sorted(values))
    if options != tuple(choice.options):
        chosen = choice.value
        choice.options = options
        choice.value = chosen if chosen in options else all_of_them
