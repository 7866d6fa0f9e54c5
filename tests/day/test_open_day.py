"""What every decision asks first; and that a closed day refuses them all, but to be reopened."""

from contextlib import suppress

import pytest

from dispatchkit import course
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.day.open_day import (
    closed_blockers,
    known_driver_blockers,
    known_route_blockers,
    known_van_blockers,
    refuse_if,
)
from dispatchkit.eos import checklist, close, debrief, incidents, reattempt, returns
from dispatchkit.errors import Refused
from dispatchkit.fleet import inspection, vans
from dispatchkit.loadout import depart, waves
from dispatchkit.plan import commit
from dispatchkit.roster import attendance, decide
from dispatchkit.roster.assign import Assignment
from tests.small_day import DRIVERS, SIX_PM, STATION, TEN, TWO_ROUTES, VANS, Story, on_the_road, planned, says

EVERY_DECISION = [
    (course.open_day, {"timezone": "America/Chicago"}),
    (course.note, {"text": "Rain."}),
    (course.hand_over, {"text": "All quiet."}),
    (commit.give_routes, {"plan": TWO_ROUTES, "digest": "plan"}),
    (commit.built, {"plan": TWO_ROUTES, "digest": "plan", "seed": 1, "engine": "none"}),
    (commit.commit, {"plan": TWO_ROUTES, "digest": "plan"}),
    (attendance.take_roster, {"roster": DRIVERS, "digest": "roster"}),
    (attendance.confirm, {"driver_id": "A3"}),
    (attendance.call_out, {"driver_id": "A3", "attendance": "VTO"}),
    (decide.assign_driver, {"route_id": "CX1", "driver_id": "A3"}),
    (decide.assign_van, {"route_id": "CX1", "van_id": "V3", "station": STATION}),
    (decide.assign_all, {"assignment": Assignment((), ()), "station": STATION}),
    (vans.take_fleet, {"fleet": VANS, "digest": "fleet"}),
    (vans.ground, {"van_id": "V3", "why": "Tyre"}),
    (vans.release, {"van_id": "V3"}),
    (vans.clear_defect, {"van_id": "V3", "defect": "Tyre"}),
    (inspection.inspect, {"van_id": "V3", "driver_id": "A3", "inspection": "pre-trip"}),
    (waves.set_waves, {"waves": ()}),
    (waves.brief, {"wave": "Wave 1", "topic": "Belts"}),
    (depart.arrived, {"driver_id": "A3"}),
    (depart.start_loading, {"route_id": "CX1"}),
    (depart.finish_loading, {"route_id": "CX1", "packages": 6}),
    (depart.depart, {"route_id": "CX1"}),
    (returns.clear_return, {"route_id": "CX1"}),
    (returns.driver_returned, {"route_id": "CX1"}),
    (returns.van_returned, {"van_id": "V1"}),
    (debrief.debrief, {"route_id": "CX1", "accounts": (), "station": STATION}),
    (reattempt.list_reattempt, {"route_id": "CX1", "package_ids": ("CX1:1-a",)}),
    (incidents.open_incident, {"incident_id": "I1", "incident_type": "Dog", "description": "Bitten."}),
    (incidents.update_incident, {"incident_id": "I1", "status": "open", "note": "Doctor."}),
    (checklist.tick, {"item": "vans", "station": STATION}),
    (close.close, {"station": STATION}),
]


@pytest.mark.parametrize(("decision", "arguments"), EVERY_DECISION, ids=lambda value: getattr(value, "__name__", ""))
def test_a_closed_day_refuses_every_decision(decision, arguments):
    closed = on_the_road().told(DayClosed(at=SIX_PM, by="maria")).day
    with pytest.raises(Refused) as refused:
        decision(closed, at=SIX_PM, by="jo", **arguments)
    said = [reason for reason in refused.value.reasons if "is closed" in reason]
    assert said == ["DXX1/2026-03-14 is closed. Reopen it first, and say why."]


def test_a_closed_day_can_be_reopened_and_goes_on():
    story = on_the_road().told(DayClosed(at=SIX_PM, by="maria"))
    story.does(close.reopen, why="A package turned up.").does(course.note, text="Found it.")
    assert not list(closed_blockers(story.day))


def test_an_open_day_is_not_reopened():
    assert says(close.reopen_blockers(planned().day, "Because")) == "DXX1/2026-03-14 is open."


def test_a_reopening_needs_a_reason():
    closed = planned().told(DayClosed(at=SIX_PM, by="maria")).day
    assert says(close.reopen_blockers(closed, " ")) == "Say why the day is taken up again."


def test_unknown_routes_vans_and_drivers_are_named():
    day = planned().day
    assert "no route CX9" in says(known_route_blockers(day, "CX9"))
    assert "Van V9" in says(known_van_blockers(day, "V9"))
    assert "Driver A9" in says(known_driver_blockers(day, "A9"))


def test_an_empty_day_lacks_plan_fleet_and_roster():
    day = Story().day
    assert "no plan" in says(known_route_blockers(day, "CX1"))
    assert "no fleet" in says(known_van_blockers(day, "V1"))
    assert "no roster" in says(known_driver_blockers(day, "A1"))


def test_no_reason_is_no_refusal():
    refuse_if([])
    with pytest.raises(Refused, match=r"^One\. Two\.$"):
        refuse_if(iter(["One.", "Two."]))


@pytest.mark.parametrize(("decision", "arguments"), EVERY_DECISION, ids=lambda value: getattr(value, "__name__", ""))
def test_an_empty_day_refuses_or_decides_but_never_crashes(decision, arguments):
    with suppress(Refused):
        assert all(fact.by == "jo" for fact in decision(Story().day, at=TEN, by="jo", **arguments))
