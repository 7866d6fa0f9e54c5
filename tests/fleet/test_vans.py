"""Grounding, defects, release, and the fleet of the day."""

from dispatchkit.day.facts.pre_load_out import VanReleased
from dispatchkit.fleet import inspection, vans
from dispatchkit.fleet.ready import van_blockers
from dispatchkit.records import Fleet, Van
from tests.small_day import TEN, on_the_road, planned, says


def test_a_van_can_be_grounded_even_on_the_road():
    story = on_the_road().does(vans.ground, van_id="V1", why="Broke down")
    assert story.day.pre_load_out.grounded == {"V1": "Broke down"}


def test_grounding_needs_a_reason():
    assert "Say why van V1" in says(vans.ground_blockers(planned().day, "V1", ""))


def test_only_a_grounded_van_is_released():
    assert says(vans.release_blockers(planned().day, "V1")) == "Van V1 is not grounded."
    day = planned().does(vans.ground, van_id="V1", why="Tyre").day
    assert vans.release(day, van_id="V1", at=TEN, by="jo") == [VanReleased(at=TEN, by="jo", van_id="V1")]


def test_a_van_that_the_fleet_list_grounds_can_be_released():
    story = planned(fleet=Fleet(vans=(Van(van_id="V1", volume_cm3=1, grounded=True),)))
    assert story.does(vans.release, van_id="V1").day.pre_load_out.grounded == {}


def test_every_grave_defect_is_cleared_before_the_release_and_the_van_inspected_again():
    found = (("Brake light", True), ("Horn", True), ("Scratch", False))
    story = planned().does(inspection.inspect, van_id="V1", driver_id="A1", inspection="pre-trip", defects=found)
    assert says(vans.release_blockers(story.day, "V1")).count("still open") == 2
    story.does(vans.clear_defect, van_id="V1", defect="Horn")
    assert "'Brake light', which is still open" in says(vans.release_blockers(story.day, "V1"))
    story.does(vans.clear_defect, van_id="V1", defect="Brake light").does(vans.release, van_id="V1")
    assert "failed its DVIC" in says(van_blockers(story.day, "V1"))
    story.does(inspection.inspect, van_id="V1", driver_id="A1", inspection="pre-trip")
    assert not list(van_blockers(story.day, "V1"))


def test_only_an_open_defect_is_cleared():
    assert "no open defect 'Horn'" in says(vans.clear_defect_blockers(planned().day, "V1", "Horn"))


def test_an_empty_fleet_is_refused_and_one_that_lacks_a_van_on_the_road():
    assert "no vans" in says(vans.take_fleet_blockers(planned().day, Fleet(vans=())))
    without = Fleet(vans=(Van(van_id="V1", volume_cm3=1),))
    assert "not in this fleet: V2" in says(vans.take_fleet_blockers(on_the_road().day, without))
