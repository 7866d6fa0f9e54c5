"""A busy road on the map: what moves is moved, and nothing that the person looks at, points at or chose is lost."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLACES = "[...document.querySelectorAll('.live-map .van')].map(van => van.style.transform)"
SCALE = "document.querySelector('.leaflet-control-scale-line').textContent"
VIEW = f"[{SCALE}, document.querySelector('.leaflet-map-pane').style.transform]"
MARK = "made => made.forEach(one => { one.mark = 'the same'; })"
IS_MARKED = "made => made.every(one => one.mark === 'the same')"
UPDATES = 20


@pytest.fixture(scope="module")
def opened(part_visit):
    page = part_visit.open_part("fleet")
    page.locator(".plate").first.wait_for()
    return page


@pytest.fixture
def fleet(opened):
    """The map of sixty vans, looking at everything."""
    opened.get_by_role("button", name="Show everything").click()
    return opened


def zoomed(page, which, times=1):
    drawn = "document.querySelector('.leaflet-control-scale').outerHTML"     # written anew when the zooming has ended
    for _ in range(times):
        before = page.evaluate(drawn)
        page.get_by_role("button", name=f"Zoom {which}").click()
        page.wait_for_function(f"before => {drawn} !== before", arg=before)
        page.wait_for_function("!document.querySelector('.leaflet-zoom-anim')")


def test_sixty_vans_updated_twenty_times_leave_view_pointer_and_choice_alone(fleet):
    page = fleet
    zoomed(page, "in")
    page.locator(".plate", has_text="CX128").click()
    expect(page.locator(".plate.chosen")).to_have_text("✓ CX128")
    page.locator(".plate.chosen").hover()
    tip = page.locator(".map-tip")
    expect(tip).to_have_text("On pace. 1 of 160 stops.")      # the first test on this page: nothing was updated yet
    made = page.locator(".live-map :is(.van, .plate, .heading, .meet, .area-words, .station-sign, .map-tip)")
    made.evaluate_all(MARK)
    count, view, places = made.count(), page.evaluate(VIEW), page.evaluate(PLACES)
    update = page.get_by_role("button", name="Update")
    for tick in range(2, UPDATES + 2):
        update.dispatch_event("click")      # the pointer stays on the van
        expect(tip).to_have_text(f"On pace. {tick} of 160 stops.")
    assert all(before != after for before, after in zip(places, page.evaluate(PLACES), strict=True))
    assert page.evaluate(VIEW) == view
    assert made.count() == count
    assert made.evaluate_all(IS_MARKED)
    expect(page.locator(".plate.chosen")).to_have_text("✓ CX128")


def test_a_map_that_becomes_smaller_goes_on_showing_everything_unless_somebody_turned_it(fleet):
    page = fleet
    resize = "(map, height) => { map.style.height = height; }"
    page.locator(".live-map").evaluate(resize, "300px")
    inside = "() => { const box = document.querySelector('.live-map').getBoundingClientRect();" \
        "return [...document.querySelectorAll('.live-map .van')].every(van => {" \
        "const { x, y } = van.getBoundingClientRect();" \
        "return x > box.left && x < box.right && y > box.top && y < box.bottom; }); }"
    page.wait_for_function(inside)
    zoomed(page, "in")
    scale = page.evaluate(SCALE)
    page.locator(".live-map").evaluate(resize, "270px")
    page.wait_for_timeout(300)      # nothing is to happen: there is nothing to wait for
    assert page.evaluate(SCALE) == scale
    page.locator(".live-map").evaluate(resize, "")


def test_without_a_network_everything_is_there_on_the_plain_ground(fleet):
    page = fleet
    expect(page.get_by_text("no map tiles: offline")).to_be_visible()
    expect(page.locator(".live-map .van")).to_have_count(60)
    expect(page.locator(".meet.under-way")).to_have_text("⇄ 13:45")
    expect(page.locator(".area-words")).to_have_text("A-12")      # there is room for the name only
    zoomed(page, "in", times=3)
    expect(page.locator(".area-words")).to_have_text("A-12: +3 min a stop, 14 ahead")
    painted = "canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.some(Boolean)"
    assert page.locator(".leaflet-overlay-pane canvas").evaluate(painted)
    assert page.locator(".leaflet-areas-pane canvas").evaluate(painted)


def test_where_codes_would_cover_each_other_those_that_need_a_person_keep_theirs(fleet):
    page = fleet
    zoomed(page, "out")
    for code in ("CX100", "CX101", "CX102", "CX103"):
        expect(page.locator(".plate", has_text=code).locator(".code")).to_be_visible()
    brief = page.locator(".van.brief")
    expect(brief).not_to_have_count(0)
    assert page.locator(".van.brief .plate:is(.r-act, .r-watch)").count() == 0
    heights = "made => made.map(van => Number(getComputedStyle(van).zIndex) - van.getBoundingClientRect().y)"
    named = page.locator(".van:not(.brief)")
    assert max(brief.evaluate_all(heights)) + 50 < min(named.evaluate_all(heights))     # a sign never covers a code
    first = brief.first
    expect(first.locator(".code")).to_be_hidden()
    page.keyboard.press("Tab")      # whoever goes from van to van by keyboard reads each code
    first.focus()
    expect(first.locator(".code")).to_be_visible()
    zoomed(page, "in", times=4)
    expect(brief).to_have_count(0)


def test_a_van_points_to_where_it_goes_and_one_whose_place_is_old_is_hollow(fleet):
    page = fleet
    wedge = page.locator(".van", has_text="CX103").locator(".heading")
    tick = int(page.locator(".van", has_text="CX103").get_attribute("aria-label").split()[3])
    assert f"rotate({90 + 6 * tick}deg)" in wedge.get_attribute("style")
    expect(page.locator(".van.old .plate")).to_have_text("✓ CX159")
    expect(page.locator(".van.old .plate")).to_have_css("outline-style", "dashed")


def test_on_a_phone_one_finger_gets_past_the_map_and_leaves_it_as_it_is(chromium, parts, visit_to):
    phone = chromium.new_context(has_touch=True, is_mobile=True)
    with visit_to(parts, phone) as visit:
        page = visit.page
        page.set_viewport_size({"width": 360, "height": 420})
        visit.open_part("fleet")
        page.locator(".plate").first.wait_for()
        page.locator(".live-map").scroll_into_view_if_needed()
        box, view, at = page.locator(".live-map").bounding_box(), page.evaluate(VIEW), page.evaluate("window.scrollY")
        fingers = phone.new_cdp_session(page)
        for step, kind in enumerate(["touchStart", *["touchMove"] * 8]):
            touch = {"x": box["x"] + 170, "y": box["y"] + 60 + 10 * step}
            fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [touch]})
        expect(page.get_by_text("Two fingers move the map.")).to_be_visible()
        fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        assert page.evaluate("window.scrollY") < at
        assert page.evaluate(VIEW) == view
        expect(page.get_by_text("Two fingers move the map.")).to_be_hidden()
    phone.close()
