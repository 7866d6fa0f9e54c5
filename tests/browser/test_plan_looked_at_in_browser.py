"""The plan looked at in a browser: it is checked while the page goes on, and the keyboard reaches what was found."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from dispatchkit.log import open_log
from tests.plan.small_plans import street, town
from tests.small_day import KEY, planned
from tests.small_log import written

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
WITHIN_MS = 40_000
TOO_LONG = town(street("CX1"), street("CX2", at_km=0.5, stops=40, service_s=600, hours=4))


@pytest.fixture(scope="module")
def served(serve, tmp_path_factory):
    """A store with a day that is planned, and one route of which nobody can finish."""
    served = serve(NOTEBOOKS, preheated=0, home=tmp_path_factory.mktemp("plan"))
    with open_log(served.home / "days.sqlite") as log:
        written(log, planned(TOO_LONG), KEY)
    return served


@pytest.fixture
def page(visit_to, served):
    with visit_to(served) as visit:
        visit.page.goto(f"{served.address}voila/render/plan.ipynb?token={served.token}&day={KEY}")
        visit.page.get_by_role("row").filter(has_text="CX2").first.wait_for(timeout=WITHIN_MS)
        yield visit.page


def test_the_check_comes_by_itself_and_leads_to_the_map_by_keyboard(page):
    expect(page.get_by_role("row").filter(has_text="CX1").first).to_contain_text("100%", timeout=WITHIN_MS)
    expect(page.locator(".attention")).to_contain_text("cannot be driven as it stands")
    page.get_by_role("button", name="Look at the check").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Check")).to_be_visible()
    page.get_by_role("row").filter(has_text="Take stops off").get_by_role("button", name="Show on map").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".route-panel h2")).to_have_text("CX2", timeout=WITHIN_MS)
    assert "tab=Check" in page.url
