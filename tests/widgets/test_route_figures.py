"""What stands beside the selected route: its figures with their ages, and why it will be late."""

import re
from datetime import timedelta

import pytest

from dispatchkit.day.facts.road import MessageReceived, PositionSeen
from dispatchkit.pace.board import pace_board
from dispatchkit.pace.explain import Why, shares
from dispatchkit.station import load
from tests.pace.story import PaceStory, a_calm_day, a_route, clock, cx1_forty_behind
from tests.small_day import TEN, on_the_road, plan, route
from tests.widgets.story import OnPage
from widgets.on_road.facts import stands
from widgets.on_road.figures import because, figures
from widgets.pages.road import RoadPage

STATION = load()
TAGS = re.compile(r"<[^>]+>")


def line_of(story, now, code="CX1"):
    lines = pace_board(story.day(), now=now, station=STATION, travel=story.travel)
    return next(x for x in lines if x.code == code)


def told(story, now, code="CX1", until=None):
    """The list of figures: value by name, without markup."""
    made = figures(story.day(), line_of(story, now, code), now=now, until=until, drawn="")
    return {name: TAGS.sub("", value) for name, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", made)}


def test_every_figure_of_a_route_in_trouble_stands_there():
    said = told(cx1_forty_behind(clock(11)), clock(11), until=clock(12, 40))
    assert list(said) == ["Done", "Behind", "Back", "Late", "Help", "Breaks", "Contact", "Heard"]
    assert said["Behind"] == "40 stops behind"
    assert re.fullmatch(r"by [\d:]+ in 5 of 10 cases, [\d:]+ in 8, [\d:]+ in 9 · window ends [\d:]+", said["Back"])
    assert re.fullmatch(r"\d+ min, sent before 12:40", said["Help"])
    assert said["Contact"] == "none since it left"


def test_help_that_comes_too_late_says_so_and_on_a_calm_day_none_is_needed():
    said = told(cx1_forty_behind(clock(11)), clock(11), until=clock(10, 30))
    assert said["Help"].endswith("too late for one helper alone")
    assert told(a_calm_day(1), clock(11), "CX0")["Help"] == "none needed"


def test_stops_and_position_have_their_own_ages():
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 20, clock(9, 20))
    story.happened(PositionSeen(at=clock(9, 38), by="telematics", route_id="CX1", lat=41.03, lng=-93.0))
    assert told(story, clock(9, 40))["Heard"] == "stops 20 min ago (cortex) · position 2 min ago (telematics)"


def test_what_is_too_old_to_be_live_says_of_when_it_is():
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 20, clock(9, 20))
    assert told(story, clock(11))["Heard"].startswith("as of 09:20 ")


def test_what_an_old_report_said_is_muted_and_what_is_known_without_it_is_not():
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 20, clock(9, 20))
    shown = {}
    for now in (clock(9, 25), clock(11)):
        line = line_of(story, now)
        made = stands("", line) + figures(story.day(), line, now=now, until=None, drawn="")
        shown[now] = re.findall(r'(?:<dt>(\w+)</dt><dd|<p) class="of-old"', made)
    assert shown == {clock(9, 25): [], clock(11): ["", "Done", "Behind", "Back", "Late", "Help"]}


def test_the_last_contact_says_what_it_was_and_how_long_ago():
    story = a_calm_day(1)
    story.happened(MessageReceived(at=clock(10, 40), by="maria", message_id="m1", route_id="CX0", text="All well."))
    assert told(story, clock(11), "CX0")["Contact"] == "said 10:40, 20 min ago"


def test_a_route_that_is_back_has_no_help_and_no_age():
    said = told(a_calm_day(1).came_back("CX0", clock(12)), clock(12), "CX0")
    assert {"Help", "Heard", "Behind"}.isdisjoint(said)
    assert (said["Late"], said["Back"].partition(" · ")[0]) == ("no", "12:00")


def test_reasons_have_bars_with_numbers_and_the_small_ones_share_one():
    line = line_of(cx1_forty_behind(clock(11)), clock(11))
    made = because(line, shares({f"reason {k}": 60.0 * k for k in range(1, 7)}))
    assert made.startswith("<h3>Late because</h3>")
    widths = [int(pct) for pct in re.findall(r"width:(\d+)%", made)]
    assert (len(widths), sum(widths)) == (5, 100)
    assert "other reasons" in made
    assert because(line, ()) == ""


def test_a_route_that_will_be_in_time_is_slower_and_not_late():
    line = line_of(a_calm_day(1), clock(11), "CX0")
    assert "Slower than planned because" in because(line, [Why(what="left 9 min late", minutes=9.0, share_pct=100)])


def test_what_files_call_an_area_is_never_markup():
    line = line_of(cx1_forty_behind(clock(11)), clock(11))
    made = because(line, [Why(what="slow service in <b>A</b>", minutes=9.0, share_pct=100)])
    assert "<b>" not in made


@pytest.fixture
def page(tmp_path):
    noon = TEN + timedelta(hours=2)
    word = MessageReceived(at=noon, by="jo", message_id="m1", route_id="CX1", text="Stuck.")
    two_hours_late = plan(route("CX1", departs_at=TEN - timedelta(hours=2), hours=2), route("CX7"))
    return OnPage(tmp_path, on_the_road(the_plan=two_hours_late).told(word), "road", RoadPage).page


def test_the_page_shows_them_for_the_route_that_is_chosen_and_forgets_them_with_it(page):
    assert page.route.figures.value == ""
    page.select("CX1")
    assert "said 12:00, 0 min ago" in page.route.figures.value
    assert '<svg class="behind-chart"' in page.route.figures.value
    assert "<h3>Late because</h3>" in page.route.why.value
    assert "left 120 min late" in page.route.why.value
    page.select("")
    assert page.route.why.value == ""
    assert page.route.figures.value == ""
