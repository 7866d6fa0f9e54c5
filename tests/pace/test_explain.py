from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts.road import BreakTaken
from dispatchkit.pace.explain import explain_late, in_words, shares
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_calm_day, a_route, clock


@pytest.fixture
def why(station):
    def reasons(story, now, route_id="CX1"):
        tables = timetables(story.plan, story.travel)
        return explain_late(story.day(), route_id, now=now, station=station, tables=tables)

    return reasons


def test_a_late_departure_is_the_reason_where_the_pace_is_the_plans(why):
    story = PaceStory(a_route("CX1")).departed("CX1", clock(9, 30)).drove("CX1", clock(11))
    (first, *_) = why(story, clock(11))
    assert (first.what, first.minutes) == ("left 60 min late", 60)
    assert first.share_pct > 90


def test_a_slow_area_is_named(why):
    route, stops = a_route("CX1")
    story = PaceStory((route, [replace(s, zone="A-12") for s in stops]))
    story.departed("CX1").drove("CX1", clock(11), rate=1.3)
    said = {reason.what for reason in why(story, clock(11))}
    assert "slow service in A-12" in said
    assert any(what.startswith("slow at the door on the") for what in said)


def test_time_lost_at_one_go_is_no_slow_area(why):
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(11), lost_min=60, lost_at=clock(9))
    (first, *_) = why(story, clock(11))
    assert first.what == "60 min lost at one go"


def test_a_break_that_was_too_long_is_a_reason_and_the_one_planned_is_none(why):
    def rested(minutes):
        story = PaceStory(a_route("CX1", break_s=1800)).departed("CX1").drove("CX1", clock(10))
        ended = clock(10) + timedelta(minutes=minutes)
        story.happened(BreakTaken(at=ended, by="driver", route_id="CX1", duration_s=60 * minutes))
        return {reason.what: reason.minutes for reason in why(story, ended)}

    assert rested(60)["longer breaks than planned"] == 30
    assert "longer breaks than planned" not in rested(30)


def test_a_route_that_still_stands_at_the_station_is_late_for_that_alone(why):
    (only,) = why(PaceStory(a_route("CX1")), clock(9))
    assert (only.what, only.share_pct) == ("has not left, 30 min after its plan", 100)


def test_a_plan_longer_than_its_window_is_said_so(why):
    story = PaceStory(a_route("CX1", slack_min=-40)).departed("CX1").drove("CX1", clock(9))
    (first, *_) = why(story, clock(9))
    assert (first.what, round(first.minutes)) == ("more work than its window holds", 40)


def test_on_a_calm_day_there_is_nothing_to_explain(why):
    assert why(a_calm_day(1), clock(11), "CX0") == ()
    assert in_words(()) == ""


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.floats(-1e4, 1e5), max_size=9))
def test_the_shares_are_whole_and_add_up_to_a_hundred(causes):
    found = shares(causes)
    assert sum(reason.share_pct for reason in found) == (100 if found else 0)
    assert [r.minutes for r in found] == sorted((r.minutes for r in found), reverse=True)
    assert all(isinstance(r.share_pct, int) and r.share_pct >= 0 for r in found)


def test_it_reads_as_a_dispatcher_says_it():
    assert in_words(shares({"left 25 min late": 1500, "slow service in A-12": 1500})) == (
        "Late because: slow service in A-12 (50 %), left 25 min late (50 %)."
    )
