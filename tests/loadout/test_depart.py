"""At the dock: a van leaves with a driver who is here, an inspection, its load and a stand-up, and not without."""

import pytest

from dispatchkit.day.facts.load_out import (
    BriefingGiven,
    DriverArrived,
    LoadingFinished,
    LoadingStarted,
    RouteDeparted,
    WaveSet,
)
from dispatchkit.day.facts.pre_load_out import DriverAssigned, VanAssigned, VanInspected
from dispatchkit.fleet import vans
from dispatchkit.loadout import depart
from dispatchkit.records import Fleet, Roster
from dispatchkit.roster import attendance, decide
from tests.small_day import DRIVERS, STATION, TEN, VANS, Story, at_the_dock, on_the_road, plan, planned, route, says


def without(kind):
    """Everything is ready to leave, but facts of this kind never happened."""
    ready = at_the_dock()
    story = Story()
    story.artifacts = ready.artifacts
    return story.told(*(f for f in ready.facts if not isinstance(f, kind))).day


def test_a_route_that_has_everything_leaves_with_its_driver_and_van():
    assert depart.depart(at_the_dock().day, route_id="CX1", at=TEN, by="maria") == [
        RouteDeparted(at=TEN, by="maria", route_id="CX1", driver_id="A1", van_id="V1")
    ]


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (DriverAssigned, "CX1 has no driver. Assign one."),
        (DriverArrived, "Driver A1 of CX1 has not arrived."),
        (VanAssigned, "CX1 has no van. Assign one."),
        (VanInspected, "Van V1 has no DVIC today."),
        (LoadingFinished, "CX1 is not loaded."),
        (WaveSet, "CX1 is in no wave. Put it into one."),
        (BriefingGiven, "Wave 1 of CX1 has had no stand-up. Brief it."),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_each_lacking_thing_keeps_the_route_back(missing, sentence):
    assert list(depart.departure_blockers(without(missing), "CX1")) == [sentence]


def test_a_van_grounded_at_the_last_minute_does_not_leave():
    story = at_the_dock().does(vans.ground, van_id="V1", why="Tyre")
    assert list(depart.departure_blockers(story.day, "CX1")) == ["Van V1 is grounded: Tyre."]


def test_a_route_leaves_once():
    assert list(depart.departure_blockers(on_the_road().day, "CX1")) == ["CX1 has left already."]


def test_a_driver_who_called_out_takes_the_departure_away():
    story = at_the_dock().does(attendance.call_out, driver_id="A1", attendance="VTO")
    assert list(depart.departure_blockers(story.day, "CX1")) == ["CX1 has no driver. Assign one."]


def test_a_driver_arrives_once_and_only_if_he_is_expected():
    story = planned().does(depart.arrived, driver_id="A1")
    assert says(depart.arrived_blockers(story.day, "A1")) == "Driver A1 is here already."
    assert "Driver A9" in says(depart.arrived_blockers(story.day, "A9"))
    story.does(attendance.call_out, driver_id="A2", attendance="No show no call")
    assert "noted as 'No show no call'" in says(depart.arrived_blockers(story.day, "A2"))


def test_a_late_driver_who_comes_has_arrived():
    story = planned().does(attendance.call_out, driver_id="A1", attendance="Late with call")
    assert not list(depart.arrived_blockers(story.day, "A1"))


def test_loading_starts_with_a_van_and_once():
    story = planned()
    assert "no van to load" in says(depart.start_loading_blockers(story.day, "CX1"))
    story.does(decide.assign_van, route_id="CX1", van_id="V1", station=STATION)
    story.does(depart.start_loading, route_id="CX1")
    assert "already" in says(depart.start_loading_blockers(story.day, "CX1"))


@pytest.fixture
def loading():
    story = planned().does(decide.assign_van, route_id="CX1", van_id="V1", station=STATION)
    return story.told(LoadingStarted(at=TEN, by="maria", route_id="CX1")).day


def test_what_is_counted_and_what_is_not_found_is_the_plans_count(loading):
    assert not list(depart.finish_loading_blockers(loading, "CX1", 6))
    assert not list(depart.finish_loading_blockers(loading, "CX1", 5, ("CX1:1-a",)))
    assert "CX1 should have 6 packages; 5 counted and 0 not found make 5." in says(
        depart.finish_loading_blockers(loading, "CX1", 5)
    )
    assert "7 counted" in says(depart.finish_loading_blockers(loading, "CX1", 7))


def test_only_the_routes_own_packages_can_be_missing_from_it_and_each_once(loading):
    assert "Not packages of CX1: CX7:1-a" in says(depart.finish_loading_blockers(loading, "CX1", 5, ("CX7:1-a",)))
    assert "twice" in says(depart.finish_loading_blockers(loading, "CX1", 4, ("CX1:1-a", "CX1:1-a")))


def test_loading_is_finished_only_where_it_started():
    assert says(depart.finish_loading_blockers(planned().day, "CX1", 6)) == "CX1 has not started loading."


def test_a_route_without_packages_is_loaded_with_none_and_leaves():
    story = at_the_dock(the_plan=plan(route("CX1", packages=()), route("CX7")))
    assert not list(depart.departure_blockers(story.day, "CX1"))


def test_a_van_that_a_newer_fleet_list_lacks_does_not_leave():
    story = at_the_dock()
    fewer = Fleet(vans=tuple(v for v in VANS.vans if v.van_id != "V1"))
    story.keeping("fewer", fewer).does(vans.take_fleet, fleet=fewer, digest="fewer")
    assert "Van V1 is not in today's fleet" in says(depart.departure_blockers(story.day, "CX1"))


def test_a_driver_whom_a_newer_roster_lacks_does_not_leave():
    story = at_the_dock()
    fewer = Roster(drivers=tuple(d for d in DRIVERS.drivers if d.driver_id != "A1"))
    story.keeping("fewer", fewer).does(attendance.take_roster, roster=fewer, digest="fewer")
    assert "Driver A1 is not on today's roster" in says(depart.departure_blockers(story.day, "CX1"))
