"""Who around could take stops over: the cheapest first, none that a rule forbids."""

from dispatchkit.plan.locks import Locks
from dispatchkit.plan.takers import offers
from tests.plan.small_plans import TRAVEL, by_hand, street, town
from tests.small_day import STATION

FOUR = town(street("CX1"), street("CX2", at_km=0.2), street("CX3", at_km=2), street("CX4", at_km=0.4, van_m3=0.08))
"""CX2 is next to CX1, CX3 far off, and the van of CX4 is full."""


def offered(stop_ids, plan=FOUR, *, unable=(), **more):
    return offers(by_hand(plan, **more), stop_ids, STATION, TRAVEL, unable=unable)


def test_the_route_whose_driver_is_out_least_longer_comes_first():
    found = offered(["CX1:1", "CX1:2"])
    assert [offer.code for offer in found] == ["CX2", "CX3"]
    assert found[0].more_s < found[1].more_s


def test_what_is_offered_is_what_the_change_comes_to():
    (offer, *_) = offered(["CX1:1", "CX1:2"])
    route = by_hand(FOUR).move(["CX1:1", "CX1:2"], "CX2").plan.route["CX2"]
    assert (offer.after.stops, offer.after.drive_s) == (6, sum(route.drive_s))


def test_a_full_van_a_locked_route_and_one_that_is_being_loaded_are_not_offered():
    assert "CX4" not in {offer.code for offer in offered(["CX1:1"])}
    assert {o.code for o in offered(["CX1:1"], locks=Locks(route_ids=frozenset({"CX2"})))} == {"CX3"}
    assert {o.code for o in offered(["CX1:1"], unable={"CX2"})} == {"CX3"}


def test_all_stops_of_a_route_are_offered_as_a_merger():
    found = offered(list(FOUR.route["CX1"].stop_ids))
    assert [offer.after.stops for offer in found] == [8, 8]


def test_stops_on_no_route_are_offered_too():
    off = by_hand(FOUR).take_off(["CX1:1"]).plan
    assert next(offer.code for offer in offered(["CX1:1"], off)) in {"CX1", "CX2"}


def test_nothing_is_offered_for_stops_that_the_plan_does_not_know():
    assert offered(["elsewhere"]) == ()
