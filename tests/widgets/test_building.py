"""Routes are built from the plan page: asked for, watched, ended early, kept as a draft; or refused with the reason."""

import asyncio
import re

import ipywidgets
import pytest

from dispatchkit import course
from dispatchkit.day.facts.pre_load_out import RoutesBuilt
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.desk import Desk
from dispatchkit.intake import bring_in
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.station import load
from tests.small_station_day import write_station_day
from widgets.planning.building import FIRST, BuildRoutes
from widgets.planning.solving import SoFar
from widgets.shell import Shell
from widgets.viewing import Viewing

KEY = DayKey.parse("DXX1/2026-03-14")


class OnlyBuilding:
    """A page with nothing else on it."""

    def __init__(self, shell):
        self.building = BuildRoutes(shell, monotonic=lambda: 100.0)
        self.whole = ipywidgets.VBox([self.building.button, self.building.strip, self.building.told])

    def show(self, day, now):
        self.building.show_day(day)

    def select(self, subject):
        pass


class Page:
    """A day into which a station's files came, and the page that builds its routes."""

    def __init__(self, folder, *, files=True):
        self.log = open_log(folder / "days.sqlite")
        if files:
            write_station_day(folder / "files", harm=())
            bring_in(self.log, folder / "files", by="maria", station=load(), commit=False)
        else:
            Desk(self.log, KEY, by="maria").decide(course.open_day, timezone="America/Chicago")
        self.shell = Shell(Viewing(self.log, KEY, by="maria"), "plan", OnlyBuilding)
        self.building = self.shell.content.building

    @property
    def day(self):
        return self.shell.viewing.desk.day()

    @property
    def built(self):
        return [e.fact for e in self.shell.viewing.desk.entries() if isinstance(e.fact, RoutesBuilt)]

    def confirms(self, seconds):
        """Ask for routes and say for how long."""
        self.building.button.click()
        dialog = self.shell.dialog
        values = {"budget_s": str(seconds)}
        dialog._heard(dialog, {"event": "confirm", "turn": dialog._turn, "values": values}, None)
        return self

    @property
    def bar(self):
        return self.building._bar.value


@pytest.fixture
def page(tmp_path):
    made = Page(tmp_path)
    yield made
    made.log.close()


def test_routes_are_built_and_become_the_draft_in_hand(page):
    page.confirms(1)
    [fact] = page.built
    assert page.day.pre_load_out.in_hand == fact.plan
    assert page.day.pre_load_out.plan is None
    assert (fact.stops, fact.packages) == (36, 36)
    assert "It is the draft in hand" in page.shell.status.text
    assert page.building.strip.layout.display == "none"
    before = page.day.pre_load_out.drafts
    page.shell.undo()
    assert page.day.pre_load_out.drafts == before[:-1]


def test_the_best_plan_so_far_is_taken_and_the_page_lives_meanwhile(page):
    async def at_the_page():
        page.confirms(600)
        assert page.building.strip.layout.display is None
        assert page.building.button.disabled
        assert page.building.stop.disabled
        assert FIRST in page.bar
        assert 'value="' not in page.bar
        while page.building.stop.disabled:
            await asyncio.sleep(0.02)
        assert re.search(r"36 stops served on \d routes, none left", page.bar)
        page.building.stop.click()
        assert page.building.stop.disabled
        assert "Stopping with the best plan so far." in page.bar
        while not page.built:
            await asyncio.sleep(0.02)

    asyncio.run(at_the_page())
    assert "before the time was up" in page.shell.status.text


def test_work_that_is_cancelled_changes_nothing(page):
    version = page.day.version

    async def at_the_page():
        page.confirms(600)
        page.building.cancel.click()

    asyncio.run(at_the_page())
    assert page.day.version == version
    assert page.shell.status.text == "Cancelled. Nothing was changed."
    assert not page.building.button.disabled


def test_the_bar_says_how_far_it_is_and_what_the_best_plan_is(page):
    page.building._budget_s = 60.0
    page.building._best = SoFar(elapsed_s=12, served=4200, unserved=24, routes=28, drive_s=36_000)
    words = " ".join(page.building._words(12.0))
    assert words == "12 of 60 s. Best so far: 4,200 stops served on 28 routes, 24 left, 10.0 h of driving."
    assert "The time is up" in " ".join(page.building._words(61.0))


@pytest.mark.parametrize("seconds", [0, 1801, "soon"])
def test_for_how_long_is_asked_within_bounds(page, seconds):
    page.confirms(seconds)
    assert page.shell.dialog.is_open
    assert not page.built


def test_a_day_without_stops_says_why_nothing_can_be_built(tmp_path):
    page = Page(tmp_path, files=False)
    assert page.building.button.disabled
    assert "No stops have come in yet" in page.building.button.tooltip
    page.log.close()


def test_a_day_that_was_closed_meanwhile_keeps_no_routes(page):
    async def at_the_page():
        page.confirms(600)
        while page.building.stop.disabled:
            await asyncio.sleep(0.02)
        desk = Desk(page.log, KEY, by="jo")
        desk.append([DayClosed(at=desk.clock.now(), by="jo")], expected=desk.day().version)
        page.building.stop.click()
        while page.building._work.is_working:
            await asyncio.sleep(0.02)
        await asyncio.sleep(0.05)

    asyncio.run(at_the_page())
    assert not page.built
    assert "closed" in page.shell.status.text
