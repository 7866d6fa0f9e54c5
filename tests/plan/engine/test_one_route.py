"""The search behind one route, against every order there is and against what may not happen to it."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.plan.engine.schedule import schedule
from dispatchkit.plan.engine.sequence import sequence

SHIFT_S = 36_000.0


def figures(drive_s, service_s, opens_s, closes_s, order):
    way, at = [0, *(i + 1 for i in order), 0], list(order)
    legs_s = drive_s[way[:-1], way[1:]]
    late_s = schedule(legs_s, service_s[at], opens_s[at], closes_s[at]).late_s.sum()
    return round(float(late_s)), round(float(legs_s.sum()), 3)


def town(seed, stops, windows):
    rng = np.random.default_rng(seed)
    drive_s = np.rint(rng.uniform(30, 900, (stops + 1, stops + 1)))
    np.fill_diagonal(drive_s, 0)
    opens_s, closes_s = np.full(stops, np.nan), np.full(stops, np.nan)
    for stop in rng.permutation(stops)[:windows]:
        opens_s[stop] = rng.uniform(0, 1_500)
        closes_s[stop] = opens_s[stop] + rng.uniform(60, 900)
    return drive_s, rng.uniform(30, 200, stops), opens_s, closes_s


@pytest.mark.parametrize("windows", [0, 1, 3, 6])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_six_stops_are_in_the_best_of_all_orders(seed, windows):
    asked = town(seed, 6, windows)
    found = sequence(*asked, shift_s=SHIFT_S, seed=1, rounds=2_000)
    assert figures(*asked, found) == min(figures(*asked, order) for order in permutations(range(6)))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), stops=st.integers(0, 25), windows=st.integers(0, 10),
       rounds=st.sampled_from([0, 1, 60, 6_000]))
def test_every_stop_stays_whatever_is_asked(seed, stops, windows, rounds):
    found = sequence(*town(seed, stops, windows), shift_s=SHIFT_S, seed=seed, rounds=rounds)
    assert sorted(found) == list(range(stops))


def test_a_one_way_ring_is_driven_its_way_round():
    stops = 30
    drive_s = np.full((stops + 1, stops + 1), 600.0)
    for i in range(stops + 1):
        drive_s[i, (i - 1) % (stops + 1)] = 10.0
    np.fill_diagonal(drive_s, 0)
    found = sequence(drive_s, np.zeros(stops), shift_s=SHIFT_S, seed=1, rounds=500)
    assert found == tuple(reversed(range(stops)))


def test_a_shift_that_is_too_short_is_broken_by_as_little_as_can_be():
    drive_s, service_s, opens_s, closes_s = town(5, 8, 0)
    found = sequence(drive_s, service_s, shift_s=600.0, seed=1, rounds=1_000)
    relaxed = sequence(drive_s, service_s, shift_s=SHIFT_S, seed=1, rounds=1_000)
    asked = (drive_s, service_s, opens_s, closes_s)
    assert figures(*asked, found) == figures(*asked, relaxed)


@pytest.mark.parametrize("seed", [2, 9, 43, 101, 140])
def test_an_order_in_time_is_never_left_for_a_shorter_one_that_is_late(seed):
    # the first order found keeps the window by chance; a search for driving alone soon finds one that does not
    asked = town(seed, 8, 1)
    late_s, _ = figures(*asked, sequence(*asked, shift_s=SHIFT_S, seed=1, rounds=12))
    assert late_s == 0


def test_the_order_is_the_same_however_many_processors_there_are(monkeypatch):
    asked, orders = town(7, 60, 15), set()
    for processors in (1, 2, 5):
        monkeypatch.setattr("os.cpu_count", lambda processors=processors: processors)
        orders.add(sequence(*asked, shift_s=SHIFT_S, seed=3, rounds=3_000))
    assert len(orders) == 1


def test_what_legs_count_decides_and_not_what_they_take():
    drive_s = np.abs(np.subtract.outer(np.arange(5.0), np.arange(5.0))) * 60
    counted_s = drive_s.copy()
    counted_s[1, 2] = counted_s[2, 1] = 5_000.0
    found = sequence(drive_s, np.zeros(4), shift_s=SHIFT_S, seed=1, rounds=200, counted_s=counted_s)
    assert abs(found.index(0) - found.index(1)) > 1


def test_the_same_seed_gives_the_same_order_with_windows_too():
    asked = town(7, 60, 15)
    orders = {sequence(*asked, shift_s=SHIFT_S, seed=3, rounds=300) for _ in range(2)}
    assert len(orders) == 1
