"""Two plans side by side."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.plan.compare import MovedStop, compare
from tests.plan.small_plans import TRAVEL, TWO_STREETS, by_hand, street, town
from tests.small_day import STATION


def held_against(a, b):
    found = compare(a, b, STATION, TRAVEL)
    return found, {route.code: route for route in found.routes}


def test_a_plan_against_itself_is_the_same():
    found, _ = held_against(TWO_STREETS, TWO_STREETS)
    assert (found.a, found.moved, found.only_in_a, found.only_in_b) == (found.b, (), (), ())
    assert found.sentences == ("Both plans have the same routes in the same order.",)


def test_stops_on_another_route_are_named_with_both():
    found, routes = held_against(TWO_STREETS, by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan)
    assert found.moved == (MovedStop(stop_id="CX1:4", from_code="CX1", to_code="CX2"),)
    assert (routes["CX1"].left, routes["CX2"].came) == (("CX1:4",), ("CX1:4",))
    assert found.sentences[0] == "1 of 8 stops are on another route."


def test_another_order_is_told_by_its_legs():
    swapped = by_hand(TWO_STREETS).reorder("CX1", ["CX1:1", "CX1:3", "CX1:2", "CX1:4"]).plan
    found, routes = held_against(TWO_STREETS, swapped)
    assert (found.moved, routes["CX1"].legs_changed, routes["CX2"].legs_changed) == ((), 3, 0)


def test_routes_of_one_plan_only_are_told():
    found, routes = held_against(TWO_STREETS, by_hand(TWO_STREETS).split_at("CX1", 2).plan)
    assert (found.only_in_a, found.only_in_b) == ((), ("CX1B",))
    assert (routes["CX1B"].a, routes["CX1B"].b.stops) == (None, 2)
    assert "Only in the second: CX1B." in found.sentences


def test_a_route_that_was_built_anew_is_known_by_its_code():
    built = replace(
        TWO_STREETS, routes=tuple(replace(r, route_id=f"built-{r.code}") for r in TWO_STREETS.routes)
    )
    found, _ = held_against(TWO_STREETS, built)
    assert (found.moved, found.only_in_a, found.only_in_b) == ((), (), ())


def test_stops_on_no_route_are_moved_off():
    found, _ = held_against(TWO_STREETS, by_hand(TWO_STREETS).take_off(["CX2:1"]).plan)
    assert found.moved == (MovedStop(stop_id="CX2:1", from_code="CX2", to_code=""),)
    assert (found.a.stops, found.b.stops) == (8, 7)


def test_the_balance_of_hours_is_their_standard_deviation():
    uneven = town(street("CX1", service_s=3600, gap_km=0), street("CX2", service_s=1800, gap_km=0))
    found, routes = held_against(uneven, uneven)
    assert found.a.hours_sd == pytest.approx((routes["CX1"].a.hours - routes["CX2"].a.hours) / 2)
    assert (found.a.hours_max, found.a.hours_min) == (routes["CX1"].a.hours, routes["CX2"].a.hours)
    assert found.a.worst_chance == min(r.a.chance_in_time for r in found.routes)


def test_a_plan_without_routes_is_compared_too():
    found, _ = held_against(TWO_STREETS, replace(TWO_STREETS, routes=()))
    assert (found.b.routes, found.only_in_a, len(found.moved)) == (0, ("CX1", "CX2"), 8)


@settings(max_examples=20, deadline=None)
@given(st.sets(st.sampled_from(["CX1:1", "CX1:2", "CX1:3"]), min_size=1))
def test_both_ways_round_the_same_stops_have_moved(stops):
    other = by_hand(TWO_STREETS).move(sorted(stops), "CX2").plan
    there, back = (held_against(*pair)[0] for pair in ((TWO_STREETS, other), (other, TWO_STREETS)))
    assert {m.stop_id for m in there.moved} == {m.stop_id for m in back.moved} == stops
    assert (there.a, there.b) == (back.b, back.a)


def test_the_fullest_van_the_overlap_and_split_zones_are_told_of_both():
    found, _ = held_against(TWO_STREETS, by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan)
    assert (found.a.load_max, found.b.load_max) == (pytest.approx(0.02), pytest.approx(0.025))
    assert (found.a.zones, found.a.zones_split, found.b.zones_split) == (4, 0, 1)
    assert found.a.overlap_share == 0.0 < found.b.overlap_share


def test_what_nobody_tells_of_vans_and_places_is_unknown():
    counted = replace(TWO_STREETS, stops=tuple(replace(s, lat=None, lng=None) for s in TWO_STREETS.stops))
    bare = replace(counted, routes=tuple(replace(r, van_volume_cm3=0.0) for r in counted.routes))
    found, _ = held_against(bare, bare)
    assert (found.a.load_max, found.a.overlap_share) == (None, None)
