import numpy as np
import pytest
from msgspec.structs import replace

from dispatchkit.bench.pace.days import FITTING, REPORTING, days, drive
from dispatchkit.bench.pace.forecasters import elapsed_rule, informed, optimal, oracle, ours, rungs
from dispatchkit.bench.pace.looks import looks, snapshots
from dispatchkit.bench.pace.plans import as_routes, draw_routes
from dispatchkit.pace.pooling import pooled
from dispatchkit.road.chance import Chance
from dispatchkit.station import load


@pytest.fixture(scope="module")
def station():
    return load()


@pytest.fixture(scope="module")
def driven(station):
    return list(days(12, station, seed=REPORTING))


@pytest.fixture
def exactly(station):
    """A station where everything takes as long as planned."""
    spreads = (
        "service_spread_share", "drive_spread_share", "driver_spread_share", "driver_day_spread_share",
        "day_spread_share", "bad_weather_share", "new_driver_share", "lost_share", "departure_spread_s",
        "area_spread_share", "driver_area_spread_share",
    )  # fmt: skip
    return replace(station, simulator=replace(station.simulator, **dict.fromkeys(spreads, 0.0)))


def test_days_for_fitting_and_for_reporting_never_meet(station):
    (fitting,), (reporting,) = (list(days(1, station, seed=seed)) for seed in (FITTING, REPORTING))
    assert not np.isin(fitting.back_s, reporting.back_s).any()


def test_the_same_seed_is_the_same_day(station, driven):
    (again,) = days(1, station, seed=REPORTING)
    assert np.array_equal(again.done_s, driven[0].done_s)


def test_without_chance_a_day_goes_as_planned(exactly):
    routes = draw_routes(np.random.default_rng(1), exactly)
    day = drive(np.random.default_rng(1), routes, exactly)
    planned_s = (routes.drive_s + routes.service_s).sum(axis=1) + routes.back_s + routes.break_s
    assert day.back_s - day.left_s == pytest.approx(planned_s)


def test_a_van_that_comes_early_waits_for_its_window(exactly):
    drive_s, service_s, real = np.full((1, 3), 100.0), np.full((1, 3), 50.0), np.ones((1, 3), dtype=bool)
    opens_s = np.array([[-np.inf, 5000.0, -np.inf]])
    routes = as_routes(drive_s, service_s, real, back_s=np.array([100.0]), departs_s=np.zeros(1), station=exactly,
                       opens_s=opens_s)  # fmt: skip
    day = drive(np.random.default_rng(1), routes._replace(break_s=np.zeros(1)), exactly)
    assert day.done_s[0].tolist() == [150.0, 5050.0, 5200.0]
    assert not day.tells[0, 1]


def test_legs_and_stops_spread_as_on_the_simulated_road(station):
    """The road draws hash by hash, the benchmark all at once; they are the same distributions."""
    fine = replace(station.simulator, bad_weather_share=0.0)
    chance = Chance(seed=3, service_day="2026-03-14", simulator=fine)
    legs = {s: np.array([chance.drive_s(s, f"leg {k}") for k in range(4000)]) / chance.day_factor for s in (100, 1969)}
    stops = np.array([chance.service_s(100, f"stop {k}", "A1") for k in range(4000)])
    stops = stops / (chance.day_factor * chance.driver_factor("A1") * chance.driver_day_factor("A1"))
    assert legs[100].std() / legs[100].mean() == pytest.approx(station.simulator.drive_spread_share, rel=0.08)
    assert legs[1969].std() / legs[1969].mean() == pytest.approx(0.187, rel=0.08)
    assert stops.std() / stops.mean() == pytest.approx(station.simulator.service_spread_share, rel=0.08)
    shape, real = (40, 200), np.ones((40, 200), dtype=bool)
    alone = replace(station, simulator=replace(
        fine, driver_spread_share=0.0, driver_day_spread_share=0.0, day_spread_share=0.0, new_driver_share=0.0,
        lost_share=0.0, area_spread_share=0.0, driver_area_spread_share=0.0,
    ))  # fmt: skip
    routes = as_routes(np.zeros(shape), np.full(shape, 100.0), real, back_s=np.zeros(40), departs_s=np.zeros(40),
                       station=alone)._replace(break_s=np.zeros(40))  # fmt: skip
    took_s = drive(np.random.default_rng(1), routes, alone).took_s[:, 1:]
    assert took_s.std() / took_s.mean() == pytest.approx(stops.std() / stops.mean(), rel=0.08)


def test_a_snapshot_is_the_first_look_with_so_much_done(driven, station):
    seen = looks(driven[0], station.forecast)
    for share, at in snapshots(seen).items():
        route = int(np.flatnonzero(at > 0)[0])
        stops = driven[0].routes.stops[route]
        assert seen.done[at[route], route] * 100 >= share * stops > seen.done[at[route] - 1, route] * 100


def test_who_knows_more_errs_less(driven, station):
    def mean_error_s(foretell):
        off = []
        for day in driven:
            seen = looks(day, station.forecast)
            at = snapshots(seen)[25]
            routes = np.flatnonzero(at >= 0)
            off.append(np.abs(day.back_s[routes] - foretell(day)[at[routes], routes]))
        return np.concatenate(off).mean()

    rule = mean_error_s(lambda day: elapsed_rule(looks(day, station.forecast)))
    own = mean_error_s(lambda day: ours(what_is_known(day, station), station.forecast).mean_s)
    best, all_known = (mean_error_s(lambda day, f=f: f(day, station).mean_s) for f in (optimal, oracle))
    assert all_known < best < rule
    assert all_known < own < 0.75 * rule


def test_each_rung_errs_less_than_the_one_below(driven, station):
    errors = {}
    for day in driven:
        at = snapshots(looks(day, station.forecast))[25]
        routes = np.flatnonzero(at >= 0)
        for name, foretold in rungs(day, station.forecast).items():
            errors.setdefault(name, []).append(np.abs(day.back_s[routes] - foretold.mean_s[at[routes], routes]))
    means = [np.concatenate(off).mean() for off in errors.values()]
    assert list(errors) == ["two_factors", "drivers_past", "shared_day", "areas_past", "drivers_in_areas"]
    assert means == sorted(means, reverse=True)


def test_earlier_days_know_nothing_of_a_new_driver(driven):
    for day in driven[:3]:
        known = {row.driver_id for lesson in day.lessons for row in lesson.served}
        assert known == {str(k) for k in np.flatnonzero(~day.new)}


def what_is_known(day, station):
    return informed(day, pooled(day.lessons, station.forecast), station.forecast)


def test_nobody_looks_ahead(driven, station):
    """What comes after a look changes nothing of what was foretold at it."""
    day, at_s = driven[0], 4 * 3600.0
    other = day._replace(
        done_s=np.where(day.done_s > at_s, day.done_s + 3000, day.done_s),
        back_s=day.back_s + 3000,
        took_s=np.where(day.done_s > at_s, 1e4, day.took_s),
        tells=day.tells | (day.done_s > at_s),
    )
    look = int(at_s // 900)
    one, two = (ours(what_is_known(d, station), station.forecast) for d in (day, other))
    assert one.mean_s[look] == pytest.approx(two.mean_s[look])
    assert one.spread_s[look] == pytest.approx(two.spread_s[look])
