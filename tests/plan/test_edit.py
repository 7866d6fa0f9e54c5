"""A plan changed by hand: what comes of each change, and what is refused."""

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.day.pre_load_out import Locks
from dispatchkit.errors import Refused
from dispatchkit.plan.edit import Change
from dispatchkit.plan.receiving import drive_among
from dispatchkit.plan.resequence import resequenced
from tests.plan.small_plans import TRAVEL, TWO_STREETS, by_hand, order_of, street, town
from tests.small_day import TEN

HANDS = by_hand(TWO_STREETS)


def served(plan):
    """Every stop on a route, once for each time."""
    return sorted(s for route in plan.routes for s in route.stop_ids)


class TestMoving:
    def test_a_stop_goes_where_it_costs_the_receiving_route_least(self):
        beside = town(street("CX1", at_km=10.1, first_km=3.5), street("CX2", at_km=10, gap_km=1.0))
        made = by_hand(beside).move(["CX1:1"], "CX2")
        assert order_of(made, "CX1") == ("CX1:2", "CX1:3", "CX1:4")
        assert order_of(made, "CX2") == ("CX2:1", "CX2:2", "CX2:3", "CX1:1", "CX2:4")
        assert (made.change, made.stop_ids, made.route_ids) == (Change.MOVED, ("CX1:1",), ("CX1", "CX2"))

    def test_the_order_that_is_loaded_stays_as_it_is(self):
        backwards = HANDS.reorder("CX2", ["CX2:4", "CX2:1", "CX2:3", "CX2:2"]).plan
        made = by_hand(backwards).move(["CX1:1", "CX1:2"], "CX2")
        assert [s for s in order_of(made, "CX2") if s.startswith("CX2")] == ["CX2:4", "CX2:1", "CX2:3", "CX2:2"]

    def test_the_receiving_route_is_ordered_anew_where_that_is_asked_for(self):
        backwards = HANDS.reorder("CX2", ["CX2:4", "CX2:1", "CX2:3", "CX2:2"]).plan
        kept = by_hand(backwards).move(["CX1:1"], "CX2").plan.route["CX2"]
        anew = by_hand(backwards, ordering=resequenced(seed=1)).move(["CX1:1"], "CX2").plan.route["CX2"]
        assert sum(anew.drive_s) < sum(kept.drive_s)

    def test_legs_have_the_seconds_of_the_road_and_planned_ones_keep_theirs(self):
        slow = town(street("CX1"), street("CX2", at_km=0.5))
        made = HANDS.move(["CX1:4"], "CX2").plan
        for route in made.routes:
            drive_s = drive_among(slow, route.stop_ids, TRAVEL)
            way = [0, *range(1, len(route.stop_ids) + 1), 0]
            assert route.drive_s == pytest.approx([drive_s[a, b] for a, b in pairwise(way)])

    def test_a_recorded_leg_that_is_still_driven_keeps_its_seconds(self):
        made = by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan
        assert made.route["CX1"].drive_s[:3] == TWO_STREETS.route["CX1"].drive_s[:3]

    def test_stops_go_only_where_they_are_not(self):
        with pytest.raises(Refused, match="On CX1 already: CX1:2"):
            HANDS.move(["CX1:2"], "CX1")

    def test_a_route_is_not_left_empty(self):
        with pytest.raises(Refused, match="leave CX1 without a stop"):
            HANDS.move([f"CX1:{i}" for i in (1, 2, 3, 4)], "CX2")

    @pytest.mark.parametrize(
        ("stops", "to", "said"),
        [([], "CX2", "No stop is named"), (["CX9:1"], "CX2", "Not in the plan: CX9:1"),
         (["CX1:1", "CX1:1"], "CX2", "Named twice: CX1:1"), (["CX1:1"], "CX9", "no route CX9")],
    )  # fmt: skip
    def test_what_is_not_there_is_not_moved(self, stops, to, said):
        with pytest.raises(Refused, match=said):
            HANDS.move(stops, to)

    def test_what_the_station_counted_holds_of_unchanged_routes_only(self):
        plan = town(street("CX1", commercial_packages=3), street("CX2", commercial_packages=2), street("CX3"))
        made = by_hand(plan).move(["CX1:1"], "CX3").plan
        assert [r.commercial_packages for r in made.routes] == [None, 2, None]

    def test_counted_stops_without_a_place_are_moved_too(self):
        counted = replace(TWO_STREETS, stops=tuple(replace(s, lat=None, lng=None) for s in TWO_STREETS.stops))
        assert len(order_of(by_hand(counted).move(["CX1:1"], "CX2"), "CX2")) == 5


class TestWhatAMoveMayNotBreak:
    def test_a_van_is_not_filled_beyond_its_volume(self):
        full = town(street("CX1", litres=500), street("CX2", litres=500, van_m3=2.0))
        with pytest.raises(Refused, match=r"CX2 would carry 2.5 m³ in a van of 2.0 m³ \(125%\)"):
            by_hand(full).move(["CX1:1"], "CX2")

    def test_a_van_too_full_already_may_give_away(self):
        full = town(street("CX1", litres=500, van_m3=1.0), street("CX2"))
        assert by_hand(full).move(["CX1:1"], "CX2")

    def test_nobody_knows_what_a_van_without_a_volume_holds(self):
        plan = town(street("CX1", litres=5000), street("CX2", van_m3=0.0))
        assert by_hand(plan).move(["CX1:1"], "CX2")

    def test_a_customer_is_not_reached_after_closing(self):
        plan = town(street("CX1", windows={4: (0, 1)}), street("CX2", departs_at=TEN + timedelta(hours=2)))
        with pytest.raises(Refused, match="CX2 would come too late to CX1:4"):
            by_hand(plan).move(["CX1:4"], "CX2")

    def test_unless_somebody_decided_to_serve_late(self):
        plan = town(street("CX1", windows={4: (0, 1)}), street("CX2", departs_at=TEN + timedelta(hours=2)))
        assert by_hand(plan, serve_late=True).move(["CX1:4"], "CX2")

    def test_a_stop_with_a_window_goes_to_the_cheapest_place_that_is_in_time(self):
        plan = town(street("CX1"), street("CX2", at_km=0.2, stops=6, service_s=1800, windows={6: (0, 9)}))
        early = town(street("CX1", windows={4: (0, 0.8)}), street("CX2", at_km=0.2, stops=6, service_s=1800))
        assert order_of(by_hand(plan).move(["CX1:4"], "CX2"), "CX2").index("CX1:4") >= 3
        assert order_of(by_hand(early).move(["CX1:4"], "CX2"), "CX2").index("CX1:4") <= 1

    def test_a_stop_that_was_late_before_is_no_reason(self):
        plan = town(street("CX1", windows={4: (0, 0.05)}), street("CX2", at_km=0.5))
        assert by_hand(plan).move(["CX2:1"], "CX1")

    def test_what_stays_is_not_made_late_by_what_comes(self):
        plan = town(street("CX1", service_s=3000), street("CX2", windows={4: (0, 0.5)}))
        made = by_hand(plan).move(["CX1:1"], "CX2")
        assert order_of(made, "CX2").index("CX1:1") == 4


class TestLocks:
    def test_a_locked_stop_stays_on_its_route(self):
        hands = by_hand(TWO_STREETS, locks=Locks(stop_ids=frozenset(["CX1:2"])))
        with pytest.raises(Refused, match="Locked to its route: CX1:2"):
            hands.move(["CX1:1", "CX1:2"], "CX2")
        assert hands.move(["CX1:1"], "CX2")

    @pytest.mark.parametrize("locked", ["CX1", "CX2"])
    def test_a_locked_route_gives_and_takes_nothing(self, locked):
        hands = by_hand(TWO_STREETS, locks=Locks(route_ids=frozenset([locked])))
        with pytest.raises(Refused, match=f"{locked} is locked"):
            hands.move(["CX1:1"], "CX2")

    def test_a_locked_route_is_not_merged_away(self):
        hands = by_hand(TWO_STREETS, locks=Locks(route_ids=frozenset(["CX1"])))
        with pytest.raises(Refused, match="CX1 is locked"):
            hands.merge("CX1", "CX2")

    def test_a_locked_order_takes_stops_but_is_not_turned_round(self):
        hands = by_hand(TWO_STREETS, locks=Locks(orders=frozenset(["CX2"])))
        assert hands.move(["CX1:1"], "CX2")
        with pytest.raises(Refused, match="The order of CX2 is locked"):
            hands.reorder("CX2", ["CX2:2", "CX2:1", "CX2:3", "CX2:4"])


class TestTheOtherChanges:
    def test_stops_are_swapped_between_two_routes(self):
        made = HANDS.swap(["CX1:1"], ["CX2:1", "CX2:2"])
        assert set(order_of(made, "CX1")) == {"CX2:1", "CX2:2", "CX1:2", "CX1:3", "CX1:4"}
        assert set(order_of(made, "CX2")) == {"CX1:1", "CX2:3", "CX2:4"}

    @pytest.mark.parametrize("sides", [(["CX1:1"], ["CX1:2"]), (["CX1:1", "CX2:1"], ["CX2:2"])])
    def test_a_swap_is_between_two_routes(self, sides):
        with pytest.raises(Refused, match="between two routes"):
            HANDS.swap(*sides)

    def test_two_vans_that_are_full_can_still_swap(self):
        full = town(street("CX1", litres=500, van_m3=2.0), street("CX2", litres=500, van_m3=2.0))
        assert by_hand(full).swap(["CX1:1"], ["CX2:1"])

    def test_a_route_is_split_in_its_order_and_leaves_at_the_same_time(self):
        made = HANDS.split("CX1", ["CX1:4", "CX1:2"])
        assert (order_of(made, "CX1"), order_of(made, "CX1B")) == (("CX1:1", "CX1:3"), ("CX1:2", "CX1:4"))
        assert made.plan.route["CX1B"].departs_at == TWO_STREETS.route["CX1"].departs_at
        assert made.to_route_id == "CX1B"

    def test_or_after_so_many_stops(self):
        assert order_of(HANDS.split_at("CX1", 3, code="CX9"), "CX9") == ("CX1:4",)

    @pytest.mark.parametrize("stops", [0, 4])
    def test_both_parts_of_a_split_have_stops(self, stops):
        with pytest.raises(Refused, match="Split it after 1 to 3"):
            HANDS.split_at("CX1", stops)

    def test_the_part_that_is_split_off_needs_a_code_of_its_own(self):
        with pytest.raises(Refused, match="There is a route CX2 already"):
            HANDS.split_at("CX1", 2, code="CX2")
        assert "CX1C" in by_hand(HANDS.split_at("CX1", 2).plan).split_at("CX1", 1).plan.route

    def test_a_code_is_something_that_can_be_read_out(self):
        with pytest.raises(Refused, match=r"cannot be called CX\\u001b\[31m9"):
            HANDS.split_at("CX1", 2, code="CX\x1b[31m9")
        assert "CX1B" in HANDS.split_at("CX1", 2, code="  ").plan.route

    def test_a_route_of_one_stop_is_not_split(self):
        alone = by_hand(HANDS.split("CX1", ["CX1:4"], code="CX9").plan)
        with pytest.raises(Refused, match="CX9 has too few stops to be split"):
            alone.split_at("CX9", 1)

    def test_only_stops_of_the_route_are_split_off(self):
        with pytest.raises(Refused, match="Not on CX1: CX2:1"):
            HANDS.split("CX1", ["CX1:1", "CX2:1"])

    def test_merging_gives_all_stops_and_ends_the_route(self):
        made = HANDS.merge("CX1", "CX2")
        assert list(made.plan.route) == ["CX2"]
        assert len(order_of(made, "CX2")) == 8
        with pytest.raises(Refused, match="with itself"):
            HANDS.merge("CX1", "CX1")

    def test_a_route_is_shared_out_among_several(self):
        three = town(street("CX1", stops=2), street("CX2", stops=1, at_km=0.5), street("CX3", stops=1, at_km=1))
        orders = {"CX2": ["CX1:1", "CX2:1"], "CX3": ["CX3:1", "CX1:2"]}
        made = by_hand(three).share_out("CX1", orders)
        assert {r.route_id: list(r.stop_ids) for r in made.plan.routes} == orders
        assert made.route_ids == ("CX1", "CX2", "CX3")

    @pytest.mark.parametrize(
        "orders",
        [{"CX2": ["CX2:1", "CX1:1"]}, {"CX2": ["CX2:1", "CX1:1", "CX1:2", "CX1:2"]}, {"CX1": ["CX1:1", "CX1:2"]}],
    )
    def test_sharing_out_leaves_no_stop_behind_and_gives_none_twice(self, orders):
        two = town(street("CX1", stops=2), street("CX2", stops=1, at_km=0.5))
        with pytest.raises(Refused, match="each of its stops goes to one other route"):
            by_hand(two).share_out("CX1", orders)

    @pytest.mark.parametrize("order", [["CX1:1", "CX1:2", "CX1:3"], ["CX1:1", "CX1:2", "CX1:3", "CX1:3"]])
    def test_a_new_order_names_each_stop_once(self, order):
        with pytest.raises(Refused, match="names each of its stops once"):
            HANDS.reorder("CX1", order)

    def test_the_same_order_again_is_no_change(self):
        with pytest.raises(Refused, match="changes nothing"):
            HANDS.reorder("CX1", TWO_STREETS.route["CX1"].stop_ids)

    def test_a_route_is_ordered_anew_for_less_driving(self):
        muddled = HANDS.reorder("CX1", ["CX1:3", "CX1:1", "CX1:4", "CX1:2"]).plan
        made = by_hand(muddled, ordering=resequenced(seed=1)).order_anew("CX1").plan
        assert sum(made.route["CX1"].drive_s) < sum(muddled.route["CX1"].drive_s)

    def test_an_order_that_nothing_beats_stays_and_is_said_to(self):
        with pytest.raises(Refused, match="No better order of CX1"):
            by_hand(TWO_STREETS, ordering=resequenced(seed=1)).order_anew("CX1")

    def test_a_way_that_is_shorter_than_the_travel_model_knows_is_not_given_up(self):
        held = TWO_STREETS.route["CX1"]
        muddled = replace(held, stop_ids=("CX1:3", "CX1:1", "CX1:4", "CX1:2"), drive_s=(5.0,) * 5)
        plan = replace(TWO_STREETS, routes=(muddled, TWO_STREETS.route["CX2"]))
        with pytest.raises(Refused, match="No better order of CX1"):
            by_hand(plan, ordering=resequenced(seed=1)).order_anew("CX1")

    def test_without_a_stop_a_route_is_never_driven_longer(self):
        held = TWO_STREETS.route["CX1"]
        fast = replace(held, drive_s=(5.0,) * 5)      # its roads are faster than the travel model knows
        plan = replace(TWO_STREETS, routes=(fast, TWO_STREETS.route["CX2"]))
        made = by_hand(plan).move(["CX1:2", "CX1:3"], "CX2").plan
        assert made.route["CX1"].drive_s == (5.0, 15.0, 5.0)

    def test_stops_are_given_to_a_route_wherever_they_are(self):
        assert HANDS.give(["CX1:1"], "CX2").change == Change.MOVED
        assert HANDS.give(TWO_STREETS.route["CX1"].stop_ids, "CX2").change == Change.MERGED
        off = by_hand(HANDS.take_off(["CX1:2"]).plan)
        assert off.give(["CX1:2"], "CX2").change == Change.PUT_BACK
        with pytest.raises(Refused, match="by themselves"):
            off.give(["CX1:1", "CX1:2"], "CX2")
        with pytest.raises(Refused, match="Not in the plan: elsewhere"):
            HANDS.give(["elsewhere"], "CX2")

    def test_stops_are_taken_off_and_put_back(self):
        off = HANDS.take_off(["CX1:2"]).plan
        assert ("CX1:2" in off.stop, served(off)) == (True, [s for s in served(TWO_STREETS) if s != "CX1:2"])
        assert order_of(by_hand(off).put_back(["CX1:2"], "CX2"), "CX2").count("CX1:2") == 1
        with pytest.raises(Refused, match="On no route: CX1:2"):
            by_hand(off).move(["CX1:2"], "CX2")
        with pytest.raises(Refused, match="On a route already: CX1:3"):
            by_hand(off).put_back(["CX1:3"], "CX2")


class TestGoingBack:
    def test_an_earlier_plan_is_the_one_in_hand_again(self):
        moved = by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan
        made = by_hand(moved).go_back(TWO_STREETS)
        assert (made.change, made.plan, made.stop_ids) == (Change.WENT_BACK, TWO_STREETS, ("CX1:4",))
        assert made.route_ids == ("CX1", "CX2")

    def test_not_to_the_plan_that_is_in_hand(self):
        with pytest.raises(Refused, match="in hand already"):
            by_hand(TWO_STREETS).go_back(TWO_STREETS)

    def test_nor_to_one_that_would_lose_stops(self):
        with pytest.raises(Refused, match="made for other stops: CX3:1"):
            by_hand(town(*(street(code) for code in ("CX1", "CX2", "CX3")))).go_back(TWO_STREETS)

    def test_nor_past_what_is_locked(self):
        moved = by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan
        with pytest.raises(Refused, match="Locked to its route: CX1:4"):
            by_hand(moved, locks=Locks(stop_ids=frozenset({"CX1:4"}))).go_back(TWO_STREETS)


def any_change(plan, data):
    """One change of a plan that somebody might think of, sensible or not."""
    hands = by_hand(plan)
    stops = st.lists(st.sampled_from(sorted(plan.stop)), min_size=1, max_size=3, unique=True)
    routes = st.sampled_from(sorted(plan.route))
    elsewhere = (Change.WENT_BACK, Change.REBUILT)      # whole plans of other rooms
    match data.draw(st.sampled_from([change for change in Change if change not in elsewhere])):
        case Change.MOVED:
            return hands.move(data.draw(stops), data.draw(routes))
        case Change.SWAPPED:
            return hands.swap(data.draw(stops), data.draw(stops))
        case Change.SPLIT:
            return hands.split_at(data.draw(routes), data.draw(st.integers(0, 4)))
        case Change.MERGED:
            return hands.merge(data.draw(routes), data.draw(routes))
        case Change.REORDERED:
            route = data.draw(routes)
            return hands.reorder(route, data.draw(st.permutations(plan.route[route].stop_ids)))
        case Change.TAKEN_OFF:
            return hands.take_off(data.draw(stops))
        case Change.SHARED_OUT:
            giver, *takers = data.draw(st.permutations(sorted(plan.route)))
            orders = {r: list(plan.route[r].stop_ids) for r in takers}
            for stop in plan.route[giver].stop_ids if takers else ():
                orders[data.draw(st.sampled_from(takers))].append(stop)
            return hands.share_out(giver, orders)
        case Change.PUT_BACK:
            return hands.put_back(data.draw(stops), data.draw(routes))


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_no_series_of_changes_loses_a_stop_or_serves_one_twice(data):
    plan = town(street("CX1", stops=3), street("CX2", stops=3, at_km=0.5), street("CX3", stops=2, at_km=1))
    off = 0
    for _ in range(data.draw(st.integers(1, 6))):
        try:
            made = any_change(plan, data)
        except Refused:
            continue
        off += {Change.TAKEN_OFF: 1, Change.PUT_BACK: -1}.get(made.change, 0) * len(made.stop_ids)
        plan = made.plan
        assert len(served(plan)) == len(set(served(plan))) == len(plan.stops) - off
        assert all(len(route.drive_s) == len(route.stop_ids) + 1 for route in plan.routes)
