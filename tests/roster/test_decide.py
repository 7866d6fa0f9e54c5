"""Giving routes to drivers and vans, by hand and by proposal: every rule, and what it says."""

import pytest

from dispatchkit.day.facts.pre_load_out import DriverAssigned, VanAssigned
from dispatchkit.errors import Refused
from dispatchkit.fleet import vans
from dispatchkit.records import Driver, Fleet, Roster, Van
from dispatchkit.roster import attendance, decide
from dispatchkit.roster.assign import Assignment, Pair
from tests.small_day import M3, STATION, TEN, on_the_road, plan, planned, route, says


def pair(route_id, driver_id, van_id):
    return Pair(route_id, driver_id, van_id, "Here and free.", "Free and big enough.")


def proposal(*pairs):
    return Assignment(tuple(pair(*p) for p in pairs), ())


def test_a_free_driver_and_van_are_given_without_a_word():
    day = planned().day
    assert not list(decide.assign_driver_blockers(day, "CX1", "A1"))
    assert not list(decide.assign_van_blockers(day, "CX1", "V1", STATION))


def test_who_called_out_gets_no_route():
    story = planned().does(attendance.call_out, driver_id="A1", attendance="No show no call")
    assert "noted as 'No show no call'" in says(decide.assign_driver_blockers(story.day, "CX1", "A1"))


def test_a_route_that_has_left_keeps_its_driver_and_its_van():
    day = on_the_road().day
    assert says(decide.assign_driver_blockers(day, "CX1", "A3")) == "CX1 has left with driver A1."
    assert says(decide.assign_van_blockers(day, "CX1", "V3", STATION)) == "CX1 has left with van V1."


def test_a_driver_or_van_that_is_out_gets_no_second_route():
    story = planned(plan(route("CX1"), route("CX7"))).told(*on_the_road().facts[-2:-1])
    assert "Driver A1 has left with CX1." in says(decide.assign_driver_blockers(story.day, "CX7", "A1"))
    assert "Van V1 has left with CX1." in says(decide.assign_van_blockers(story.day, "CX7", "V1", STATION))


def test_a_grounded_van_gets_no_route():
    story = planned().does(vans.ground, van_id="V1", why="Brake light")
    assert "grounded: Brake light" in says(decide.assign_van_blockers(story.day, "CX1", "V1", STATION))


def test_a_van_is_not_filled_beyond_the_limit():
    day = planned(fleet=Fleet(vans=(Van(van_id="V1", volume_cm3=0.1 * M3),))).day
    assert "fills 120% of van V1" in says(decide.assign_van_blockers(day, "CX1", "V1", STATION))


def test_an_unqualified_driver_is_kept_out_of_the_route_and_out_of_an_electric_van():
    only_cdv = Roster(drivers=(Driver(driver_id="A1", qualifications=frozenset({"CDV"})),))
    electric = Fleet(vans=(Van(van_id="V1", volume_cm3=M3, electric=True),))
    story = planned(plan(route("CX1", service_type="EDV"), route("CX7")), only_cdv, electric)
    assert "needs EDV" in says(decide.assign_driver_blockers(story.day, "CX1", "A1"))
    assert "is electric" in says(decide.assign_driver_blockers(story.day, "CX7", "A1", "V1"))
    story.does(decide.assign_driver, route_id="CX7", driver_id="A1")
    assert "is electric" in says(decide.assign_van_blockers(story.day, "CX7", "V1", STATION))


def test_a_proposal_becomes_facts_for_changes_only():
    story = planned().does(decide.assign_driver, route_id="CX1", driver_id="A1")
    story.does(decide.assign_van, route_id="CX1", van_id="V1", station=STATION)
    facts = decide.assign_all(
        story.day, assignment=proposal(("CX1", "A1", "V3"), ("CX7", "A2", "V1")), station=STATION, at=TEN, by="jo"
    )
    assert facts == [
        VanAssigned(at=TEN, by="jo", route_id="CX1", van_id="V3", why="Free and big enough."),
        DriverAssigned(at=TEN, by="jo", route_id="CX7", driver_id="A2", why="Here and free."),
        VanAssigned(at=TEN, by="jo", route_id="CX7", van_id="V1", why="Free and big enough."),
    ]
    after = story.told(*facts).day.pre_load_out
    assert (after.driver_of, after.van_of) == ({"CX1": "A1", "CX7": "A2"}, {"CX1": "V3", "CX7": "V1"})


def test_two_drivers_can_change_places():
    story = planned()
    for pairs in ((("CX1", "A1", "V1"), ("CX7", "A2", "V2")), (("CX1", "A2", "V2"), ("CX7", "A1", "V1"))):
        story.does(decide.assign_all, assignment=proposal(*pairs), station=STATION)
    after = story.day.pre_load_out
    assert (after.driver_of, after.van_of) == ({"CX1": "A2", "CX7": "A1"}, {"CX1": "V2", "CX7": "V1"})


def test_a_proposal_that_is_out_of_date_is_refused():
    story = planned().does(vans.ground, van_id="V1", why="Tyre")
    with pytest.raises(Refused, match="Van V1 is grounded: Tyre"):
        story.does(decide.assign_all, assignment=proposal(("CX1", "A1", "V1")), station=STATION)


def test_nobody_is_in_a_proposal_twice():
    day = planned().day
    assert "Driver A1 is in the proposal twice" in says(
        decide.assign_all_blockers(day, proposal(("CX1", "A1", "V1"), ("CX7", "A1", "V2")), STATION)
    )
