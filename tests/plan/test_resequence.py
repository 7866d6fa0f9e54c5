"""A route put in another order: for little driving, or zone by zone as drivers go."""

from itertools import pairwise

import pytest

from dispatchkit.errors import Refused
from dispatchkit.plan.limits import late_stop_ids
from dispatchkit.plan.ordering import Order, ordering
from tests.plan.small_plans import by_hand, on_both_sides, order_of, street, town
from tests.small_day import STATION


def ordered(plan, order):
    return by_hand(plan, ordering=ordering(order, STATION)).order_anew("CX1")


def zones_along(plan, stop_ids):
    return [plan.stop[s].zone for s in stop_ids]


def test_as_drivers_go_one_zone_is_done_before_the_next():
    plan = on_both_sides()
    along = zones_along(plan, order_of(ordered(plan, Order.AS_DRIVERS_GO), "CX1"))
    assert sum(a != b for a, b in pairwise(along)) == 1


def test_for_little_driving_the_street_is_driven_house_by_house():
    with pytest.raises(Refused, match="No better order of CX1"):
        ordered(on_both_sides(), Order.SHORTEST)


def test_nobody_is_reached_later_for_a_habit():
    plan = on_both_sides(windows={1: (0.0, 0.029), 2: (0.0, 0.04)}, service_s=30)     # just time for these two
    made = ordered(plan, Order.AS_DRIVERS_GO).plan
    assert made.route["CX1"].stop_ids[:2] == ("CX1:1", "CX1:2")
    assert not late_stop_ids(made, made.route["CX1"])


def test_zones_whose_names_say_nothing_are_said_to():
    with pytest.raises(Refused, match=r"No zone of CX1 has a name such as A-1\.2C"):
        ordered(town(street("CX1")), Order.AS_DRIVERS_GO)
