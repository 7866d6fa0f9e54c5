import numpy as np
import pytest

from dispatchkit.plan.draft import Draft


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


def test_two_groups_never_share_a_van_or_an_unserved_stop(two_towns):
    rng = np.random.default_rng(0)
    first = two_towns.pick(rng, 1, [])
    second = two_towns.pick(rng, 1, [])
    while second.vans == first.vans:
        second = two_towns.pick(rng, 1, [])
    assert first.unserved
    assert not first.unserved & second.unserved

    # the other van's centre may move nearer to a stop that the first group is finding a place for
    two_towns.routes[second.vans[0]] = two_towns.routes[first.vans[0]]
    assert not two_towns._wanted([first]) & first.unserved


def test_nobody_gets_a_group_while_all_vans_are_being_worked_on(two_towns):
    whole = two_towns.pick(np.random.default_rng(0), 2, [])
    assert whole.vans == (0, 1)
    assert two_towns.pick(np.random.default_rng(0), 1, [whole]) is None


def test_an_offer_is_taken_only_when_it_is_better(town):
    draft = draft_of(town, town.problem([1, 2, 3]), [(1, 3, 2)])
    group = draft.pick(np.random.default_rng(0), 1, [])
    number = {place: i for i, place in enumerate(group.places)}

    def offer(*order):
        draft.offer(group, (tuple(number[p] for p in order),))
        return draft.routes[0]

    before = draft.drive_s
    assert offer(2, 1, 3) in {(1, 3, 2), (2, 1, 3)}
    assert draft.drive_s <= before
    kept = draft.routes[0]
    assert offer(1, 2) == kept          # fewer stops served, whatever is saved
    assert everything(draft) == [1, 2, 3]


def test_an_offer_that_breaks_a_limit_is_cut_back_before_it_is_judged(town):
    draft = draft_of(town, town.problem([1, 2, 3], vans=(2, 1)), [(1, 2), (3,)])
    group = draft.pick(np.random.default_rng(0), 2, [])
    number = {place: i for i, place in enumerate(group.places)}
    draft.offer(group, ((number[1], number[2], number[3]), ()))
    assert draft.unserved == set()
    assert draft.routes == [(1, 2), (3,)]


def test_a_stop_is_fitted_in_where_there_is_room_but_not_on_a_route_in_work(town):
    problem = town.problem([1, 2, 3], vans=(3, 3))
    draft = draft_of(town, problem, [(1, 2, 3), ()])
    draft.routes[0], draft.unserved = (1, 2), {3}
    busy = draft.pick(np.random.default_rng(0), 1, [])
    while busy.vans != (0,):
        busy = draft.pick(np.random.default_rng(1), 1, [])
    other = type(busy)(vans=(0,), places=(0, 1, 2), unserved=frozenset())
    draft.fit_in([other])
    assert draft.routes == [(1, 2), (3,)]
