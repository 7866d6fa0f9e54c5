import numpy as np
import pytest

from dispatchkit.plan.engine.draft import Draft
from dispatchkit.plan.engine.objective import Objective


def draft_of(town, problem, first):
    return Draft(problem, town.seconds(problem).astype(np.float32), first)


@pytest.fixture
def two_towns(town):
    """Two vans that are full, and one stop in each town for which there is no room."""
    problem = town.problem([9, 9.1, 9.2, -9, -9.1, -9.2], vans=(2, 2))
    return draft_of(town, problem, [(1, 2, 3), (4, 5, 6)])


def everything(draft):
    return sorted([*(p for route in draft.routes for p in route), *draft.unserved])


def test_what_breaks_a_limit_is_unserved_and_never_lost(two_towns):
    assert len(two_towns.unserved) == 2
    assert everything(two_towns) == [1, 2, 3, 4, 5, 6]


def test_shares_have_every_van_and_every_unserved_stop_once(two_towns):
    shares = two_towns.shares(np.random.default_rng(0), 2)
    assert sorted(van for share in shares for van in share.vans) == [0, 1]
    assert sorted(stop for share in shares for stop in share.unserved) == sorted(two_towns.unserved)
    assert shares[0].unserved


def test_one_share_is_everything(two_towns):
    (whole,) = two_towns.shares(np.random.default_rng(0), 1)
    assert whole.vans == (0, 1)
    assert sorted(whole.places) == [0, 1, 2, 3, 4, 5, 6]


def taken(draft, *orders):
    (group,) = draft.shares(np.random.default_rng(0), 1)
    number = {place: i for i, place in enumerate(group.places)}
    draft.take(group, tuple(tuple(number[p] for p in order) for order in orders))
    return draft.routes


def test_what_was_found_takes_the_place_of_what_was_there(town):
    draft = draft_of(town, town.problem([1, 2, 3]), [(1, 3, 2)])
    assert taken(draft, (3, 2, 1)) == [(3, 2, 1)]
    assert taken(draft, (1, 2)) == [(1, 2)]
    assert draft.unserved == {3}


def test_what_breaks_a_limit_is_cut_back_when_it_is_taken(town):
    draft = draft_of(town, town.problem([1, 2, 3], vans=(2, 1)), [(1, 2), (3,)])
    taken(draft, (1, 2, 3), ())
    assert len(draft.unserved) == 1
    assert everything(draft) == [1, 2, 3]


def test_fewer_stops_served_cost_more_whatever_is_saved(town):
    draft = draft_of(town, town.problem([1, 2, 3]), [(1, 2, 3)])
    whole = draft.kept().cost
    taken(draft, (1, 2))
    assert draft.kept().cost > whole


def test_even_hours_cost_less_where_they_have_a_price(town):
    problem = town.problem([1, 1, -1, -1], vans=(4, 4))
    costs = {}
    for even in (0.0, 10_000.0):
        for first in ([(1, 2), (3, 4)], [(1, 2, 3), (4,)]):
            drive_s = town.seconds(problem).astype(np.float32)
            costs[even, len(first[0])] = Draft(problem, drive_s, first, Objective(balance_s=even)).kept().cost
    assert costs[10_000.0, 2][1] - costs[0.0, 2][1] < costs[10_000.0, 3][1] - costs[0.0, 3][1]


def test_a_stop_is_fitted_in_where_there_is_room(town):
    draft = draft_of(town, town.problem([1, 2, 3], vans=(3, 3)), [(1, 2, 3), ()])
    draft.routes[0], draft.unserved = (1, 2), {3}
    assert draft.fitted().unserved == ()
    assert draft.unserved == {3}, "the search may find a better place"


def test_a_stop_nearest_to_a_van_that_stays_goes_to_the_next_share(town):
    problem = town.problem([9, 9.1, 0.1], vans=(2, 2))
    drive_s = town.seconds(problem).astype(np.float32)
    draft = Draft(problem, drive_s, [(1, 2), ()], Objective(balance_s=1.0))
    draft.unserved = {3}
    (share,) = draft.shares(np.random.default_rng(0), 2)
    assert share.vans == (0,), "the other van stays at the station, which is nearest to the stop"
    assert share.unserved == {3}


@pytest.mark.parametrize("first", [[(1, 2, 3), ()], [(), ()]], ids=["one idle van", "no route yet"])
def test_idle_vans_are_in_a_share_whichever_way_the_cut_goes(town, first):
    draft = draft_of(town, town.problem([9, 9.1, 9.2], vans=(3, 3)), first)
    draft.unserved = {1, 2, 3}.difference(*first)
    for seed in range(8):
        shares = draft.shares(np.random.default_rng(seed), 2)
        assert sorted(van for share in shares for van in share.vans) == [0, 1]
        assert {stop for share in shares for stop in share.unserved} == draft.unserved
