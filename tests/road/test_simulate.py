from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts import encode
from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.road import (
    BreakTaken,
    PositionSeen,
    ProgressReported,
    RescueEnded,
    StopServed,
    StopsTransferred,
)
from dispatchkit.errors import Refused
from dispatchkit.geo import distance_m
from dispatchkit.road import facts_until

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


def of(facts, kind, route_id=None):
    return [f for f in facts if isinstance(f, kind) and route_id in (None, f.route_id)]


def test_nothing_happens_on_the_road_before_a_route_has_left(story, nine):
    assert story().road(nine + HOUR) == []


def test_a_day_without_a_plan_has_no_road(story, nine):
    told = story()
    told.facts.clear()
    with pytest.raises(Refused, match="no plan"):
        told.road(nine)


def test_an_instant_without_a_time_zone_is_refused(story, nine):
    with pytest.raises(ValueError, match="time zone"):
        story().road(nine.replace(tzinfo=None))


def test_without_chance_every_stop_ends_when_the_plan_says(story, nine):
    told = story().departed("CX1")
    served = of(told.road(nine + 3 * HOUR), StopServed)
    route = told.plan.route["CX1"]
    assert [f.stop_id for f in served] == list(route.stop_ids)
    at = nine
    for fact, drive_s in zip(served, route.drive_s[:-1], strict=True):
        at += timedelta(seconds=round(drive_s) + 90)
        assert fact.at == at


def test_every_fact_carries_the_label_of_where_it_comes_from(story, nine):
    facts = story().departed("CX1").road(nine + 3 * HOUR, source="reconstructed")
    assert {f.by for f in facts} == {"reconstructed"}
    assert {f.source for f in of(facts, ProgressReported)} == {"reconstructed"}


def test_a_route_comes_back_once_and_then_says_no_more(story, nine):
    told = story().departed("CX1")
    facts = told.road(nine + 3 * HOUR)
    assert len(of(facts, DriverReturned)) == 1
    assert facts[-1].kind == "DriverReturned"
    assert told.road(nine + 5 * HOUR) == []


def test_facts_come_in_the_order_in_which_they_happened(story, nine):
    facts = story(chance=True).departed("CX1", "CX2").road(nine + 3 * HOUR)
    assert all(a.at <= b.at for a, b in pairwise(facts))


def test_a_van_waits_for_a_window_to_open(story, nine):
    opens = nine + HOUR
    served = of(story(stops=1, opens=opens).departed("CX1").road(nine + 3 * HOUR), StopServed)
    assert served[0].at == opens + timedelta(seconds=90)


def test_the_break_is_taken_once_after_the_stop_nearest_to_half_of_the_work(story, nine):
    told = story(break_s=1800).departed("CX1")
    facts = [f for f in told.road(nine + 3 * HOUR) if isinstance(f, StopServed | BreakTaken)]
    # 1,252 s of work: the fourth stop ends after 537 s, the fifth after 649
    assert [f.kind for f in facts].index("BreakTaken") == 5
    assert facts[5].at == facts[4].at + timedelta(seconds=1800)
    assert len(of(facts, BreakTaken)) == 1


def test_a_route_that_owes_no_break_takes_none(story, nine):
    assert of(story(break_s=0).departed("CX1").road(nine + 3 * HOUR), BreakTaken) == []


def test_a_van_tells_its_position_and_its_count_at_even_intervals(story, nine):
    facts = story().departed("CX1").road(nine + 20 * MINUTE)
    assert [f.at for f in of(facts, PositionSeen)] == [nine + k * 5 * MINUTE for k in (1, 2, 3, 4)]
    assert [f.at for f in of(facts, ProgressReported)] == [nine + 10 * MINUTE, nine + 20 * MINUTE]


def test_a_count_is_the_number_of_stops_served_by_then(story, nine):
    facts = story(chance=True, stops=20).departed("CX1").road(nine + 3 * HOUR)
    served = of(facts, StopServed)
    counts = of(facts, ProgressReported)
    assert counts
    assert all(c.stops_done == sum(s.at <= c.at for s in served) for c in counts)


def test_on_its_way_a_van_is_seen_between_two_places(story, nine):
    told = story(stops=1).departed("CX1")
    told.station = replace(told.station, simulator=replace(told.station.simulator, position_every_s=60.0))
    seen = of(told.road(nine + MINUTE), PositionSeen)[0]
    assert distance_m(*told.legs.place(""), seen.lat, seen.lng) == pytest.approx(600, rel=0.01)


def test_the_same_seed_brings_the_same_road_and_another_seed_another(story, nine):
    first, second, third = (story(chance=True).departed("CX1", "CX2") for _ in range(3))
    third.seed = 8
    roads = [s.road(nine + 3 * HOUR) for s in (first, second, third)]
    assert roads[0] == roads[1] != roads[2]


def test_a_decision_changes_only_the_routes_that_it_concerns(story, nine):
    routes = ("CX1", "CX2", "CX3")
    alone, helped = (story(chance=True, routes=routes).departed(*routes) for _ in range(2))
    for told in (alone, helped):
        told.road(nine + 10 * MINUTE)
    helped.rescued(
        at=nine + 10 * MINUTE, meet_at=nine + 15 * MINUTE, stop_ids=("CX1-6", "CX1-7"),
        helper_order=(*helped.day().road.routes["CX2"].remaining, "CX1-6", "CX1-7"),
    )  # fmt: skip
    without, with_help = alone.road(nine + 3 * HOUR), helped.road(nine + 3 * HOUR)
    assert of(without, StopServed, "CX3") == of(with_help, StopServed, "CX3")
    assert of(without, StopServed, "CX2") != of(with_help, StopServed, "CX2")


def test_the_same_stop_takes_the_same_driver_as_long_on_a_later_branch(story, nine):
    """Common random numbers: chance belongs to the stop, not to the moment at which it is drawn."""
    early, late = story(chance=True, stops=1), story(chance=True, stops=1)
    early.departed("CX1")
    late.departed("CX1", at=nine + HOUR)
    a, b = (of(s.road(nine + 5 * HOUR), StopServed)[0] for s in (early, late))
    assert b.at - a.at == HOUR


MEETING = {"at": 10 * MINUTE, "meet_at": 16 * MINUTE, "stop_ids": ("CX1-6", "CX1-7")}


def rescue_at_ten_past(told, nine):
    told.road(nine + MEETING["at"])
    own = told.day().road.routes["CX2"].remaining
    return told.rescued(
        at=nine + MEETING["at"], meet_at=nine + MEETING["meet_at"], stop_ids=MEETING["stop_ids"],
        helper_order=(*own, *MEETING["stop_ids"]),
    )  # fmt: skip


def test_stops_change_hands_when_both_are_there_and_not_before_the_agreed_time(story, nine):
    told = rescue_at_ten_past(story().departed("CX1", "CX2"), nine)
    transferred = of(told.road(nine + 3 * HOUR), StopsTransferred)
    assert len(transferred) == 1
    assert transferred[0].at >= nine + MEETING["meet_at"] + timedelta(seconds=told.station.rescue.handover_s)
    assert transferred[0].stop_ids == MEETING["stop_ids"]


def test_after_the_meeting_the_helper_serves_the_stops_and_the_giver_does_not(story, nine):
    told = rescue_at_ten_past(story().departed("CX1", "CX2"), nine)
    told.road(nine + 3 * HOUR)
    routes = told.day().road.routes
    assert set(MEETING["stop_ids"]) <= set(routes["CX2"].served)
    assert not set(MEETING["stop_ids"]) & set(routes["CX1"].served)
    assert len(routes["CX1"].served) + len(routes["CX2"].served) == 16
    assert set(told.day().end_of_shift.returned) == {"CX1", "CX2"}


def test_an_own_stop_left_out_for_the_meeting_waits_until_the_helper_comes_by_anyway(story, nine):
    """CX2-5 was to be served before the meeting, but there was no time. Going back for it first would be a detour."""
    told = story().departed("CX1", "CX2")
    told.road(nine + 10 * MINUTE)
    assert told.day().road.routes["CX2"].remaining[:2] == ("CX2-4", "CX2-5")
    told.rescued(
        at=nine + 10 * MINUTE, meet_at=nine + 12 * MINUTE, stop_ids=("CX1-6", "CX1-7"),
        helper_order=("CX1-6", "CX1-7", "CX2-6", "CX2-7"),
    )  # fmt: skip
    facts = told.road(nine + 3 * HOUR)
    met = of(facts, StopsTransferred)[0]
    after_it = [f.stop_id for f in of(facts, StopServed, "CX2") if f.at > met.at]
    assert after_it == ["CX1-6", "CX1-7", "CX2-5", "CX2-6", "CX2-7"]


def test_after_the_meeting_the_way_goes_on_from_where_it_was_held(story, nine):
    told = rescue_at_ten_past(story().departed("CX1", "CX2"), nine)
    facts = told.road(nine + 3 * HOUR)
    met = of(facts, StopsTransferred)[0]
    after_it = next(f for f in of(facts, StopServed, "CX2") if f.at > met.at)
    way_s = round(told.legs.from_place_s(met.lat, met.lng, after_it.stop_id))
    assert after_it.at == met.at + timedelta(seconds=way_s + 90)


def test_a_giver_never_leaves_a_stop_that_it_has_begun(story, nine):
    """CX1-3 is being served when the rescue that would take it is decided: it stays the giver's."""
    told = story(service_s=600).departed("CX1", "CX2")
    told.road(nine + 10 * MINUTE)
    begun = told.day().road.routes["CX1"].remaining[0]
    told.rescued(
        at=nine + 10 * MINUTE, meet_at=nine + 30 * MINUTE, stop_ids=(begun, "CX1-7"),
        helper_order=(*told.day().road.routes["CX2"].remaining, begun, "CX1-7"),
    )  # fmt: skip
    facts = told.road(nine + 5 * HOUR)
    assert of(facts, StopsTransferred)[0].stop_ids == ("CX1-7",)
    assert [f.route_id for f in of(facts, StopServed) if f.stop_id == begun] == ["CX1"]


def test_the_first_at_the_meeting_waits_for_the_other(story, nine):
    told = story(service_s=1800, routes=("CX1", "CX2")).departed("CX1").departed("CX2", at=nine + 25 * MINUTE)
    told.road(nine + 26 * MINUTE)
    told.rescued(
        at=nine + 26 * MINUTE, meet_at=nine + 35 * MINUTE, stop_ids=("CX1-6", "CX1-7"),
        helper_order=(*told.day().road.routes["CX2"].remaining, "CX1-6", "CX1-7"),
    )  # fmt: skip
    facts = told.road(nine + 12 * HOUR)
    met = of(facts, StopsTransferred)[0]
    assert met.at > nine + 35 * MINUTE + timedelta(seconds=told.station.rescue.handover_s)
    assert not [f for f in of(facts, StopServed) if met.at - timedelta(seconds=600) < f.at < met.at]


def test_a_helper_already_on_its_way_back_turns_round(story, nine):
    told = story(stops=4, service_s=60).departed("CX2").departed("CX1", at=nine + 5 * MINUTE)
    on_way_back = nine + timedelta(seconds=460)
    told.road(on_way_back)
    assert told.day().road.routes["CX2"].remaining == ()
    told.rescued(at=on_way_back, meet_at=on_way_back + MINUTE, stop_ids=("CX1-3",), helper_order=("CX1-3",))
    facts = told.road(nine + 2 * HOUR)
    assert [f.stop_id for f in of(facts, StopServed, "CX2")] == ["CX1-3"]
    assert len(of(facts, DriverReturned, "CX2")) == 1


def test_a_rescue_called_off_before_the_meeting_leaves_every_stop_where_it_was(story, nine):
    told = rescue_at_ten_past(story().departed("CX1", "CX2"), nine)
    told.road(nine + 12 * MINUTE)
    told.happened(RescueEnded(at=nine + 12 * MINUTE, by="maria", rescue_id="r1", outcome="called off"))
    facts = told.road(nine + 3 * HOUR)
    assert of(facts, StopsTransferred) == []
    assert len(told.day().road.routes["CX1"].served) == 8


def test_a_rescue_with_a_route_that_is_back_is_not_waited_for(story, nine):
    told = story().departed("CX1", "CX2").happened(DriverReturned(at=nine + MINUTE, by="maria", route_id="CX2"))
    told.rescued(at=nine + 2 * MINUTE, meet_at=nine + 9 * MINUTE, stop_ids=("CX1-7",), helper_order=("CX1-7",))
    told.road(nine + 3 * HOUR)
    assert len(told.day().road.routes["CX1"].served) == 8


def test_a_helper_of_two_keeps_the_meetings_in_the_order_in_which_they_were_decided(story, nine):
    told = story(stops=4, routes=("CX1", "CX2", "CX3")).departed("CX1", "CX2", "CX3")
    told.rescued(at=nine, meet_at=nine + 30 * MINUTE, stop_ids=("CX1-3",), helper_order=("CX2-3", "CX1-3"))
    told.rescued(
        at=nine + MINUTE, meet_at=nine + 20 * MINUTE, stop_ids=("CX3-3",), helper_order=("CX1-3", "CX3-3"),
        rescue_id="r2", giver="CX3",
    )  # fmt: skip
    facts = told.road(nine + 5 * HOUR)
    first, second = of(facts, StopsTransferred)
    assert (first.rescue_id, second.rescue_id) == ("r1", "r2")
    way_s = round(told.legs.from_place_s(first.lat, first.lng, "CX3-3"))
    handover = timedelta(seconds=told.station.rescue.handover_s)
    assert second.at == first.at + timedelta(seconds=way_s) + handover    # already late for it: straight there
    assert {f.stop_id for f in of(facts, StopServed, "CX2")} >= {"CX1-3", "CX3-3"}
    assert len(told.day().end_of_shift.returned) == 3


def test_a_giver_waits_for_a_helper_that_has_not_left_yet(story, nine):
    told = story(stops=3).departed("CX1")
    told.rescued(at=nine, meet_at=nine, stop_ids=("CX1-2",), helper_order=("CX1-2",))
    told.road(nine + HOUR)
    assert told.day().end_of_shift.returned == {}
    told.departed("CX2", at=nine + HOUR).road(nine + 3 * HOUR)
    assert len(told.day().end_of_shift.returned) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 10_000),
    decided_min=st.integers(2, 70),
    notice_min=st.integers(0, 40),
    given_away=st.sets(st.integers(0, 9), min_size=1),
    called_off_min=st.none() | st.integers(1, 60),
    steps_s=st.lists(st.integers(60, 1500), min_size=1, max_size=6),
    wrong=st.booleans(),
)
def test_asked_once_or_every_minute_the_road_is_the_same(
    story, nine, seed, decided_min, notice_min, given_away, called_off_min, steps_s, wrong
):
    def told(step_s):
        """Go to the decision, decide, perhaps call it off, go on to the end; in steps of these lengths in turn."""
        day = story(
            chance=True, wrong=wrong, stops=10, break_s=600, opens=nine + 20 * MINUTE, recorded=""
        ).departed("CX1", "CX2")
        day.seed = seed
        decided, end = nine + decided_min * MINUTE, nine + 24 * HOUR
        walk(day, nine, decided, step_s)
        routes = day.day().road.routes
        away = tuple(s for s in routes["CX1"].remaining if int(s.split("-")[1]) in given_away)
        back = day.day().end_of_shift.returned
        if away and not back:
            day.rescued(
                at=decided, meet_at=decided + notice_min * MINUTE, stop_ids=away,
                helper_order=(*away, *routes["CX2"].remaining[1:]),
            )  # fmt: skip
            if called_off_min is not None:
                off = decided + called_off_min * MINUTE
                walk(day, decided, off, step_s)
                if day.day().road.rescues["r1"].met_at is None:
                    day.happened(RescueEnded(at=off, by="maria", rescue_id="r1", outcome="called off"))
        walk(day, max(f.at for f in day.facts), end, step_s)
        return day

    def walk(day, start, end, step_s):
        at, k = start, 0
        while at < end:
            at = min(end, at + timedelta(seconds=step_s[k % len(step_s)]) if step_s else end)
            k += 1
            day.road(at)

    once, often = told([]), told(steps_s)
    assert [encode(f) for f in once.facts] == [encode(f) for f in often.facts]
    served = [f.stop_id for f in of(once.facts, StopServed)]
    assert sorted(served) == sorted(s.stop_id for s in once.plan.stops)
    assert len(once.day().end_of_shift.returned) == 2


def test_asking_again_for_an_instant_already_told_brings_nothing(story, nine):
    told = story(chance=True).departed("CX1", "CX2")
    told.road(nine + 17 * MINUTE)
    again = facts_until(told.day(), until=nine + 17 * MINUTE, seed=7, station=told.station, legs=told.legs)
    assert again == []
