from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts.end_of_shift import ReturnCleared
from dispatchkit.day.facts.road import BreakTaken
from dispatchkit.pace.forecast import Finish, project
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_calm_day, a_route, clock, cx1_forty_behind


@pytest.fixture
def seen(station):
    def projection(story, now, route_id="CX1", **profile):
        tables = timetables(story.plan, story.travel)
        return project(story.day(), route_id, now=now, station=replace(station, **profile), tables=tables)

    return projection


def test_a_route_on_its_plan_is_expected_back_when_its_plan_says(seen):
    story = a_calm_day(1)
    planned_back = story.plan.route["CX0"].finish_by - timedelta(minutes=60)
    assert abs(seen(story, clock(11), "CX0").finish.mean_at - planned_back) < timedelta(minutes=1)


def test_a_route_that_has_not_left_is_expected_from_its_departure_and_from_now_once_that_is_past(seen, station):
    as_reckoned = replace(station.forecast, calibration=("0: 0 1 1",))
    story = PaceStory(a_route("CX1", slack_min=0))
    planned_back = story.plan.route["CX1"].finish_by
    early, late = (seen(story, at, forecast=as_reckoned).finish.at(0.5) for at in (clock(6), clock(9)))
    assert abs(early - planned_back) < timedelta(seconds=1)
    assert abs(late - planned_back - timedelta(minutes=30)) < timedelta(seconds=1)


def test_a_slow_driver_is_expected_later_and_the_more_so_the_longer_he_has_been_slow(seen):
    late = {
        until: seen(PaceStory(a_route("CX1")).departed("CX1").drove("CX1", until, rate=1.3), until).rate
        for until in (clock(8, 50), clock(10), clock(13))
    }
    assert 1 < late[clock(8, 50)] < late[clock(10)] < late[clock(13)] < 1.3


def test_a_break_still_owed_is_part_of_the_forecast_and_one_taken_is_not(seen):
    story = PaceStory(a_route("CX1", break_s=1800)).departed("CX1").drove("CX1", clock(10))
    owed = seen(story, clock(10, 1))
    assert owed.break_s == 1800
    story.happened(BreakTaken(at=clock(10, 30), by="driver", route_id="CX1", duration_s=1800))
    taken = seen(story, clock(10, 30))
    assert taken.break_s == 0
    assert abs(taken.finish.mean_at - owed.finish.mean_at) < timedelta(minutes=3)


def test_the_break_lies_where_the_plan_has_it_and_in_front_once_that_is_past(seen):
    early = seen(PaceStory(a_route("CX1", break_s=1800)).departed("CX1").drove("CX1", clock(10)), clock(10, 1))
    late = seen(PaceStory(a_route("CX1", break_s=1800)).departed("CX1").drove("CX1", clock(13)), clock(13, 1))
    gaps = np.diff(early.done_at_s)
    assert 0 < int(np.argmax(gaps)) < len(gaps) - 1
    assert gaps.max() > 1800
    assert late.done_at_s[0] - late.starts_s > 1800
    assert (late.break_after_s(1), early.break_after_s(1)) == (0.0, 1800)


def test_a_window_that_opens_later_is_waited_for(seen):
    free = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    bound = PaceStory(a_route("CX1", opens={80: clock(13)})).departed("CX1").drove("CX1", clock(10))
    at = seen(bound, clock(10, 1))
    k = at.work.stop_ids.index("CX1-80")
    assert at.done_at_s[k] >= clock(13).timestamp()
    waited_s = (at.finish.mean_at - seen(free, clock(10, 1)).finish.mean_at).total_seconds()
    assert waited_s == pytest.approx(at.wait_s.sum(), abs=1)
    assert waited_s > 3600


def test_a_driver_who_falls_silent_is_not_done_with_more_than_is_known(seen, station):
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    silent = timedelta(seconds=station.pace.stale_after_s)
    fresh = seen(story, clock(10, 1)).finish.mean_at
    assert seen(story, clock(10) + silent / 2).finish.mean_at == fresh
    assert seen(story, clock(10) + silent + timedelta(minutes=40)).finish.mean_at - fresh > timedelta(minutes=35)


def test_nobody_is_back_before_now(seen):
    story = PaceStory(a_route("CX1", stops=5)).departed("CX1").drove("CX1", clock(12))
    assert seen(story, clock(14)).finish.at(0.1) == clock(14)


def test_a_driver_who_is_cleared_heads_back_and_leaves_stops_undone(seen):
    story = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(10))
    story.happened(ReturnCleared(at=clock(10), by="maria", route_id="CX1"))
    assert seen(story, clock(10, 1)).finish.at(0.9) < clock(10, 30)


def test_the_bare_count_and_the_told_stops_expect_about_the_same(seen):
    told = PaceStory(a_route("CX1")).departed("CX1").drove("CX1", clock(11))
    done = told.day().road.routes["CX1"].done_count
    counted = PaceStory(a_route("CX1")).departed("CX1").reported("CX1", done, clock(11))
    apart = seen(told, clock(11)).finish.mean_at - seen(counted, clock(11)).finish.mean_at
    assert abs(apart) < timedelta(minutes=4)


def test_with_the_help_taken_off_p80_meets_the_window(seen):
    at = seen(cx1_forty_behind(clock(11)), clock(11))
    kept = 1 - at.help_min * 60 / (at.stops_s * at.rate)
    mean_s = at.mean_s - (1 - kept) * at.stops_s * at.rate
    after = at.finish_around(mean_s, stops_s=kept * at.stops_s, noise_s2=kept * float(at.noise_s2.sum()))
    assert abs(after.at(0.8) - at.finish_by) < timedelta(seconds=1)


def test_a_route_that_will_be_in_time_needs_no_help(seen):
    assert seen(a_calm_day(1), clock(11), "CX0").help_min == 0


def test_where_even_an_empty_van_is_late_all_the_work_is_to_be_taken_off(seen):
    story = PaceStory(a_route("CX1", slack_min=-400)).departed("CX1").drove("CX1", clock(11))
    at = seen(story, clock(11))
    assert at.help_min == pytest.approx(at.stops_s * at.rate / 60)


@given(st.floats(0, 7_200), st.lists(st.floats(0.01, 0.99), min_size=2, max_size=2))
def test_quantiles_rise_and_agree_with_the_chance_of_being_later(spread_s, shares):
    finish = Finish(mean_at=clock(17), spread_s=spread_s, not_before=clock(11))
    low, high = sorted(shares)
    assert finish.at(low) <= finish.at(high)
    if spread_s > 60:
        assert finish.chance_after(finish.at(low)) == pytest.approx(1 - low, abs=1e-3)


def test_what_is_certain_has_no_chance_in_between():
    back = Finish(mean_at=clock(17), spread_s=0, not_before=clock(17))
    assert (back.chance_after(clock(17)), back.chance_after(clock(16, 59))) == (0.0, 1.0)
