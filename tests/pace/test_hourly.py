"""The report that goes to the station every hour."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from dispatchkit.day.facts.road import AlarmAcknowledged, AlarmRaised, RescueEnded, RescueStarted, StopsTransferred
from dispatchkit.pace.board import pace_board
from dispatchkit.pace.hourly import hourly
from dispatchkit.pace.named import name
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_calm_day, a_route, clock, cx1_forty_behind

ELEVEN = clock(11)


@pytest.fixture
def report(station):
    def write(story, at=ELEVEN):
        day, tables = story.day(), timetables(story.plan, story.travel)
        board = pace_board(day, now=at, station=station, travel=story.travel)
        return hourly(
            day, board, now=at, station=station, tables=tables, name_of=lambda d: d.replace("driver of", "Ada")
        )

    return write


def rescued(story, *, at, met_at=None, outcome=""):
    what = {"rescue_id": "R1", "route_id": "CX1", "helper_route_id": "CX7", "stop_ids": ("CX1-199",)}
    meet = {"meet_at": clock(11, 30), "meet_lat": 41, "meet_lng": -93}
    story.happened(RescueStarted(at=at, by="maria", helper_order=("CX1-199",), **meet, **what))
    if met_at:
        story.happened(
            StopsTransferred(at=met_at, by="sim", helper_order=("CX1-199",), handover_s=600, lat=41, lng=-93, **what)
        )
    if outcome:
        story.happened(RescueEnded(at=met_at or at, by="maria", rescue_id="R1", outcome=outcome))
    return story


def test_it_reads_as_dispatchers_write_it(report):
    made = report(cx1_forty_behind(ELEVEN))
    assert (made.in_progress, made.at_risk, made.behind) == (1, 0, 1)
    lines = made.text.splitlines()
    assert lines[0] == "DXX1 14 Mar 11:00"
    assert lines[1].startswith("In progress 1 | At risk 0 | Behind 1 | Package progress ")
    assert "CX1 | Ada CX1 | 40 BEHIND" in lines
    assert any(line.startswith("Root cause: high stop count (200 stops") for line in lines)
    assert lines[-1] == "Action: not decided yet"


def test_on_a_calm_day_nobody_is_behind_and_package_progress_is_that_of_the_stops(report):
    made = report(a_calm_day())
    assert (made.behind, made.in_progress, made.routes) == (0, 6, ())
    assert 35 < made.package_pct < 45


def test_routes_that_have_not_left_and_those_that_are_back_are_counted_apart(report):
    story = PaceStory(a_route("CX1"), a_route("CX2", block=1), a_route("CX3", block=2, departs_at=clock(12)))
    story.departed("CX1").drove("CX1", ELEVEN).departed("CX2").came_back("CX2", clock(10, 50))
    made = report(story)
    assert (made.in_progress, made.not_left, made.back) == (1, 1, 1)
    assert "Not left 1 | Back 1" in made.text


class TestRootCause:
    def cause(self, report, story, at=ELEVEN):
        (behind,) = report(story, at).routes
        return behind

    def test_a_slow_pace_is_told_by_the_stops(self, report):
        story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", ELEVEN, rate=1.3)
        behind = self.cause(report, story)
        assert (behind.cause, behind.cause_why) == ("slow pace", "stops take 1.30 times as long as planned")

    def test_nothing_heard_is_a_connection_issue(self, report):
        story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(9, 30))
        assert self.cause(report, story).cause == "connection issue"

    def test_a_route_with_far_more_stops_than_usual(self, report):
        story = PaceStory(a_route("CX1", stops=200), *(a_route(f"CX{k}", block=k, stops=120) for k in (2, 3)))
        story.departed("CX1").drove("CX1", ELEVEN, lost_min=60, lost_at=clock(9))
        behind = self.cause(report, story)
        assert (behind.cause, behind.cause_why) == ("high stop count", "200 stops, 120 are usual today")

    def test_a_late_start_is_none_of_the_usual_causes_and_is_said(self, report):
        story = PaceStory(a_route("CX1"), a_route("CX2", block=1)).departed("CX1")
        story.drove("CX1", ELEVEN, lost_min=60, lost_at=clock(9))
        behind = self.cause(report, story)
        assert (behind.cause, behind.cause_why, behind.cause_by) == ("other", "", "")

    def test_a_person_knows_better_and_is_named_with_the_time(self, report, station):
        story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", ELEVEN, rate=1.3)
        cause = {"route_id": "CX1", "cause": "spread-out route"}
        story.happened(*name(story.day(), station=station, at=ELEVEN, by="jo", **cause))
        behind = self.cause(report, story)
        assert (behind.cause, behind.cause_why, behind.cause_by) == ("spread-out route", "jo at 11:00", "jo")
        assert "Root cause: spread-out route (jo at 11:00)" in report(story).text

    def test_a_person_who_agrees_with_the_figures_leaves_what_they_say(self, report, station):
        story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", ELEVEN, rate=1.3)
        story.happened(*name(story.day(), route_id="CX1", cause="slow pace", station=station, at=ELEVEN, by="jo"))
        assert self.cause(report, story).cause_why == "stops take 1.30 times as long as planned; jo at 11:00"

    def test_a_cause_that_the_station_took_off_its_list_is_not_proposed(self, report, station):
        story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", ELEVEN, rate=1.3)
        causes = ("weather: weather", "other: something else")
        own = replace(station, hourly=replace(station.hourly, root_causes=causes))
        day, tables = story.day(), timetables(story.plan, story.travel)
        board = pace_board(day, now=ELEVEN, station=own, travel=story.travel)
        (behind,) = hourly(day, board, now=ELEVEN, station=own, tables=tables, name_of=str).routes
        assert (behind.cause, behind.cause_why) == ("something else", "")


class TestAction:
    def action(self, report, story, at=ELEVEN):
        return next((r.action, r.action_why) for r in report(story, at).routes if r.code == "CX1")

    def test_an_alarm_that_somebody_took_on_is_a_rescue_planned(self, report):
        story = cx1_forty_behind(ELEVEN).happened(
            AlarmRaised(at=ELEVEN, by="watch", alarm_id="late:CX1:1", route_ids=("CX1",), what="", why="", do=""),
            AlarmAcknowledged(at=ELEVEN, by="maria", alarm_id="late:CX1:1"),
        )
        assert self.action(report, story) == ("rescue planned", "maria is on it")

    def test_a_rescue_just_started_was_sent_and_is_on_the_way_once_both_were_told(self, report):
        meets = "CX7 meets it at 11:30"
        assert self.action(report, rescued(cx1_forty_behind(ELEVEN), at=ELEVEN)) == ("rescue sent", meets)
        told = rescued(cx1_forty_behind(ELEVEN), at=ELEVEN - timedelta(minutes=16))
        assert self.action(report, told) == ("rescue on the way", meets)

    def test_after_the_meeting_it_is_watched_and_at_its_end_complete(self, report):
        at = ELEVEN - timedelta(minutes=30)
        met = rescued(cx1_forty_behind(ELEVEN), at=at, met_at=ELEVEN - timedelta(minutes=5))
        assert self.action(report, met)[0] == "monitoring"
        over = rescued(cx1_forty_behind(ELEVEN), at=at, met_at=ELEVEN - timedelta(minutes=5), outcome="complete")
        assert self.action(report, over) == ("complete", "CX7 took 1 stop")

    def test_what_a_dispatcher_says_is_done_counts(self, report, station):
        story = cx1_forty_behind(ELEVEN)
        story.happened(*name(story.day(), route_id="CX1", action="monitoring", station=station, at=ELEVEN, by="jo"))
        assert self.action(report, story) == ("monitoring", "jo at 11:00")
