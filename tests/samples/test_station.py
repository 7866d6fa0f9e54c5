"""The sample has the measured shape of public Amazon routes of 2018."""

from datetime import UTC, datetime

import numpy as np
import pytest
from msgspec.structs import replace

from dispatchkit.day.entry import Entry
from dispatchkit.day.facts.end_of_shift import DriverReturned
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.fold import fold
from dispatchkit.geo import distance_m
from dispatchkit.plan.legs import Legs
from dispatchkit.records import DayKey
from dispatchkit.road import facts_until
from dispatchkit.road.chance import Chance
from dispatchkit.road.departures import departure_slip_s
from dispatchkit.samples import SEED, generate
from dispatchkit.times import after
from dispatchkit.travel.calibrated import CalibratedTravel


def hours(plan, route):
    return (sum(route.drive_s) + sum(s.service_s for s in plan.stops_of(route.route_id)) + route.break_s) / 3600


def within(values, least, most):
    return least <= min(values) and max(values) <= most


def test_a_seed_makes_one_station_and_another_seed_another(sample, station):
    assert generate(SEED, travel=CalibratedTravel(), station=station) == sample
    assert generate(SEED + 1, travel=CalibratedTravel(), station=station).plan.stops != sample.plan.stops


def test_thirty_eight_routes_have_as_many_stops_and_packages_as_real_ones(sample):
    plan = sample.plan
    assert len(plan.routes) == 38
    assert within([len(r.stop_ids) for r in plan.routes], 120, 190)
    assert within([sum(len(s.packages) for s in plan.stops_of(r.route_id)) for r in plan.routes], 180, 320)
    assert plan.package_count / len(plan.stops) == pytest.approx(1.67, abs=0.05)


def test_routes_take_as_long_as_real_ones(sample):
    plan = sample.plan
    assert within([hours(plan, r) for r in plan.routes], 6.3, 9.0)
    assert within([sum(r.drive_s) / 3600 for r in plan.routes], 1.2, 4.1)
    assert within([sum(s.service_s for s in plan.stops_of(r.route_id)) / 3600 for r in plan.routes], 3.0, 5.4)
    assert within([np.median(r.drive_s) for r in plan.routes], 32, 66)


def test_vans_are_as_full_as_real_ones(sample):
    plan = sample.plan
    fills = [sum(s.volume_cm3 for s in plan.stops_of(r.route_id)) / r.van_volume_cm3 for r in plan.routes]
    assert within(fills, 0.45, 0.996)


def test_a_tenth_of_the_packages_have_a_window(sample):
    windows = [p.window for s in sample.plan.stops for p in s.packages if p.window]
    assert len(windows) / sample.plan.package_count == pytest.approx(0.10, abs=0.01)


def test_waves_leave_from_twenty_past_nine_a_quarter_of_an_hour_apart(sample):
    starts = sorted({r.departs_at for r in sample.plan.routes})
    assert starts[0] == datetime(2026, 3, 14, 14, 20, tzinfo=UTC)    # 09:20 in Chicago, a week into summer time
    assert np.unique(np.diff(starts)).tolist() == [np.timedelta64(15, "m")]
    assert {r.wave for r in sample.plan.routes} == {"Wave 1", "Wave 2", "Wave 3", "Wave 4"}


def test_every_stop_lies_within_an_hour_of_the_station(sample):
    plan = sample.plan
    assert all(distance_m(plan.station_lat, plan.station_lng, s.lat, s.lng) < 30_000 for s in plan.stops)


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_on_a_calm_day_at_most_two_routes_come_back_late_without_help(sample, station, seed):
    plan, legs = sample.plan, Legs(sample.plan, CalibratedTravel())
    station = replace(station, simulator=replace(station.simulator, bad_weather_share=0.0))   # rain is no calm day
    chance = Chance(seed=seed, service_day=str(plan.service_day), simulator=station.simulator)
    facts = [PlanCommitted(at=plan.routes[0].departs_at, by="maria", plan="plan")]
    for route, driver, van in zip(plan.routes, sample.roster.drivers, sample.fleet.vans, strict=False):
        at = after(route.departs_at, departure_slip_s(route.route_id, chance))
        left = RouteDeparted(at=at, by="maria", route_id=route.route_id, driver_id=driver.driver_id, van_id=van.van_id)
        facts.append(left)

    class OnePlan:
        def record(self, _digest, _kind):
            return plan

    entries = [Entry(n=n, first_n=n, learned_at=f.at, fact=f) for n, f in enumerate(facts, 1)]
    day = fold(DayKey(plan.station, plan.service_day), entries, OnePlan())
    told = facts_until(day, until=after(plan.routes[0].departs_at, 86_400), seed=seed, station=station, legs=legs)
    back = {f.route_id: f.at for f in told if isinstance(f, DriverReturned)}
    assert len(back) == len(plan.routes)
    assert sum(back[r.route_id] > r.finish_by for r in plan.routes) <= 2
