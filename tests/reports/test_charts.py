"""The charts: whole SVG, the same bytes every time, a late route told by more than its colour."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest

from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.reports.charts import INK, LATE, finish_chart, progress_chart
from dispatchkit.reports.routes import routes_frame
from tests.reports.story import half_way
from tests.small_day import SIX_PM, TEN, on_the_road, plan, planned, route

ZONE = "America/Chicago"
EVERY_HOUR = [TEN + timedelta(hours=h) for h in range(8)]


def back_at(*minutes_late):
    story = on_the_road()
    for route_id, late in zip(("CX1", "CX7"), minutes_late, strict=False):
        story.told(DriverReturned(at=SIX_PM + timedelta(minutes=late), by="cortex", route_id=route_id))
    return routes_frame(story.day)


def texts(svg):
    return [element.text.strip() for element in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]


def shapes(svg, colour):
    """The shape of every sign drawn in a colour, the one in the legend too."""
    uses = ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}use")
    return [use.get("{http://www.w3.org/1999/xlink}href") for use in uses if f"fill: {colour}" in use.get("style", "")]


@pytest.mark.parametrize("done", [[], EVERY_HOUR[:1], EVERY_HOUR])
def test_progress_is_whole_svg_at_any_hour(done):
    said = texts(progress_chart(EVERY_HOUR, done, ZONE))
    assert {"planned", "done", "stops"} <= set(said)


def test_progress_without_any_stop_is_still_a_chart():
    assert "stops" in texts(progress_chart([], [], ZONE))


def test_hours_are_the_stations():
    assert "10:00" in texts(progress_chart(EVERY_HOUR, EVERY_HOUR, ZONE))       # 15:00 UTC
    assert "15:00" in texts(progress_chart(EVERY_HOUR, EVERY_HOUR, "UTC"))


@pytest.mark.parametrize("minutes_late", [(), (-30,), (-30, 15)])
def test_finishes_are_whole_svg_however_many_are_back(minutes_late):
    svg = finish_chart(back_at(*minutes_late), ZONE)
    assert [t for t in texts(svg) if t.startswith("CX")] == ["CX1", "CX7"][: len(minutes_late)]


def test_a_late_route_has_a_sign_of_its_own():
    svg = finish_chart(back_at(-30, 15), ZONE)
    late = shapes(svg, LATE)
    assert len(late) == 2                          # on the chart and in the legend
    assert set(late).isdisjoint(shapes(svg, INK))  # another shape, not only another colour
    assert {"back in time", "back late"} <= set(texts(svg))


def test_no_late_sign_where_nobody_is_late():
    assert len(shapes(finish_chart(back_at(-30, -5), ZONE), LATE)) == 1   # in the legend only


def test_the_same_day_draws_the_same_bytes():
    assert finish_chart(back_at(-30, 15), ZONE) == finish_chart(back_at(-30, 15), ZONE)
    assert progress_chart(EVERY_HOUR, EVERY_HOUR, ZONE) == progress_chart(EVERY_HOUR, EVERY_HOUR, ZONE)


@pytest.mark.parametrize("code", ["<CX&1>", "$CX_1$", "CX\u202e1", "CX\x0b1"])
def test_any_route_code_leaves_the_chart_whole(code):
    frame = back_at(-30, 15)
    frame["code"] = [code, "CX7"]
    said = texts(finish_chart(frame, ZONE))
    assert code.replace("\u202e", "\\u202e").replace("\x0b", "\\u000b") in said


def test_half_a_day_can_be_drawn():
    frame = routes_frame(half_way().day)
    assert "CX1" not in texts(finish_chart(frame, ZONE))


def test_a_plan_without_routes_can_be_drawn():
    frame = routes_frame(planned(plan(route("CX1", packages=()))).day)
    ElementTree.fromstring(finish_chart(frame.iloc[:0], ZONE))
