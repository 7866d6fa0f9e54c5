"""A day that is done but for one thing: each test of the close takes that one thing away."""

import pytest

from dispatchkit.day.facts.road import StopServed
from dispatchkit.eos import checklist, debrief, returns
from dispatchkit.fleet import inspection
from tests.small_day import PAIRS, SIX_PM, STATION, TEN, back, on_the_road


@pytest.fixture
def served_day():
    """Both routes are out and every stop is served."""
    story = on_the_road()
    for route in story.day.plan.routes:
        story.told(*(StopServed(at=TEN, by="app", route_id=route.route_id, stop_id=s) for s in route.stop_ids))
    return story


@pytest.fixture
def done_day(served_day):
    """Nothing is open."""
    story = back(served_day, "CX1", "CX7")
    for route_id, driver_id, van_id in PAIRS:
        story.does(debrief.debrief, route_id=route_id, accounts=(), station=STATION, at=SIX_PM)
        story.does(inspection.inspect, van_id=van_id, driver_id=driver_id, inspection="post-trip", at=SIX_PM)
        story.does(returns.van_returned, van_id=van_id, at=SIX_PM)
    for item, _ in checklist.items(STATION):
        story.does(checklist.tick, item=item, station=STATION, at=SIX_PM)
    return story
