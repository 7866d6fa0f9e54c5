"""Two rows of zones on both sides of a road: the shortest way zigzags, drivers take one side and come back."""

import numpy as np
import pytest

from dispatchkit.plan.habits import DrivenRoute, Habits, learned, sequence_by_habit
from dispatchkit.plan.habits.order import counted_s
from dispatchkit.plan.habits.zones import SHELVES

SIDES, ALONG = 2, 6
ZONES = [f"A-{side + 1}.1{SHELVES[at]}" for at in range(ALONG) for side in range(SIDES)]
STRICT = Habits(100, 100, 500, 900, 900, 900)


def seconds():
    """The station at the road's beginning; a minute along the road, ten seconds across."""
    at = np.array([(0.0, 0.0), *((60.0 * (i // SIDES), 10.0 * (i % SIDES)) for i in range(SIDES * ALONG))])
    return np.abs(at[:, None] - at[None]).sum(axis=2)


def sides(order):
    """Which side each stop is on, in the order driven, changes only."""
    each = [ZONES[i][2] for i in order]
    return [side for i, side in enumerate(each) if i == 0 or side != each[i - 1]]


def by_habit(habits=STRICT, **more):
    return sequence_by_habit(
        seconds(), np.full(len(ZONES), 30.0), ZONES, habits, shift_s=36_000, seed=1, rounds=400, **more
    )


def test_drivers_finish_one_side_before_the_other():
    order = by_habit()
    assert sorted(order) == list(range(len(ZONES)))
    assert len(sides(order)) == 2


def test_without_zones_it_is_the_least_driving():
    drive_s = seconds()
    order = sequence_by_habit(
        drive_s, np.zeros(len(ZONES)), [""] * len(ZONES), STRICT, shift_s=36_000, seed=1, rounds=400
    )
    way = [0, *(i + 1 for i in order), 0]
    assert drive_s[way[:-1], way[1:]].sum() == pytest.approx(2 * 60 * (ALONG - 1) + 2 * 10)


def test_a_window_is_kept_by_real_seconds_whatever_habits_count():
    opens_s, closes_s = np.full(len(ZONES), np.nan), np.full(len(ZONES), np.nan)
    last = len(ZONES) - 1
    opens_s[last], closes_s[last] = 0.0, 400.0
    order = by_habit(opens_s=opens_s, closes_s=closes_s)
    way = [0, *(i + 1 for i in order[: order.index(last) + 1])]
    assert seconds()[way[:-1], way[1:]].sum() + 30.0 * order.index(last) <= 400.0


def test_the_way_from_and_to_the_station_counts_its_seconds_alone():
    counted = counted_s(seconds(), ZONES, STRICT)
    assert np.array_equal(counted[0], seconds()[0])
    assert np.array_equal(counted[:, 0], seconds()[:, 0])


def test_zones_of_other_stops_are_refused():
    with pytest.raises(ValueError, match="11 zones"):
        counted_s(seconds(), ZONES[:-1], STRICT)


def driven_side_by_side():
    """Up one side and down the other."""
    order = [*range(0, len(ZONES), 2), *range(len(ZONES) - 1, 0, -2)]
    way = [0, *(i + 1 for i in order)]
    return DrivenRoute(tuple(ZONES[i] for i in order), seconds()[np.ix_(way, way)])


def test_what_drivers_do_is_learned_from_what_they_did():
    habits = learned([driven_side_by_side()], strictness=1.0)
    assert habits.across_s > habits.next_shelf_s
    assert len(sides(by_habit(habits))) == 2


def test_strictness_multiplies_what_steps_count():
    once, thrice = (learned([driven_side_by_side()], strictness=s) for s in (1.0, 3.0))
    assert thrice.by_step_s == pytest.approx(3 * once.by_step_s)


def test_routes_without_zones_teach_nothing():
    route = driven_side_by_side()
    blank = DrivenRoute(("",) * len(route.zones), route.drive_s)
    assert learned([route, blank], strictness=1.0) == learned([route], strictness=1.0)
    with pytest.raises(ValueError, match="no habits can be learned"):
        learned([blank], strictness=1.0)
