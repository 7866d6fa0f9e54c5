"""Published instances count distances as their solutions do; nothing is compared with another convention."""

import os
from pathlib import Path

import pytest

from dispatchkit.bench import BESIDE_THE_CHECKOUT
from dispatchkit.bench.routing.published import names, read_published
from dispatchkit.errors import WorkbenchError
from tests.small_instances import TEN, write_instances

DATA = Path(os.environ.get("DISPATCHKIT_DATA", BESIDE_THE_CHECKOUT)) / "vrp"


@pytest.fixture
def vrp(tmp_path):
    return write_instances(tmp_path) / "vrp"


def test_the_instances_of_both_sets_are_found_by_name(vrp):
    assert names(vrp) == ["solomon/TEN", "x/FIVE"]


def test_solomons_distances_have_one_decimal_and_the_rest_is_cut_off(vrp):
    ten = read_published(vrp, "solomon/TEN")
    assert ten.drive_s[0, 1] == 141        # the root of 2² + 14² is 14.142
    assert ten.drive_s[0, 2] == 174        # that of 7² + 16² is 17.464: not rounded up, cut off
    assert ten.problem.service_s[1] == 100
    assert (ten.problem.opens_s[2], ten.problem.closes_s[2]) == (200, 1000)
    assert ten.problem.shift_s == 4000
    assert len(ten.problem.van_volume) == 4


def test_the_cost_comes_back_in_the_instances_own_unit(vrp):
    ten = read_published(vrp, "solomon/TEN")
    found = ten.judged(((1, 2, 3, 4, 5), (6, 7, 8, 9, 10)))
    assert found.feasible
    assert found.cost == ten.best_known == 122.5


def test_a_route_against_the_windows_is_late_by_so_many_of_its_units(vrp):
    found = read_published(vrp, "solomon/TEN").judged(((4, 5, 3, 1, 2), (6, 7, 8, 9, 10)))
    assert not found.feasible
    # 40 when the first one opens, four times 10 at the door, 8.0 + 13.3 + 11.4 + 5.3 on the way; the door closes at 100
    assert found.late == pytest.approx(18.0)


def test_an_x_instance_has_whole_distances_no_windows_and_some_vans_to_spare(vrp):
    five = read_published(vrp, "x/FIVE")
    assert five.best_known is None
    assert five.drive_s[0, 5] == 10         # the root of 7² + 7² is 9.899
    assert len(five.problem.van_volume) == 3
    assert five.judged(((1, 2, 3), (4, 5))).cost == 64
    assert five.judged(((1,), (2,), (3, 4, 5))).feasible


def test_more_than_a_van_holds_is_said(vrp):
    assert read_published(vrp, "x/FIVE").judged(((1, 2, 3, 4, 5),)).overload == 2


def test_a_file_that_is_no_instance_is_named(vrp):
    (vrp / "solomon" / "TEN.txt").write_text(TEN[:200], encoding="utf-8")
    with pytest.raises(WorkbenchError, match=r"TEN\.txt is not an instance as Solomon wrote them"):
        read_published(vrp, "solomon/TEN")


@pytest.mark.skipif(not DATA.is_dir(), reason=f"The public instances are not at hand: {DATA} is not there.")
@pytest.mark.parametrize("name", ["solomon/C101", "solomon/R211", "solomon/RC105", "x/X-n101-k25", "x/X-n401-k29"])
def test_a_published_solution_costs_what_it_says_and_keeps_every_limit(name):
    import vrplib

    instance = read_published(DATA, name)
    solution = vrplib.read_solution(DATA / f"{name}.sol")
    found = instance.judged(solution["routes"])
    assert found.feasible
    assert found.cost == instance.best_known == solution["cost"]
