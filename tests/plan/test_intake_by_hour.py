"""A plan's drives are those of the hour in which they are driven."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import pytest

from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.plan.intake import built_plan, given_plan
from dispatchkit.records import Package, Stop, Window
from dispatchkit.station import load
from dispatchkit.travel.by_hour import ByHour
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.congestion import congestion_of

NINE = datetime(2026, 3, 13, 14, tzinfo=UTC)        # 09:00 at the station, a Friday
STATION = load()
USUAL = CalibratedTravel()


def stop(name, km_east, *, service_min=1, window=None, zone=""):
    package = Package(package_id=f"P-{name}", volume_cm3=1_000.0, service_s=60 * service_min, window=window)
    return Stop(stop_id=name, lat=41.6, lng=-93.6 + km_east / 83, packages=(package,), zone=zone)


def found(*stops):
    route = GivenRoute(
        route_id="R1", code="CX1", stops=stops, departs_at=NINE, van_id="v1", van_volume_cm3=1e6, order="driven"
    )
    return Import(
        station="DXX1", service_day=date(2026, 3, 13), station_lat=41.6, station_lng=-93.6,
        timezone="America/Chicago", routes=(route,), source="station day", originals=(), rows=0,
    )  # fmt: skip


def by_hour(**rules):
    congestion = congestion_of(msgspec.structs.replace(STATION.travel, **rules))
    return ByHour(USUAL, congestion, ZoneInfo("America/Chicago"))


def ratios(day, travel):
    """How much longer than usual each leg of the plan takes."""
    (usual,) = given_plan(day, STATION, USUAL, seed=1).routes
    (hourly,) = given_plan(day, STATION, travel, seed=1).routes
    return [b / a for a, b in zip(usual.drive_s, hourly.drive_s, strict=True)]


def test_the_way_out_is_slow_and_the_way_home_is_not():
    day = found(stop("a", 2, service_min=90))
    assert ratios(day, by_hour(weekday_hours=("08:00-10:00: 150",))) == pytest.approx([1.5, 1])


def test_a_break_puts_off_what_is_driven_after_it():
    day = found(stop("a", 2, service_min=20), stop("b", 4))
    # without the half hour of break after stop a the way to b would be driven before half past nine
    assert ratios(day, by_hour(weekday_hours=("09:35-12:00: 150",))) == pytest.approx([1, 1.5, 1.5], abs=0.01)


def test_a_wait_for_a_window_puts_it_off_too():
    window = Window(opens=NINE + timedelta(hours=2), closes=NINE + timedelta(hours=5))
    day = found(stop("a", 2, window=window), stop("b", 4))
    assert ratios(day, by_hour(weekday_hours=("11:00-13:00: 150",))) == pytest.approx([1, 1.5, 1.5])


def test_a_slow_zone_slows_the_legs_into_and_out_of_it():
    day = found(stop("a", 2, zone="A-1"), stop("b", 4, zone="C-13.1A"))
    slow = by_hour(areas=("Old town | zone C-13 | always 200 | past days",))
    assert ratios(day, slow) == pytest.approx([1, 1.5, 1.5])


def test_a_built_plan_is_told_by_the_hour_as_well():
    day, slow = found(stop("a", 2), stop("b", 4)), by_hour(weekday_hours=("00:00-00:00: 150",))
    (usual,), (hourly,) = (
        built_plan(day, STATION, travel, seed=1, budget_s=1).plan.routes for travel in (USUAL, slow)
    )
    assert hourly.drive_s == pytest.approx([1.5 * s for s in usual.drive_s])
