"""Two plans side by side for people: what is better or worse, by sign and in words."""

import pytest

from dispatchkit.plan.compare import compare
from tests.plan.small_plans import TRAVEL, TWO_STREETS, by_hand, street, town
from tests.small_day import STATION
from widgets.planning import compared

ZONE = "America/Chicago"


def held(a, b):
    return compare(a, b, STATION, TRAVEL)


@pytest.fixture(scope="module")
def merged():
    return held(TWO_STREETS, by_hand(TWO_STREETS).merge("CX1", "CX2").plan)


def test_the_same_plan_twice_has_no_table():
    told = compared.totals(held(TWO_STREETS, TWO_STREETS))
    assert "<table" not in told
    assert "The same in both: routes 2 · stops on a route 8" in told


def test_fewer_routes_are_neither_better_nor_worse(merged):
    assert "<td>1 fewer</td>" in compared.totals(merged)


def test_less_driving_is_better_by_sign_and_in_words():
    far = town(street("CX1", first_km=20), street("CX2", first_km=20, at_km=0.5))
    told = compared.totals(held(far, by_hand(far).merge("CX1", "CX2").plan))
    driving = told[told.index("Driving in them") :]
    assert driving.index("r-ok") < driving.index("✓") < driving.index("h less")


def test_a_longer_route_is_worse_by_sign_and_in_words(merged):
    told = compared.totals(merged)
    longest = told[told.index("Longest route") :]
    assert longest.index("r-watch") < longest.index("●") < longest.index("h longer")


def test_what_a_plan_cannot_tell_is_said_so():
    unknown = town(street("CX1", van_m3=0), street("CX2", at_km=0.5, van_m3=0))
    told = compared.totals(held(TWO_STREETS, unknown))
    assert "cannot be told" in told


def test_a_route_that_is_no_more_and_one_that_is_new_are_named(merged):
    split = held(TWO_STREETS, by_hand(TWO_STREETS).split_at("CX1", 2).plan)
    assert {row["id"]: row["is"]["text"] for row in compared.rows(merged, ZONE)}["CX1"] == "No more"
    assert {row["id"]: row["is"]["text"] for row in compared.rows(split, ZONE)}["CX1B"] == "New"


def test_stops_that_came_and_left_are_counted_and_found_on_the_map():
    found = held(TWO_STREETS, by_hand(TWO_STREETS).move(["CX1:4"], "CX2").plan)
    rows = {row["id"]: row for row in compared.rows(found, ZONE)}
    assert (rows["CX1"]["stops"], rows["CX2"]["stops"]) == ("−1", "+1")
    assert compared.stop_ids_of("CX2", found) == ("CX1:4",)
    assert compared.stop_ids_of("CX9", found) == ()


def test_another_order_alone_is_told_by_its_legs():
    found = held(TWO_STREETS, by_hand(TWO_STREETS).reorder("CX1", ["CX1:1", "CX1:3", "CX1:2", "CX1:4"]).plan)
    (row,) = compared.rows(found, ZONE)
    assert (row["id"], row["stops"], row["acts"]) == ("CX1", "3 legs in another order", [])


def test_routes_that_have_become_worse_come_first():
    plan = town(street("CX1", stops=30, service_s=600, hours=6), street("CX2", stops=30, service_s=600, hours=6))
    found = held(plan, by_hand(plan).move([f"CX1:{i}" for i in range(25, 31)], "CX2").plan)
    assert [(row["id"], row["is"]["text"]) for row in compared.rows(found, ZONE)] == [
        ("CX2", "Less safe"), ("CX1", "Safer"),
    ]  # fmt: skip
