"""Facts that come late, twice, out of order or from a broken clock: the day they make does not depend on it."""

from datetime import timedelta
from itertools import permutations

import pytest

from dispatchkit.day import Entry, fold
from dispatchkit.day.facts.road import (
    BreakTaken,
    NotDelivered,
    PositionSeen,
    ProgressReported,
    StopServed,
    StopsTransferred,
)
from dispatchkit.eos import debrief
from dispatchkit.pace.board import pace_board
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import KEY, SIX_PM, STATION, TEN, at_the_dock, back, on_the_road

ONE = TEN + timedelta(hours=1)


def served(stop_id, at=ONE, route_id="CX1", refused=()):
    return StopServed(
        at=at, by="app", route_id=route_id, stop_id=stop_id,
        not_delivered=tuple(NotDelivered(p, "CUSTOMER UNAVAILABLE") for p in refused),
    )  # fmt: skip


def took_over(*stop_ids, helper_order, at=ONE):
    return StopsTransferred(
        at=at, by="maria", rescue_id="r1", route_id="CX1", helper_route_id="CX7", stop_ids=stop_ids,
        helper_order=helper_order, handover_s=600, lat=41.6, lng=-93.6,
    )  # fmt: skip


def a_break(minute, minutes=30):
    at = TEN + timedelta(minutes=minute)
    return BreakTaken(at=at, by="app", route_id="CX1", duration_s=minutes * 60.0)


def board(story, now=ONE):
    return {x.route_id: x for x in pace_board(story.day, now=now, station=STATION, travel=CalibratedTravel())}


def all_stops(story):
    return sorted(s for route in story.day.road.routes.values() for s in route.order)


@pytest.mark.parametrize("order", [*permutations([a_break(60), a_break(60), a_break(180, 15)])])
def test_breaks_count_once_in_whatever_order_they_are_told(order):
    route = on_the_road().told(*order).day.road.routes["CX1"]
    assert (route.break_s, route.last_break_at) == (45 * 60, TEN + timedelta(minutes=180))


def test_a_stop_tried_again_with_success_leaves_nothing_undelivered():
    first, again = served("CX1:1", refused=["CX1:1-a"]), served("CX1:1", at=ONE + timedelta(hours=3))
    for told in ((first, again), (again, first)):
        route = on_the_road().told(*told).day.road.routes["CX1"]
        assert route.not_delivered == {}


def test_a_stop_tried_again_in_part_keeps_the_rest():
    story = on_the_road().told(served("CX1:1", refused=["CX1:1-a", "CX1:1-b"]), served("CX1:2", refused=["CX1:2-a"]))
    story.told(served("CX1:1", at=ONE + timedelta(hours=3), refused=["CX1:1-b"]))
    assert set(story.day.road.routes["CX1"].not_delivered) == {"CX1:1-b", "CX1:2-a"}


def test_what_the_giver_served_before_the_meeting_stays_his_though_it_is_learned_after_it():
    early, met = served("CX1:3"), took_over("CX1:2", "CX1:3", helper_order=("CX1:2", "CX1:3", "CX7:1"), at=SIX_PM)
    in_time, late = on_the_road().told(early, met), on_the_road().told(met, early)
    assert late.day.road.routes["CX1"].served == in_time.day.road.routes["CX1"].served
    for route_id in ("CX1", "CX7"):
        assert late.day.road.routes[route_id].remaining == in_time.day.road.routes[route_id].remaining
    assert all_stops(late) == all_stops(in_time) == sorted(late.day.plan.stop)


def test_a_stop_that_the_helper_has_served_is_not_served_again_by_the_giver():
    story = on_the_road().told(took_over("CX1:3", helper_order=("CX1:3", "CX7:1")), served("CX1:3", route_id="CX7"))
    story.told(served("CX1:3", at=SIX_PM))
    assert "CX1:3" in story.day.road.routes["CX7"].served
    assert all_stops(story) == sorted(story.day.plan.stop)


def test_a_transfer_of_stops_that_the_giver_does_not_have_moves_none_of_them():
    story = on_the_road().told(took_over("CX1:3", "CX9:1", helper_order=("CX9:1", "CX1:3", "CX1:1", "CX7:1")))
    assert story.day.road.routes["CX7"].remaining == ("CX7:2", "CX7:3", "CX1:3", "CX7:1")
    assert all_stops(story) == sorted(story.day.plan.stop)


def odd(kind, at, **fields):
    return kind(at=at, by="telematics", route_id="CX1", **fields)


NEVER_HEARD_OF = {
    "a stop before the departure": served("CX1:1", at=TEN - timedelta(hours=2)),
    "a count of yesterday": odd(ProgressReported, TEN - timedelta(days=1), stops_done=2, source="cortex"),
    "a count of tomorrow": odd(ProgressReported, TEN + timedelta(days=1), stops_done=3, source="cortex"),
    "a negative count": odd(ProgressReported, ONE, stops_done=-4, source="cortex"),
    "no position": odd(PositionSeen, ONE, lat=0.0, lng=0.0),
    "a jump": odd(PositionSeen, ONE, lat=42.1, lng=-93.6),
    "a break of yesterday": odd(BreakTaken, TEN - timedelta(days=1), duration_s=1800.0),
    "a break longer than the day": odd(BreakTaken, ONE, duration_s=90_000.0),
}


@pytest.mark.parametrize("fact", NEVER_HEARD_OF.values(), ids=NEVER_HEARD_OF.keys())
@pytest.mark.parametrize("begin", [at_the_dock, on_the_road])
def test_the_board_stands_whatever_is_told(begin, fact):
    lines = board(begin().told(fact))
    assert lines.keys() == {"CX1", "CX7"}
    assert all(0 <= x.chance_late <= 1 and x.finish_p80 >= x.finish_p50 for x in lines.values())


def test_a_count_from_a_clock_that_is_ahead_does_not_freeze_the_route():
    """Nothing happens after it was learned: a report dated tomorrow is one of the instant at which it came."""
    story = on_the_road()
    ahead = odd(ProgressReported, TEN + timedelta(days=1), stops_done=1, source="cortex")
    story.told(ahead, odd(ProgressReported, ONE, stops_done=2, source="cortex"))
    learned = [ONE - timedelta(minutes=20) if f is ahead else f.at for f in story.facts]
    entries = [Entry(n, n, at, f) for n, (at, f) in enumerate(zip(learned, story.facts, strict=True), 1)]
    route = fold(KEY, entries, story.artifacts).road.routes["CX1"]
    assert (route.done_count, route.heard_at) == (2, ONE)


def test_a_debrief_of_what_was_delivered_at_the_second_try_asks_for_nothing():
    story = on_the_road()
    for route in story.day.plan.routes:
        story.told(*(served(s, route_id=route.route_id) for s in route.stop_ids))
    story = story.told(served("CX1:1", at=ONE + timedelta(minutes=1), refused=["CX1:1-a"]))
    story.told(served("CX1:1", at=ONE + timedelta(hours=3)))
    assert debrief.prefill(back(story, "CX1").day, "CX1", STATION) == ()
