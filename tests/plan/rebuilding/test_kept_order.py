"""Stops put into routes that keep their order."""

from dispatchkit.plan.engine.evaluate import evaluate
from dispatchkit.plan.rebuilding.kept_order import put_in


def test_each_goes_where_it_costs_least_and_the_order_stays(town):
    problem = town.problem([1, 2, 3, 4], vans=[9, 9])
    routes, left = put_in(problem, town.seconds(problem), ((4, 1), ()), (2, 3), [0])
    assert (sorted(routes[0]), left) == ([1, 2, 3, 4], ())
    assert [p for p in routes[0] if p in (1, 4)] == [4, 1]
    assert routes[1] == ()


def test_the_cheapest_goes_first_where_there_is_room_for_one(town):
    problem = town.problem([5, 4.9, 9], vans=[2])
    assert put_in(problem, town.seconds(problem), ((1,),), (3, 2), [0]) == (((2, 1),), (3,))


def test_one_with_a_window_goes_before_a_cheaper_one(town):
    problem = town.problem([5, 4.9, 9], vans=[2], windows={3: (0.0, 2000.0)})
    routes, left = put_in(problem, town.seconds(problem), ((1,),), (2, 3), [0])
    assert (sorted(routes[0]), left) == ([1, 3], (2,))


def test_no_limit_is_broken_for_anybody(town):
    problem = town.problem([1, 2, 3, 4], vans=[9], windows={2: (0.0, 250.0)}, shift_s=1_000.0)
    drive_s = town.seconds(problem)
    routes, left = put_in(problem, drive_s, ((1,),), (2, 3, 4), [0])
    assert sorted((*routes[0], *left)) == [1, 2, 3, 4]
    assert all(r.feasible for r in evaluate(problem, drive_s, routes).routes)
