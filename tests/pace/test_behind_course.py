"""How far behind a route was over the day: what was heard, gaps where nothing was, and where it is heading."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts.road import BreakTaken, PositionSeen, StopsTransferred
from dispatchkit.pace import pace_board
from dispatchkit.pace.behind_course import Trend, behind_courses
from dispatchkit.pace.timetable import timetables
from dispatchkit.station import load
from tests.pace.story import PaceStory, a_calm_day, a_route, clock, cx1_forty_behind

STATION = load()


def course_of(story, now, route_id="CX1", station=STATION):
    day = story.day()
    return behind_courses(day, now=now, station=station, tables=timetables(day.plan, story.travel))[route_id]


def seen(story, *instants, route_id="CX1"):
    return story.happened(
        *(PositionSeen(at=at, by="telematics", route_id=route_id, lat=41.03, lng=-93.0) for at in instants)
    )


def every(minutes, begin, end):
    return [begin + timedelta(minutes=m) for m in range(0, int((end - begin).total_seconds() / 60) + 1, minutes)]


def at(course, instant):
    """The figure of the last sample up to an instant."""
    return course.behind[np.searchsorted(course.at_s, instant.timestamp(), side="right") - 1]


def test_a_route_that_has_not_left_has_no_course():
    course = course_of(PaceStory(a_route("CX1")), clock(10))
    assert (course.at_s.size, course.behind.size, course.trend, course.words) == (0, 0, None, "not left yet")


def test_one_figure_every_quarter_of_an_hour_from_the_departure_and_one_for_the_last_news():
    course = course_of(a_calm_day(1), clock(11), "CX0")
    minutes = (course.at_s - clock(8, 30).timestamp()) / 60
    assert minutes[:-1].tolist() == list(range(0, 150, 15))
    assert 135 < minutes[-1] <= 150
    assert np.abs(course.behind).max() <= 1


def test_time_lost_at_one_go_is_a_rise_where_the_van_was_seen_meanwhile():
    story = cx1_forty_behind(clock(11))
    course = course_of(seen(story, *every(5, clock(8, 30), clock(11))), clock(11))
    assert (at(course, clock(9)), at(course, clock(11))) == (0, 40)
    assert np.all(np.diff(course.behind[3:8]) > 0)


def test_where_nothing_was_heard_there_is_a_gap_and_no_flat_line():
    course = course_of(cx1_forty_behind(clock(11)), clock(11))
    assert not np.isnan(at(course, clock(9, 15)))
    assert np.isnan(at(course, clock(10)))
    assert at(course, clock(11)) == pytest.approx(40, abs=1)


def test_it_ends_with_the_last_news_and_not_with_the_clock():
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    course = course_of(story, clock(13))
    assert clock(9, 55).timestamp() < course.at_s[-1] <= clock(10).timestamp()
    assert course.trend is None


def test_bare_counts_stand_for_when_they_were_told_so_that_there_is_no_saw():
    story = PaceStory(a_route("CX1")).departed("CX1")
    table = timetables(story.plan, story.travel).of(story.day(), "CX1")
    for told_at in every(20, clock(8, 50), clock(10, 30)):
        story.reported("CX1", table.expected(told_at), told_at)
    course = course_of(seen(story, *every(5, clock(8, 30), clock(10, 45))), clock(10, 45))
    assert set(course.behind) == {0}


def test_a_count_that_comes_late_fills_the_course_and_overwrites_nothing():
    story = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", 40, clock(10)).reported("CX1", 20, clock(9, 15))
    route = story.day().road.routes["CX1"]
    assert (route.done_count, route.reported.stops_done) == (40, 40)
    assert abs(at(course_of(story, clock(10)), clock(9, 30))) <= 2
    assert list(story.reported("CX1", 20, clock(9, 15)).day().road.routes["CX1"].reports) == [clock(10), clock(9, 15)]


def met(story, when, stops, helper_order):
    return story.happened(
        StopsTransferred(
            at=when, by="maria", rescue_id=f"r{when:%H%M}", route_id="CX1", helper_route_id="CX7", stop_ids=stops,
            helper_order=helper_order, handover_s=600, lat=41.03, lng=-93.0,
        )
    )  # fmt: skip


def test_what_a_route_gave_away_was_its_own_until_the_meeting():
    before = cx1_forty_behind(clock(11))
    given = tuple(f"CX1-{k}" for k in range(30, 60))
    order = (*(f"CX7-{k}" for k in range(70, 120)), *given)
    was, became = course_of(before, clock(11)), course_of(met(before, clock(11), given, order), clock(11, 5))
    assert np.array_equal(was.behind[:-1], became.behind[: was.behind.size - 1], equal_nan=True)
    assert became.trend is None, "the stops that others took are no pace"
    helper = course_of(before, clock(11, 5), "CX7")
    assert np.abs(helper.behind).max() <= 1


def test_a_helper_is_behind_its_new_order_only_after_the_meeting():
    story = cx1_forty_behind(clock(11))
    taken = tuple(f"CX1-{k}" for k in range(180, 200))
    met(story, clock(10), taken, (*(f"CX7-{k}" for k in range(36, 120)), *taken))
    course = course_of(story, clock(11), "CX7")
    assert abs(at(course, clock(9, 55))) <= 1
    now = {x.code: x.behind for x in pace_board(story.day(), now=clock(11), station=STATION, travel=story.travel)}
    assert abs(at(course, clock(11)) - now["CX7"]) <= 1


def losing(rate=1.5, until=None):
    until = until or clock(11)
    return PaceStory(a_route("CX1")).departed("CX1").drove("CX1", until, rate=rate)


def test_a_slow_route_loses_and_says_how_much_an_hour():
    trend = course_of(losing(), clock(11)).trend
    assert trend.words == f"losing {trend.per_h:.0f}/h"
    assert trend.spoken == f"losing {trend.per_h:.0f} stops an hour"
    assert 5 <= trend.per_h <= 12


def test_a_route_that_catches_up_gains_and_one_that_keeps_its_pace_is_steady():
    assert course_of(losing(0.7), clock(11)).trend.words.startswith("gaining ")
    assert course_of(a_calm_day(1), clock(11), "CX0").trend.words == "steady"


def test_what_counts_as_steady_is_the_stations():
    rules = replace(STATION.behind, steady_per_h=50.0)
    assert course_of(losing(), clock(11), station=replace(STATION, behind=rules)).trend.words == "steady"


@pytest.mark.parametrize(("minutes", "known"), [(20, False), (40, True)])
def test_of_a_route_that_has_just_left_no_trend_is_spoken(minutes, known):
    now = clock(8, 30) + timedelta(minutes=minutes)
    assert (course_of(losing(until=now), now).trend is not None) == known


def test_a_route_with_nothing_left_to_do_and_one_that_is_back_have_no_trend():
    story = PaceStory(a_route("CX1", stops=20)).departed("CX1").drove("CX1", clock(10))
    assert course_of(story, clock(9, 30)).trend is None
    assert course_of(losing().came_back("CX1", clock(11)), clock(11)).trend is None


def test_a_break_that_was_told_is_a_sign_of_life():
    story = losing(until=clock(10))
    heard = course_of(story, clock(10, 40))
    rested = course_of(
        story.happened(BreakTaken(at=clock(10, 30), by="driver", route_id="CX1", duration_s=1800)), clock(10, 40)
    )
    assert rested.at_s[-1] == clock(10, 30).timestamp() > heard.at_s[-1]


def test_it_is_said_by_the_hour_for_those_who_do_not_see_it():
    assert course_of(losing(), clock(11)).words == "behind over the day: 0, 8, 17, 21; losing 8 stops an hour"
    said = course_of(cx1_forty_behind(clock(11)), clock(11)).words
    assert said.startswith("behind over the day: 0, ")
    assert "nothing heard" in said


def test_a_trend_rounds_as_people_do():
    assert [Trend(per_h=x, steady=False).words for x in (8.6, -6.2)] == ["losing 9/h", "gaining 6/h"]


reports = st.lists(st.tuples(st.integers(1, 300), st.integers(0, 160)), max_size=8)


@given(counts=reports, signs=st.lists(st.integers(-30, 400), max_size=8), now_min=st.integers(0, 420))
def test_whatever_is_told_in_whatever_order_the_course_is_sorted_and_never_beyond_now(counts, signs, now_min):
    begin, story = clock(8, 30), PaceStory(a_route("CX1")).departed("CX1")
    for minutes, done in counts:
        story.reported("CX1", done, begin + timedelta(minutes=minutes))
    seen(story, *(begin + timedelta(minutes=m) for m in signs))
    course = course_of(story, begin + timedelta(minutes=now_min))
    assert np.all(np.diff(course.at_s) > 0)
    assert course.at_s[-1] <= begin.timestamp() + 60 * now_min
    assert course.behind[0] == 0
    assert np.all(np.abs(course.behind[~np.isnan(course.behind)]) <= 160)
