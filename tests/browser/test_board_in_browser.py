"""The board keeps its reader's place: order, selection, focus and scroll."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def routes(page):
    return page.locator("tbody tr:not([hidden]) th").all_inner_texts()


def update(page):
    """Let the day move on without touching the mouse or the focus."""
    bar = page.locator("tr[data-id=CX105] .bar")
    before = bar.get_attribute("aria-label")
    page.evaluate("document.querySelector('.acts button').click()")
    expect(bar).not_to_have_attribute("aria-label", before)


def test_a_press_on_a_heading_sorts_and_there_is_a_way_back_to_the_order_by_need(open_page):
    page = open_page
    need = routes(page)
    heading = page.get_by_role("columnheader", name="Behind")
    expect(page.get_by_text("order: by need")).to_be_visible()
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "descending")
    assert routes(page)[:4] == ["CX101", "CX102", "CX103", "CX104"]
    page.keyboard.press("Space")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert routes(page)[-1] == "CX101"
    update(page)
    assert routes(page)[-1] == "CX101"
    page.get_by_role("button", name="Back to order by need").click()
    expect(page.get_by_text("order: by need")).to_be_visible()
    assert heading.get_attribute("aria-sort") is None
    assert routes(page) == [*need[1:], need[0]]


def test_rows_are_walked_and_chosen_with_the_keyboard(open_page):
    page = open_page
    page.get_by_role("row", name="CX101").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Selected CX102")).to_be_visible()
    expect(page.get_by_role("row", name="CX102")).to_have_attribute("aria-selected", "true")
    assert page.locator("tbody tr[tabindex='0']").count() == 1


def test_an_update_keeps_focus_selection_and_scroll_though_the_order_changes(open_page):
    page = open_page
    page.get_by_role("row", name="CX120").click()
    expect(page.get_by_text("Selected CX120")).to_be_visible()
    page.mouse.move(0, 0)
    scroll = "document.querySelector('.board-scroll').scrollTop"
    page.evaluate(f"{scroll} = 70")
    order = routes(page)
    for _ in range(3):
        update(page)
    assert routes(page) == order[3:] + order[:3]
    assert page.evaluate("document.activeElement.dataset.id") == "CX120"
    assert page.evaluate(scroll) == 70
    expect(page.get_by_role("row", name="CX120")).to_have_attribute("aria-selected", "true")


def test_rows_keep_their_places_while_a_mouse_is_over_them(open_page):
    page = open_page
    page.get_by_role("row", name="CX103").hover()
    order = routes(page)
    update(page)
    assert routes(page) == order
    expect(page.get_by_text("waits while you point at a row")).to_be_visible()
    page.mouse.move(0, 0)
    expect(page.get_by_text("waits while you point at a row")).to_be_hidden()
    assert routes(page) == [*order[1:], order[0]]


def test_a_filter_hides_the_other_rows_and_stays_through_updates(open_page):
    page = open_page
    page.get_by_role("searchbox", name="Filter Pace board").fill("call driver")
    assert routes(page) == ["CX102"]
    expect(page.get_by_text("1 of 24 rows")).to_be_visible()
    update(page)
    bar = page.get_by_role("row", name="CX102").get_by_role("img")
    expect(bar).to_have_attribute("aria-label", "91 of 181 done, 120 expected by now, 108 required by now")
    assert routes(page) == ["CX102"]


def test_only_what_is_off_is_marked_and_with_a_sign_as_well(still_page):
    page = still_page
    for route, sign in (("CX101", "▲ Rescue"), ("CX103", "● Watch to 14:00"), ("CX105", "✓ On pace")):
        expect(page.get_by_role("row", name=route).locator(".rung")).to_have_text(sign)
    expect(page.get_by_role("row", name="CX103")).to_contain_text("14 min old")
