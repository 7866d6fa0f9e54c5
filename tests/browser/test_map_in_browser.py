"""The map looks where the person looks, works without a network, and answers a click."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLACES = "[...document.querySelectorAll('.live-map .van')].map(van => van.style.transform)"
ZOOM = "document.querySelector('.leaflet-control-scale-line').textContent"


def test_a_van_is_moved_and_never_made_again_and_the_view_is_left_alone(open_page):
    page = open_page
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_function("!document.querySelector('.leaflet-zoom-anim')")
    page.evaluate("document.querySelectorAll('.plate').forEach(plate => { plate.mark = 'the same'; })")
    zoom, first_place = page.evaluate(ZOOM), page.evaluate(f"{PLACES}[0]")
    page.get_by_role("button", name="Update").click()
    page.wait_for_function(f"{PLACES}[0] !== {first_place!r}")
    assert page.evaluate("[...document.querySelectorAll('.plate')].every(plate => plate.mark === 'the same')")
    assert page.evaluate(ZOOM) == zoom


def test_what_is_chosen_stands_out_on_the_map_wherever_it_was_chosen(open_page):
    plate = open_page.locator(".plate", has_text="CX124")
    plate.click()
    expect(open_page.get_by_text("Picked van CX124")).to_be_visible()
    expect(plate).to_have_class("plate r-ok chosen")
    open_page.get_by_role("row", name="CX102").click()
    expect(open_page.locator(".plate.chosen")).to_have_text("▲ CX102")


def test_without_a_network_the_map_says_so_quietly_and_works(visit):
    page = visit.open("&tiles=yes")
    expect(page.get_by_text("no map tiles: offline")).to_be_visible()
    assert {address.split("/")[2] for address in visit.asked_elsewhere} == {"tile.openstreetmap.org"}
    expect(page.get_by_role("link", name="© OpenStreetMap contributors")).to_be_visible()
    page.locator(".plate", has_text="CX124").click()
    expect(page.get_by_text("Picked van CX124")).to_be_visible()
