"""Waiting stops shared out: only the places of those who are asked are priced, and as few others move as possible."""

from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.leftover import Limit
from dispatchkit.plan.engine.objective import Objective
from dispatchkit.plan.rebuilding.share_out import share_out
from dispatchkit.station import load

RULES = load().rebuild


@pytest.fixture
def given(town):
    """Share stops out in a town, and note which places were priced."""

    def share(problem, routes, *batches, **more):
        drive_s, priced = town.seconds(problem), []

        def seconds(places):
            priced.append(list(places))
            return drive_s[np.ix_(places, places)]

        able = more.pop("able", range(len(routes)))
        return share_out(problem, routes, batches, able=able, seconds=seconds, rules=RULES, **more), priced

    return share


def test_each_batch_goes_to_the_vans_around_it(town, given):
    problem = town.problem([1, 1.1, -9, -9.1], vans=[9, 9])
    shared, _ = given(problem, ((1,), (3,)), (2,), (4,))
    assert [sorted(route) for route in shared.routes] == [[1, 2], [3, 4]]
    assert (shared.moved, shared.left, shared.asked) == ((), {}, (0, 1))


def test_only_the_places_of_those_who_are_asked_are_priced(town, given):
    problem = town.problem([1, 2, 3], vans=[9, 9])
    _, priced = given(problem, ((1,), (2,)), (3,), able=[1])
    assert {place for places in priced for place in places} == {0, 2, 3}


def test_a_stop_moves_on_where_the_one_that_waits_fits_nowhere_else(town, given):
    # the waiting stop is too large for what is free at 1; a small one goes on to the other van for it
    problem = replace(town.problem([1, 1.1, 9, 1.2], vans=[10, 10]), volume=np.array([0, 4, 4.0, 5, 6]))
    shared, _ = given(problem, ((1, 2), (3,)), (4,))
    assert not shared.left
    assert len(shared.moved) == 1


def test_a_stop_that_may_not_change_van_never_does(town, given):
    problem = replace(town.problem([1, 1.1, 9, 1.2], vans=[10, 10]), volume=np.array([0, 4, 4.0, 6, 6]))
    barred = np.zeros((2, 5), dtype=np.float32)
    barred[1, 1] = barred[1, 2] = np.inf
    shared, _ = given(replace(problem, strange_s=barred), ((1, 2), (3,)), (4,))
    assert (shared.moved, shared.left) == ((), {4: Limit.VAN_VOLUME})


def test_hours_are_evened_out_where_that_is_asked_for(town, given):
    problem = town.problem([5, 5.1, 5.2, 5.3, 5.05], vans=[9, 9], service_s=3_000.0)
    alone, _ = given(problem, ((1, 2, 3), (4,)), (5,))
    even, _ = given(problem, ((1, 2, 3), (4,)), (5,), objective=Objective(balance_s=600.0))
    assert 5 in alone.routes[0]
    assert 5 in even.routes[1]


def test_who_has_no_room_at_all_leaves_the_largest_out(town, given):
    problem = replace(town.problem([1, 2, 3, 4], vans=[3]), volume=np.array([0, 1.0, 5, 1, 1]))
    shared, _ = given(problem, ((1,),), (2, 3, 4))
    assert (sorted(shared.routes[0]), shared.left) == ([1, 3, 4], {2: Limit.VAN_VOLUME})
    assert shared.limits == {Limit.VAN_VOLUME: 1}
