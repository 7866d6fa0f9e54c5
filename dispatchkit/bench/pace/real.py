"""The ten real routes as plans to drive: the drivers' order, recorded drive seconds, planned service and windows."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from dispatchkit.bench.pace.days import Driven, drive
from dispatchkit.bench.pace.plans import Routes, as_routes
from dispatchkit.intake.given_days import read_days
from dispatchkit.pace.past import area_of
from dispatchkit.plan.intake import given_plan
from dispatchkit.records import Plan, PlannedRoute
from dispatchkit.station import Station
from dispatchkit.times import seconds_between
from dispatchkit.travel.calibrated import CalibratedTravel

REAL_ROUTES = "amazon_routes10"
"""Folder of the ten routes beside the other public data."""


def real_routes(data: Path, station: Station) -> Routes:
    """Read the routes of all station-dates in a folder as if they left the same station at the same time."""
    travel = CalibratedTravel()
    plans = [given_plan(found, station, travel, seed=0) for found in read_days(data, station)]
    return side_by_side([(plan, route) for plan in plans for route in plan.routes], station)


def side_by_side(planned: list[tuple[Plan, PlannedRoute]], station: Station) -> Routes:
    """Planned routes as arrays; each one's seconds count from its own departure."""
    longest = max(len(route.stop_ids) for _, route in planned)
    shape = (len(planned), longest)
    drive_s, service_s, opens_s = np.zeros(shape), np.zeros(shape), np.full(shape, -np.inf)
    for row, (plan, route) in enumerate(planned):
        stops = [plan.stop[s] for s in route.stop_ids]
        drive_s[row, : len(stops)] = route.drive_s[:-1]
        service_s[row, : len(stops)] = [s.service_s for s in stops]
        opens_s[row, : len(stops)] = [
            seconds_between(route.departs_at, s.window.opens) if s.window else -np.inf for s in stops
        ]
    numbers: dict[tuple[str, str], int] = {}
    area = np.zeros(shape, dtype=np.int64)
    for row, (plan, route) in enumerate(planned):
        names = [(plan.station, area_of(plan.stop[s].zone)) for s in route.stop_ids]
        area[row, : len(names)] = [numbers.setdefault(name, len(numbers)) for name in names]
    real = np.arange(longest) < np.array([len(route.stop_ids) for _, route in planned])[:, None]
    back_s = np.array([route.drive_s[-1] for _, route in planned])
    return as_routes(
        drive_s, service_s, real, back_s=back_s, departs_s=np.zeros(len(planned)), station=station, opens_s=opens_s,
        area=area,
    )  # fmt: skip


def real_days(count: int, routes: Routes, station: Station, *, seed: int) -> Iterator[Driven]:
    """Yield so many days on which the routes are driven anew, each with noise of its own."""
    for number in range(count):
        yield drive(np.random.default_rng([seed, number]), routes, station)
