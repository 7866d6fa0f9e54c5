"""Who will come, and who may be given a route."""

import pytest

from dispatchkit.records import Driver, Roster
from dispatchkit.roster import attendance, decide
from tests.small_day import on_the_road, planned, says


@pytest.mark.parametrize("state", [*attendance.ABSENT, *attendance.LATE])
def test_a_call_out_leaves_the_route_without_a_driver(state):
    story = planned().does(decide.assign_driver, route_id="CX1", driver_id="A1")
    story.does(attendance.call_out, driver_id="A1", attendance=state, note="Rang at five")
    assert "CX1" not in story.day.pre_load_out.driver_of
    assert story.day.pre_load_out.attendance["A1"] == state


def test_a_call_out_needs_a_state_of_the_trade():
    assert "'Ill' is not a state" in says(attendance.call_out_blockers(planned().day, "A1", "Ill"))


def test_who_has_left_cannot_call_out():
    assert "left with CX1" in says(attendance.call_out_blockers(on_the_road().day, "A1", "VTO"))


def test_a_stranger_cannot_call_out_or_be_confirmed():
    assert "Driver A9" in says(attendance.call_out_blockers(planned().day, "A9", "VTO"))


def test_regular_drivers_come_first_then_standbys_then_the_late():
    roster = Roster(
        drivers=(
            Driver(driver_id="LATE"),
            Driver(driver_id="STANDBY", standby=True),
            Driver(driver_id="OUT"),
            Driver(driver_id="B"),
            Driver(driver_id="A"),
        )
    )
    states = {"LATE": "Late with call", "OUT": "No show no call", "A": "On time"}
    assert [d.driver_id for d in attendance.may_drive(roster, states)] == ["B", "A", "STANDBY", "LATE"]


def test_who_called_out_and_came_after_all_may_drive():
    story = planned().does(attendance.call_out, driver_id="A1", attendance="Called out excused")
    assert "A1" not in [d.driver_id for d in _here(story)]
    assert "A1" in [d.driver_id for d in _here(story.does(attendance.confirm, driver_id="A1"))]


def _here(story):
    before = story.day.pre_load_out
    return attendance.may_drive(before.roster, before.attendance)


def test_an_empty_roster_is_refused():
    assert "no drivers" in says(attendance.take_roster_blockers(planned().day, Roster(drivers=())))


def test_a_roster_without_a_driver_who_is_out_is_refused():
    without = Roster(drivers=(Driver(driver_id="A1"),))
    assert "not on this roster: A2" in says(attendance.take_roster_blockers(on_the_road().day, without))
