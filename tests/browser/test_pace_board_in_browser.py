"""The pace board in a real browser: lines that are read, old figures that are not taken for live, columns on demand."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def update(page):
    bar = page.locator("tr[data-id=CX1] .bar")
    before = bar.get_attribute("aria-label")
    page.evaluate("[...document.querySelectorAll('button')].find(b => b.textContent === 'Update').click()")
    expect(bar).not_to_have_attribute("aria-label", before)


def test_a_board_of_sixty_routes(part_visit):
    page = part_visit.open_part("pace")

    # the course is drawn with its gap, inside its cell, and read in words
    line = page.locator("tr[data-id=CX1]").get_by_role("img", name="behind over the day")
    expect(line).to_have_attribute("aria-label", re.compile("losing 20 stops an hour$"))
    assert line.locator(".course").get_attribute("d").count("M") == 2
    drawn, box = line.locator(".course").bounding_box(), line.bounding_box()
    assert drawn["width"] > 0.5 * box["width"]
    assert box["y"] <= drawn["y"] <= drawn["y"] + drawn["height"] <= box["y"] + box["height"]
    expect(page.locator("tr[data-id=CX60]").get_by_role("img", name="behind over the day")).to_have_count(0)

    # it sorts by what is lost in an hour; a route without a trend stands last either way
    heading = page.get_by_role("columnheader", name="Trend").get_by_role("button")
    for first in ("CX1", "CX59"):
        heading.click()
        order = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.id)")
        assert (order[0], order[-1]) == (first, "CX60")
    page.get_by_role("button", name="Back to order by need").click()

    # figures that are too old are muted and say of when they are, until there is news
    row, colour = page.locator("tr[data-id=CX2]"), "row => getComputedStyle(row.querySelector('td.n')).color"
    row.click()
    live = page.locator("tr[data-id=CX4]").evaluate(colour)
    expect(row.get_by_role("rowheader")).to_contain_text("as of 10:12")
    assert row.evaluate(colour) != live
    update(page)
    expect(row.get_by_role("rowheader")).to_have_text("CX2")
    assert row.evaluate(colour) == live
    expect(row).to_be_focused()
    expect(row).to_have_attribute("aria-selected", "true")

    # columns for which there is no room come when asked for, and the route's name stays beside them
    contact, more = page.get_by_role("columnheader", name="Contact"), page.get_by_role("button", name="More columns")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 780})
        expect(contact).to_be_hidden()
        more.click()
        expect(contact).to_be_visible()
        page.locator(".board-scroll").evaluate("board => board.scrollTo(9999, board.scrollTop)")
        row.scroll_into_view_if_needed()
        expect(row.get_by_role("rowheader")).to_be_in_viewport()
        update(page)
        expect(contact).to_be_visible()
        page.get_by_role("button", name="Fewer columns").click()
        expect(contact).to_be_hidden()
    page.set_viewport_size({"width": 1920, "height": 900})
    expect(contact).to_be_visible()
    expect(more).to_be_hidden()
