from datetime import timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.day.facts.road import RescueStarted, StopsTransferred
from dispatchkit.pace.timetable import timetables
from tests.pace.story import PaceStory, a_route, clock

STORY = PaceStory(a_route("CX1", stops=60, break_s=1800), a_route("CX7", block=1, stops=60)).departed("CX1")
DAY, TABLES = STORY.day(), timetables(STORY.plan, STORY.travel)
ROUTE = STORY.plan.route["CX1"]
MINUTES = st.integers(-600, 1_200)


@given(MINUTES, MINUTES)
def test_neither_what_is_expected_nor_what_is_required_ever_falls(a, b):
    table = TABLES.of(DAY, "CX1")
    earlier, later = (ROUTE.departs_at + timedelta(minutes=m) for m in sorted((a, b)))
    assert table.expected(earlier) <= table.expected(later)
    assert table.required(earlier) <= table.required(later)


def test_at_the_end_of_the_window_every_stop_is_required_and_before_the_departure_none_is_expected():
    table = TABLES.of(DAY, "CX1")
    assert table.required(ROUTE.finish_by) == 60
    assert table.expected(ROUTE.departs_at) == 0


def test_the_last_stop_is_required_one_way_back_before_the_end_of_the_window():
    table, last = TABLES.of(DAY, "CX1"), ROUTE.finish_by - timedelta(seconds=ROUTE.drive_s[-1])
    assert (table.required(last - timedelta(seconds=1)), table.required(last)) == (59, 60)


def test_expected_counts_planned_completions_from_the_actual_departure():
    left_late = PaceStory(a_route("CX1", stops=60)).departed("CX1", clock(8, 50))
    on_time = PaceStory(a_route("CX1", stops=60)).departed("CX1")
    asked = ((on_time, clock(10)), (left_late, clock(10, 20)))
    expected = [timetables(s.plan, s.travel).of(s.day(), "CX1").expected(now) for s, now in asked]
    assert expected[0] == expected[1] > 0


def test_leaving_late_does_not_change_what_the_window_requires():
    left_late = PaceStory(a_route("CX1", stops=60)).departed("CX1", clock(9))
    on_time = PaceStory(a_route("CX1", stops=60)).departed("CX1")
    required = [timetables(s.plan, s.travel).of(s.day(), "CX1").required(clock(10, 45)) for s in (on_time, left_late)]
    assert required[0] == required[1] > 0


def test_the_break_lies_before_the_second_half_and_shifts_it():
    gaps = np.diff(TABLES.of(DAY, "CX1").planned_s)
    assert (gaps > 1800).sum() == 1


def test_a_plan_and_its_travel_times_have_one_set_of_timetables():
    tables = timetables(STORY.plan, STORY.travel)
    assert timetables(STORY.plan, STORY.travel) is tables
    assert tables.of(DAY, "CX1") is tables.of(STORY.day(), "CX1")


def handed_over(story, at, *, given, helper_order, rescue_id="r1"):
    place = story.plan.stop[given[0]]
    both = {"rescue_id": rescue_id, "route_id": "CX1", "helper_route_id": "CX7", "stop_ids": given, "by": "maria"}
    return story.happened(
        RescueStarted(
            **both, at=at - timedelta(minutes=20), helper_order=helper_order, meet_at=at, meet_lat=place.lat,
            meet_lng=place.lng,
        ),
        StopsTransferred(**both, at=at, helper_order=helper_order, handover_s=600, lat=place.lat, lng=place.lng),
    )  # fmt: skip


def test_stops_given_away_leave_what_is_expected_and_those_taken_over_are_planned_after_the_meeting():
    story = PaceStory(a_route("CX1", stops=60), a_route("CX7", block=1, stops=60)).departed("CX1").departed("CX7")
    story.drove("CX1", clock(9, 30)).drove("CX7", clock(9, 30))
    tables, noon = timetables(story.plan, story.travel), clock(12)
    at_ten = {r: tables.of(story.day(), r).expected(clock(10)) for r in ("CX1", "CX7")}
    given, own = tuple(f"CX1-{k}" for k in range(40, 50)), tuple(f"CX7-{k}" for k in range(30, 60))
    handed_over(story, clock(10), given=given, helper_order=(*given, *own))
    day = story.day()
    assert tables.of(day, "CX1").expected(noon) == 50
    assert tables.of(day, "CX1").expected(clock(10)) == at_ten["CX1"]
    helper = tables.of(day, "CX7")
    assert len(helper.planned_s) == 70
    assert helper.expected(clock(10)) == 30                     # nothing of the new order is due at the meeting itself
    assert at_ten["CX7"] > 30
    assert helper.expected(clock(10, 30)) == 40


def test_every_timetable_that_a_route_has_had_is_there_from_when_it_held():
    story = PaceStory(a_route("CX1", stops=60), a_route("CX7", block=1, stops=60)).departed("CX1").departed("CX7")
    tables = timetables(story.plan, story.travel)
    assert tables.all_of(story.day(), "CX1") == ((clock(8, 30).timestamp(), tables.of(story.day(), "CX1")),)
    first, second = tuple(f"CX1-{k}" for k in range(50, 60)), tuple(f"CX1-{k}" for k in range(40, 50))
    own = tuple(f"CX7-{k}" for k in range(30, 60))
    handed_over(story, clock(10), given=first, helper_order=(*own, *first))
    handed_over(story, clock(11), given=second, helper_order=(*own[20:], *first, *second), rescue_id="r2")
    day = story.day()
    for route_id, stops in (("CX1", [60, 50, 40]), ("CX7", [60, 70, 80])):
        held = tables.all_of(day, route_id)
        assert [since_s for since_s, _ in held] == [clock(h, m).timestamp() for h, m in ((8, 30), (10, 0), (11, 0))]
        assert [table.planned_s.size for _, table in held] == stops
        assert held[-1][1] is tables.of(day, route_id)
