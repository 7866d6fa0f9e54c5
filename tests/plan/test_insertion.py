"""Stops put into a route whose order stays: at the least cost, and in time."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.plan.insertion import Way, inserted
from dispatchkit.plan.receiving import Receiving
from tests.plan.small_plans import street

NEVER = float("nan")


def taking(drive_s, own, *, service_s=0.0, windows=None, shift_s=36_000.0, break_s=0.0):
    """A receiving route of places 1 … own, with the other places arriving."""
    n = len(drive_s)
    opens, closes = np.full(n, NEVER), np.full(n, NEVER)
    for place, window in (windows or {}).items():
        opens[place], closes[place] = window
    route, _ = street("CX1", break_s=break_s)
    return Receiving(
        route=route, stays=tuple(f"s{i}" for i in range(1, own + 1)),
        arrives=tuple(f"s{i}" for i in range(own + 1, n)), drive_s=np.asarray(drive_s, dtype=float),
        service_s=np.append(0.0, np.full(n - 1, float(service_s))), opens_s=opens, closes_s=closes, shift_s=shift_s,
    )  # fmt: skip


def line(*km, s_per_km=100.0):
    """Seconds between places on a line, the station at 0."""
    at = np.array([0.0, *km])
    return np.abs(at[:, None] - at[None, :]) * s_per_km


def test_on_a_line_everything_lies_on_the_way():
    assert inserted(taking(line(1, 3, 2), own=2)) in ([1, 3, 2], [1, 2, 3])


def test_the_cheapest_goes_first_and_draws_its_neighbour_after_it():
    order = inserted(taking(line(1, 2, 3.1, 3.2), own=2))
    assert [p for p in order if p <= 2] == [1, 2]
    assert {3, 4} == set(order) - {1, 2}


def test_a_route_without_stops_takes_stops_too():
    assert sorted(inserted(taking(line(1, 2), own=0))) == [1, 2]


def test_what_stays_is_reached_in_time_although_the_cheapest_place_is_before_it():
    windows = {2: (0.0, 315.0)}
    free = inserted(taking(line(1, 3, 2), own=2, service_s=10))
    held = inserted(taking(line(1, 3, 2), own=2, service_s=10, windows=windows))
    assert taking(line(1, 3, 2), own=2, service_s=10, windows=windows).schedule(held).late_s.sum() == 0
    assert sorted(free) == sorted(held) == [1, 2, 3]


def test_a_stop_that_opens_late_goes_where_nobody_has_to_wait_for_it():
    waits = taking(line(1, 2, 1.1), own=2, windows={3: (290.0, NEVER)})
    assert inserted(waits) == [1, 2, 3]


def test_where_no_place_is_in_time_it_goes_where_it_costs_least():
    assert sorted(inserted(taking(line(1, 2, 9), own=2, windows={3: (0.0, 1.0)}))) == [1, 2, 3]


def test_a_stop_that_nobody_reaches_in_time_has_no_place():
    way = Way(taking(line(1, 2, 9), own=2, windows={3: (0.0, 1.0)}))
    assert not way.settle(0)
    assert way.extra_s[0] == np.inf


def test_a_route_that_is_out_too_long_keeps_its_windows_all_the_same():
    long = taking(line(1, 3, 2), own=2, service_s=10, windows={2: (0.0, 315.0)}, shift_s=100.0)
    assert inserted(long) == [1, 2, 3]


def test_who_is_late_anyway_keeps_nobody_off():
    late = taking(line(1, 2, 1.5), own=2, windows={1: (0.0, 5.0)})
    assert Way(late).settle(0)


places = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), min_size=3, max_size=9)


@settings(max_examples=60, deadline=None)
@given(places, st.integers(0, 5))
def test_the_cost_kept_up_to_date_is_the_cost_of_looking_at_every_leg(at, own):
    points = np.array([(0, 0), *at], dtype=float)
    drive_s = np.abs(points[:, None, :] - points[None, :, :]).sum(axis=2)
    own = min(own, len(points) - 2)
    way = Way(taking(drive_s, own))
    waiting = list(range(len(points) - 1 - own))
    while waiting:
        ends = [0, *way.order, 0]
        for stop in waiting:
            place = own + 1 + stop
            every = [drive_s[a, place] + drive_s[place, b] - drive_s[a, b] for a, b in pairwise(ends)]
            assert way.extra_s[stop] <= min(every) + 1e-6
            while not way.settle(stop):
                pass
            assert way.extra_s[stop] == pytest.approx(min(every))
        next_ = min(waiting, key=lambda stop: way.extra_s[stop])
        cost, before = way.extra_s[next_], sum(drive_s[a, b] for a, b in pairwise(ends))
        way.insert(next_)
        ends = [0, *way.order, 0]
        assert sum(drive_s[a, b] for a, b in pairwise(ends)) == pytest.approx(before + cost)
        waiting.remove(next_)
    assert [p for p in way.order if p <= own] == list(range(1, own + 1))


hours = st.tuples(st.integers(0, 300), st.integers(1, 300)).map(lambda w: (float(w[0]), float(w[0] + w[1])))


@settings(max_examples=60, deadline=None)
@given(places, st.dictionaries(st.integers(1, 9), hours))
def test_settled_insertions_make_nobody_late_who_was_not(at, windows):
    points = np.array([(0, 0), *at], dtype=float)
    drive_s = np.abs(points[:, None, :] - points[None, :, :]).sum(axis=2)
    windows = {place: window for place, window in windows.items() if place < len(points)}
    held = taking(drive_s, own=len(points) - 2, service_s=5, windows=windows)
    own = list(range(1, len(points) - 1))
    was = dict(zip(own, held.schedule(own).late_s > 0, strict=True))
    way = Way(held)
    while way.extra_s[0] < np.inf:
        if way.settle(0):
            way.insert(0)
            late = dict(zip(way.order, held.schedule(way.order).late_s > 1e-6, strict=True))
            assert not [place for place, is_late in late.items() if is_late and not was.get(place, False)]
