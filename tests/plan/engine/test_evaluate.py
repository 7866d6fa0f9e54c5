"""The evaluator catches every single violation, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.evaluate import evaluate

ONLY_THE_SECOND_VAN_AT_STOP_2 = np.array([[0, 0, np.inf], [0, 0, 0]], dtype=np.float32)


def judged(town, problem, routes):
    return evaluate(problem, town.seconds(problem), routes)


def test_four_stops_in_a_line_out_and_back(town):
    found = judged(town, town.problem([1, 2, 3, 4]), [(1, 2, 3, 4)])
    assert found.feasible
    assert found.drive_s == pytest.approx(800)
    assert found.hours == (pytest.approx((800 + 4 * 60) / 3_600),)


def test_a_missing_stop(town):
    found = judged(town, town.problem([1, 2]), [(1,)])
    assert (found.missing, found.feasible) == ((2,), False)


def test_a_stop_that_is_served_twice(town):
    found = judged(town, town.problem([1, 2], vans=(9, 9)), [(1, 2), (2,)])
    assert (found.duplicated, found.feasible) == ((2,), False)


def test_an_overload(town):
    found = judged(town, town.problem([1, 2], vans=(3,), volume=2.0), [(1, 2)])
    assert (found.overload, found.late_s, found.overtime_s, found.feasible) == (1, 0, 0, False)


def test_a_late_stop(town):
    found = judged(town, town.problem([1], windows={1: (0, 90)}), [(1,)])
    assert found.late_s == pytest.approx(10)
    assert (found.overload, found.overtime_s, found.feasible) == (0, 0, False)


def test_overtime_counts_the_wait_and_the_break(town):
    problem = town.problem([1], windows={1: (500, 600)}, shift_s=650, break_s=50)
    found = judged(town, problem, [(1,)])
    assert found.overtime_s == pytest.approx(500 + 60 + 50 + 100 - 650)
    assert (found.late_s, found.feasible) == (0, False)


def test_more_routes_than_vans(town):
    found = judged(town, town.problem([1, 2], volume=0.0), [(1,), (2,)])
    assert (found.surplus, found.overload, found.feasible) == (1, 0, False)


def test_a_van_that_stays_costs_nothing(town):
    found = judged(town, town.problem([1], vans=(9, 9), break_s=1_800), [(), (1,)])
    assert found.feasible
    assert found.hours[0] == 0


@pytest.mark.parametrize("place", [0, 3])
def test_only_stops_can_be_served(town, place):
    with pytest.raises(ValueError, match="only stops"):
        judged(town, town.problem([1, 2]), [(1, 2, place)])


def test_packages_beyond_those_that_the_van_takes(town):
    problem = replace(town.problem([1, 2]), packages=np.array([0.0, 3.0, 4.0]), van_packages=(6.0,))
    found = judged(town, problem, [(1, 2)])
    assert (found.routes[0].surplus_packages, found.overload, found.feasible) == (1, 0, False)


def test_a_stop_that_needs_another_type_of_van(town):
    problem = replace(town.problem([1, 2], vans=(9, 9)), strange_s=ONLY_THE_SECOND_VAN_AT_STOP_2)
    assert judged(town, problem, [(1,), (2,)]).feasible
    assert [r.forbidden for r in judged(town, problem, [(1, 2), ()]).routes] == [1, 0]
    assert not judged(town, problem, [(1, 2), ()]).feasible


def test_each_van_has_its_own_departure_and_shift(town):
    problem = replace(town.problem([1, 1], vans=(9, 9), windows={1: (0, 90)}), van_leaves_s=(0.0, -20.0))
    assert judged(town, problem, [(1,), (2,)]).late_s == pytest.approx(10)
    assert judged(town, problem, [(2,), (1,)]).feasible, "the second van left twenty seconds before"
    short = replace(problem, van_shift_s=(100.0, 36_000.0))
    assert judged(town, short, [(2,), (1,)]).overtime_s == pytest.approx(160)
