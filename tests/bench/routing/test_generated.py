"""A generated day is judged by a program that stands beside the data."""

import os
from pathlib import Path

import numpy as np
import pytest

from dispatchkit.bench import BESIDE_THE_CHECKOUT
from dispatchkit.bench.routing.generated import judge_of, judged, names, read_day
from dispatchkit.errors import WorkbenchError
from tests.small_instances import DAY, write_instances

DATA = Path(os.environ.get("DISPATCHKIT_DATA", BESIDE_THE_CHECKOUT))
NORTH, SOUTH = (1, 3, 5, 7, 9, 11), (2, 4, 6, 8, 10, 12)


@pytest.fixture
def data(tmp_path):
    return write_instances(tmp_path)


def test_a_day_has_the_limits_that_stand_beside_it(data):
    assert names(data) == [DAY]
    day = read_day(data, DAY)
    assert (day.problem.stops, day.problem.van_volume, day.problem.shift_s) == (12, (8.0, 8.0), 3600)


def test_travel_is_what_the_judge_says(data):
    day = read_day(data, DAY)
    assert day.drive_s[0, 1] == 24
    assert day.drive_s[1, 3] == 8
    assert (np.diagonal(day.drive_s) == 0).all()


def test_the_judge_and_our_own_evaluator_count_the_same(data):
    theirs, ours = judged(data, DAY, (NORTH, SOUTH)), read_day(data, DAY).judged((NORTH, SOUTH))
    assert theirs.feasible
    assert ours.feasible
    assert theirs.cost == ours.cost
    assert theirs.routes == ours.routes == 2


def test_a_stop_that_was_forgotten_is_found_by_the_judge(data):
    assert judged(data, DAY, (NORTH, SOUTH[1:], ())).unserved == 1


def test_without_its_judge_a_day_is_not_judged(data):
    judge_of(data).unlink()
    assert judge_of(data) is None
    with pytest.raises(WorkbenchError, match="Put it beside the folder of the data"):
        judged(data, DAY, (NORTH, SOUTH))


def test_a_judge_that_breaks_off_is_heard(data):
    judge_of(data).write_text("raise SystemExit('No rows.')", encoding="utf-8")
    with pytest.raises(WorkbenchError, match=r"broke off: No rows\."):
        judged(data, DAY, (NORTH, SOUTH))


def test_a_day_without_its_limits_is_named(data):
    (data / "generated_days" / f"{DAY}.json").unlink()
    with pytest.raises(WorkbenchError, match="are not a generated day"):
        read_day(data, DAY)


@pytest.mark.skipif(judge_of(DATA) is None, reason=f"The judge is not at hand: {DATA.parent / 'tools'} has none.")
def test_on_the_smallest_real_day_judge_and_evaluator_agree_on_a_plan_that_breaks_everything():
    name = names(DATA)[0]
    day = read_day(DATA, name)
    routes = tuple(tuple(range(first, day.problem.stops + 1, 12)) for first in range(1, 12))     # some stops on none
    theirs, ours = judged(DATA, name, routes), day.judged(routes)
    assert (theirs.cost, theirs.unserved, theirs.overload, theirs.routes) == (
        ours.cost, ours.unserved, ours.overload, ours.routes
    )
    assert theirs.late > 0      # less than ours: the judge serves a late stop as if it had been reached in time
    assert ours.late > theirs.late
