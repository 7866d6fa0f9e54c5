"""The evaluator catches every single violation, and nothing else."""

import pytest

from dispatchkit.plan.evaluate import evaluate


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
