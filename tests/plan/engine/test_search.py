"""Routes torn and mended: they keep every limit and every stop, get shorter or more even, and cost what they say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatchkit.plan.engine import ruin, search
from dispatchkit.plan.engine.evaluate import evaluate
from dispatchkit.plan.engine.objective import strays
from dispatchkit.plan.engine.problem import LEFT_FACTOR, Problem
from dispatchkit.plan.engine.search import improve, nearest
from dispatchkit.plan.engine.tours import NOWHERE, Best
from dispatchkit.travel.calibrated import CalibratedTravel

NEVER = float("nan")


def times(rounds, heat_s=5.0):
    """Heat for so many looks, then the end."""
    left = iter([heat_s] * rounds)
    return lambda: next(left, None)


def a_town(stops, vans, seed, *, windowed=0.2, fill=0.8, shift_h=9.5):
    rng = np.random.default_rng(seed)
    n = stops + 1
    opens, closes = np.full(n, NEVER), np.full(n, NEVER)
    some = 1 + np.flatnonzero(rng.random(stops) < windowed)
    opens[some] = rng.integers(0, 5, some.size) * 3_600.0
    closes[some] = opens[some] + 4 * 3_600.0
    volume = np.concatenate([[0.0], rng.integers(5, 60, stops)])
    return Problem(
        lat=42 + np.concatenate([[0.0], rng.normal(0, 0.05, stops)]),
        lng=-88 + np.concatenate([[0.0], rng.normal(0, 0.07, stops)]),
        volume=volume,
        service_s=np.concatenate([[0.0], rng.integers(30, 180, stops)]),
        opens_s=opens,
        closes_s=closes,
        van_volume=(float(volume.sum() / fill / vans),) * vans,
        shift_s=shift_h * 3_600.0,
        break_s=1_800.0,
    )


def drive_of(problem, seed=0, twisted=0.0):
    """Seconds between all places; `twisted` makes the ways there and back differ."""
    drive_s = CalibratedTravel().matrix(problem.lat, problem.lng)
    return drive_s * np.random.default_rng(seed).uniform(1 - twisted, 1 + twisted, drive_s.shape)


def in_zones(problem, side_deg=0.05):
    """The problem with every stop but each seventh in a zone: squares of the map."""
    squares = np.column_stack([problem.lat // side_deg, problem.lng // side_deg])
    zone = np.unique(squares, axis=0, return_inverse=True)[1].ravel()
    zone[0], zone[7::7] = -1, -1
    return replace(problem, zone=zone)


def cost_of(problem, drive_s, routes, even=0.0, zone_s=0.0):
    figures = evaluate(problem, drive_s, routes)
    work_h = [(r.drive_s + problem.service_s[list(route)].sum()) / 3600
              for r, route in zip(figures.routes, routes, strict=True)]
    left = len(figures.missing) * (LEFT_FACTOR * np.float32(drive_s).max() + zone_s)
    strayed = zone_s * strays(problem.zone, routes)
    return figures.drive_s + even * float(np.square(work_h).sum()) + strayed + float(left)


class TestATownOnALine:
    def test_two_routes_that_cross_are_uncrossed(self, town):
        problem = town.problem([-9, 9, -9.1, 9.1, -9.2, 9.2], vans=(3, 3))
        found = improve(problem, town.seconds(problem), ((1, 2, 3), (4, 5, 6)), seed=1, heat_s=times(2))
        assert sorted(sorted(route) for route in found.best) == [[1, 3, 5], [2, 4, 6]]

    def test_a_stop_on_no_route_gets_one_where_there_is_room(self, town):
        problem = town.problem([1, 2, 3], vans=(3,))
        found = improve(problem, town.seconds(problem), ((1, 3),), seed=1, heat_s=times(1))
        assert sorted(found.best[0]) == [1, 2, 3]

    def test_a_stop_for_which_no_van_has_room_stays_where_it_is(self, town):
        problem = town.problem([1, 2, 3], vans=(2,))
        found = improve(problem, town.seconds(problem), ((1, 2),), seed=1, heat_s=times(1))
        assert len(found.best[0]) == 2

    def test_an_empty_van_may_take_over(self, town):
        problem = town.problem([-9, -9.1, 9, 9.1], vans=(4, 4), shift_s=3_500)
        found = improve(problem, town.seconds(problem), ((1, 2), ()), seed=1, heat_s=times(1))
        assert sorted(sorted(route) for route in found.best) == [[1, 2], [3, 4]]

    def test_one_stop_and_none_are_left_as_they_are(self, town):
        for km, routes in (([1.0], ((1,),)), ([], ((),))):
            problem = town.problem(km)
            assert improve(problem, town.seconds(problem), routes, seed=1, heat_s=times(1)).best == routes


@given(
    stops=st.integers(2, 60), vans=st.integers(1, 4), seed=st.integers(0, 999), fill=st.sampled_from([0.6, 0.9, 1.3]),
    twisted=st.sampled_from([0.0, 0.3]), even=st.sampled_from([0.0, 400.0]), shift_h=st.sampled_from([3.0, 9.5]),
    zone_s=st.sampled_from([0.0, 90.0]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_whatever_is_searched_keeps_its_limits_and_costs_what_it_says(
    stops, vans, seed, fill, twisted, even, shift_h, zone_s
):
    problem = in_zones(a_town(stops, vans, seed, fill=fill, shift_h=shift_h))
    drive_s = drive_of(problem, seed, twisted)
    nothing = ((),) * vans
    found = improve(problem, drive_s, nothing, seed=seed, heat_s=times(1), even=even, zone_s=zone_s)
    for routes in (found.now, found.best):
        figures = evaluate(problem, drive_s, routes)
        assert not figures.duplicated
        assert figures.overload == 0
        assert figures.overtime_s < 1
    assert found.cost == pytest.approx(cost_of(problem, drive_s, found.best, even, zone_s), rel=1e-4, abs=2)
    assert found.cost <= cost_of(problem, drive_s, nothing, even, zone_s)


def test_the_same_seed_finds_the_same_routes_and_another_one_others():
    problem = a_town(80, 3, 1)
    drive_s = drive_of(problem)

    def found(seed):
        return improve(problem, drive_s, ((), (), ()), seed=seed, heat_s=times(2)).now

    assert found(1) == found(1) != found(2)


def test_a_stop_whose_place_was_given_up_again_is_one_that_was_left():
    problem = a_town(60, 3, 2, fill=1.3)        # there is no room for a fourth of them
    drive_s = drive_of(problem).astype(np.float32)
    places, round_ = search._places(problem, drive_s, ((), (), ()))
    aims, (tours, left) = search._aims(problem, drive_s, 0.0, None, 0.0), search._tours(problem, ((), (), ()), zones=0)
    cost = ruin.set_up(places, aims, tours, left)
    best = Best(tours.order.copy(), tours.stops.copy(), np.zeros(3, dtype=np.bool_))
    ruin.search(
        places, aims, tours, search._copy(tours), best, left, round_, np.array([cost, cost]), np.random.default_rng(1),
        2_000, 1.0,
    )  # fmt: skip
    still = left.torn[: left.number[0]]
    assert still.size
    assert (tours.at[still] == NOWHERE).all()
    assert (tours.van[still] == NOWHERE).all()


def test_hours_are_evened_out_where_that_has_a_price():
    problem = a_town(120, 4, 3, windowed=0)
    drive_s = drive_of(problem)

    def sd_h(even):
        routes = improve(problem, drive_s, ((),) * 4, seed=1, heat_s=times(10), even=even).best
        return np.std([r.hours for r in evaluate(problem, drive_s, routes).routes])

    assert sd_h(2_000.0) < 0.5 * sd_h(0.0)


def test_zones_stay_whole_where_a_stop_astray_has_a_price():
    problem = in_zones(a_town(160, 4, 5, windowed=0), side_deg=0.03)
    drive_s = drive_of(problem)

    def strayed(zone_s):
        return strays(
            problem.zone, improve(problem, drive_s, ((),) * 4, seed=1, heat_s=times(10), zone_s=zone_s).best
        )

    assert strayed(300.0) <= 2 < strayed(0.0)


def test_a_zone_that_lies_with_the_wrong_van_changes_vans_as_a_whole(town):
    problem = replace(
        town.problem([9, 9.1, 9.2, -9, -9.1, -9.2, -5, -5.1], vans=(5, 5)), zone=np.array([-1, 1, 1, 1, 2, 2, 2, 3, 3])
    )
    split = ((1, 2, 3, 7, 8), (4, 5, 6))
    found = improve(problem, town.seconds(problem), split, seed=1, heat_s=times(1), zone_s=1e6)
    assert sorted(sorted(route) for route in found.best) == [[1, 2, 3], [4, 5, 6, 7, 8]]


def test_the_nearest_stops_come_first_and_the_station_is_none_of_them(town):
    problem = town.problem([1, 2, 4, 8])
    assert nearest(town.seconds(problem).astype(np.float32), 2)[1].tolist() == [2, 3]
