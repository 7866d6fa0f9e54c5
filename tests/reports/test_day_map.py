"""The map that is kept: all its scripts in it, nothing asked of others but tiles, names that stay names."""

import json
import re

import msgspec
import pytest

from dispatchkit.eos import debrief
from dispatchkit.reports.day_map import NOT_DELIVERED, TILES, day_map
from tests.reports.pages import Seen
from tests.reports.story import committed, debriefed, half_way
from tests.small_day import STATION, TWO_ROUTES, at_the_dock, on_the_road, plan, planned, route

NAMED = re.compile(r"https?://[^\s\"'<>`)\\]+")
HARM = "</script><img src=x onerror=\"alert('x')\">`${alert(1)}`\u202e"

MENTIONED = {
    "http://www.w3.org/2000/svg",          # a name space, not an address
    "http://www.w3.org/1999/xlink",
    "https://leafletjs.com",               # Leaflet's own line of attribution, and its licence
    "https://bugs.chromium.org/p/chromium/issues/detail?id=600120",       # its comments
    "https://bugzilla.mozilla.org/show_bug.cgi?id=888319",
}
"""Addresses that stand in the map's text without being asked for."""


def features(html):
    """The stops as the map's own script holds them."""
    (data,) = re.findall(r"geo_json_\w+_add\((\{.*\})\);", html)
    return json.loads(data)["features"]


def tooltips(html):
    return [feature["properties"]["text"] for feature in features(html)]


def test_nothing_is_linked_everything_is_inside():
    seen = Seen(day_map(half_way().day))
    assert seen.asked == []
    assert any("L.map" in script for script in seen.scripts)


def test_only_tiles_come_from_elsewhere():
    assert set(NAMED.findall(day_map(half_way().day))) - MENTIONED == {TILES}


def test_the_makers_of_the_base_map_are_named():
    assert "OpenStreetMap contributors" in day_map(half_way().day)


def test_every_stop_is_there_with_its_route_and_place():
    assert tooltips(day_map(half_way().day)) == [f"{r} · stop {n}" for r in ("CX1", "CX7") for n in (1, 2, 3)]


def test_a_stop_with_a_package_not_delivered_is_red_and_says_so():
    by_text = {f["properties"]["text"]: f["properties"]["colour"] for f in features(day_map(debriefed().day))}
    assert by_text["CX1 · stop 2 · not all delivered"] == NOT_DELIVERED
    assert NOT_DELIVERED not in {by_text["CX1 · stop 1"], by_text["CX1 · stop 3"]}


def test_the_stops_of_a_route_that_never_left_are_red_once_it_is_debriefed():
    story = at_the_dock()
    assert NOT_DELIVERED not in {f["properties"]["colour"] for f in features(day_map(story.day))}
    accounts = debrief.prefill(story.day, "CX7", STATION)
    story.does(debrief.debrief, route_id="CX7", accounts=accounts, station=STATION)
    colours = [f["properties"]["colour"] for f in features(day_map(story.day))]
    assert colours.count(NOT_DELIVERED) == 3


def test_what_was_not_delivered_lies_on_top():
    assert features(day_map(debriefed().day))[-1]["properties"]["colour"] == NOT_DELIVERED


def test_a_tooltip_is_read_as_html_so_a_code_is_escaped_before_it_gets_there():
    planned_route, stops = route("CX1", packages=(1,))
    harmed = msgspec.structs.replace(planned_route, code=HARM)
    html = day_map(planned(plan((harmed, stops), route("CX7"))).day)
    (text,) = [t for t in tooltips(html) if "CX7" not in t]
    assert Seen(text).tags == []                                       # as the browser reads the tooltip
    assert Seen(text).text.startswith(HARM.replace("\u202e", "\\u202e"))
    assert "img" not in Seen(html).tags                                # as it reads the document around it


@pytest.mark.parametrize(
    ("the_plan", "count"),
    [(plan(route("CX1", packages=(1,))), 1), (plan(route("CX1", packages=())), 0), (plan(), 0)],
    ids=["one stop", "no stops", "no routes"],
)
def test_the_smallest_days_have_a_map(the_plan, count):
    html = day_map(committed(the_plan).day)
    assert html.count('"type": "Feature"') == count
    assert "L.circleMarker" in html                                    # the station


def test_stops_lie_where_the_plan_has_them():
    places = [tuple(f["geometry"]["coordinates"]) for f in features(day_map(on_the_road().day))]
    assert places == [(stop.lng, stop.lat) for stop in TWO_ROUTES.stops]
