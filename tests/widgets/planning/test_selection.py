"""Stops chosen for a change, and how they are said."""

import pytest

from tests.plan.small_plans import TWO_STREETS, by_hand
from widgets.planning.selection import Selection, words


@pytest.fixture
def chosen():
    heard = []
    selection = Selection(lambda: heard.append(selection.stop_ids))
    selection.heard = heard
    return selection


def test_what_is_chosen_stands_in_the_order_of_the_plan(chosen):
    chosen.choose(TWO_STREETS, ["CX2:1", "CX1:3", "CX1:2"])
    assert chosen.stop_ids == ("CX1:2", "CX1:3", "CX2:1")


def test_added_stops_join_and_a_second_press_takes_them_out(chosen):
    chosen.choose(TWO_STREETS, ["CX1:1"])
    chosen.choose(TWO_STREETS, ["CX1:2", "CX1:1"], add=True)
    assert chosen.stop_ids == ("CX1:1", "CX1:2")
    chosen.choose(TWO_STREETS, ["CX1:1"], add=True)
    assert chosen.stop_ids == ("CX1:2",)


def test_marks_in_the_table_leave_the_stops_of_other_routes_chosen(chosen):
    chosen.choose(TWO_STREETS, ["CX1:1", "CX2:1"])
    chosen.choose_of(TWO_STREETS, "CX1", ["CX1:4"])
    assert chosen.stop_ids == ("CX1:4", "CX2:1")


def test_the_zone_of_a_stop_is_that_of_its_own_route(chosen):
    chosen.choose(TWO_STREETS, ["CX1:1"])
    chosen.choose_zones(TWO_STREETS)
    assert chosen.stop_ids == ("CX1:1", "CX1:2")


def test_the_same_choice_again_is_told_once(chosen):
    chosen.choose(TWO_STREETS, ["CX1:1"])
    chosen.choose(TWO_STREETS, ["CX1:1"])
    chosen.clear()
    chosen.clear()
    assert chosen.heard == [("CX1:1",), ()]


def test_stops_that_another_plan_does_not_have_are_forgotten(chosen):
    chosen.choose(TWO_STREETS, ["CX1:1", "gone"])
    assert chosen.stop_ids == ("CX1:1",)
    chosen.stop_ids = ("CX1:1", "gone")
    chosen.keep_to(TWO_STREETS)
    assert chosen.stop_ids == ("CX1:1",)


@pytest.mark.parametrize(
    ("stop_ids", "said"),
    [
        ([], ""),
        (["CX1:1"], "1 stop of CX1, 1 package, 0 h 01 at the doors"),
        (["CX1:1", "CX2:1", "CX2:2"], "3 stops (1 of CX1, 2 of CX2), 3 packages, 0 h 03 at the doors"),
    ],
)
def test_a_line_says_how_many_of_what(stop_ids, said):
    assert words(TWO_STREETS, stop_ids) == said


def test_stops_on_no_route_are_said_to_be():
    off = by_hand(TWO_STREETS).take_off(["CX1:1"]).plan
    assert words(off, ["CX1:1"]).startswith("1 stop on no route")
    assert "(1 on no route, 1 of CX1)" in words(off, ["CX1:1", "CX1:2"])
