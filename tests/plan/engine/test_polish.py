from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.evaluate import evaluate
from dispatchkit.plan.engine.polish import polished
from tests.small_town import Town


@pytest.fixture
def town():
    return Town()


def improved(town, problem, routes, rounds=150, **more):
    left = iter(range(rounds))
    return polished(
        problem, town.seconds(problem), routes, seed=1, stop=lambda: next(left, None) is None, **more
    )  # fmt: skip


def test_crossed_towns_are_uncrossed(town):
    problem = town.problem([9, -9, 9.1, -9.1], vans=(2, 2))
    found = improved(town, problem, ((1, 2), (3, 4)))
    assert sorted(sorted(route) for route in found) == [[1, 3], [2, 4]]


def test_an_unserved_stop_is_served_when_there_is_room(town):
    problem = town.problem([1, 2, 30])
    assert sorted(improved(town, problem, ((1, 2),))[0]) == [1, 2, 3]


def test_each_van_keeps_its_own_volume(town):
    problem = town.problem([9, 9.1, 9.2, -9], vans=(3, 1))
    found = improved(town, problem, ((1, 2), (4,)))
    assert [len(route) for route in found] == [3, 1]


def test_each_van_takes_no_more_packages_than_it_may(town):
    problem = town.problem([9, 9.1, 9.2, -9], vans=(9, 9))
    problem = replace(problem, packages=np.array([0.0, 10, 10, 10, 10]), van_packages=(20.0, 20.0))
    found = improved(town, problem, ((1, 2), (4,)))
    assert sorted(map(len, found)) == [2, 2]


def test_the_van_of_the_early_wave_serves_what_closes_early(town):
    problem = town.problem([9, -9], vans=(9, 9), windows={1: (0, 1_500)})
    problem = replace(problem, van_leaves_s=(3_600.0, 0.0), van_shift_s=(30_000.0, 30_000.0))
    assert 1 in improved(town, problem, ((2,), ()))[1]


def test_a_short_shift_is_kept_by_its_van(town):
    problem = replace(town.problem([1, 1.1, 8, 8.1], vans=(2, 2)), van_shift_s=(500.0, 9_000.0))
    found = improved(town, problem, ((1,), (3, 4)))
    assert evaluate(problem, town.seconds(problem), found).overtime_s == 0


def test_a_window_after_the_break_is_met_with_the_break_in_it(town):
    # on the way back, after the break, the near stop would be 280 s late: it has to be served on the way out
    problem = town.problem([1, 2, 3, 4], windows={1: (0, 1_000)}, break_s=400, shift_s=3_600)
    found = improved(town, problem, ((2, 3, 4, 1),))
    assert evaluate(problem, town.seconds(problem), found).feasible


@pytest.mark.parametrize("must_serve", [True, False])
def test_a_route_that_cannot_keep_its_limits_comes_back_whole_or_feasible(town, must_serve):
    problem = town.problem([1, 2, 3], windows={3: (0, 50)})
    (order,) = improved(town, problem, ((1, 2, 3) if must_serve else (1, 2),), must_serve=must_serve)
    assert sorted(order) == ([1, 2, 3] if must_serve else [1, 2])
