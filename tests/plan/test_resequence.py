"""A route put in another order: for little driving, or zone by zone as drivers go."""

import pytest
from msgspec.structs import replace

from dispatchkit.errors import Refused
from dispatchkit.plan.limits import late_stop_ids
from dispatchkit.plan.ordering import Order, ordering
from tests.plan.small_plans import by_hand, order_of, street, town
from tests.small_day import STATION

TWO_ZONES = ("A-1.1A", "A-1.2A")


def on_both_sides(**more):
    """A street of six stops whose houses left and right are in two zones, driven house by house."""
    plan = town(street("CX1", stops=6, gap_km=0.05, **more))
    zones = {stop_id: TWO_ZONES[i % 2] for i, stop_id in enumerate(plan.route["CX1"].stop_ids)}
    return replace(plan, stops=tuple(replace(s, zone=zones[s.stop_id]) for s in plan.stops))


def ordered(plan, order):
    return by_hand(plan, ordering=ordering(order, STATION)).order_anew("CX1")


def zones_along(plan, stop_ids):
    return [plan.stop[s].zone for s in stop_ids]


def test_as_drivers_go_one_zone_is_done_before_the_next():
    plan = on_both_sides()
    along = zones_along(plan, order_of(ordered(plan, Order.AS_DRIVERS_GO), "CX1"))
    assert sum(a != b for a, b in zip(along, along[1:], strict=False)) == 1


def test_for_little_driving_the_street_is_driven_house_by_house():
    with pytest.raises(Refused, match="No better order of CX1"):
        ordered(on_both_sides(), Order.SHORTEST)


def test_nobody_is_reached_later_for_a_habit():
    plan = on_both_sides(windows={1: (0.0, 0.029), 2: (0.0, 0.04), 6: (0.0, 0.08)}, service_s=30)
    assert not late_stop_ids(plan, plan.route["CX1"])
    with pytest.raises(Refused, match="No better order of CX1"):
        ordered(plan, Order.AS_DRIVERS_GO)


def test_zones_whose_names_say_nothing_are_said_to():
    with pytest.raises(Refused, match=r"No zone of CX1 has a name such as A-1\.2C"):
        ordered(town(street("CX1")), Order.AS_DRIVERS_GO)
