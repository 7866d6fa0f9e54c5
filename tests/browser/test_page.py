"""What holds for every page: nobody else is asked, no process is left, a dead one is noticed."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_page_asks_no_other_host_and_keeps_its_token_out_of_the_address(visit):
    page = visit.open()
    assert visit.refused == []
    assert "token" not in page.url
    assert page.title() == "Trial · Dispatcher workbench"
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("navigation", name="Phases of the day").get_by_role("link", name="Trial")).to_have_attribute(
        "aria-current", "page"
    )


def test_reloads_leave_no_process_behind_and_neither_does_closing(visit):
    assert visit.served.kernels() == []
    page = visit.open()
    for _ in range(5):
        page.reload()
        visit.ready()
    assert len(visit.served.kernels()) == 1  # the fixture sees to it that closing leaves none


def test_a_page_whose_process_was_killed_says_so_and_comes_back_on_reload(visit):
    page = visit.open()
    process_id = int(page.get_by_text(re.compile(r"^process \d+$")).inner_text().split()[1])
    os.kill(process_id, signal.SIGKILL)
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("Connection lost. What you see is from 13:02. Reload.", timeout=20_000)
    visit.complaints.clear()  # Jupyter's own words about the lost connection
    banner.get_by_role("button", name="Reload").click()
    expect(banner).to_have_count(0)
    visit.ready()
    assert page.get_by_text(re.compile(r"^process \d+$")).inner_text() != f"process {process_id}"


def test_a_loop_follows_the_day_while_the_page_is_open(open_page):
    looks = open_page.get_by_text(re.compile(r"^\d+ looks$"))
    seen = looks.inner_text()
    expect(looks).not_to_have_text(seen)


def test_no_width_makes_the_page_scroll_sideways(open_page):
    for width in (1024, 390, 360):
        open_page.set_viewport_size({"width": width, "height": 780})
        assert open_page.evaluate("document.documentElement.scrollWidth") <= width
        assert open_page.get_by_role("columnheader", name="Next step").is_visible()
        expect(open_page.get_by_role("columnheader", name="Age")).to_be_visible(visible=width > 900)


def test_refusals_and_faults_reach_the_person_and_the_log(visit):
    page = visit.open()
    status = page.get_by_role("status").filter(has_text=re.compile("."))
    page.get_by_role("button", name="Refuse").click()
    expect(status).to_contain_text("Van 7 has no inspection today <img src=x")
    page.get_by_role("button", name="Fault").click()
    expect(status).to_contain_text("a fault in the program")
    error_id = re.search(r"error (\w{6})\.", status.inner_text())[1]
    log = visit.served.take_log()
    assert f"error {error_id}" in log
    assert "ZeroDivisionError: the program's own fault" in log
    expect(page.get_by_role("button", name="Fault")).to_be_enabled()


def test_a_button_that_its_panel_turned_off_stays_off(open_page):
    button = open_page.get_by_role("button", name="Turn off")
    button.click()
    expect(button).to_be_disabled()
    open_page.get_by_role("button", name="Update").click()
    expect(open_page.locator("tbody tr").first).to_contain_text("CX102")
    expect(button).to_be_disabled()


def test_a_name_that_is_markup_is_shown_and_never_run(open_page):
    hostile = open_page.get_by_role("row", name="CX104")
    expect(hostile).to_contain_text("<img src=x onerror=")
    assert open_page.locator("img[src=x]").count() == 0
    assert "owned" not in open_page.title()
