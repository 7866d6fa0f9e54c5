"""The road page as a dispatcher uses it: it shows the day, follows the log, starts a rescue and takes it back."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.pace.board import pace_board
from dispatchkit.rescue.propose import proposals
from dispatchkit.run_day import go_on, prepare_sample
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"

FOLLOWS_WITHIN_MS = 10_000


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("road home")


@pytest.fixture(scope="module")
def log(home):
    with open_log(home / "days.sqlite") as log:
        yield log


@pytest.fixture(scope="module")
def key(log):
    return prepare_sample(log, None, station=load())[0]


@pytest.fixture(scope="module")
def road(serve, home, key):
    return serve(NOTEBOOKS, preheated=1, home=home)


@pytest.fixture
def visit(visit_to, road):
    with visit_to(road) as visit:
        yield visit


def test_the_sample_day_is_shown_with_its_time_and_that_its_road_is_simulated(visit, key):
    page = visit.open()
    expect(page.get_by_text("as of 13:04")).to_be_visible()
    expect(page.get_by_text("road simulated")).to_be_visible()
    assert page.locator("tbody tr").count() == 38
    assert [a for a in visit.asked_elsewhere if "tile.openstreetmap.org" not in a] == []


def test_the_page_follows_the_log_without_moving_what_the_dispatcher_looks_at(visit, log, key):
    page = visit.open()
    page.get_by_role("row", name="CX107").click()
    expect(page.get_by_role("heading", name="CX107", level=2)).to_be_visible()
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(600)  # the map's own zooming
    scale = page.locator(".leaflet-control-scale").inner_text()
    until = datetime.combine(key.service_day, time(13, 15), ZoneInfo("America/Chicago"))
    go_on(log, key, until=until, station=load())
    expect(page.get_by_text("as of 13:15")).to_be_visible(timeout=FOLLOWS_WITHIN_MS)
    expect(page.get_by_role("heading", name="CX107", level=2)).to_be_visible()
    expect(page.get_by_role("row", name="CX107")).to_have_attribute("aria-selected", "true")
    assert page.locator(".leaflet-control-scale").inner_text() == scale


def rescuable(log, key):
    """Code of the route that needs help most and can be helped."""
    desk = Desk(log, key, by="test")
    day, now, travel, station = desk.day(), log.require(key).last_learned_at, CalibratedTravel(), load()
    for line in pace_board(day, now=now, station=station, travel=travel):
        if proposals(day, line.route_id, now=now, station=station, travel=travel, limit=1).options:
            return line.code
    return pytest.fail("No route of the sample day can be helped at this hour.")


def test_a_rescue_is_proposed_on_both_sides_started_by_keyboard_and_taken_back(visit, log, key):
    code, page, desk = rescuable(log, key), visit.open(), Desk(log, key, by="test")
    page.get_by_role("row", name=code).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=code, level=2)).to_be_visible()
    panel = page.locator(".route-facts")
    panel.get_by_role("button", name="See rescue").press("Enter")
    start = page.get_by_role("button", name="Start rescue")
    expect(start).to_be_visible()
    expect(panel).to_contain_text("chance of being late")
    expect(panel).to_contain_text("Doing nothing")
    before = desk.day().version
    start.press("Enter")
    expect(page.get_by_role("status").filter(has_text=f"Rescue of {code} started")).to_be_visible()
    started = [e.fact for e in desk.entries() if e.n > before]
    assert isinstance(started[0], RescueStarted)
    assert desk.day().road.rescues
    page.get_by_role("button", name="Undo my last").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Taken back")).to_be_visible()
    assert started[0].rescue_id not in desk.day().road.rescues


def test_a_day_that_is_not_there_is_said(visit):
    visit.page.goto(f"{visit.served.address}?token={visit.served.token}&day=DXX9/2026-03-14")
    expect(visit.page.get_by_text("There is no day DXX9/2026-03-14")).to_be_visible(timeout=20_000)


def test_the_page_fits_a_phone(visit):
    visit.page.set_viewport_size({"width": 360, "height": 780})
    page = visit.open()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".plate").first.scroll_into_view_if_needed()
    expect(page.locator(".plate").first).to_be_in_viewport()
