"""A plan changed by hand in a browser: a line drawn around stops, both sides looked at, kept, taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from dispatchkit.log import open_log
from tests.plan.small_plans import street, town
from tests.small_day import KEY, planned
from tests.small_log import written

pytestmark = pytest.mark.browser

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
WITHIN_MS = 30_000
PAIR = town(street("CX1", stops=6, gap_km=0.3), street("CX2", at_km=3.0, stops=6, gap_km=0.3))
"""Two streets, one on the left of the map and one on the right."""


@pytest.fixture(scope="module")
def served(serve, tmp_path_factory):
    """A store with a day that is planned and not loaded."""
    served = serve(NOTEBOOKS, preheated=0, home=tmp_path_factory.mktemp("plan"))
    with open_log(served.home / "days.sqlite") as log:
        written(log, planned(PAIR), KEY)
    return served


@pytest.fixture
def page(visit_to, served):
    with visit_to(served) as visit:
        visit.page.goto(f"{served.address}voila/render/plan.ipynb?token={served.token}&day={KEY}")
        visit.page.locator(".map-tools").wait_for(timeout=WITHIN_MS)
        visit.page.get_by_role("row").filter(has_text="CX2").first.wait_for()
        yield visit.page


def drag(page, *corners):
    """Draw on the map from corner to corner, given as shares of its width and height."""
    box = page.locator(".live-map").bounding_box()
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in corners]
    page.mouse.move(*points[0])
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*point, steps=4)
    page.mouse.up()


def test_stops_are_drawn_around_looked_at_on_both_sides_kept_and_taken_back(page):
    page.get_by_role("button", name="Draw a rectangle around stops").click()
    drag(page, (0.55, 0.02), (0.98, 0.98))      # the street on the right
    chosen = page.locator(".chosen-bar")
    expect(chosen).to_contain_text("6 stops of CX2", timeout=WITHIN_MS)
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Draw a rectangle around stops")).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Escape")
    expect(chosen).to_contain_text("Choose stops on the map")
    page.get_by_role("button", name="Draw a line around stops").click()
    drag(page, (0.6, 0.02), (0.98, 0.02), (0.98, 0.5), (0.6, 0.5), (0.6, 0.02))
    expect(chosen).to_contain_text("of CX2", timeout=WITHIN_MS)
    page.get_by_role("button", name="Move to…").click()
    page.locator(".offers button").filter(has_text="CX1").click(timeout=WITHIN_MS)
    shown = page.locator(".proposed-change")
    expect(shown).to_contain_text("CX2 → CX1")
    expect(shown).to_be_focused()
    expect(shown.get_by_role("row", name="Stops")).to_contain_text("→")
    shown.get_by_label("Why").fill("Too long")
    shown.get_by_role("button", name="Keep").click()
    undo = page.get_by_role("button", name="Undo: ")
    expect(undo).to_contain_text("CX2 → CX1", timeout=WITHIN_MS)
    expect(page.locator(".plan-line")).to_contain_text("Draft in hand, not the day's plan yet")
    undo.click()
    expect(page.get_by_role("button", name="Redo: ")).to_be_visible(timeout=WITHIN_MS)
    expect(page.locator(".plan-line")).to_contain_text("The day's plan")


def test_the_table_of_stops_is_a_way_without_a_mouse(page):
    page.get_by_role("row").filter(has_text="CX1").first.focus()
    page.keyboard.press("Enter")
    page.locator(".widget-toggle-buttons button", has_text="Stops").click()
    first = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="CX1:1", exact=True))
    first.focus()
    page.keyboard.press(" ")
    expect(page.locator(".chosen-bar")).to_contain_text("1 stop of CX1", timeout=WITHIN_MS)
    page.get_by_role("checkbox", name="Mark CX1:4").press("Shift+Space")
    expect(page.locator(".chosen-bar")).to_contain_text("4 stops of CX1", timeout=WITHIN_MS)
    first.get_by_role("button", name="↓").press("Enter")
    expect(page.locator(".proposed-change")).to_contain_text("Another order of CX1", timeout=WITHIN_MS)
