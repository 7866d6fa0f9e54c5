from datetime import timedelta

from dispatchkit.day.facts.road import BreakTaken, PositionSeen, StopServed
from dispatchkit.pace.progress import progress
from dispatchkit.pace.timetable import timetables
from dispatchkit.plan.legs import STATION
from tests.pace.story import PaceStory, a_route, clock

A_QUARTER_S = 900


def known(story, lost_after_s=A_QUARTER_S):
    tables = timetables(story.plan, story.travel)
    return progress(story.day(), "CX1", tables, lost_after_s=lost_after_s, short_leg_s=340)


def one_route(**plan):
    return PaceStory(a_route("CX1", **plan)).departed("CX1")


def test_a_route_that_has_not_left_has_no_progress():
    assert known(PaceStory(a_route("CX1"))) is None


def test_a_route_that_has_just_left_stands_at_the_station():
    at = known(one_route())
    assert (at.last_stop_id, at.since, at.paced_stops) == (STATION, clock(8, 30), 0)


def test_time_lost_once_is_not_taken_for_the_drivers_pace():
    at = known(one_route().drove("CX1", clock(11), lost_min=90, lost_at=clock(9)))
    assert abs(at.worked_s / at.planned_s - 1) < 0.01


def test_what_counts_as_lost_is_the_stations_to_say():
    story = one_route().drove("CX1", clock(11), lost_min=90, lost_at=clock(9))
    assert known(story, lost_after_s=2 * 3600).worked_s - known(story).worked_s > 90 * 60


def test_a_slow_driver_is_known_by_his_stops():
    at = known(one_route().drove("CX1", clock(11), rate=1.2))
    assert abs(at.worked_s / at.planned_s - 1.2) < 0.01


def test_a_stretch_with_a_break_in_it_tells_nothing_about_pace():
    story = one_route().drove("CX1", clock(10))
    last = story.day().road.routes["CX1"].last_served
    done = known(story).paced_stops
    story.happened(
        BreakTaken(at=last.at + timedelta(minutes=10), by="driver", route_id="CX1", duration_s=600),
        StopServed(at=last.at + timedelta(minutes=12), by="driver", route_id="CX1", stop_id=f"CX1-{done}"),
    )
    assert known(story).paced_stops == done


def test_waiting_for_a_window_is_not_taken_for_pace():
    story = one_route(opens={27: clock(9, 50)}).drove("CX1", clock(10))
    first = [f"CX1-{k}" for k in range(27)]
    story.facts = [f for f in story.facts if not isinstance(f, StopServed) or f.stop_id in first]
    story.happened(StopServed(at=clock(9, 52), by="driver", route_id="CX1", stop_id="CX1-27"))
    assert known(story).paced_stops == 27


def test_after_a_break_the_work_goes_on_from_its_end():
    story = one_route().drove("CX1", clock(10))
    story.happened(BreakTaken(at=clock(10, 30), by="driver", route_id="CX1", duration_s=1800))
    assert known(story).since == clock(10, 30)


def test_for_a_bare_count_the_report_stands_for_the_last_completion():
    at = known(one_route().reported("CX1", 40, clock(10, 7)))
    assert (at.last_stop_id, at.since, at.paced_stops) == ("CX1-39", clock(10, 7), 40)


def test_a_count_that_knows_no_more_than_the_stops_told_one_by_one_changes_nothing():
    story = one_route().drove("CX1", clock(10))
    before = known(story)
    after = known(story.reported("CX1", before.paced_stops, clock(10, 1)))
    assert (after.since, after.last_stop_id) == (before.since, before.last_stop_id)


def test_a_position_after_the_last_stop_says_that_there_was_no_further_one():
    story = one_route().drove("CX1", clock(10))
    story.happened(PositionSeen(at=clock(10, 25), by="telematics", route_id="CX1", lat=41, lng=-93))
    assert known(story).quiet_until == clock(10, 25)


def test_before_its_first_stop_a_position_says_so_too_where_stops_are_told_one_by_one():
    here = PositionSeen(at=clock(8, 50), by="telematics", route_id="CX1", lat=41, lng=-93)
    alone = PaceStory(a_route("CX1"), a_route("CX2", block=1)).departed("CX1").departed("CX2").happened(here)
    assert known(alone).quiet_until == clock(8, 30)
    assert known(alone.drove("CX2", clock(8, 50))).quiet_until == clock(8, 50)


def test_before_its_first_stop_a_position_beside_a_bare_count_says_nothing_of_stops():
    here = PositionSeen(at=clock(9, 10), by="telematics", route_id="CX1", lat=41, lng=-93)
    story = PaceStory(a_route("CX1"), a_route("CX2", block=1)).departed("CX1").departed("CX2")
    story.drove("CX2", clock(9, 10)).reported("CX1", 0, clock(9)).happened(here)
    assert known(story).quiet_until == clock(9)
