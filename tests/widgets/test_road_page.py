"""The road page before there is anything to show on it; the rest is pressed in a real browser."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from dispatchkit import course
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from tests.small_day import on_the_road
from tests.widgets.story import OnPage
from widgets.pages.road import RoadPage
from widgets.shell import Shell
from widgets.viewing import Viewing

KEY = DayKey.parse("DXX1/2026-03-14")


@pytest.fixture
def page(tmp_path):
    with open_log(tmp_path / "days.sqlite") as log:
        Desk(log, KEY, by="maria").decide(course.open_day, timezone="America/Chicago")
        yield Shell(Viewing(log, KEY, by="maria"), "road", RoadPage).content


def test_a_day_without_a_plan_says_what_to_do_where_its_routes_will_stand(page):
    assert page.board.when_empty == "There is no plan yet. Commit one, and this page shows its routes."
    assert page.shell.status.text == ""


def test_no_rescue_is_offered_while_no_route_is_chosen(page):
    assert page.route.see_rescue.layout.display == "none"
    assert page.route.start.layout.display == "none"


def test_while_no_route_is_chosen_the_map_has_the_whole_panel(page, tmp_path):
    below = page.route.children[-1]
    assert below.layout.display == "none"
    desk = OnPage(tmp_path / "small", on_the_road(), "road", RoadPage)
    desk.page.select("CX1")
    assert desk.page.route.children[-1].layout.display is None


class Wall:
    """A clock that a test sets."""

    def __init__(self, at):
        self.at = at

    def now(self):
        return self.at


def test_a_live_day_is_worked_out_anew_every_quarter_minute_though_nobody_told_anything(tmp_path, monkeypatch):
    noon = datetime(2026, 3, 14, 12, tzinfo=ZoneInfo("America/Chicago")).astimezone(UTC)
    wall = Wall(noon)
    with open_log(tmp_path / "days.sqlite") as log:
        Desk(log, KEY, by="maria", clock=wall).decide(course.open_day, timezone="America/Chicago")
        page = Shell(Viewing(log, KEY, by="maria", wall=wall), "road", RoadPage)
        shown = []
        monkeypatch.setattr(page, "show", lambda: shown.append(wall.at))
        wall.at = noon + timedelta(seconds=14)
        page.look()
        assert shown == []
        wall.at = noon + timedelta(seconds=15)
        page.look()
        assert shown == [wall.at]
