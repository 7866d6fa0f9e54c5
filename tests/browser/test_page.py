"""What holds for every page: nobody else is asked, no process is left, a dead one is noticed."""

import os
import re
import signal

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_page_asks_no_other_host_and_keeps_its_token_out_of_the_address(visit):
    page = visit.open()
    assert visit.asked_elsewhere == []
    assert "token" not in page.url
    assert page.title() == "Trial · Dispatcher workbench"
    assert page.locator("html").get_attribute("lang") == "en"
    phases = page.get_by_role("navigation", name="Phases of the day")
    expect(phases.get_by_role("link", name="Trial")).to_have_attribute("aria-current", "page")


def test_reloads_leave_no_process_behind_and_neither_does_closing(warm_visit, eventually):
    page, served = warm_visit.open(), warm_visit.served
    for _ in range(5):
        page.reload()
        warm_visit.ready()
    eventually(lambda: len(served.kernels()) == 2)  # this page's, and the warm one; closing ends this page's


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


def test_a_loop_follows_the_day_while_the_page_is_open(still_page):
    looks = still_page.get_by_text(re.compile(r"^\d+ looks$"))
    seen = looks.inner_text()
    expect(looks).not_to_have_text(seen)


def test_no_width_makes_the_page_scroll_sideways(still_page):
    for width in (390, 360, 1024, 1440):
        still_page.set_viewport_size({"width": width, "height": 780})
        assert still_page.evaluate("document.documentElement.scrollWidth") <= width
        assert still_page.get_by_role("columnheader", name="Next step").is_visible()
        expect(still_page.get_by_role("columnheader", name="Age")).to_be_visible(visible=width > 1024)


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
    turned_off = page.get_by_role("button", name="Turn off")
    turned_off.click()
    page.get_by_role("button", name="Update").click()
    expect(page.locator("tbody tr").first).to_contain_text("CX102")
    expect(turned_off).to_be_disabled()  # its panel said so while it worked


def test_a_name_that_is_markup_is_shown_and_never_run(still_page):
    hostile = still_page.get_by_role("row", name="CX104")
    expect(hostile).to_contain_text("<img src=x onerror=")
    assert still_page.locator("img[src=x]").count() == 0
    assert "owned" not in still_page.title()
