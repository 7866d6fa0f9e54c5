"""What stands on a decision keeps it from being taken back: a pair of facts for each such rule, and one beside it."""

from datetime import UTC, datetime

import pytest

from dispatchkit.day.builds_on import BUILDS_ON
from dispatchkit.day.entry import Entry
from dispatchkit.day.facts import KINDS
from dispatchkit.day.facts.end_of_shift import (
    ChecklistItemDone,
    DriverReturned,
    IncidentOpened,
    IncidentUpdated,
    PackagesDebriefed,
    ReattemptListed,
    ReturnCleared,
    VanReturned,
)
from dispatchkit.day.facts.load_out import BriefingGiven, DriverArrived, LoadingStarted, RouteDeparted, WaveSet
from dispatchkit.day.facts.pre_load_out import (
    AttendanceConfirmed,
    DefectCleared,
    DefectReported,
    DriverAssigned,
    FleetTaken,
    LocksChanged,
    PlanCommitted,
    PlanEdited,
    RosterTaken,
    RoutesGiven,
    VanAssigned,
    VanGrounded,
    VanInspected,
    VanReleased,
)
from dispatchkit.day.facts.road import (
    ActionNamed,
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    AlarmShelved,
    MessageSent,
    RescueEnded,
    RescueStarted,
    RootCauseNamed,
    StopServed,
    StopsTransferred,
)
from dispatchkit.day.facts.whole_day import FileHeld, FileImported, FileLetGo, HandoverWritten, NoteAdded
from dispatchkit.day.undo import NEVER, OBSERVATIONS, undo_blockers

TEN = datetime(2026, 3, 14, 15, tzinfo=UTC)
WAVE = {"wave": "Wave 1", "departs_at": TEN, "route_ids": ("CX1", "CX2")}
LEFT = {"route_id": "CX1", "driver_id": "A1", "van_id": "V1"}
POST_TRIP = {"van_id": "V1", "driver_id": "A1", "inspection": "post-trip", "passed": True}
AGREED = {"helper_order": (), "meet_at": TEN, "meet_lat": 41.6, "meet_lng": -93.6}
MET = {"stop_ids": ("s1",), "helper_order": ("s1",), "handover_s": 600, "lat": 41.6, "lng": -93.6}


def said(kind, by="maria", **fields):
    return kind(at=TEN, by=by, **fields)


def raised(alarm_id):
    return said(AlarmRaised, alarm_id=alarm_id, route_ids=("CX1",), what="Late", why="Slow", do="Call")


def rescue(rescue_id, giver="CX1", helper="CX7", stops=("s1",)):
    return said(
        RescueStarted, rescue_id=rescue_id, route_id=giver, helper_route_id=helper, stop_ids=stops, **AGREED
    )


def blocked(*facts):
    """Why the first fact cannot be taken back with the others standing."""
    log = [Entry(n, n, f.at, f) for n, f in enumerate(facts, start=1)]
    return list(undo_blockers(log, log[:1]))


STANDS_ON_IT = {
    "a wave under routes in it that left": (said(WaveSet, **WAVE), said(RouteDeparted, **LEFT)),
    "a wave that was briefed": (said(WaveSet, **WAVE), said(BriefingGiven, wave="Wave 1", topic="Belts")),
    "the arrival of a driver who left": (said(DriverArrived, driver_id="A1"), said(RouteDeparted, **LEFT)),
    "the release of a van that left": (said(VanReleased, van_id="V1"), said(RouteDeparted, **LEFT)),
    "the release of a van that got a route": (
        said(VanReleased, van_id="V1"), said(VanAssigned, route_id="CX1", van_id="V1")),
    "a van that is being loaded": (
        said(VanAssigned, route_id="CX1", van_id="V1"), said(LoadingStarted, route_id="CX1")),
    "the post-trip of a van checked in": (said(VanInspected, **POST_TRIP), said(VanReturned, van_id="V1")),
    "a grounding that was lifted": (said(VanGrounded, van_id="V1", why="Tyre"), said(VanReleased, van_id="V1")),
    "a defect that was cleared": (
        said(DefectReported, van_id="V1", defect="Tyre"), said(DefectCleared, van_id="V1", defect="Tyre")),
    "a cleared defect under a release": (
        said(DefectCleared, van_id="V1", defect="Tyre"), said(VanReleased, van_id="V1")),
    "a confirmation under an assignment": (
        said(AttendanceConfirmed, driver_id="A1"), said(DriverAssigned, route_id="CX1", driver_id="A1")),
    "a plan that has waves": (said(PlanCommitted, plan="p"), said(WaveSet, **WAVE)),
    "a roster of which somebody answered": (
        said(RosterTaken, roster="r", drivers=1), said(AttendanceConfirmed, driver_id="A1")),
    "a fleet of which a van was inspected": (said(FleetTaken, fleet="f", vans=1), said(VanInspected, **POST_TRIP)),
    "the departure of one who helps": (said(RouteDeparted, **LEFT), rescue("r1", giver="CX9", helper="CX1")),
    "the departure of one who is helped": (said(RouteDeparted, **LEFT), rescue("r1")),
    "the departure of one cleared to return": (said(RouteDeparted, **LEFT), said(ReturnCleared, route_id="CX1")),
    "a debrief with reattempts": (
        said(PackagesDebriefed, route_id="CX1"), said(ReattemptListed, route_id="CX1", package_ids=("p",))),
    "an incident that was written on": (
        said(IncidentOpened, incident_id="I1", incident_type="Dog", description="Bite"),
        said(IncidentUpdated, incident_id="I1", status="documented", note="Seen")),
    "an alarm that was taken on": (raised("late:CX1:1"), said(AlarmAcknowledged, alarm_id="late:CX1:1")),
    "an alarm that was put away": (raised("late:CX1:1"), said(AlarmShelved, alarm_id="late:CX1:1", until=TEN)),
    "an alarm that was cleared": (raised("late:CX1:1"), said(AlarmCleared, alarm_id="late:CX1:1")),
    "routes that were changed by hand": (
        said(RoutesGiven, plan="p", routes=1, stops=1, packages=1),
        said(PlanEdited, before="p", plan="q", change="moved")),
    "a change that was changed further": (
        said(PlanEdited, before="p", plan="q", change="moved"), said(PlanEdited, before="q", plan="r", change="split")),
    "a change in which something was locked": (
        said(PlanEdited, before="p", plan="q", change="moved"),
        said(LocksChanged, plan="q", locked=True, stop_ids=("s1",))),
    "a change that was committed": (
        said(PlanEdited, before="p", plan="q", change="moved"), said(PlanCommitted, plan="q")),
    "a clearance after which the alarm stood again": (
        said(AlarmCleared, alarm_id="late:CX1:1"), said(AlarmReopened, alarm_id="late:CX1:1")),
    "an alarm that stood again and was cleared": (
        said(AlarmReopened, alarm_id="late:CX1:1"), said(AlarmCleared, alarm_id="late:CX1:1")),
    "a plan of whose route somebody named the root cause": (
        said(PlanCommitted, plan="p"), said(RootCauseNamed, route_id="CX1", cause="slow pace")),
    "a plan of whose route somebody named the action": (
        said(PlanCommitted, plan="p"), said(ActionNamed, route_id="CX1", action="monitoring")),
    "a file whose routes were given": (
        said(FileImported, name="dop.xlsx", original="f", source="Day-of-Ops plan", rows=2),
        said(RoutesGiven, plan="p", routes=1, stops=1, packages=1)),
    "a file that waited and was let go": (
        said(FileHeld, name="dop.xlsx", original="f", why=("Whose?",)), said(FileLetGo, original="f")),
    "a clearance after which the same cause rose again": (
        said(AlarmCleared, alarm_id="late:CX1:1"), raised("late:CX1:2")),
}  # fmt: skip


@pytest.mark.parametrize("pair", STANDS_ON_IT.values(), ids=STANDS_ON_IT.keys())
def test_what_something_stands_on_is_not_taken_back(pair):
    (reason,) = blocked(*pair)
    assert reason.endswith("builds on it. Take that back first.")


BESIDE_IT = {
    "a wave when another wave's route leaves": (
        said(WaveSet, **WAVE | {"route_ids": ("CX2",)}), said(RouteDeparted, **LEFT)),
    "the arrival of another driver": (said(DriverArrived, driver_id="A2"), said(RouteDeparted, **LEFT)),
    "the stand-up of another wave": (said(BriefingGiven, wave="Wave 2", topic="Belts"), said(WaveSet, **WAVE),
                                     said(RouteDeparted, **LEFT)),
    "a change of another draft": (
        said(PlanEdited, before="p", plan="q", change="moved"), said(PlanEdited, before="x", plan="y", change="moved")),
    "another incident": (
        said(IncidentOpened, incident_id="I2", incident_type="Dog", description="Bite"),
        said(IncidentUpdated, incident_id="I1", status="documented", note="Seen")),
    "another cause": (said(AlarmCleared, alarm_id="late:CX1:1"), raised("late:wave Wave 1:1")),
    "the return of another route": (
        said(DriverReturned, route_id="CX2"), said(RouteDeparted, **LEFT), said(VanReturned, van_id="V1")),
}  # fmt: skip


@pytest.mark.parametrize("facts", BESIDE_IT.values(), ids=BESIDE_IT.keys())
def test_what_happens_beside_it_does_not_matter(facts):
    assert blocked(*facts) == []


def last_but(facts, which):
    log = [Entry(n, n, f.at, f) for n, f in enumerate(facts, start=1)]
    return list(undo_blockers(log, [log[which]]))


def test_a_stand_up_stays_when_a_route_of_its_wave_left():
    facts = [said(WaveSet, **WAVE), said(BriefingGiven, wave="Wave 1", topic="Belts"), said(RouteDeparted, **LEFT)]
    assert "Route departed CX1" in last_but(facts, 1)[0]


def test_a_return_stays_when_its_van_is_checked_in():
    facts = [said(RouteDeparted, **LEFT), said(DriverReturned, route_id="CX1"), said(VanReturned, van_id="V1")]
    assert "Van returned V1" in last_but(facts, 1)[0]


@pytest.mark.parametrize(("giver", "helper"), [("CX1", "CX9"), ("CX9", "CX7")])
def test_a_rescue_called_off_stays_so_when_another_one_has_its_routes(giver, helper):
    off = said(RescueEnded, rescue_id="r1", outcome="called off")
    assert "Rescue started" in last_but([rescue("r1"), off, rescue("r2", giver, helper)], 1)[0]
    assert last_but([rescue("r1"), off, rescue("r2", "CX3", "CX4")], 1) == []


def test_what_was_observed_or_can_never_be_taken_back_sends_nobody_there():
    (served,) = blocked(said(RouteDeparted, **LEFT), said(StopServed, by="cortex", route_id="CX1", stop_id="s1"))
    assert served.endswith("stays; write down in a note what was wrong.")
    transfer = said(StopsTransferred, rescue_id="r1", route_id="CX1", helper_route_id="CX7", **MET)
    (met,) = blocked(rescue("r1"), transfer)
    assert met.endswith("builds on it. The bags have changed hands.")


def test_every_fact_has_been_thought_about():
    nothing_builds_on = {
        NoteAdded, HandoverWritten, MessageSent, AlarmAcknowledged, AlarmShelved, ReattemptListed, VanReturned,
        IncidentUpdated, ChecklistItemDone, FileLetGo, LocksChanged, RootCauseNamed, ActionNamed,
    }  # fmt: skip
    thought = [set(BUILDS_ON), set(NEVER), set(OBSERVATIONS), nothing_builds_on]
    assert set.union(*thought) == set(KINDS.values())
    assert sum(map(len, thought)) == len(KINDS)
