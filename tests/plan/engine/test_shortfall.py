"""Which limit keeps stops off every route, and the least change that has been tried to take them all."""

from dataclasses import replace

import numpy as np
import pytest

from dispatchkit.plan.engine.leftover import Limit
from dispatchkit.plan.engine.shortfall import Shortfall, shortfall


@pytest.fixture
def short(town):
    """What keeps all stops beyond the first few off, where these are all that the first van takes."""

    def found(problem, served, cause):
        vans = len(problem.van_volume)
        routes = (tuple(range(1, served + 1)), *[()] * (vans - 1))
        left = [(stop, cause) for stop in range(served + 1, problem.stops + 1)]
        return shortfall(problem, town.seconds(problem), routes, left)

    return found


def test_nothing_is_short_where_nothing_is_left(town, short):
    assert short(town.problem([1, 2]), 2, Limit.SHIFT) is None


def test_full_vans_are_mended_by_vans_and_by_no_time(town, short):
    # nine stops of one each, vans of three: two more vans, whatever the hours
    said = short(town.problem([1] * 9, vans=(3.0,)), 3, Limit.VAN_VOLUME)
    assert (said.vans, said.more_s) == (2, None)
    assert said.sentence == (
        "6 stops have no place within the limits, because of the vans' volume. 2 more vans would take them all."
    )


def test_short_hours_are_mended_by_a_van_or_by_minutes(town, short):
    # out 2 km (200 s), five stops of 300 s, back: two stops fit into 1,100 s, five take 1,900 s
    said = short(town.problem([2] * 5, service_s=300, shift_s=1_100), 2, Limit.SHIFT)
    assert (said.cause, said.vans, said.more_s) == (Limit.SHIFT, 2, 900)
    assert "2 more vans or 15 minutes more on the road would take them all." in said.sentence


def test_one_stop_is_told_as_one(town, short):
    said = short(town.problem([2] * 3, service_s=300, shift_s=1_100), 2, Limit.SHIFT)
    assert said.sentence.startswith("1 stop has no place")
    assert "One more van or 5 minutes more on the road would take it." in said.sentence


def test_a_place_too_far_for_any_shift_is_mended_by_time_only(town, short):
    said = short(town.problem([2, 30], shift_s=5_000), 1, Limit.SHIFT)
    assert (said.vans, said.more_s) == (None, 1_200)      # 30 km out and back, two stops: 6,120 s


def test_a_window_that_nobody_can_reach_is_mended_by_nothing_that_is_tried(town, short):
    said = short(town.problem([2, 20], windows={2: (0, 100)}), 1, Limit.WINDOW)
    assert (said.vans, said.more_s) == (None, None)
    assert said.sentence.endswith("More vans or hours alone do not mend it.")


def test_a_stop_that_needs_another_type_gets_a_van_that_may_serve_it(town, short):
    problem = replace(
        town.problem([1, 1, 1], vans=(1.0, 1.0)), strange_s=np.array([[0, 0, np.inf, np.inf], [0] * 4], dtype="f4")
    )
    said = shortfall(problem, town.seconds(problem), ((1,), (2,)), [(3, Limit.SERVICE_TYPE)])
    assert said.vans == 1


def test_for_hundreds_of_stops_only_arithmetic_speaks_and_says_so(town, short):
    said = short(town.problem([1] * 400, vans=(10.0,)), 10, Limit.VAN_VOLUME)
    assert (said.vans, said.vans_tried) == (39, False)
    assert said.sentence.endswith("At least 39 more vans would be needed.")


def test_more_time_is_not_offered_where_volume_is_short_too(town, short):
    problem = town.problem([2] * 5, service_s=300, shift_s=1_100, vans=(2.0,))
    left = [(3, Limit.SHIFT), (4, Limit.VAN_VOLUME), (5, Limit.SHIFT)]
    assert shortfall(problem, town.seconds(problem), ((1, 2),), left).more_s is None


def test_a_sentence_without_offers_still_says_the_cause():
    assert "packages that a van takes" in Shortfall(stops=2, cause=Limit.PACKAGES).sentence
