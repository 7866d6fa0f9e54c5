"""Margins are kept where no stop stays behind for them; late rather than not at all; what is left is explained."""

from dataclasses import replace

import pytest

from dispatchkit.plan.engine.leftover import Limit
from dispatchkit.plan.engine.objective import DRIVING
from dispatchkit.plan.solving import solve


@pytest.fixture
def solved(town, counting_clock):
    def solving(problem, *, margin_s=0.0, budget_s=5.0, **more):
        return solve(
            problem, town.travel, margin_s=margin_s, objective=DRIVING, seed=1, budget_s=budget_s,
            clock=counting_clock(), **more,
        )  # fmt: skip

    return solving


def served(found):
    return sorted(stop for route in found.routes for stop in route)


def test_all_is_served_and_nothing_has_to_be_said(town, solved):
    found = solved(town.problem([1, 2, 3]), margin_s=600)
    assert served(found) == [1, 2, 3]
    assert (found.late, found.left, found.short, found.sentences(["CX1"])) == ((), (), None, ())


def test_a_margin_is_given_up_where_a_stop_would_stay_behind(town, solved):
    # three stops of 300 s at 1 km take 1,100 s: within the shift of 1,200 s, not within 1,000 s of it
    found = solved(town.problem([1, 1, 1], service_s=300, shift_s=1_200), margin_s=200)
    assert served(found) == [1, 2, 3]
    assert found.without_margin == (0,)
    assert found.sentences(["CX1"]) == (
        "The margin of 3 min for late days could not be kept on CX1: stops would have stayed behind.",
    )


def test_a_margin_that_no_plan_can_keep_is_not_tried(town, solved):
    seen = []
    found = solved(town.problem([1] * 4, service_s=250, shift_s=1_250), margin_s=600, progress=seen.append)
    assert served(found) == [1, 2, 3, 4]
    assert seen[0].unserved == 0      # the first plan was made without it


def test_a_customer_whose_window_is_gone_is_served_late(town, solved):
    found = solved(town.problem([1, 2], windows={2: (0, 10)}))
    assert (served(found), found.late, found.left) == ([1, 2], (2,), ())


def test_nobody_is_sent_beyond_the_shift(town, solved):
    found = solved(town.problem([1, 40], shift_s=3_600))
    assert (served(found), found.late, found.left) == ([1], (), ((2, Limit.SHIFT),))
    assert found.short.more_s is not None


def test_windows_are_broken_before_stops_stay_behind_but_volumes_never(town, solved):
    found = solved(town.problem([1, 2], vans=(1.0,), windows={2: (0, 10)}))
    assert (served(found), found.left) == ([1], ((2, Limit.VAN_VOLUME),))


def test_whoever_wants_the_plan_now_gets_it_whole(town, solved):
    found = solved(town.problem([1, 2, 3]), margin_s=600, cancelled=lambda: True)
    assert served(found) == [1, 2, 3]


def test_a_van_with_a_shorter_shift_is_back_in_it(town, solved):
    problem = town.problem([1, 1, 1, 1], vans=(9, 9), service_s=300, shift_s=3_600)
    found = solved(replace(problem, van_shift_s=(550, 3_600)))
    assert served(found) == [1, 2, 3, 4]
    assert len(found.routes[0]) <= 1
