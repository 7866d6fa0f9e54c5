"""Who could take a route over: one neighbour, several together, or nobody, and what is in the way."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from dispatchkit.errors import Refused
from dispatchkit.plan.absorb import Limit, Verdict, absorb
from dispatchkit.plan.effect import figures
from tests.plan.small_plans import TRAVEL, by_hand, street, town
from tests.small_day import STATION, TEN


def covers(plan, station=STATION, **more):
    return {cover.code: cover for cover in absorb(plan, station, TRAVEL, **more)}


def with_rules(**rules):
    return replace(STATION, absorb=replace(STATION.absorb, **rules))


def light(code, at_km, **more):
    """Twelve stops, three hours of service."""
    return street(code, at_km=at_km, **{"stops": 12, "service_s": 900, "litres": 100} | more)


class TestCombining:
    def test_two_light_routes_are_one_drivers_day(self):
        found = covers(town(light("CX1", 0), light("CX2", 0.5)))
        assert [c.verdict for c in found.values()] == [Verdict.COMBINE, Verdict.COMBINE]
        (taker,) = found["CX1"].combined_with
        assert (taker.code, len(taker.stop_ids), len(taker.order)) == ("CX2", 12, 24)

    def test_the_finish_told_is_the_one_that_merging_gives(self):
        plan = town(light("CX1", 0), light("CX2", 0.5))
        (taker,) = covers(plan)["CX1"].combined_with
        merged = by_hand(plan).merge("CX1", "CX2").plan
        assert merged.route["CX2"].stop_ids == taker.order
        assert figures(merged, STATION, TRAVEL)["CX2"] == taker.after

    def test_all_who_could_are_named_the_most_certain_first(self):
        found = covers(town(light("CX1", 0), light("CX2", 0.5, hours=7.5), light("CX3", 1.0)))["CX1"]
        assert {t.code for t in found.combined_with} == {"CX2", "CX3"}
        chances = [t.after.chance_in_time for t in found.combined_with]
        assert chances == sorted(chances, reverse=True)
        assert "1 more could." in found.sentence("UTC")

    def test_the_order_of_the_taker_stays(self):
        plan = town(light("CX1", 0), light("CX2", 0.5))
        (taker,) = covers(plan)["CX1"].combined_with
        assert tuple(s for s in taker.order if s.startswith("CX2")) == plan.route["CX2"].stop_ids


class TestAbsorbing:
    def test_several_share_out_what_is_too_much_for_one(self):
        plan = town(
            light("CX1", 0.5, stops=16), light("CX2", 0, stops=24), light("CX3", 1, stops=24),
            light("CX4", 0.2, stops=24),
        )  # fmt: skip
        found = covers(plan)["CX1"]
        assert (found.verdict, found.combined_with) == (Verdict.ABSORB, ())
        taken = [s for taker in found.absorbed_by for s in taker.stop_ids]
        assert sorted(taken) == sorted(plan.route["CX1"].stop_ids)
        assert all(taker.after.chance_in_time >= 0.8 for taker in found.absorbed_by)
        assert "can be absorbed by" in found.sentence("UTC")

    def test_what_is_told_is_what_sharing_it_out_gives(self):
        plan = town(
            light("CX1", 0.5, stops=16), light("CX2", 0, stops=24), light("CX3", 1, stops=24),
            light("CX4", 0.2, stops=24),
        )  # fmt: skip
        takers = covers(plan)["CX1"].absorbed_by
        made = by_hand(plan).share_out("CX1", {taker.route_id: taker.order for taker in takers}).plan
        known = figures(made, STATION, TRAVEL)
        assert len(takers) > 1
        assert {taker.route_id: taker.after for taker in takers} == {t.route_id: known[t.route_id] for t in takers}

    def test_not_by_more_hands_than_the_profile_allows(self):
        plan = town(
            light("CX1", 0.5, stops=16), light("CX2", 0, stops=24), light("CX3", 1, stops=24),
            light("CX4", 0.2, stops=24),
        )  # fmt: skip
        found = covers(plan, with_rules(takers_count=1))["CX1"]
        assert (found.verdict, found.limit) == (Verdict.REPLACE, Limit.TIME)


class TestNobodyCan:
    @pytest.mark.parametrize(("stops", "said"), [(34, "no driver of CX2, CX3 has time"), (28, "to spare together")])
    def test_drivers_without_time(self, stops, said):
        found = covers(town(*(light(f"CX{n}", n / 2, stops=stops) for n in (1, 2, 3))))["CX1"]
        assert (found.verdict, found.limit) == (Verdict.REPLACE, Limit.TIME)
        assert "CX1 needs a replacement driver" in found.sentence("UTC")
        assert said in found.why_not

    def test_vans_without_room(self):
        found = covers(town(*(light(f"CX{n}", n / 2, van_m3=1.8) for n in (1, 2))))["CX1"]
        assert (found.verdict, found.limit) == (Verdict.REPLACE, Limit.VAN_VOLUME)
        assert "room for 0.6 m³ together, and it has 1.2 m³" in found.why_not

    def test_bags_that_fit_no_van_although_together_there_is_room(self):
        plan = town(light("CX1", 0, stops=2, litres=900), light("CX2", 0.5, van_m3=2), light("CX3", 1, van_m3=2),
                    light("CX4", 1.5, van_m3=2))  # fmt: skip
        found = covers(plan)["CX1"]
        assert (found.verdict, found.limit) == (Verdict.REPLACE, Limit.VAN_VOLUME)

    def test_customers_who_would_be_reached_too_late(self):
        plan = town(
            light("CX1", 0, windows={6: (0, 2)}), light("CX2", 0.5, departs_at=TEN + timedelta(hours=2)),
        )  # fmt: skip
        found = covers(plan)["CX1"]
        assert (found.verdict, found.limit) == (Verdict.REPLACE, Limit.TIME)
        assert covers(plan)["CX2"].verdict is Verdict.COMBINE

    def test_a_route_alone_in_the_world(self):
        found = covers(town(light("CX1", 0)))["CX1"]
        assert (found.verdict, found.limit) == (Verdict.REPLACE, Limit.NO_NEIGHBOUR)

    def test_who_is_being_loaded_takes_nothing(self):
        found = covers(town(light("CX1", 0), light("CX2", 0.5)), unable={"CX2"})
        assert (found["CX1"].limit, found["CX2"].verdict) == (Limit.NO_NEIGHBOUR, Verdict.COMBINE)

    def test_a_higher_line_is_met_by_fewer(self):
        plan = town(light("CX1", 0, stops=17), light("CX2", 0.5, stops=17))
        assert covers(plan, with_rules(least_chance_share=0.5))["CX1"].verdict is Verdict.COMBINE
        assert covers(plan, with_rules(least_chance_share=0.9999))["CX1"].verdict is Verdict.REPLACE

    def test_stops_without_a_place_cannot_be_shared_out(self):
        plan = town(light("CX1", 0), light("CX2", 0.5))
        counted = replace(plan, stops=tuple(replace(s, lat=None, lng=None) for s in plan.stops))
        with pytest.raises(Refused, match="without saying where they are"):
            absorb(counted, STATION, TRAVEL)

    def test_a_plan_without_routes_has_nobody_to_ask_about(self):
        assert absorb(town(), STATION, TRAVEL) == ()


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(3, 30), st.integers(0, 4), st.booleans()), min_size=2, max_size=5),
)
def test_whoever_is_said_to_take_stops_really_could(routes):
    plan = town(
        *(
            light(f"CX{n}", at / 2, stops=stops, windows={2: (0.5, 4)} if window else None)
            for n, (stops, at, window) in enumerate(routes)
        )
    )
    late_before = {s for f in figures(plan, STATION, TRAVEL).values() for s in f.late_stop_ids}
    for cover in absorb(plan, STATION, TRAVEL):
        own = sorted(plan.route[cover.route_id].stop_ids)
        for takers in ((one,) for one in cover.combined_with):
            assert sorted(takers[0].stop_ids) == own
        if cover.absorbed_by:
            assert sorted(s for t in cover.absorbed_by for s in t.stop_ids) == own
        for taker in (*cover.combined_with, *cover.absorbed_by):
            assert taker.after.chance_in_time >= STATION.absorb.least_chance_share
            assert (taker.after.load_share or 0) <= STATION.van.load_block_share + 1e-9
            assert set(taker.after.late_stop_ids) <= late_before
        assert (cover.verdict is Verdict.REPLACE) == bool(cover.why_not)


def test_it_tells_how_far_it_is():
    told = []
    absorb(town(light("CX1", 0), light("CX2", 0.5)), STATION, TRAVEL, progress=lambda done, of: told.append((done, of)))
    assert told == [(1, 2), (2, 2)]
