"""Buttons in the rows of a board, and marks on several rows for one decision."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def update(page, look):
    page.evaluate("[...document.querySelectorAll('button')].find(b => b.textContent === 'Update').click()")
    expect(page.locator("tr[data-id=P5]")).to_contain_text(f"look {look}")


def test_buttons_and_marks_in_rows(part_visit):
    page = part_visit.open_part("acts")
    press = page.keyboard.press
    heard, marked = page.locator(".heard").first, page.locator(".marks")
    row = page.get_by_role("row", name="P2")
    found, close = row.get_by_role("button", name="Found"), row.get_by_role("button", name="Close")
    expect(row.locator(".rung")).to_have_text("◷ missing, look 1")

    # a press acts and chooses nothing; what is off says why and does nothing
    found.click()
    expect(heard).to_have_text("found P2")
    expect(found).to_be_enabled()
    expect(row).to_have_attribute("aria-selected", "false")
    expect(close).to_be_disabled()
    expect(close).to_have_accessible_description("It has no reason yet.")
    close.click(force=True)
    expect(heard).to_have_text("found P2")

    # by keyboard: into the row's buttons and back; the button with the focus stays through updates
    page.get_by_role("row", name="P3").focus()
    press("ArrowRight")
    press("ArrowRight")
    update(page, 2)
    expect(page.get_by_role("row", name="P3").get_by_role("button", name="Found")).to_be_focused()
    press("Enter")
    expect(heard).to_have_text("found P3")
    press("ArrowLeft")
    press("ArrowLeft")
    press("Enter")
    expect(heard).to_have_text("chose P3")
    expect(page.get_by_role("row", name="P3")).to_have_attribute("aria-selected", "true")

    # marks: Space, the box, all that the filter shows; the filter hides no choice
    press(" ")
    expect(marked).to_have_text("marked P3")
    page.get_by_role("checkbox", name="Mark P1").check()
    expect(marked).to_have_text("marked P1 P3")
    page.get_by_role("searchbox").fill("p4")
    expect(page.get_by_text("1 of 5 rows · 2 marked, 2 of them hidden by the filter")).to_be_visible()
    page.get_by_role("checkbox", name="Mark all rows that are shown").check()
    expect(marked).to_have_text("marked P1 P3 P4")
    update(page, 3)  # P1 is gone, and its mark with it
    expect(marked).to_have_text("marked P3 P4")
    expect(page.get_by_role("searchbox")).to_have_value("p4")
    page.get_by_role("searchbox").fill("")
    expect(page.get_by_role("row", name="P3")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("checkbox", name="Mark P3")).to_be_checked()
    expect(page.get_by_text("4 rows · 2 marked")).to_be_visible()

    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
