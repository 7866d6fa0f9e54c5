"""How old each figure is."""

from dispatchkit.day.facts.road import PositionSeen
from dispatchkit.pace.ages import ages
from tests.pace.story import PaceStory, a_route, clock


def test_each_figure_has_its_own_age_and_source():
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 40, clock(10))
    story.happened(PositionSeen(at=clock(10, 20), by="telematics", route_id="CX1", lat=41, lng=-93))
    of = ages(story.day().road.routes["CX1"], clock(10, 30))
    assert (of.done.source, of.done.age_s, of.position.source, of.position.age_s) == ("cortex", 1800, "telematics", 600)


def test_the_count_shown_is_as_old_as_what_tells_it():
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10)).reported("CX1", 3, clock(10, 20))
    of = ages(story.day().road.routes["CX1"], clock(10, 30))
    assert (of.done, of.reported.age_s) == (of.served, 600)


def test_nothing_known_has_no_age():
    of = ages(PaceStory(a_route("CX1")).day().road.routes["CX1"], clock(10))
    assert (of.done.at, of.done.age_s, of.position.age_s) == (None, None, None)
