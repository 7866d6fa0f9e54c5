"""Neighbours on the map have different colours."""

from itertools import pairwise

from msgspec.structs import replace

from tests.plan.small_plans import TWO_STREETS, street, town
from widgets.planning.route_colours import COLOURS, colours_of

ROW = town(*(street(f"CX{n}", at_km=0.5 * n) for n in range(2 * len(COLOURS))))
"""Twice as many streets as there are colours, one beside the other."""


def test_no_two_routes_have_the_same_colour_while_there_are_enough():
    few = replace(ROW, routes=ROW.routes[: len(COLOURS)])
    assert sorted(colours_of(few).values()) == list(range(len(COLOURS)))


def test_routes_beside_each_other_never_have_the_same_colour():
    made = list(colours_of(ROW).values())
    assert all(one != other for one, other in pairwise(made))


def test_the_same_plan_has_the_same_colours_again():
    assert colours_of(ROW) == colours_of(ROW)


def test_routes_whose_stops_have_no_place_have_no_colour():
    counted = replace(TWO_STREETS, stops=tuple(replace(s, lat=None, lng=None) for s in TWO_STREETS.stops))
    assert colours_of(counted) == {}
