from datetime import timedelta

import pytest

from dispatchkit.day.facts.end_of_shift import ReturnCleared
from dispatchkit.day.facts.road import PositionSeen
from dispatchkit.pace.whereabouts import whereabouts
from tests.pace.story import STATION_AT, PaceStory, a_route, clock


@pytest.fixture
def where(station):
    return lambda story: whereabouts(story.day(), "CX1", station=station)


def out(**plan):
    return PaceStory(a_route("CX1", **plan)).departed("CX1")


def seen(lat, lng, at):
    return PositionSeen(at=at, by="telematics", route_id="CX1", lat=lat, lng=lng)


def place_of(story, n):
    return story.plan.stop[f"CX1-{n}"].place


def test_a_van_that_has_not_left_is_nowhere_on_the_road(where):
    assert where(PaceStory(a_route("CX1"))) is None


def test_a_van_that_has_just_left_is_at_the_station_and_heads_for_its_first_stop(where):
    found = where(out())
    assert (found.place, found.known) == (STATION_AT, "left")
    assert found.heading_deg == pytest.approx(0, abs=0.1)      # its block begins due north


def test_a_position_newer_than_the_last_stop_is_where_it_is(where):
    story = out().drove("CX1", clock(10))
    story.happened(seen(41.3, -93.0, clock(10, 5)))
    found = where(story)
    assert (found.place, found.known, found.at) == ((41.3, -93.0), "seen", clock(10, 5))


def test_without_positions_it_is_at_the_last_stop_that_was_told(where):
    story = out().drove("CX1", clock(10))
    story.facts.insert(2, seen(41.3, -93.0, clock(8, 35)))      # the device told one position and then no more
    found = where(story)
    last = story.day().road.routes["CX1"].last_served
    assert (found.place, found.known, found.at) == (story.plan.stop[last.stop_id].place, "served", last.at)


def test_of_a_bare_count_it_is_at_the_last_stop_counted(where):
    story = out().reported("CX1", 30, clock(10))
    found = where(story)
    assert (found.place, found.known) == (place_of(story, 29), "counted")


def test_it_heads_for_its_next_stop(where):
    story = out().reported("CX1", 5, clock(9))
    assert where(story).heading_deg == pytest.approx(90, abs=0.1)      # the first row runs east
    assert where(story.reported("CX1", 25, clock(10))).heading_deg == pytest.approx(270, abs=0.1)


def test_on_the_way_back_it_heads_for_the_station(where):
    story = out(stops=3).reported("CX1", 3, clock(9)).happened(seen(41.5, -93.0, clock(9, 1)))
    assert where(story).heading_deg == pytest.approx(180)
    cleared = out().happened(seen(41.5, -93.0, clock(9)), ReturnCleared(at=clock(9, 5), by="maria", route_id="CX1"))
    assert where(cleared).heading_deg == pytest.approx(180)


def test_a_van_at_the_door_of_its_next_stop_heads_nowhere(where):
    story = out()
    lat, lng = place_of(story, 0)
    assert where(story.happened(seen(lat + 0.0001, lng, clock(8, 45)))).heading_deg is None


def test_a_route_that_is_back_stands_at_the_station(where):
    story = out(stops=3).reported("CX1", 3, clock(9)).came_back("CX1", clock(9) + timedelta(minutes=20))
    found = where(story)
    assert (found.place, found.known, found.heading_deg) == (STATION_AT, "back", None)
