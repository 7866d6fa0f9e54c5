from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.cluster import cluster
from dispatchkit.plan.engine.objective import strays
from dispatchkit.plan.engine.problem import Problem
from dispatchkit.travel.calibrated import CalibratedTravel


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


def a_city(town, seed, stops=670):
    """A city on a line with a hundred zones in it, and vans of which some are half as large as others."""
    rng = np.random.default_rng(seed)
    problem = town.problem(rng.normal(0, 6, stops).tolist(), vans=(60, 30) * 8, shift_s=10**6)
    zone = np.concatenate([[-1], np.argsort(np.argsort(problem.lat[1:])) // 6])
    return replace(problem, zone=zone)


def towns_far_off(seed, stops=1_200, vans=25):
    """A dozen towns in zones, some an hour away, and small and large vans that have the room but not the time."""
    rng = np.random.default_rng(seed)
    middle = rng.normal(0, 0.2, (12, 2))[rng.integers(0, 12, stops + 1)]
    lat = 42.4 + middle[:, 0] + rng.normal(0, 0.02, stops + 1)
    lng = -88 + middle[:, 1] + rng.normal(0, 0.025, stops + 1)
    squares = np.column_stack([lat[1:] // 0.012, lng[1:] // 0.016])
    volume = np.append(0.0, rng.integers(5, 60, stops))
    room = rng.choice([0.5, 1.0, 1.5], vans)
    never = np.full(stops + 1, np.nan)
    return Problem(
        lat=np.append(42.0, lat[1:]), lng=np.append(-88.0, lng[1:]), volume=volume,
        service_s=np.append(0.0, rng.integers(30, 180, stops)), opens_s=never, closes_s=never,
        van_volume=tuple(room / room.sum() * volume.sum() / 0.9), shift_s=8_000.0, break_s=1_800.0,
        zone=np.append(-1, np.unique(squares, axis=0, return_inverse=True)[1].ravel()),
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_no_van_is_left_with_nothing_where_others_have_too_much(seed):
    problem = towns_far_off(seed)
    areas = cluster(problem, CalibratedTravel().matrix(problem.lat, problem.lng), seed=seed, whole_zones=True)
    assert all(areas)


def test_zones_are_shared_out_as_a_whole_where_that_is_asked_for(town):
    problem = a_city(town, 1)
    areas = cluster(problem, town.seconds(problem), seed=1, whole_zones=True)
    assert strays(problem.zone, areas) == 0
    assert strays(problem.zone, cluster(problem, town.seconds(problem), seed=1)) > 0


def test_a_zone_too_large_for_a_van_is_cut_all_the_same(town):
    problem = a_city(town, 1)
    one = replace(problem, zone=np.where(problem.zone < 0, -1, 0))
    areas = cluster(one, town.seconds(problem), seed=1, whole_zones=True)
    assert max(len(area) for area in areas) < 80


@pytest.mark.parametrize("stops", [0, 1, 2])
def test_fewer_stops_than_vans(town, stops):
    problem = town.problem([1.0, 2.0][:stops], vans=(9, 9, 9))
    areas = cluster(problem, town.seconds(problem), seed=0)
    assert sorted(p for area in areas for p in area) == list(range(1, stops + 1))
    assert len(areas) == 3
