from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts.road import BreakTaken, PositionSeen, StopServed, StopsTransferred
from dispatchkit.pace.board import pace_board
from dispatchkit.pace.explain import explain_late, explain_line, in_words, shares
from dispatchkit.pace.ladder import Rung
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


def test_a_stop_that_does_not_end_is_the_reason_while_it_lasts(why):
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    story.happened(PositionSeen(at=clock(12), by="telematics", route_id="CX1", lat=41, lng=-93))
    (first, *_) = why(story, clock(12))
    assert first.what.startswith("no further stop heard of for 12")
    assert 110 < first.minutes < 130
    assert first.share_pct > 80


def test_on_the_way_back_it_is_the_way_back_that_lasts(why):
    story = PaceStory(a_route("CX1", stops=20)).departed("CX1").drove("CX1", clock(10))
    story.happened(PositionSeen(at=clock(11), by="telematics", route_id="CX1", lat=41, lng=-93))
    (first, *_) = why(story, clock(11))
    assert first.what.startswith("not back ")


def test_of_a_bare_count_it_is_said_that_its_stops_took_longer(why):
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 40, clock(11))
    found = {reason.what: reason.minutes for reason in why(story, clock(11))}
    assert found["slow on the first 40 stops"] == pytest.approx(150 - 40 * 2.25 - 3, abs=3)


def test_of_a_count_beyond_the_stops_told_one_by_one_only_what_is_beyond_is_counted_once(why):
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    done = len(story.day().road.routes["CX1"].served)
    found = {reason.what: reason.minutes for reason in why(story.reported("CX1", done + 10, clock(11)), clock(11))}
    assert found["slow on the last 10 stops"] == pytest.approx(60 - 10 * 2.25, abs=3)


def test_a_wait_for_a_window_is_no_slow_service(why):
    story = PaceStory(a_route("CX1", opens={1: clock(9, 40)})).departed("CX1")
    story.happened(*(StopServed(at=at, by="driver", route_id="CX1", stop_id=f"CX1-{k}")
                     for k, at in enumerate((clock(8, 36), clock(9, 42)))))
    found = {reason.what: reason.minutes for reason in why(story, clock(9, 42))}
    assert found["waits for windows of customers so far"] == pytest.approx(64, abs=1)
    assert "slow service so far" not in found


def test_a_meeting_is_no_slow_service_either(why):
    story = PaceStory(a_route("CX1"), a_route("CX7", block=1)).departed("CX1").drove("CX1", clock(10))
    last = story.day().road.routes["CX1"].last_served
    done = len(story.day().road.routes["CX1"].served)
    met = StopsTransferred(
        at=last.at + timedelta(minutes=12), by="maria", rescue_id="r", route_id="CX1", helper_route_id="CX7",
        stop_ids=(), helper_order=(), handover_s=600, lat=41.0, lng=-93.0,
    )  # fmt: skip
    then = last.at + timedelta(minutes=14, seconds=15)
    story.happened(met, StopServed(at=then, by="driver", route_id="CX1", stop_id=f"CX1-{done}"))
    found = {reason.what: reason.minutes for reason in why(story, then)}
    assert found["a meeting with another driver"] == pytest.approx(12, abs=0.5)
    assert "slow service so far" not in found


def test_a_route_that_still_stands_at_the_station_is_late_for_that_alone(why):
    (only,) = why(PaceStory(a_route("CX1")), clock(9))
    assert (only.what, only.share_pct) == ("has not left, 30 min after its plan", 100)


def test_a_plan_longer_than_its_window_is_said_so(why):
    story = PaceStory(a_route("CX1", slack_min=-40)).departed("CX1").drove("CX1", clock(9))
    (first, *_) = why(story, clock(9))
    assert (first.what, round(first.minutes)) == ("more work than its window holds", 40)


def test_on_a_calm_day_there_is_nothing_to_explain(why):
    assert why(a_calm_day(1), clock(11), "CX0") == ()


@given(st.dictionaries(st.text(min_size=1, max_size=5), st.floats(-1e4, 1e5), max_size=9))
def test_the_shares_are_whole_and_add_up_to_a_hundred(causes):
    found = shares(causes)
    assert sum(reason.share_pct for reason in found) == (100 if found else 0)
    assert [r.minutes for r in found] == sorted((r.minutes for r in found), reverse=True)
    assert all(isinstance(r.share_pct, int) and r.share_pct >= 0 for r in found)


@pytest.fixture
def explained(station):
    def line_and_why(story, now):
        asked = {"now": now, "station": station}
        (line,) = pace_board(story.day(), travel=story.travel, **asked)
        tables = timetables(story.plan, story.travel)
        return line, explain_line(story.day(), line, tables=tables, **asked)

    return line_and_why


def test_it_reads_as_a_dispatcher_says_it(explained):
    line, _ = explained(PaceStory(a_route("CX1")).departed("CX1", clock(10)), clock(11))
    assert in_words(line, shares({"left 25 min late": 1500, "slow service in A-12": 1500})) == (
        "Late because: slow service in A-12 (50 %), left 25 min late (50 %)."
    )
    assert in_words(line, ()) == ""


def test_a_route_that_is_behind_and_will_be_in_time_all_the_same_is_not_called_late(explained):
    late_start = PaceStory(a_route("CX1", slack_min=240)).departed("CX1").drove("CX1", clock(11), lost_min=60,
                                                                               lost_at=clock(9))
    line, reasons = explained(late_start, clock(11))
    assert in_words(line, reasons) == "Slower than planned because: 60 min lost at one go (100 %)."


def test_silence_alone_is_nothing_to_explain(explained):
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 160, clock(10))
    line, reasons = explained(story, clock(12))
    assert (line.rung, line.stale, reasons) == (Rung.WATCH, True, ())
