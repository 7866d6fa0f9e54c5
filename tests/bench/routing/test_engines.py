"""Every engine gets the same question and answers with orders of places that keep the limits."""

import pytest
import pyvrp.exceptions

from dispatchkit.bench.routing.engines import ORTOOLS, OURS, PYVRP, VROOM, solved
from dispatchkit.bench.routing.generated import read_day
from dispatchkit.bench.routing.published import read_published
from dispatchkit.plan.engine import search
from tests.small_instances import DAY, write_instances


@pytest.fixture(scope="module", autouse=True)
def search_is_compiled():
    """Loading the compiled search takes longer than these instances do."""
    search.warm_up()


@pytest.fixture
def data(tmp_path):
    return write_instances(tmp_path)


def asked(engine, instance, **more):
    if engine == VROOM:
        pytest.importorskip("vroom", reason="pyvroom is not installed: pip install 'dispatchkit[bench]'.")
    return solved(engine, instance, budget_s=0.5, seed=1, **more)


@pytest.mark.parametrize("engine", [OURS, PYVRP, VROOM, ORTOOLS])
@pytest.mark.parametrize("name", ["solomon/TEN", "x/FIVE"])
def test_the_smallest_instances_are_solved_by_all_of_them(engine, name, data):
    instance = read_published(data / "vrp", name)
    found = asked(engine, instance)
    judged = instance.judged(found.routes)
    assert judged.feasible
    assert judged.cost == {"solomon/TEN": 122.5, "x/FIVE": 64}[name]
    assert found.first_feasible_s is not None
    assert found.first_feasible_s <= found.took_s


@pytest.mark.parametrize("engine", [OURS, PYVRP, VROOM, ORTOOLS])
def test_a_day_is_solved_by_all_of_them(engine, data):
    day = read_day(data, DAY)
    assert day.judged(asked(engine, day).routes).feasible


@pytest.mark.parametrize("engine", [OURS, VROOM, ORTOOLS])
def test_a_stop_that_no_van_can_hold_is_left_out_and_the_plan_not_called_feasible(engine, data):
    instance = read_published(data / "vrp", "x/FIVE")
    instance.problem.volume[3] = 4
    found = asked(engine, instance)
    assert instance.judged(found.routes).unserved == 1
    assert found.first_feasible_s is None


def test_pyvrp_serves_all_and_the_judge_says_what_that_breaks(data):
    instance = read_published(data / "vrp", "x/FIVE")
    instance.problem.volume[3] = 4
    with pytest.warns(pyvrp.exceptions.PenaltyBoundWarning):
        found = asked(PYVRP, instance)
    assert instance.judged(found.routes).overload > 0
    assert found.first_feasible_s is None


def test_with_balance_asked_for_hours_are_no_less_even(data):
    day = read_day(data, DAY)
    plain, balanced = (day.judged(asked(OURS, day, balanced=wish).routes) for wish in (False, True))
    assert balanced.feasible
    assert balanced.hours_sd <= plain.hours_sd
