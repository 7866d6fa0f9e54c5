from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.facts.road import RescueEnded, StopServed
from dispatchkit.rescue import explain, meet, proposals, start
from dispatchkit.station import load
from tests.pace.story import PACKAGE_CM3, PaceStory, a_calm_day, a_route, clock, cx1_forty_behind

ELEVEN = clock(11)


@pytest.fixture
def asked(station):
    def ask(story, route_id="CX1", *, now=ELEVEN, **profile):
        return proposals(
            story.day(), route_id, now=now, station=replace(station, **profile), travel=story.travel
        )

    return ask


def two_routes(**helper):
    """CX1 lost an hour and a half; CX7 beside it is as the story says."""
    plan = {"block": 1, "stops": 120, "slack_min": 200} | helper
    story = PaceStory(a_route("CX1", stops=200), a_route("CX7", **plan)).departed("CX1").departed("CX7")
    return story.drove("CX1", ELEVEN, lost_min=90, lost_at=clock(9)).drove("CX7", ELEVEN)


def test_a_rescue_brings_the_route_back_into_its_window_and_keeps_the_helper_in_his(asked, station):
    (best,) = asked(cx1_forty_behind(ELEVEN)).options
    assert best.giver_before.chance_late > 0.9
    assert best.giver_after.finish_p80 <= best.giver_after.finish_by
    assert best.helper_after.chance_late <= station.rescue.helper_late_share


def test_no_stop_is_lost_between_both_sides(asked):
    story = cx1_forty_behind(ELEVEN)
    (best,) = asked(story).options
    road = story.day().road.routes
    taken = frozenset(best.stop_ids)
    assert taken <= frozenset(road["CX1"].remaining)
    assert frozenset(best.helper_order) - taken <= frozenset(road["CX7"].remaining)
    assert len(set(best.helper_order)) == len(best.helper_order)
    before = best.giver_before.stops_left + best.helper_before.stops_left
    assert before == best.giver_after.stops_left + best.helper_after.stops_left
    assert best.giver_before.stops_left - best.giver_after.stops_left == len(best.stop_ids)


def test_the_piece_is_contiguous_and_lies_after_the_meeting(asked):
    story = cx1_forty_behind(ELEVEN)
    (best,) = asked(story).options
    order = story.plan.route["CX1"].stop_ids
    first = order.index(best.stop_ids[0])
    assert order[first : first + len(best.stop_ids)] == best.stop_ids
    assert first > order.index(best.meet_stop_id)


def test_both_have_notice_before_they_meet(asked, station):
    (best,) = asked(cx1_forty_behind(ELEVEN)).options
    assert best.meet_at >= ELEVEN + timedelta(seconds=station.rescue.notice_s)


def test_the_rescue_takes_about_what_the_help_asks_for_and_no_more_than_its_share(asked, station):
    story = cx1_forty_behind(ELEVEN)
    (best,) = asked(story).options
    left = len(story.day().road.routes["CX1"].remaining)
    assert 40 <= len(best.stop_ids) <= left * station.rescue.share
    few = replace(station.rescue, share=0.1)
    assert len(asked(story, rescue=few).options[0].stop_ids) <= left * 0.1


def test_with_the_stops_handed_over_the_forecast_agrees_with_what_was_proposed(asked):
    story = cx1_forty_behind(ELEVEN)
    (best,) = asked(story).options
    story.happened(*start(story.day(), proposal=best, at=ELEVEN, by="maria"))
    story.drove("CX1", best.meet_at, lost_min=90, lost_at=clock(9)).drove("CX7", best.meet_at)
    story.facts = [f for f in story.facts if not (isinstance(f, StopServed) and f.stop_id in best.helper_order)]
    over = best.meet_at + timedelta(minutes=10)
    story.happened(*meet(story.day(), rescue_id=best.rescue_id, handover_s=600, at=over, by="maria"))
    giver, helper = asked(story, "CX1", now=over).nothing, asked(story, "CX7", now=over).nothing
    assert abs(giver.finish_p50 - best.giver_after.finish_p50) < timedelta(minutes=5)
    assert abs(helper.finish_p50 - best.helper_after.finish_p50) < timedelta(minutes=5)
    assert helper.stops_left == len(best.helper_order)


def test_a_helper_who_would_break_his_own_route_is_refused(asked):
    found = asked(two_routes(stops=190, slack_min=5))
    assert found.options == ()
    assert "would be late themselves (1)" in found.why_none
    assert "rescue van" in found.why_none


def test_a_full_van_helps_nobody(asked):
    assert "no room in the van (1)" in asked(two_routes(van_volume_cm3=1_000)).why_none


def test_a_van_takes_no_more_than_it_has_room_for(asked):
    roomy = asked(two_routes()).options[0]
    aboard = len(roomy.helper_order) - len(roomy.stop_ids)
    tight = asked(two_routes(van_volume_cm3=PACKAGE_CM3 * (aboard + 30))).options[0]
    assert len(tight.stop_ids) == 30 < len(roomy.stop_ids)


def test_a_helper_out_of_reach_is_not_asked(asked):
    assert "too far away (1)" in asked(two_routes(block=12)).why_none


def test_who_is_in_a_rescue_already_is_not_asked_again_until_it_ends(asked):
    helper = a_route("CX7", block=1, stops=120, slack_min=200)
    story = PaceStory(a_route("CX1", stops=200), a_route("CX2", block=2, stops=200), helper)
    for code in ("CX1", "CX2", "CX7"):
        story.departed(code).drove(code, ELEVEN, lost_min=90 * (code != "CX7"), lost_at=clock(9))
    (best,) = asked(story).options
    story.happened(*start(story.day(), proposal=best, at=ELEVEN, by="maria"))
    assert "in a rescue already (2)" in asked(story, "CX2").why_none
    assert "on its way to help CX1 already" in asked(story, "CX1").why_none
    story.happened(RescueEnded(at=ELEVEN, by="maria", rescue_id=best.rescue_id, outcome="called off"))
    assert asked(story, "CX2").options


def test_who_has_helped_before_is_asked_after_who_has_not(asked, station):
    def three(helped):
        story = PaceStory(
            a_route("CX1", stops=200),
            a_route("CX7", block=1, stops=120, slack_min=200),
            a_route("CX8", block=-1, stops=120, slack_min=200),
        )
        for code in ("CX1", "CX7", "CX8"):
            story.departed(code).drove(code, ELEVEN, lost_min=90 * (code == "CX1"), lost_at=clock(9))
        if helped:
            (first, *_) = [p for p in asked(story).options if p.helper_route_id == helped]
            for n in range(3):
                p = replace(first, rescue_id=f"earlier:{n}")
                story.happened(*start(story.day(), proposal=p, at=ELEVEN, by="maria"))
                story.happened(RescueEnded(at=ELEVEN, by="maria", rescue_id=p.rescue_id, outcome="complete"))
        return asked(story).options

    first = three("")[0].helper_route_id
    again = three(first)
    assert again[0].helper_route_id != first
    assert (again[0].fairness, again[1].fairness) == (0, 3)
    assert again[1].cost_s == pytest.approx(again[1].extra_s + 3 * station.rescue.handover_s)


@pytest.mark.parametrize(
    ("story", "route_id", "why"),
    [
        (a_calm_day(2), "CX1", "needs no help"),
        (PaceStory(a_route("CX1"), a_route("CX7")), "CX1", "has not left yet"),
        (cx1_forty_behind(ELEVEN).came_back("CX1", ELEVEN), "CX1", "no stops left to give away"),
        (cx1_forty_behind(ELEVEN).came_back("CX7", ELEVEN), "CX1", "Nobody else is on the road"),
    ],
)
def test_without_an_option_there_is_a_reason_and_still_what_doing_nothing_comes_to(asked, story, route_id, why):
    found = asked(story, route_id)
    assert found.options == ()
    assert why in found.why_none
    assert found.nothing.finish_p50 <= found.nothing.finish_p80


def test_no_more_options_than_asked_for_and_the_best_first(station):
    helpers = (a_route(f"CX{k}", block=k, stops=110, slack_min=220) for k in range(2, 6))
    story = PaceStory(a_route("CX1", stops=200), *helpers)
    for route in story.plan.routes:
        story.departed(route.code).drove(route.code, ELEVEN, lost_min=90 * (route.code == "CX1"), lost_at=clock(9))
    found = proposals(story.day(), "CX1", now=ELEVEN, station=station, travel=story.travel, limit=2)
    assert [p.helper_route_id for p in found.options] == ["CX2", "CX3"]


def test_both_sides_and_doing_nothing_are_told_in_sentences(asked):
    story = cx1_forty_behind(ELEVEN)
    (best,) = asked(story).options
    told = explain(best, story.day())
    assert told[0].startswith("CX7 meets CX1 at 11:")
    assert [t.split(":")[0] for t in told[1:4]] == ["CX1", "CX7", "Doing nothing"]
    assert "has not helped anybody yet today" in told[-1]
    assert all(t.endswith(".") for t in told)


@settings(max_examples=25, deadline=None)
@given(lost=st.integers(30, 150), helper_stops=st.integers(1, 200), slack=st.integers(-30, 240))
def test_whatever_is_proposed_helps_one_and_breaks_nobody(lost, helper_stops, slack):
    station = load()
    plan = a_route("CX7", block=1, stops=helper_stops, slack_min=slack)
    story = PaceStory(a_route("CX1", stops=200), plan).departed("CX1").departed("CX7")
    story.drove("CX1", ELEVEN, lost_min=lost, lost_at=clock(9)).drove("CX7", ELEVEN)
    found = proposals(story.day(), "CX1", now=ELEVEN, station=station, travel=story.travel)
    assert bool(found.options) != bool(found.why_none)
    for p in found.options:
        assert p.giver_after.chance_late < p.giver_before.chance_late
        assert p.helper_after.chance_late <= station.rescue.helper_late_share + 1e-9
        assert len(p.stop_ids) >= station.rescue.least_stops_count
        assert frozenset(p.stop_ids) <= frozenset(story.day().road.routes["CX1"].remaining)
