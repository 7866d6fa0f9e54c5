"""The timeline of the day: its lanes are walked, chosen and patched, and nobody loses their place on it."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def lanes(page):
    return [lane.get_attribute("data-id") for lane in page.get_by_role("option").all()]


def update(page):
    """Let the day move on without touching the mouse or the focus."""
    done = page.locator("[data-id=CX105] .t-done")
    before = done.get_attribute("title")
    page.evaluate("[...document.querySelectorAll('button')].find(b => b.textContent === 'Update').click()")
    expect(done).not_to_have_attribute("title", before)


def test_a_day_on_a_wide_screen_by_keyboard_and_on_a_phone(part_visit):
    page = part_visit.open_part("timeline")
    expect(page.get_by_role("listbox", name="Routes of the day")).to_be_visible()
    expect(page.get_by_role("option", name="CX101. planned 10:10–19:10")).to_be_visible()

    # walked and chosen with the keyboard; what the lane holds is said in words too
    page.locator("[data-id=CX102]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    chosen = page.get_by_role("option", selected=True)
    expect(page.locator(".heard")).to_have_text("chose CX103")
    expect(chosen).to_have_attribute("data-id", "CX103")
    expect(page.locator(".timeline-said")).to_contain_text("▲alarm at 12:10: 38 behind")
    assert page.locator(".timeline-lane[tabindex='0']").count() == 1

    # an update turns the order, moves the line of now, and leaves focus, choice and scroll
    scroll = "document.querySelector('.timeline-scroll').scrollTop"
    now = "document.querySelector('.timeline-now').style.left"
    page.evaluate(f"{scroll} = 40")
    order, was = lanes(page), page.evaluate(now)
    update(page)
    assert lanes(page) == [*order[1:], order[0]]
    assert page.evaluate("document.activeElement.dataset.id") == "CX103"
    assert page.evaluate(scroll) == 40
    assert float(page.evaluate(now)[:-1]) > float(was[:-1])
    expect(chosen).to_have_attribute("data-id", "CX103")

    # kinds differ by more than colour, and the signs are explained
    legend = page.locator(".timeline-legend")
    expect(legend).to_contain_text("planned")
    expect(legend).to_contain_text("▲alarm")
    assert "repeating-linear-gradient" in page.locator(".timeline-lane .t-late").evaluate(
        "bar => getComputedStyle(bar).backgroundImage"
    )
    assert page.title() != "owned"
    assert [hour.inner_text() for hour in page.locator(".timeline-hour").all()][:3] == ["06:00", "07:00", "08:00"]

    # on a phone the hours scroll and the names stay
    page.set_viewport_size({"width": 360, "height": 740})
    view = page.locator(".timeline-scroll")
    view.evaluate("view => { view.scrollLeft = 300; }")
    assert view.evaluate("view => view.scrollLeft") == 300
    at = page.locator("[data-id=CX105] .timeline-name").bounding_box()["x"]
    assert at == view.bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360

    page.get_by_role("button", name="Empty").click()
    expect(page.get_by_text("Nothing has happened yet.")).to_be_visible()
    expect(view).to_be_hidden()
