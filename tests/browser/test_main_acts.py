"""What each page is there for, done by a person in a browser, and there after a reload. The road has its own."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from dispatchkit.log import open_log
from dispatchkit.samples.papers import papers
from tests.small_day import KEY, Story, at_the_dock, on_the_road, planned
from tests.small_log import written

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = {"A1": "Ana Ruiz", "A2": "Jo Bell", "A3": "Kim Oduya"}
WITHIN_MS = 30_000


@pytest.fixture(scope="module")
def served(serve, tmp_path_factory):
    """A store without a day."""
    return serve(NOTEBOOKS, preheated=0, home=tmp_path_factory.mktemp("acts"))


@pytest.fixture
def visit(visit_to, served):
    with visit_to(served) as visit:
        yield visit


def keep(served, story: Story, branch: str):
    """Put a day into the store, as a run of its own."""
    key = type(KEY)(KEY.station, KEY.service_day, branch)
    with open_log(served.home / "days.sqlite") as log:
        written(log, story, key)
    return key


def opened(visit, name, key=None):
    day = f"&day={key}" if key else ""
    address = f"{visit.served.address}voila/render/{name}.ipynb?token={visit.served.token}{day}"
    visit.page.goto(address)
    visit.page.locator(".panel:not(.drawer)").first.wait_for(timeout=WITHIN_MS)
    return visit.page


def row(page, name):
    return page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=name, exact=True))


def test_a_first_day_is_taken_in_by_dropping_the_stations_plan(visit, tmp_path):
    with open_log(tmp_path / "elsewhere.sqlite") as log:
        files = papers(written(log, planned()).day(), NAMES)
    (name,) = (name for name in files if "DayOfOps" in name)
    (tmp_path / name).write_bytes(files[name])
    page = opened(visit, "home")
    expect(page.get_by_text("No day has been taken in yet.")).to_be_visible()
    page.locator("input[type=file]").set_input_files(tmp_path / name)
    take = page.get_by_role("button", name="Take in")
    asked = page.locator(".questions select")
    expect(asked.or_(page.get_by_text("This is what would change")).first).to_be_visible(timeout=WITHIN_MS)
    while asked.count():
        text = page.locator(".questions").inner_text().splitlines()[0]
        asked.first.select_option(index=1)
        expect(page.locator(".questions").get_by_text(text)).to_have_count(0, timeout=WITHIN_MS)
    expect(take).to_be_enabled(timeout=WITHIN_MS)
    take.click()
    page.wait_for_url("**day=**", timeout=WITHIN_MS)
    expect(page.locator('.phases a[data-page="plan"] small')).to_contain_text("2 routes", timeout=WITHIN_MS)
    page.reload()
    expect(page.locator('.phases a[data-page="plan"] small')).to_contain_text("2 routes", timeout=WITHIN_MS)


def test_every_route_gets_its_driver_and_van(visit, served):
    page = opened(visit, "plan", keep(served, planned(), "plan"))
    page.get_by_role("button", name="Assign everybody…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("2 of 2 routes change", timeout=WITHIN_MS)
    dialog.get_by_role("button", name="Assign").click()
    expect(page.locator(".day-line")).to_contain_text("2 routes have their driver and van.")
    page.reload()
    expect(row(page, "CX1")).to_contain_text("V", timeout=WITHIN_MS)
    expect(page.get_by_text("all have a crew")).to_be_visible()


def test_a_wave_leaves_by_one_press(visit, served):
    page = opened(visit, "load_out", keep(served, at_the_dock(), "dock"))
    row(page, "Wave 1").get_by_role("button", name="2 leave").click()
    expect(row(page, "CX1")).to_contain_text("Left")
    page.reload()
    expect(row(page, "CX7")).to_contain_text("Left", timeout=WITHIN_MS)


def test_a_route_comes_back_and_is_debriefed(visit, served):
    page = opened(visit, "close", keep(served, on_the_road(), "evening"))
    row(page, "CX1").get_by_role("button", name="Clear RTS").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("The road is flooded")
    dialog.get_by_role("button", name="Clear").click()
    row(page, "CX1").get_by_role("button", name="Is back").click()
    row(page, "CX1").get_by_role("button", name="Debrief").click()
    page.get_by_role("button", name="Record debrief").click()
    expect(row(page, "CX1").get_by_role("button", name="Post-trip passed")).to_be_visible()
    page.reload()
    expect(row(page, "CX1").get_by_role("button", name="Post-trip passed")).to_be_visible(timeout=WITHIN_MS)
