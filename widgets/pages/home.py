"""Home: what needs a person now in all phases, where the day stands, all days, and the way in for files."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import ipywidgets

from dispatchkit import course
from dispatchkit.day import Day
from dispatchkit.home import store_url
from dispatchkit.imports.given import OriginalFile
from dispatchkit.overview.needs import Need
from widgets.attention import Act
from widgets.board import Board
from widgets.home import day_timeline, days_board
from widgets.home.alarm_rates import AlarmRatesPanel
from widgets.home.first_day import FirstDay
from widgets.home.import_panel import ImportPanel
from widgets.layout import Panel, columns, stacked
from widgets.needs_panel import NeedsPanel
from widgets.opening import Opening
from widgets.shell import Shell
from widgets.timeline import Timeline
from widgets.viewing import from_address, holds_a_day, wait_for_browser

if TYPE_CHECKING:
    from dispatchkit.intake import Taken


def page() -> ipywidgets.Widget:
    """Show the home of the day that the address names; while the store has none, the way in for the first one."""
    wait_for_browser()
    return Opening(lambda: Shell(from_address(), "home", HomePage).whole if holds_a_day() else FirstDay())


class HomePage:
    """The page's panels.

    Attributes
    ----------
    whole
        What is shown.
    """

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.viewing = viewing = shell.viewing
        self.needs = NeedsPanel(shell, "Nothing needs you now, in no phase.", self._acts)
        self.timeline = Timeline(label="The day as planned and as it went, wave by wave")
        self.timeline.add_class("day-timeline")
        self.today = Panel("The day", self.timeline, grow=self.timeline)
        self._days = days_board.Days(viewing.desk.log, viewing.station, viewing.desk.by)
        self.days = Board(days_board.COLUMNS, label="Days, open ones first", when_empty="No days yet.")
        self.days.on_select(shell.on(lambda key: shell.phases.visit("home", day=key)))
        self.all_days = Panel("Days", self.days, grow=self.days)
        self.files = ImportPanel(
            shell.status, store=store_url(), by=viewing.desk.by, role=viewing.role, station=viewing.station,
            day=viewing.desk.key, taken=self._taken,
        )  # fmt: skip
        self.alarm_rates = AlarmRatesPanel(viewing)
        self.whole = columns(
            self.needs, stacked(self.today, self.all_days), stacked(self.files, self.alarm_rates)
        )
        self.whole.add_class("home")

    def show(self, day: Day, now: datetime) -> None:
        """Show where the day stands."""
        self.needs.show_day(day, now, lambda _: True)
        day_timeline.show(self.timeline, day, now)
        self.days.show(self._days.rows())
        self.days.selected = str(day.key)
        self.alarm_rates.show_day(day, now)
        self.today.show("The day", f"{len(day.course.files)} files · {day.version:,} entries")

    def select(self, subject: str) -> None:
        """Home has no subject of its own: what was found is looked at on the page of its phase."""

    def _taken(self, taken: "list[Taken]") -> None:
        keys = [one.key for one in taken]
        if keys and self.viewing.desk.key not in keys:
            self.shell.phases.visit("home", day=str(keys[0]))
        else:
            self.shell.show()

    def _acts(self, _day: Day, need: Need) -> Iterator[Act]:
        if need.need_id == "plan:files held":
            yield Act("Look at them", "See what these files would change", self.shell.on(lambda _: self._look()))
            yield Act("Not wanted", "Let them go", self.shell.on(lambda _: self._let_go()))
            return
        subject = next(iter((*need.route_ids, *need.driver_ids, *need.van_ids)), "")
        go = self.shell.on(lambda _: self.shell.go(need.phase, subject))
        yield Act(f"Go to {PAGES[need.phase]}", f"{need.what}: go there", go)

    def _look(self) -> None:
        log, held = self.viewing.desk.log, self.viewing.day.course.held
        self.files.offer([OriginalFile(name=f.name, data=log.artifact(digest)) for digest, f in held.items()])

    def _let_go(self) -> None:
        for digest in tuple(self.viewing.day.course.held):
            self.shell.decide(course.let_go, "Let go; the files stay on record.", digest=digest)


PAGES = {"plan": "plan", "load_out": "load-out", "road": "road", "close": "close"}
"""How a button names the page of a phase."""
