from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.evaluate import evaluate_route
from dispatchkit.plan.engine.leftover import Limit, find_room, sentences, take_off, why_left


@pytest.mark.parametrize(
    "limits",
    [
        {"vans": (2.0,)},
        {"shift_s": 500.0},
        {"windows": {3: (0, 100), 1: (0, 130)}},
        {"vans": (2.0,), "shift_s": 500.0, "windows": {4: (0, 10)}},
    ],
)
def test_what_stays_on_the_route_keeps_every_limit_and_nothing_is_lost(town, limits):
    problem = town.problem([1, 2, 3, 4], **limits)
    stays, off = take_off(problem, town.seconds(problem), 0, (1, 2, 3, 4))
    assert off
    assert sorted((*stays, *off)) == [1, 2, 3, 4]
    assert evaluate_route(problem, town.seconds(problem), 0, stays).feasible


def test_a_route_that_keeps_its_limits_is_left_alone(town):
    problem = town.problem([1, 2])
    assert take_off(problem, town.seconds(problem), 0, (1, 2)) == ((1, 2), ())


def test_room_is_found_where_it_costs_least(town):
    problem = town.problem([1, 3, 2], vans=(9, 9))
    assert find_room(problem, town.seconds(problem), [(), (1, 2)], 3, range(2)) == (1, 1)


@pytest.mark.parametrize(
    ("limits", "binds"),
    [
        ({"vans": (0.5,)}, Limit.VAN_VOLUME),
        ({"vans": (1.0,)}, Limit.VAN_VOLUME),
        ({"shift_s": 300.0}, Limit.SHIFT),
        ({"shift_s": 400.0}, Limit.SHIFT),
        ({"windows": {2: (0, 150)}}, Limit.WINDOW),
        ({"windows": {1: (95, 100), 2: (0, 230)}}, Limit.WINDOW),
        ({}, Limit.SEARCH_TIME),
    ],
)
def test_the_limit_that_binds_is_named(town, limits, binds):
    problem = town.problem([1, 2], **({"service_s": 60.0} | limits))
    assert why_left(problem, town.seconds(problem), ((1,),), [2]) == Counter({binds: 1})


def test_a_stop_that_only_another_type_of_van_may_serve_is_kept_off_by_that(town):
    problem = replace(town.problem([1, 2]), strange_s=np.array([[0, 0, np.inf]], dtype=np.float32))
    assert why_left(problem, town.seconds(problem), ((1,),), [2]) == Counter({Limit.SERVICE_TYPE: 1})
    assert take_off(problem, town.seconds(problem), 0, (1, 2)) == ((1,), (2,))


def test_a_van_takes_only_so_many_packages(town):
    problem = replace(town.problem([1, 2]), packages=np.array([0.0, 3.0, 4.0]), van_packages=(5.0,))
    assert why_left(problem, town.seconds(problem), ((1,),), [2]) == Counter({Limit.PACKAGES: 1})
    assert take_off(problem, town.seconds(problem), 0, (1, 2)) == ((1,), (2,)), "the one that makes room alone"


def test_people_are_told_how_many_and_what_to_do():
    told = sentences(Counter({Limit.SHIFT: 1, Limit.VAN_VOLUME: 1_200}))
    assert told == (
        "1,200 stops are unserved because no van has room left. Add a van, or a larger one.",
        "1 stop is unserved because no driver has time left in the shift. Add a route, or lengthen the shift.",
    )
    assert sentences(Counter()) == ()
