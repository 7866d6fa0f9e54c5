"""Signing in as a person does it: at the real server, in a real browser."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dispatchkit import course
from dispatchkit.desk import Desk
from dispatchkit.log import open_log
from dispatchkit.records import DayKey
from dispatchkit.roles import Role
from dispatchkit.users import Users

pytestmark = pytest.mark.browser

PAGES = Path(__file__).parent / "who"
HORSE = "correct horse"
MARIA = "María"


@pytest.fixture(scope="module")
def served(serve, tmp_path_factory):
    """A server with a process kept warm, for a home in which three people are named."""
    home = tmp_path_factory.mktemp("home of named people")
    with open_log(home / "days.sqlite") as log:
        Desk(log, DayKey("DXX1", date(2026, 3, 14)), by="test").decide(course.open_day, timezone="America/Chicago")
    for name, role in ((MARIA, Role.DISPATCHER), ("jo", Role.READ_ONLY), ("kim", Role.LEAD)):
        Users(home).add(name, role, HORSE)
    return serve(PAGES, preheated=1, home=home)


@pytest.fixture
def visit(chromium, served, visit_to):
    """A window of a browser that nobody has signed in at."""
    with visit_to(served) as visit:
        visit.page.context.clear_cookies()
        yield visit


def sign_in(page, address, name, password=HORSE):
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_label("Password").press("Enter")


def shown(page, name, role, may="may"):
    expect(page.get_by_text(f"{name} is {role} and {may} decide")).to_be_visible(timeout=20_000)


def test_a_wrong_password_is_a_sentence_and_the_right_one_opens_the_page_in_ones_name(visit, served):
    page = visit.page
    sign_in(page, served.address, MARIA, "wrong horse")
    expect(page.get_by_role("alert")).to_contain_text("Name or password is wrong. Try again")
    expect(page.get_by_label("Name")).to_have_value(MARIA)
    expect(page.get_by_label("Password")).to_be_focused()
    visit.complaints.clear()  # the browser's own word about the answer 401
    page.keyboard.type(HORSE)
    page.keyboard.press("Enter")
    shown(page, MARIA, "dispatcher")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_text(f"Bridge closed ({MARIA})")).to_be_visible()
    assert visit.asked_elsewhere == []


def test_whoever_claims_to_be_somebody_else_is_still_himself(visit, served):
    page = visit.page
    page.set_extra_http_headers({"X-Dispatcher": "kim", "x-role": "lead"})
    sign_in(page, served.address, "JO")
    shown(page, "jo", "read-only", "may not")


def test_read_only_sees_the_page_and_is_told_why_nothing_is_written(visit, served):
    page = visit.page
    sign_in(page, served.address, "jo")
    shown(page, "jo", "read-only", "may not")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("status").filter(has_text="You are signed in as read-only")).to_be_visible()


def test_who_is_struck_off_loses_his_open_page_and_comes_in_no_more(visit, served, eventually):
    page, users = visit.page, Users(served.home)
    users.add("temp", Role.LEAD, HORSE)
    sign_in(page, served.address, "temp")
    shown(page, "temp", "lead")
    assert not visit.has_ended()
    users.remove("temp")
    eventually(visit.has_ended)  # the banner follows
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    sign_in(page, served.address, "temp")
    expect(page.get_by_role("alert")).to_contain_text("Name or password is wrong")
    visit.complaints.clear()  # Jupyter's own words about the lost connection, and about the answer 401


def test_signing_out_ends_the_session_in_all_its_windows(visit, served, eventually):
    page = visit.page
    sign_in(page, served.address, "kim")
    shown(page, "kim", "lead")
    other = page.context.new_page()
    other.goto(f"{served.address}logout")
    expect(other.get_by_role("heading", name="You are signed out.")).to_be_visible()
    other.close()
    eventually(visit.has_ended)
    page.reload()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    visit.complaints.clear()  # Jupyter's own words about the lost connection


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_sign_in_page_fits_a_phone_and_can_be_read_in_the_dark(visit, served, scheme):
    page = visit.page
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(served.address)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    grounds = {"light": "rgb(255, 255, 255)", "dark": "rgb(26, 33, 43)"}
    expect(page.get_by_role("main")).to_have_css("background-color", grounds[scheme])
    for field in (page.get_by_label("Name"), page.get_by_label("Password"), page.get_by_role("button")):
        assert field.bounding_box()["height"] >= 44
    assert visit.asked_elsewhere == []
