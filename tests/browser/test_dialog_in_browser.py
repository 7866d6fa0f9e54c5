"""The dialog of a decision, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(part_visit):
    return part_visit.open_part("dialog")


def test_a_decision_with_the_keyboard_alone(page):
    press = page.keyboard.press
    opener = page.get_by_role("button", name="Start rescue")
    dialog = page.get_by_role("dialog", name="Start rescue of CX1?")
    confirm = dialog.get_by_role("button", name="Start rescue")
    opener.focus()
    press("Enter")
    expect(dialog).to_be_visible()
    expect(dialog.get_by_text("CX1 is 38 behind.")).to_be_visible()
    stops = dialog.get_by_label("Stops")
    expect(stops).to_be_focused()
    expect(stops).to_have_accessible_description("How many the helper takes.")
    assert page.title() != "owned"

    # Escape lets it go, and the focus is where it came from
    press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()

    # a field that is not right says so and gets the focus; nothing was decided
    press("Enter")
    expect(confirm).to_be_enabled()
    page.keyboard.type("50")
    press("Enter")
    expect(dialog.get_by_text("▲ 50 is too much: it may be 40 at most.")).to_be_visible()
    expect(stops).to_be_focused()
    expect(stops).to_have_attribute("aria-invalid", "true")

    # Tab stays inside
    for _ in range(12):
        press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")

    # a refusal stays with its reason, and with what was filled in; the button is off until something else is chosen
    stops.focus()
    press("ControlOrMeta+a")
    page.keyboard.type("30")
    press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("CX7 has no room.")
    expect(confirm).to_be_disabled()
    expect(confirm).to_have_accessible_description("This cannot be done now: ▲ CX7 has no room.")
    expect(stops).to_have_value("30")
    press("Enter")
    press("Tab")
    press("ArrowDown")
    expect(dialog.get_by_label("Helper")).to_have_value("CX9")
    expect(confirm).to_be_enabled()
    stops.focus()
    press("Enter")
    expect(page.locator(".heard")).to_have_text("30 stops to CX9 at 13:45:00, try 2")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


def test_what_may_not_be_done_says_why_and_cannot_be_confirmed_on_a_phone_either(page):
    page.set_viewport_size({"width": 360, "height": 640})
    opener = page.get_by_role("button", name="Close the day")
    opener.click()
    dialog = page.get_by_role("dialog", name="Close the day?")
    confirm = dialog.get_by_role("button", name="Confirm")
    expect(dialog.get_by_text("CX4 is not back.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    expect(confirm).to_be_disabled()
    box = dialog.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.wait_for_timeout(400)  # the press is not dropped for coming too soon, but for the blockers
    confirm.click(force=True)
    expect(dialog).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()
