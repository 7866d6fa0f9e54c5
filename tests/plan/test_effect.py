"""What a change does to both routes, as the road page would say it in the morning."""

import pytest

from dispatchkit.pace.board import pace_board
from dispatchkit.plan.effect import effect, figures, warnings
from tests.plan.small_plans import TRAVEL, TWO_STREETS, by_hand, street, town
from tests.small_day import STATION, TEN, planned


def of(edited):
    return {one.code: one for one in effect(edited.before, edited.plan, STATION, TRAVEL)}


LONG = town(street("CX1", stops=8, service_s=3000, hours=7), street("CX2", at_km=0.5, stops=4, service_s=1800))


def test_a_move_is_shown_on_both_sides_and_nowhere_else():
    three = town(street("CX1"), street("CX2", at_km=0.5), street("CX3", at_km=1))
    seen = of(by_hand(three).move(["CX1:1", "CX1:2"], "CX2"))
    assert set(seen) == {"CX1", "CX2"}
    assert [(seen[c].before.stops, seen[c].after.stops) for c in ("CX1", "CX2")] == [(4, 2), (4, 6)]
    assert seen["CX1"].after.load_share == pytest.approx(2 * 0.02 / 4)


def test_help_raises_one_chance_and_lowers_the_other():
    seen = of(by_hand(LONG).move(["CX1:7", "CX1:8"], "CX2"))
    assert seen["CX1"].after.chance_in_time > seen["CX1"].before.chance_in_time
    assert seen["CX2"].after.finish_p80 > seen["CX2"].before.finish_p80
    assert "CX1: -2 stops, -1" in seen["CX1"].sentence


def test_hours_count_driving_service_and_break():
    plan = town(street("CX1", break_s=1800.0))
    known = figures(plan, STATION, TRAVEL)["CX1"]
    assert known.hours * 3600 == pytest.approx(known.drive_s + 4 * 60 + 1800)


def test_the_finish_is_the_one_that_the_road_page_forecasts():
    known = figures(TWO_STREETS, STATION, TRAVEL)
    board = pace_board(planned(TWO_STREETS).day, now=TEN, station=STATION, travel=TRAVEL)
    for line in board:
        assert known[line.code].finish_p50 == line.finish_p50
        assert known[line.code].chance_in_time == pytest.approx(1 - line.chance_late)


def test_windows_that_are_missed_only_now_are_told():
    plan = town(street("CX1"), street("CX2", windows={4: (0, 0.05)}))
    seen = of(by_hand(plan, serve_late=True).reorder("CX2", ["CX2:1", "CX2:2", "CX2:4", "CX2:3"]))
    assert seen["CX2"].newly_late == ()
    later = town(street("CX1"), street("CX2", windows={1: (0, 0.05)}))
    seen = of(by_hand(later, serve_late=True).reorder("CX2", ["CX2:4", "CX2:3", "CX2:2", "CX2:1"]))
    assert seen["CX2"].newly_late == ("CX2:1",)
    assert "too late to 1 more stops" in seen["CX2"].sentence


def test_a_route_that_is_new_or_gone_has_one_side():
    assert of(by_hand(TWO_STREETS).split_at("CX1", 2))["CX1B"].before is None
    gone = of(by_hand(TWO_STREETS).merge("CX1", "CX2"))["CX1"]
    assert (gone.after, gone.sentence) == (None, "CX1 is no more.")


def test_nobody_knows_how_full_a_van_is_that_has_no_volume():
    assert figures(town(street("CX1", van_m3=0.0)), STATION, TRAVEL)["CX1"].load_share is None


def test_a_plan_without_routes_has_no_figures():
    assert figures(town(), STATION, TRAVEL) == {}


def warned(edited):
    return list(warnings(of(edited).values(), STATION))


def test_a_change_warns_of_what_it_makes_worse_and_of_nothing_else():
    long = {"stops": 8, "service_s": 2400, "hours": 7}
    pair = town(street("CX1", **long), street("CX2", at_km=0.5, **long))
    (said,) = warned(by_hand(pair).move(["CX1:8"], "CX2"))
    assert said.startswith("CX2 would be in time in ")
    assert warned(by_hand(TWO_STREETS).move(["CX1:1"], "CX2")) == []


def test_a_van_that_gets_very_full_and_a_window_that_is_missed_are_warned_of():
    full = town(street("CX1"), street("CX2", van_m3=0.11))
    (said,) = warned(by_hand(full).move(["CX1:1"], "CX2"))
    assert said == "The van of CX2 would be 91% full; 85% is the line."
    later = town(street("CX1"), street("CX2", windows={1: (0, 0.05)}))
    (said,) = warned(by_hand(later, serve_late=True).reorder("CX2", ["CX2:4", "CX2:3", "CX2:2", "CX2:1"]))
    assert said == "CX2 would come too late to CX2:1."
