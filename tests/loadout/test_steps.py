"""The morning at the dock, step by step, for one route and for several at once."""

import pytest

from dispatchkit.day.facts.load_out import DriverArrived, LoadingFinished, RouteDeparted
from dispatchkit.errors import Refused
from dispatchkit.fleet import inspection
from dispatchkit.loadout import depart, steps, waves
from dispatchkit.roster import decide
from tests.small_day import STATION, TEN, at_the_dock, planned, says


def step(story):
    return steps.next_step(story.day, "CX1")


def test_a_morning_goes_from_the_crew_to_the_road_in_the_order_of_the_dock():
    story = planned()
    assert step(story) == "crew"
    story.does(decide.assign_driver, route_id="CX1", driver_id="A1")
    assert step(story) == "crew"
    story.does(decide.assign_van, route_id="CX1", van_id="V1", station=STATION)
    assert step(story) == "arrive"
    for this, following in (("arrive", "inspect"), ("inspect", "load"), ("load", "loaded"), ("loaded", "wave")):
        story.does(steps.take, step=this, route_ids=["CX1"])
        assert step(story) == following
    story.does(waves.set_waves, waves=waves.plan_waves(story.day.plan, STATION))
    assert step(story) == "brief"
    story.does(waves.brief, wave="Wave 1", topic="Belts")
    assert step(story) == "depart"
    story.does(steps.take, step="depart", route_ids=["CX1"])
    assert step(story) == "out"


def test_a_van_that_failed_its_inspection_has_to_be_mended_first():
    story = at_the_dock()
    story.does(
        inspection.inspect, van_id="V1", driver_id="A1", inspection="pre-trip", defects=(("Tyre flat", True),)
    )
    assert step(story) == "mend"


def test_a_whole_wave_leaves_by_one_press():
    left = steps.take(at_the_dock().day, step="depart", route_ids=["CX1", "CX7"], at=TEN, by="maria")
    assert [(type(f), f.route_id) for f in left] == [(RouteDeparted, "CX1"), (RouteDeparted, "CX7")]


def test_loaded_means_the_planned_count():
    story = at_the_dock()
    story.facts = [f for f in story.facts if not isinstance(f, LoadingFinished)]
    (loaded,) = steps.take(story.day, step="loaded", route_ids=["CX1"], at=TEN, by="maria")
    assert loaded.packages == 6


def test_one_route_that_is_not_so_far_keeps_all_of_them_back():
    story = at_the_dock().does(depart.depart, route_id="CX7")
    with pytest.raises(Refused, match="CX7 has left"):
        steps.take(story.day, step="depart", route_ids=["CX1", "CX7"], at=TEN, by="maria")


def test_what_needs_a_look_is_not_taken_for_many():
    assert "one by one" in says(steps.step_blockers(at_the_dock().day, "mend", ["CX1"]))


def test_no_route_at_all_is_no_step():
    assert "Mark at least one" in says(steps.step_blockers(at_the_dock().day, "depart", []))


def test_the_driver_who_arrives_is_the_one_of_the_route():
    story = at_the_dock()
    story.facts = [f for f in story.facts if not isinstance(f, DriverArrived)]
    (here,) = steps.take(story.day, step="arrive", route_ids=["CX7"], at=TEN, by="maria")
    assert here.driver_id == "A2"
