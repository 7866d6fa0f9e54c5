"""The way of a route from the road to a closed shift, step by step."""

from dispatchkit.day.facts.road import StopServed
from dispatchkit.eos import debrief, returns
from dispatchkit.eos.steps import next_steps
from dispatchkit.fleet import inspection
from tests.small_day import SIX_PM, STATION, at_the_dock, on_the_road


def step(story, route_id="CX1"):
    return next_steps(story.day)[route_id]


def all_served(story):
    stops = story.day.road.routes["CX1"].order
    return story.told(*(StopServed(at=SIX_PM, by="cortex", route_id="CX1", stop_id=s) for s in stops))


def test_a_route_with_open_stops_is_cleared_before_it_comes_back():
    story = on_the_road()
    assert step(story) == "clear"
    story.does(returns.clear_return, route_id="CX1", why="Dark", at=SIX_PM)
    assert step(story) == "back"


def test_a_route_that_served_every_stop_needs_no_clearance():
    assert step(all_served(on_the_road())) == "back"


def test_then_come_the_debrief_the_inspection_and_the_van():
    story = all_served(on_the_road()).does(returns.driver_returned, route_id="CX1", at=SIX_PM)
    assert step(story) == "debrief"
    story.does(debrief.debrief, route_id="CX1", accounts=(), station=STATION, at=SIX_PM)
    assert step(story) == "inspect"
    story.does(inspection.inspect, van_id="V1", driver_id="A1", inspection="post-trip", at=SIX_PM)
    assert step(story) == "van"
    story.does(returns.van_returned, van_id="V1", at=SIX_PM)
    assert step(story) == "done"


def test_a_route_that_never_left_is_debriefed_all_the_same():
    story = at_the_dock()
    assert step(story) == "debrief"
    accounts = debrief.prefill(story.day, "CX1", STATION)
    story.does(debrief.debrief, route_id="CX1", accounts=accounts, station=STATION, at=SIX_PM)
    assert step(story) == "done"
