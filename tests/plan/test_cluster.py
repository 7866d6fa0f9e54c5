import numpy as np
import pytest

from dispatchkit.plan.cluster import cluster


def test_towns_are_not_torn_apart(town):
    problem = town.problem([9, -9, 9.1, -9.1], vans=(2, 2))
    areas = cluster(problem, town.seconds(problem), seed=0)
    assert sorted(sorted(area) for area in areas) == [[1, 3], [2, 4]]


def test_a_van_that_is_too_full_gives_to_its_neighbours(town):
    rng = np.random.default_rng(2)
    km = np.concatenate([5 + rng.random(150), 6 + rng.random(30)])     # a dense place beside a thin one
    problem = town.problem(km.tolist(), vans=(100, 100), shift_s=10**6)
    areas = cluster(problem, town.seconds(problem), seed=0)
    assert sorted(p for area in areas for p in area) == list(range(1, 181))
    assert max(len(area) for area in areas) <= 100


@pytest.mark.parametrize("stops", [0, 1, 2])
def test_fewer_stops_than_vans(town, stops):
    problem = town.problem([1.0, 2.0][:stops], vans=(9, 9, 9))
    areas = cluster(problem, town.seconds(problem), seed=0)
    assert sorted(p for area in areas for p in area) == list(range(1, stops + 1))
    assert len(areas) == 3
