"""A day is what its facts make of it, in the order of the log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.day import fold, follow
from dispatchkit.day.facts import KINDS, Fact
from dispatchkit.day.facts.load_out import LoadingFinished, LoadingStarted
from dispatchkit.day.facts.pre_load_out import DriverAssigned, DriverCalledOut, VanAssigned
from dispatchkit.day.facts.road import NotDelivered, ProgressReported, StopServed, StopsTransferred
from dispatchkit.day.facts.whole_day import DayClosed, DayOpened, DayReopened, FactVoided
from dispatchkit.day.fold import RULES


def served(story, route, i, m, not_delivered=()):
    return StopServed(
        at=story.minutes(m), by="cortex", route_id=route, stop_id=f"{route}:{i}", not_delivered=not_delivered
    )


def reported(story, route, done, m):
    return ProgressReported(at=story.minutes(m), by="cortex", route_id=route, stops_done=done, source="cortex")


def test_a_committed_plan_gives_each_route_its_order(story):
    assert story.day().road.routes["CX1"].remaining == ("CX1:1", "CX1:2", "CX1:3", "CX1:4", "CX1:5")


def test_an_older_report_never_overwrites_a_newer_one(story):
    day = story.day(reported(story, "CX1", 4, 60), reported(story, "CX1", 2, 40))
    assert day.road.routes["CX1"].done_count == 4


def test_a_count_is_taken_to_be_of_the_first_stops_in_order(story):
    assert story.day(reported(story, "CX1", 3, 60)).road.routes["CX1"].remaining == ("CX1:4", "CX1:5")


def test_more_done_than_planned_is_not_believed(story):
    assert story.day(reported(story, "CX1", 99, 60)).road.routes["CX1"].done_count == 5


def test_stops_served_out_of_order_leave_the_right_ones(story):
    day = story.day(served(story, "CX1", 2, 5), served(story, "CX1", 1, 9))
    assert day.road.routes["CX1"].remaining == ("CX1:3", "CX1:4", "CX1:5")
    assert day.road.routes["CX1"].last_served.stop_id == "CX1:1"


def test_what_is_said_of_an_unknown_route_is_kept_and_marked(story):
    day = story.day(reported(story, "CX999", 3, 60))
    assert set(day.road.unknown_routes) == {"CX999"}
    assert "CX999" not in day.road.routes


def test_a_refused_package_is_remembered_with_its_reason(story):
    refused = (NotDelivered("P-CX1:1", "REFUSED"),)
    assert (
        story.day(served(story, "CX1", 1, 5, refused)).road.routes["CX1"].not_delivered["P-CX1:1"].reason == "REFUSED"
    )


def test_stops_change_hands_at_the_meeting_and_none_is_lost(story):
    met = StopsTransferred(
        at=story.minutes(60),
        by="simulator",
        rescue_id="r1",
        route_id="CX1",
        helper_route_id="CX7",
        stop_ids=("CX1:4", "CX1:5"),
        helper_order=("CX7:2", "CX1:4", "CX1:5", "CX7:3", "CX7:4", "CX7:5"),
        handover_s=600,
        lat=41.6,
        lng=-93.6,
    )
    road = story.day(served(story, "CX7", 1, 5), met).road
    assert road.routes["CX1"].order == ("CX1:1", "CX1:2", "CX1:3")
    assert road.routes["CX7"].order[:1] == ("CX7:1",)
    assert sorted(road.routes["CX1"].order + road.routes["CX7"].order) == sorted(story.artifacts.plan.stop)


def test_a_stop_served_before_the_meeting_stays_with_who_served_it(story):
    met = StopsTransferred(
        at=story.minutes(60), by="simulator", rescue_id="r1", route_id="CX1", helper_route_id="CX7",
        stop_ids=("CX1:1", "CX1:5"), helper_order=("CX1:1", "CX1:5", *(f"CX7:{i}" for i in range(1, 6))),
        handover_s=600, lat=41.6, lng=-93.6,
    )  # fmt: skip
    road = story.day(served(story, "CX1", 1, 5), met).road
    assert (road.routes["CX1"].done_count, road.routes["CX1"].remaining) == (1, ("CX1:2", "CX1:3", "CX1:4"))
    assert "CX1:1" not in road.routes["CX7"].order


def test_a_driver_has_one_route_and_a_van_too(story):
    day = story.day(
        DriverAssigned(at=story.ten, by="maria", route_id="CX1", driver_id="A1"),
        DriverAssigned(at=story.ten, by="maria", route_id="CX7", driver_id="A1"),
        VanAssigned(at=story.ten, by="maria", route_id="CX1", van_id="7"),
        VanAssigned(at=story.ten, by="maria", route_id="CX7", van_id="7"),
    )
    assert (day.pre_load_out.driver_of, day.pre_load_out.van_of) == ({"CX7": "A1"}, {"CX7": "7"})


def test_a_van_changed_after_loading_has_to_be_loaded_anew(story):
    loaded = [
        VanAssigned(at=story.ten, by="maria", route_id="CX1", van_id="7"),
        LoadingStarted(at=story.ten, by="maria", route_id="CX1"),
        LoadingFinished(at=story.ten, by="maria", route_id="CX1", packages=5),
    ]
    other_van = VanAssigned(at=story.ten, by="maria", route_id="CX1", van_id="8")
    assert "CX1" in story.day(*loaded).load_out.loaded
    assert "CX1" not in story.day(*loaded, other_van).load_out.loaded | story.day(*loaded, other_van).load_out.loading


def test_a_call_out_leaves_the_route_without_driver(story):
    day = story.day(
        DriverAssigned(at=story.ten, by="maria", route_id="CX1", driver_id="A1"),
        DriverCalledOut(at=story.ten, by="maria", driver_id="A1", attendance="Called out excused"),
    )
    assert day.pre_load_out.driver_of == {}


def test_a_voided_fact_does_not_count_and_voiding_the_void_brings_it_back(story):
    wrong, void = reported(story, "CX1", 4, 60), FactVoided(at=story.minutes(61), by="maria", n=(2,), why="typo")
    assert story.day(wrong, void).road.routes["CX1"].done_count == 0
    back = FactVoided(at=story.minutes(62), by="maria", n=(3,), why="was right after all")
    assert story.day(wrong, void, back).road.routes["CX1"].done_count == 4


def test_following_past_a_void_is_refused_and_folding_anew_is_right(story):
    log = story.log(reported(story, "CX1", 4, 60), FactVoided(at=story.minutes(61), by="maria", n=(2,), why="typo"))
    day = fold(story.key, log[:2], story.artifacts)
    with pytest.raises(ValueError, match="fold the whole log"):
        follow(day, log[2:], story.artifacts)


def test_a_reopened_day_is_open(story):
    day = story.day(
        DayClosed(at=story.ten, by="maria"), DayReopened(at=story.ten, by="maria", why="a package turned up")
    )
    assert day.course.closed_at is None


def test_every_fact_of_the_vocabulary_concerns_some_slice_or_is_the_void():
    assert set(KINDS.values()) - set(RULES) == {FactVoided}


def test_every_fact_says_when_and_who():
    with pytest.raises(ValueError, match="time zone"):
        DayOpened(at=__import__("datetime").datetime(2026, 3, 14), by="x", station="D", service_day="", timezone="UTC")
    assert all(issubclass(k, Fact) for k in KINDS.values())


@given(
    st.lists(st.tuples(st.sampled_from(["CX1", "CX7"]), st.integers(1, 5), st.integers(0, 500)), max_size=30), st.data()
)
def test_following_fact_by_fact_is_folding_at_once(story, steps, data):
    facts = [served(story, r, i, m) if m % 2 else reported(story, r, i, m) for r, i, m in steps]
    log = story.log(*facts)
    cut = data.draw(st.integers(0, len(log)))
    assert follow(fold(story.key, log[:cut], story.artifacts), log[cut:], story.artifacts) == fold(
        story.key, log, story.artifacts
    )


@given(st.permutations(range(8)))
def test_the_order_in_which_reports_arrive_does_not_matter(story, order):
    facts = [served(story, "CX1", 1 + i % 5, 10 + i) for i in range(4)] + [
        reported(story, "CX1", i, 20 + i) for i in range(4)
    ]
    route = story.day(*[facts[i] for i in order]).road.routes["CX1"]
    assert (route.served, route.reported, route.remaining) == (
        (w := story.day(*facts).road.routes["CX1"]).served,
        w.reported,
        w.remaining,
    )
