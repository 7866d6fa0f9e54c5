import numpy as np
import pytest

from dispatchkit.plan.engine.schedule import schedule
from dispatchkit.plan.engine.sequence import insertion_order, sequence

NEVER = float("nan")


def ordered(town, problem, **more):
    return sequence(
        town.seconds(problem), problem.service_s[1:], problem.opens_s[1:], problem.closes_s[1:],
        shift_s=problem.shift_s, seed=1, rounds=200, **more,
    )  # fmt: skip


def test_four_stops_in_a_line_are_served_on_the_way_out_or_back(town):
    problem = town.problem([3, 1, 4, 2])
    way = [0, *[i + 1 for i in ordered(town, problem)], 0]
    assert town.seconds(problem)[way[:-1], way[1:]].sum() == pytest.approx(800)


@pytest.mark.parametrize("km", [[], [1.0]])
def test_nothing_to_order(town, km):
    assert ordered(town, town.problem(km)) == tuple(range(len(km)))


def test_a_window_that_closes_early_is_served_first(town):
    assert ordered(town, town.problem([1, 2, 3, 4], windows={4: (0, 450)}))[0] == 3


def test_a_window_that_opens_late_is_left_for_the_way_back(town):
    # the near stop opens when the van is on its way home; waiting for it first would cost the shift
    problem = town.problem([1, 2, 3, 4], windows={1: (800, 2_000)}, shift_s=1_200)
    assert ordered(town, problem)[-1] == 0


def test_where_no_order_meets_every_window_all_stops_stay_and_the_lateness_is_the_least(town):
    problem = town.problem([1, 2, 3], windows={1: (0, 110), 3: (0, 50)})
    order = ordered(town, problem)
    assert sorted(order) == [0, 1, 2]
    late = {}
    for tried in ((0, 2, 1), (2, 0, 1), order):
        at = np.array(tried) + 1
        way = [0, *at, 0]
        late[tried] = schedule(
            town.seconds(problem)[way[:-1], way[1:]], problem.service_s[at], problem.opens_s[at], problem.closes_s[at]
        ).late_s.sum()
    assert late[order] == min(late.values()) > 0


def test_one_way_streets_are_driven_the_quick_way_round():
    quick = np.array([[0, 10, 90, 90], [90, 0, 10, 90], [90, 90, 0, 10], [10, 90, 90, 0]], dtype=float)
    assert sequence(quick, np.zeros(3), shift_s=1_000, seed=0, rounds=50) == (0, 1, 2)


def test_the_same_seed_gives_the_same_order(town):
    rng = np.random.default_rng(7)
    problem = town.problem((rng.random(60) * 9).tolist())
    assert ordered(town, problem) == ordered(town, problem)


def test_insertion_holds_every_place_once():
    seconds = np.random.default_rng(1).random((40, 40)) * 600
    assert sorted(insertion_order(seconds)) == list(range(1, 40))


def test_a_matrix_without_its_station_is_refused():
    with pytest.raises(ValueError, match="3 stops and their station"):
        sequence(np.zeros((3, 3)), np.zeros(3), shift_s=100, seed=0)
