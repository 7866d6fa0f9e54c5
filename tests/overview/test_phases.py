"""Where the day stands, from the evening before to the closed shift."""

from datetime import timedelta

from dispatchkit import course
from dispatchkit.day.facts.road import AlarmRaised
from dispatchkit.eos import close, debrief
from dispatchkit.loadout import depart
from dispatchkit.loadout.depart import departure_blockers
from dispatchkit.overview.phases import phases
from dispatchkit.pace import alarms
from dispatchkit.plan import commit
from tests.small_day import (
    PAIRS,
    SIX_PM,
    STATION,
    TEN,
    TWO_ROUTES,
    Story,
    at_the_dock,
    back,
    on_the_road,
    planned,
)
from tests.small_day import says as joined


def bar(story, now=TEN):
    return {p.name: p for p in phases(story.day, now=now, station=STATION)}


def states(story, now=TEN):
    return [p.state for p in phases(story.day, now=now, station=STATION)]


def test_a_new_day_has_no_plan_and_says_what_to_do():
    story = Story().does(course.open_day, timezone="America/Chicago")
    assert states(story) == ["now", "ahead", "ahead", "ahead"]
    assert bar(story)["plan"].says == "No plan yet"
    assert "Import or build routes" in joined(bar(story)["plan"].blockers)


def test_a_draft_is_no_plan():
    story = Story().does(course.open_day, timezone="America/Chicago")
    story.does(commit.give_routes, plan=TWO_ROUTES, digest="plan")
    assert bar(story)["plan"].says == "No plan yet, 1 draft to commit"


def test_a_plan_waits_for_drivers_and_vans():
    plan = bar(planned())["plan"]
    assert (plan.state, plan.says) == ("now", "2 routes, 2 without a driver, 2 without a van")
    assert plan.blockers == (
        "2 routes have no driver: CX1, CX7. Assign one.",
        "2 routes have no van: CX1, CX7. Assign one.",
    )
    assert states(planned()) == ["now", "ahead", "ahead", "ahead"]


def test_at_the_dock_everything_is_ready_and_nothing_blocks():
    phase = bar(at_the_dock())["load_out"]
    assert (phase.state, phase.says, phase.blockers) == ("now", "0 of 2 left", ())
    assert states(at_the_dock()) == ["done", "now", "ahead", "ahead"]


def test_what_blocks_the_load_out_is_what_the_dock_says_of_each_van():
    story = at_the_dock()
    story.facts = [f for f in story.facts if f.kind not in ("VanInspected", "BriefingGiven")]
    assert list(departure_blockers(story.day, "CX1")) == [
        "Van V1 has no DVIC today.",
        "Wave 1 of CX1 has had no stand-up. Brief it.",
    ]
    assert bar(story)["load_out"].blockers == (
        "2 vans have no DVIC today: V1, V2.",
        "Wave 1 has had no stand-up. Brief it.",
    )


def test_while_the_last_van_loads_the_first_is_on_the_road():
    story = at_the_dock().does(depart.depart, route_id="CX1")
    assert states(story) == ["done", "now", "now", "ahead"]
    assert bar(story)["load_out"].says == "1 of 2 left"


def test_the_road_counts_who_is_out_and_who_is_at_risk():
    story = on_the_road()
    assert bar(story)["road"].says == "2 on the road"
    story.told(AlarmRaised(at=TEN, by="watch", alarm_id="late:CX1:1", route_ids=("CX1",), what="w", why="y", do="d"))
    assert bar(story)["road"].says == "2 on the road, 1 at risk"


def test_an_alarm_put_away_is_no_risk_until_then():
    story = on_the_road()
    story.told(AlarmRaised(at=TEN, by="watch", alarm_id="late:CX1:1", route_ids=("CX1",), what="w", why="y", do="d"))
    story.does(alarms.shelve, alarm_id="late:CX1:1", until=TEN + timedelta(minutes=30))
    assert bar(story)["road"].says == "2 on the road"
    assert bar(story, TEN + timedelta(minutes=30))["road"].says == "2 on the road, 1 at risk"


def test_the_road_is_blocked_by_who_is_not_back(served_day):
    assert bar(served_day)["road"].blockers == ("2 routes are not back: CX1, CX7.",)
    assert bar(back(served_day, "CX1"))["road"].blockers == ("CX7 is not back.",)


def test_the_close_begins_with_the_first_return(served_day):
    story = back(served_day, "CX1")
    assert states(story) == ["done", "done", "now", "now"]
    assert bar(story)["close"].says == "0 of 2 debriefed"
    story.does(debrief.debrief, route_id="CX1", accounts=(), station=STATION, at=SIX_PM)
    assert bar(story)["close"].says == "1 of 2 debriefed"


def test_what_blocks_the_close_is_what_the_close_says(done_day):
    assert bar(done_day)["close"].blockers == ()
    done_day.facts = [f for f in done_day.facts if f.kind != "VanReturned"]
    assert bar(done_day)["close"].blockers == ("2 vans are not checked in: V1, V2.",)


def test_a_closed_day_is_done_and_says_when(done_day):
    done_day.does(close.close, station=STATION, at=SIX_PM)
    assert states(done_day) == ["done"] * 4
    assert [p.says for p in bar(done_day).values()] == ["2 routes", "2 of 2 left", "2 back", "Closed at 18:00"]


def test_a_reopened_day_is_at_its_close_again(done_day):
    done_day.does(close.close, station=STATION, at=SIX_PM).does(close.reopen, why="A package came back", at=SIX_PM)
    assert states(done_day) == ["done", "done", "done", "now"]


def test_routes_that_did_not_run_hold_up_neither_load_out_nor_road():
    story = at_the_dock().does(depart.depart, route_id="CX1")
    cancelled = debrief.prefill(story.day, "CX7", STATION)
    story.does(debrief.debrief, route_id="CX7", accounts=cancelled, station=STATION)
    assert states(story) == ["done", "done", "now", "ahead"]


def test_a_day_on_which_nothing_ran_can_be_closed():
    story = at_the_dock()
    for route_id, _, _ in PAIRS:
        accounts = debrief.prefill(story.day, route_id, STATION)
        story.does(debrief.debrief, route_id=route_id, accounts=accounts, station=STATION)
    assert states(story) == ["done", "done", "done", "now"]
    assert bar(story)["close"].says == "2 of 2 debriefed"
