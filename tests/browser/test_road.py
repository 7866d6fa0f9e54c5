"""The road page as a dispatcher uses it: it shows the day, follows the log, starts a rescue and takes it back."""

from datetime import datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from dispatchkit.clock import FrozenClock
from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.pace import alarms
from dispatchkit.pace.board import pace_board
from dispatchkit.rescue import decide
from dispatchkit.rescue.propose import proposals
from dispatchkit.run_day import go_on, prepare_sample, run_days
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_station_day import HARMFUL_VAN, write_station_day

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
ROAD = "voila/render/road.ipynb"

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
    return prepare_sample(log, only=["calm_day"])[0]


@pytest.fixture(scope="module")
def road(serve, home, key):
    return serve(NOTEBOOKS, preheated=0, home=home)


@pytest.fixture
def visit(visit_to, road):
    with visit_to(road) as visit:
        yield visit


def test_the_sample_day_is_shown_with_its_time_and_that_its_road_is_simulated(visit, key):
    page = visit.open(path=ROAD)
    expect(page.get_by_text("as of 13:04")).to_be_visible()
    expect(page.get_by_text("road simulated")).to_be_visible()
    assert page.locator("tbody tr").count() == 38
    assert [a for a in visit.asked_elsewhere if "tile.openstreetmap.org" not in a] == []


def test_the_page_follows_the_log_without_moving_what_the_dispatcher_looks_at(visit, log, key):
    page = visit.open(path=ROAD)
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
    code, page, desk = rescuable(log, key), visit.open(path=ROAD), Desk(log, key, by="test")
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


def test_the_focus_is_not_lost_when_a_button_is_off_for_a_moment_or_gone(visit):
    page = visit.open(path=ROAD)
    see = page.locator(".attention").get_by_role("button", name="See rescue")
    expect(see).to_have_attribute("title", "See rescue of CX128")
    see.press("Enter")
    expect(page.get_by_role("button", name="Start rescue")).to_be_visible()
    expect(see).to_be_focused()
    take = page.get_by_role("button", name="I take it")
    take.press("Enter")
    expect(page.get_by_text("is on it.")).to_be_visible()
    expect(take).to_have_count(0)
    expect(page.locator(".panel:focus, .item:focus").filter(has_text="CX128")).to_have_count(1)
    page.get_by_role("button", name="Undo my last").press("Enter")
    expect(take).to_be_visible()
    expect(page.get_by_role("button", name="Undo my last")).to_be_focused()


def test_what_one_window_decides_the_other_shows_and_refuses_to_decide_again(visit, visit_to, road, log, key):
    page, other = visit.open(path=ROAD), Desk(log, key, by="jo")
    page.locator(".attention").get_by_role("button", name="See rescue").press("Enter")
    start = page.get_by_role("button", name="Start rescue")
    expect(start).to_be_enabled()
    day, now = other.day(), log.require(key).last_learned_at
    route_id = next(r.route_id for r in day.plan.routes if r.code == "CX128")
    found = proposals(day, route_id, now=now, station=load(), travel=CalibratedTravel(), limit=1).options[0]
    other.clock = FrozenClock(now)
    other.decide(decide.start, proposal=found)
    expect(start).to_be_disabled()
    expect(page.locator(".sentences:not(.marks)")).to_contain_text("Already being rescued")
    expect(page.locator(".route-facts")).to_contain_text("Help is on the way")
    alarm_id = next(a for a, alarm in day.road.alarms.items() if alarm.cleared_at is None)
    other.decide(alarms.acknowledge, alarm_id=alarm_id)
    expect(page.get_by_text("jo is on it.")).to_be_visible()
    expect(page.locator(".attention").get_by_role("button", name="See rescue")).to_be_focused()
    other.undo()
    other.undo()
    expect(start).to_be_enabled()


def test_a_day_that_is_not_there_is_said(visit):
    visit.page.goto(f"{visit.served.address}{ROAD}?token={visit.served.token}&day=DXX9/2026-03-14")
    expect(visit.page.get_by_text("There is no day DXX9/2026-03-14")).to_be_visible(timeout=20_000)


def test_the_page_fits_a_phone(visit):
    visit.page.set_viewport_size({"width": 360, "height": 780})
    page = visit.open(path=ROAD)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator(".plate").first.scroll_into_view_if_needed()
    expect(page.locator(".plate").first).to_be_in_viewport()


TOO_SMALL = """() => [...document.querySelectorAll("button, input, tbody tr, .phases a")]
    .filter((e) => e.getClientRects().length > 0)
    .map((e) => [e.textContent, e.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 36)
    .map(([text]) => text)"""


def test_on_a_phone_the_page_goes_to_the_answer_and_everything_can_be_hit_with_a_thumb(visit):
    visit.page.set_viewport_size({"width": 360, "height": 780})
    page = visit.open(path=ROAD)
    assert page.evaluate(TOO_SMALL) == []
    page.get_by_role("row", name="CX133").click()
    expect(page.get_by_role("heading", name="CX133", level=2)).to_be_in_viewport()
    page.locator(".attention").get_by_role("button", name="See rescue").click()
    expect(page.get_by_text("Doing nothing")).to_be_in_viewport()


def test_what_to_do_next_is_never_cut_off(visit):
    page = visit.open(path=ROAD)
    for width in (1024, 1180, 1280, 1366, 1440):
        page.set_viewport_size({"width": width, "height": 768})
        board = page.locator(".board-scroll").filter(has=page.get_by_role("table", name="Pace of every route"))
        assert board.evaluate("board => board.scrollWidth - board.clientWidth") == 0, width
        expect(page.get_by_role("columnheader", name="Age")).to_be_visible(visible=width >= 1280)


def test_a_page_without_a_store_says_so_and_opens_when_the_day_is_there(visit_to, serve, tmp_path):
    with visit_to(serve(NOTEBOOKS, preheated=0, home=tmp_path)) as visit:
        visit.page.goto(f"{visit.served.address}{ROAD}?token={visit.served.token}")
        expect(visit.page.get_by_text("There is no log at")).to_be_visible(timeout=FOLLOWS_WITHIN_MS)
        with open_log(tmp_path / "days.sqlite") as log:
            prepare_sample(log, only=["calm_day"])
        visit.page.locator(".plate").first.wait_for(timeout=3 * FOLLOWS_WITHIN_MS)


def test_harmful_ids_are_shown_as_they_are_and_do_nothing(visit_to, serve, tmp_path):
    folder = write_station_day(tmp_path / "from a file", first_van=HARMFUL_VAN)
    with open_log(tmp_path / "days.sqlite") as log:
        run_days(log, folder, station=load(), seed=1, build=False)
    with visit_to(serve(NOTEBOOKS, preheated=0, home=tmp_path)) as visit:
        said = []
        visit.page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
        visit.page.goto(f"{visit.served.address}{ROAD}?token={visit.served.token}")
        visit.page.get_by_role("row", name="CX1").click()
        head = visit.page.locator(".route-panel .panel-head")
        expect(head).to_contain_text("\"><img src=x onerror=alert('van')>\\u202e")
        assert visit.page.locator("img[src=x]").count() == 0
        assert said == []
