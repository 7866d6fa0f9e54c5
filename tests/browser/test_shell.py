"""What every page of a day has, in two people's browsers: phases, each other's news, undo, search, activity, keys."""

from pathlib import Path

import psutil
import pytest
from playwright.sync_api import expect

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.roles import Role
from dispatchkit.roster import attendance
from dispatchkit.users import Users
from tests.plain_requests import HORSE
from tests.small_day import KEY, TEN, at_the_dock, plan, route
from tests.small_log import written

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
PAGES = [path.stem for path in sorted(NOTEBOOKS.glob("*.ipynb"))]
OPENS_WITHIN_MS = 30_000
FOLLOWS_WITHIN_MS = 10_000

CODES = ["CX1", "CX7", *(f"CX{n}" for n in range(10, 34))]
"""The first two are ready to leave, the others have no crew yet."""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A day at the dock, and two dispatchers."""
    home = tmp_path_factory.mktemp("shell home")
    with open_log(home / "days.sqlite") as log:
        written(log, at_the_dock(the_plan=plan(*(route(code) for code in CODES))))
    for name in ("maria", "jo"):
        Users(home).add(name, Role.DISPATCHER, HORSE)
    return home


@pytest.fixture(scope="module")
def served(serve, home):
    return serve(NOTEBOOKS, preheated=0, home=home)


@pytest.fixture(scope="module")
def signed_in(chromium, served):
    """``signed_in("jo")``: the browser of a person who has signed in."""
    browsers = {}
    for name in ("maria", "jo"):
        browsers[name] = chromium.new_context()
        page = browsers[name].new_page()
        page.goto(f"{served.address}login?next=/nowhere")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(HORSE)
        page.get_by_label("Password").press("Enter")
        page.wait_for_url("**/nowhere")
        page.close()
    yield browsers.__getitem__
    for browser in browsers.values():
        browser.close()


@pytest.fixture
def maria(visit_to, served, signed_in):
    with visit_to(served, signed_in("maria")) as visit:
        yield visit


@pytest.fixture
def desk(home):
    """Jo's desk, without a browser."""
    with open_log(home / "days.sqlite") as log:
        yield Desk(log, KEY, by="jo", clock=FrozenClock(TEN))


def opened(visit, name, query=""):
    """A page of the day, with its figures."""
    visit.page.goto(f"{visit.served.address}voila/render/{name}.ipynb?day={KEY}{query}")
    expect(visit.page.locator(".day-line")).to_be_visible(timeout=OPENS_WITHIN_MS)
    return visit.page


def row(page, code):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=code, exact=True))


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_where_the_day_stands_fits_a_phone_and_asks_nobody_else(maria, name):
    page = opened(maria, name)
    current = page.locator(".phases a[aria-current]")
    expect(current).to_have_attribute("data-page", name)
    expect(page.locator('.phases a[data-page="load_out"] small')).to_contain_text("of 26")
    expect(page.locator(".day-line")).to_contain_text("DXX1")
    expect(page.get_by_role("status").filter(has_text="error")).to_have_count(0)
    for width in (1440, 1024, 360):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    cut = page.locator(".phases a").evaluate_all("links => links.filter(a => a.scrollWidth > a.clientWidth)")
    assert cut == []
    assert [asked for asked in maria.asked_elsewhere if "tile.openstreetmap.org" not in asked] == []


def test_two_people_see_each_other_and_what_the_other_does_without_losing_their_place(
    maria, visit_to, served, signed_in
):
    hers = opened(maria, "load_out")
    hers.set_viewport_size({"width": 1280, "height": 500})
    row(hers, "CX20").click()
    board = hers.locator(".board").filter(has=hers.get_by_role("table", name="Routes at the dock"))
    board.get_by_role("searchbox").fill("CX")
    scroll = board.locator(".board-scroll")
    scrolled = scroll.evaluate("scroll => (scroll.scrollTop = 60, scroll.scrollTop)")
    with visit_to(served, signed_in("jo")) as jo:
        his = opened(jo, "load_out")
        expect(hers.locator(".day-line")).to_contain_text("also here: jo", timeout=FOLLOWS_WITHIN_MS)
        row(his, "CX7").get_by_role("button", name="Leaves").click()
        expect(row(hers, "CX7")).to_contain_text("Left", timeout=FOLLOWS_WITHIN_MS)
        expect(row(hers, "CX20")).to_have_attribute("aria-selected", "true")
        expect(board.get_by_role("searchbox")).to_have_value("CX")
        expect(board.get_by_role("searchbox")).to_be_focused()
        assert scroll.evaluate("scroll => scroll.scrollTop") == scrolled == 60
        his.get_by_role("button", name="Undo my last").click()
        expect(row(hers, "CX7")).to_contain_text("Ready", timeout=FOLLOWS_WITHIN_MS)


def test_an_answer_to_a_day_that_has_changed_is_refused_with_what_changed(maria, desk):
    page = opened(maria, "plan")
    row(page, "CX12").get_by_role("button", name="Assign…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    desk.decide(attendance.confirm, driver_id="A3")
    dialog.get_by_role("combobox").select_option(index=0)
    dialog.get_by_role("button", name="Assign").click()
    expect(dialog).to_contain_text("(by jo)")
    assert "CX12" not in desk.day().pre_load_out.driver_of
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_what_is_found_opens_on_its_page_a_reload_finds_it_again_and_no_process_is_left(maria, served, eventually):
    page = opened(maria, "close")
    page.get_by_role("button", name="Find").click()
    page.get_by_placeholder("Route, driver, van").fill("CX20")
    page.locator(".drawer").get_by_role("row", name="CX20 route").click()
    page.wait_for_url("**select=CX20**", timeout=OPENS_WITHIN_MS)
    expect(row(page, "CX20")).to_have_attribute("aria-selected", "true", timeout=OPENS_WITHIN_MS)
    page.reload()
    expect(row(page, "CX20")).to_have_attribute("aria-selected", "true", timeout=OPENS_WITHIN_MS)
    eventually(lambda: len(served.kernels()) == 1)  # of three pages that were opened; closing ends this one too


def test_the_activity_tells_who_did_what_and_can_be_asked_for_one_person(maria, desk):
    desk.decide(attendance.confirm, driver_id="A1")
    page = opened(maria, "home")
    page.get_by_role("button", name="Activity").click()
    activity = page.get_by_role("table", name="Activity of the day")
    expect(activity.get_by_role("row").filter(has_text="maria").first).to_be_visible()
    page.get_by_label("By", exact=True).select_option("jo")
    expect(activity.get_by_role("row").filter(has_text="maria")).to_have_count(0)
    expect(activity.get_by_role("row").filter(has_text="A1").first).to_contain_text("jo")


def test_a_page_whose_process_is_gone_says_what_to_do_and_a_reload_brings_it_back(maria):
    maria.page.clock.install()
    page = opened(maria, "road")
    for child in psutil.Process(maria.served.process.pid).children(recursive=True):
        if any("ipykernel" in word for word in child.cmdline()):
            child.kill()
    for _ in range(2):
        page.clock.fast_forward(16_000)  # a ping without an answer, and three more of the heartbeat's periods
    banner = page.get_by_role("alert").filter(has_text="Connection lost")
    expect(banner).to_contain_text("What you see is from", timeout=OPENS_WITHIN_MS)
    maria.complaints.clear()  # Jupyter's own words about the lost connection
    banner.get_by_role("button", name="Reload").click()
    expect(row(page, "CX1")).to_be_visible(timeout=OPENS_WITHIN_MS)
    expect(banner).to_have_count(0)


def test_with_the_keyboard_alone_a_dialog_is_opened_and_let_go(maria):
    page = opened(maria, "plan")
    in_row = "document.activeElement.matches('tbody button')"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate(in_row):
            break
    pressed = page.evaluate("document.activeElement.title")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert page.evaluate(in_row)
    assert page.evaluate("document.activeElement.title") == pressed
