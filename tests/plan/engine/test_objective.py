"""What a plan is worth beside little driving: each term prices what it names, and nothing else."""

from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.objective import DRIVING, Objective, strays


def price_of(objective, town, problem, routes):
    return objective.price_s(problem, town.seconds(problem), routes)


def test_driving_alone_counts_where_nothing_is_said(town):
    problem = town.problem([1, 2, 3, 4], vans=(9, 9))
    assert price_of(DRIVING, town, problem, ((1, 2), (3, 4))) == pytest.approx(400 + 800)


def test_even_hours_are_cheaper(town):
    problem, balance = town.problem([1, 1, 1, 1], vans=(9, 9), service_s=3_600), Objective(balance_s=100)
    assert price_of(balance, town, problem, ((1, 2), (3, 4))) == pytest.approx(400)
    assert price_of(balance, town, problem, ((1, 2, 3), (4,))) == pytest.approx(400 + 100 * 2 * 1**2)


def test_a_van_that_stays_is_not_sent_out_for_even_hours(town):
    problem, balance = town.problem([1, 1], vans=(9, 9), service_s=3_600), Objective(balance_s=100)
    assert price_of(balance, town, problem, ((1, 2), ())) == pytest.approx(200)


def test_a_new_driver_ought_to_have_less(town):
    problem = replace(town.problem([1, 1, 1], vans=(9, 9), service_s=3_600), van_share=(1.0, 0.5))
    nursery = Objective(balance_s=100)
    assert price_of(nursery, town, problem, ((1, 2), (3,))) < price_of(nursery, town, problem, ((1,), (2, 3)))


def test_a_zone_that_is_split_costs_for_each_stop_away_from_home(town):
    problem = replace(town.problem([1, 1, 1, 1], vans=(9, 9)), zone=np.array([-1, 7, 7, 7, -1]))
    zones = Objective(zone_s=60)
    whole, split = ((1, 2, 3), (4,)), ((1, 2), (3, 4))
    assert price_of(zones, town, problem, split) - price_of(zones, town, problem, whole) == pytest.approx(60)
    assert price_of(zones, town, problem, whole) == price_of(DRIVING, town, problem, whole)


def test_places_without_a_zone_stray_nowhere():
    assert strays(None, ((1, 2),)) == 0
    assert strays(np.array([-1, -1, -1]), ((1,), (2,))) == 0
    assert strays(np.array([-1, 0, 0, 0]), ()) == 0


def test_a_stop_in_the_middle_of_another_route_costs_by_the_kilometre(town):
    problem, compact = town.problem([1, 1, 5, 5, 5], vans=(9, 9)), Objective(compact_s_per_km=10)
    tidy, strayed = ((1, 2), (3, 4, 5)), ((1, 2, 3), (4, 5))
    assert price_of(compact, town, problem, tidy) == pytest.approx(price_of(DRIVING, town, problem, tidy))
    nearer_km = (5 - 7 / 3) - 0
    assert price_of(compact, town, problem, strayed) - price_of(DRIVING, town, problem, strayed) == pytest.approx(
        10 * nearer_km, rel=1e-3
    )


def test_a_van_that_is_strange_to_a_stop_costs_what_the_problem_says(town):
    problem = replace(town.problem([1, 2], vans=(9, 9)), strange_s=np.array([[0, 0, 300], [0, 0, 0]], dtype=np.float32))
    assert price_of(DRIVING, town, problem, ((1, 2), ())) == pytest.approx(400 + 300)
    assert price_of(DRIVING, town, problem, ((), (1, 2))) == pytest.approx(400)


def test_a_van_that_stays_has_no_middle_to_be_far_from(town):
    problem, compact = town.problem([1, 2], vans=(9, 9)), Objective(compact_s_per_km=10)
    assert price_of(compact, town, problem, ((1, 2), ())) == pytest.approx(400)
    assert price_of(compact, town, problem, ((), ())) == 0
