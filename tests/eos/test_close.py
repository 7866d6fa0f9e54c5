"""The close: a day with nothing open closes; every open thing keeps it open, and says so."""

import pytest

from dispatchkit.day.facts.end_of_shift import (
    ChecklistItemDone,
    DriverReturned,
    IncidentOpened,
    IncidentUpdated,
    PackagesDebriefed,
    VanReturned,
)
from dispatchkit.day.facts.pre_load_out import VanInspected
from dispatchkit.day.facts.road import AlarmCleared, AlarmRaised, RescueEnded, RescueStarted, StopServed
from dispatchkit.day.facts.whole_day import DayClosed
from dispatchkit.eos import debrief
from dispatchkit.eos.close import close, close_blockers
from dispatchkit.errors import Refused
from tests.small_day import SIX_PM, STATION, TEN, Story, on_the_road, plan, planned, route


def left_out(story, *unwanted):
    """The same day, had these facts not happened."""
    other = Story()
    other.artifacts = story.artifacts
    return other.told(*(f for f in story.facts if f not in unwanted))


def of(story, kind, **fields):
    """The facts of a kind with these fields."""
    return [f for f in story.facts if isinstance(f, kind) and all(getattr(f, k) == v for k, v in fields.items())]


def open_things(story):
    return list(close_blockers(story.day, STATION))


def test_a_day_with_nothing_open_closes(done_day):
    assert close(done_day.day, station=STATION, report="abc", at=SIX_PM, by="maria") == [
        DayClosed(at=SIX_PM, by="maria", report="abc")
    ]


def test_a_day_closes_once(done_day):
    done_day.does(close, station=STATION)
    assert open_things(done_day) == ["DXX1/2026-03-14 is closed. Reopen it first, and say why."]


def test_a_route_that_is_not_back(done_day):
    story = left_out(done_day, *of(done_day, DriverReturned, route_id="CX1"))
    assert open_things(story) == ["CX1 is not back."]


def test_a_route_that_is_on_the_road_says_how_many_packages_are_with_it():
    assert open_things(on_the_road())[0] == "CX1 is not back; 6 packages are not accounted for."


def test_a_route_that_is_not_debriefed(done_day):
    story = left_out(done_day, *of(done_day, PackagesDebriefed, route_id="CX1"))
    assert open_things(story) == ["CX1 is not debriefed."]


def test_a_package_that_nobody_accounts_for(done_day):
    # the driver's report of a stop is undone after the debrief
    story = left_out(done_day, *of(done_day, StopServed, stop_id="CX1:3"))
    assert open_things(story) == ["CX1 has been debriefed; 2 packages are not accounted for. Debrief it again."]


def test_a_van_without_a_post_trip(done_day):
    story = left_out(done_day, *of(done_day, VanInspected, van_id="V1", inspection="post-trip"))
    assert open_things(story) == ["Van V1 has no post-trip DVIC."]


def test_a_van_that_is_not_checked_in(done_day):
    story = left_out(done_day, *of(done_day, VanReturned, van_id="V1"))
    assert open_things(story) == ["Van V1 is not checked in."]


def test_an_incident_that_is_not_documented(done_day):
    done_day.told(IncidentOpened(at=TEN, by="maria", incident_id="I1", incident_type="Dog bite", description="Gate."))
    assert open_things(done_day) == ["Incident I1 (Dog bite) is not documented."]
    done_day.told(IncidentUpdated(at=TEN, by="maria", incident_id="I1", status="documented", note="Done."))
    assert open_things(done_day) == []


def test_a_checklist_item_that_is_open(done_day):
    story = left_out(done_day, *of(done_day, ChecklistItemDone, item="timesheets"))
    assert open_things(story) == ["Not ticked yet: Hours of every driver are signed."]


def test_a_rescue_that_is_under_way(done_day):
    done_day.told(
        RescueStarted(
            at=TEN, by="maria", rescue_id="R1", route_id="CX1", helper_route_id="CX7", stop_ids=("CX1:3",),
            helper_order=("CX1:3",), meet_at=TEN, meet_lat=41.6, meet_lng=-93.6,
        )
    )
    assert open_things(done_day) == ["The rescue of CX1 by CX7 is under way. End it, or call it off."]
    done_day.told(RescueEnded(at=TEN, by="maria", rescue_id="R1", outcome="complete"))
    assert open_things(done_day) == []


def test_an_alarm_that_stands(done_day):
    late = AlarmRaised(at=TEN, by="maria", alarm_id="L1", route_ids=("CX1",), what="CX1 late", why="?", do="Call")
    done_day.told(late)
    assert open_things(done_day) == ["The alarm 'CX1 late' (L1) still stands. Clear it."]
    done_day.told(AlarmCleared(at=TEN, by="maria", alarm_id="L1"))
    assert open_things(done_day) == []


def test_a_refusal_names_every_open_thing():
    with pytest.raises(Refused) as refused:
        close(planned().day, station=STATION, at=SIX_PM, by="maria")
    assert refused.value.reasons[:2] == (
        "CX1 never left; 6 packages are not accounted for. Debrief it as a route that did not run.",
        "CX7 never left; 6 packages are not accounted for. Debrief it as a route that did not run.",
    )
    assert len(refused.value.reasons) == 2 + len(STATION.close.checklist)


def test_routes_that_did_not_run_and_routes_without_packages_do_not_keep_a_day_open():
    story = planned(plan(route("CX1"), route("CX7", packages=())))
    accounts = debrief.prefill(story.day, "CX1", STATION)
    story.does(debrief.debrief, route_id="CX1", accounts=accounts, station=STATION)
    story.told(*(ChecklistItemDone(at=TEN, by="maria", item=i.partition(":")[0]) for i in STATION.close.checklist))
    assert open_things(story) == []
