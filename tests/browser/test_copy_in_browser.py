"""The hourly report leaves the page by one press, and lies on the clipboard as it stands on the screen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from dispatchkit.log import open_log
from tests.small_day import on_the_road
from tests.small_log import written

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"


@pytest.fixture(scope="module")
def served(serve, tmp_path_factory):
    home = tmp_path_factory.mktemp("hourly")
    with open_log(home / "days.sqlite") as log:
        written(log, on_the_road())
    return serve(NOTEBOOKS, preheated=0, home=home)


def test_the_hourly_report_is_copied_and_saved(visit_to, served):
    with visit_to(served) as visit:
        page = visit.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.address.rstrip("/"))
        page.goto(f"{served.address}voila/render/road.ipynb?token={served.token}")
        page.get_by_role("button", name="Hourly report").click(timeout=30_000)
        text = page.get_by_role("textbox", name="Hourly report as text")
        expect(text).to_have_value("DXX1 14 Mar 10:00\nIn progress 2 | At risk 0 | Behind 0 | Package progress 0 %")
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_text("Copied. Paste it into a message.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == text.input_value()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save as text").click()
        assert saved.value.suggested_filename == "hourly DXX1 2026-03-14 1000.txt"
        assert saved.value.path().read_text(encoding="utf-8") == f"{text.input_value()}\n"
        # a page that the browser lets copy nothing selects the text, and says what to press
        page.evaluate("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false")
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_text("copy it with Ctrl+C")).to_be_visible()
        assert page.evaluate("window.getSelection().toString()") == text.input_value()
        page.get_by_role("button", name="Close", exact=True).click()
        expect(text).to_be_hidden()
