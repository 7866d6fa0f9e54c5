"""How hot a search is, from its beginning to its end."""

import numpy as np
import pytest

from dispatchkit.plan.engine.cooling import COLD_LEGS, HOT_LEGS, Cooling, usual_leg_s


@pytest.fixture
def far_station():
    """Seconds between a station and four stops an hour away, a minute from each other."""
    drive_s = np.full((5, 5), 60.0)
    drive_s[0, :] = drive_s[:, 0] = 3_600
    return drive_s


def test_the_way_to_the_first_stop_is_no_usual_leg(far_station):
    assert usual_leg_s(far_station, ((1, 2), (3, 4), ())) == 60


def test_with_a_stop_a_van_the_way_to_it_is_all_there_is(far_station):
    assert usual_leg_s(far_station, ((1,), (), (2,))) == 3_600


def test_no_routes_no_leg(far_station):
    assert usual_leg_s(far_station, ((), ())) == 0


def test_an_unhurried_search_cools_from_its_first_to_its_last_heat_and_no_further():
    cooling = Cooling(leg_s=60, stops=100, began=1_000, until=1_050, at_once=2)
    heats = [cooling.heat_s(now) for now in (1_000, 1_020, 1_040, 1_050, 1_060)]
    assert heats[0] == pytest.approx(60 * HOT_LEGS)
    assert heats == sorted(heats, reverse=True)
    assert heats[-1] == heats[-2] == pytest.approx(60 * COLD_LEGS)


def test_a_hurried_search_begins_cooler():
    slow, fast = (Cooling(leg_s=60, stops=5_000, began=0, until=until, at_once=2) for until in (60, 10))
    assert fast.heat_s(0) < slow.heat_s(0)
