"""What a day asks of the solver: departures, limits, zones, and what is known of drivers and vans."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import numpy as np
import pytest

from dispatchkit.imports.given import GivenVan, Import
from dispatchkit.plan.posing import posed, weighed, zones
from dispatchkit.records import Driver, Package, Stop, Window
from dispatchkit.station import load

NINE = datetime(2026, 3, 14, 14, tzinfo=UTC)
STATION = load()


def stop(name, *, zone="", packages=1, window=None):
    parcel = Package(package_id=name, volume_cm3=10, service_s=30, window=window)
    return Stop(stop_id=name, lat=41.6, lng=-93.5, zone=zone, packages=(parcel,) * packages)


def van(n, **own):
    return GivenVan(code=f"CX{n}", van_id=f"v{n}", volume_cm3=100, **own)


def problem(stops, vans, *, departs_at=None, station=STATION, needs=None, drivers=None):
    found = Import(
        station="DXX1", service_day=date(2026, 3, 14), station_lat=41.6, station_lng=-93.6, timezone="America/Chicago",
        routes=(), source="stop list", originals=(), rows=0, loose=tuple(stops), own_vans=tuple(vans),
        needs=needs or {},
    )  # fmt: skip
    return posed(found, stops, vans, departs_at or [NINE] * len(vans), station, drivers=drivers or {})


def test_each_van_leaves_with_its_wave_and_windows_count_from_the_first_departure():
    ten_to_noon = Window(opens=NINE + timedelta(hours=1), closes=NINE + timedelta(hours=3))
    asked = problem([stop("a", window=ten_to_noon)], [van(1), van(2)], departs_at=[NINE + timedelta(hours=1), NINE])
    assert asked.leaves_s.tolist() == [3600, 0]
    assert (asked.opens_s[1], asked.closes_s[1]) == (3600, 10_800)


def test_a_van_keeps_its_own_shift_and_its_own_limit_of_packages():
    asked = problem([stop("a", packages=3)], [van(1, shift_s=7_200, packages=40), van(2)])
    assert asked.shifts_s.tolist() == [7_200, STATION.shift.on_road_limit_s]
    assert asked.room_packages.tolist() == [40, np.inf]
    assert asked.packages.tolist() == [0, 3]


def test_the_profile_limits_packages_where_nobody_else_does():
    rules = msgspec.structs.replace(STATION.objective, packages_count=250)
    station = msgspec.structs.replace(STATION, objective=rules)
    assert problem([stop("a")], [van(1)], station=station).room_packages.tolist() == [250]


def test_zones_are_numbered_and_stops_without_one_have_none():
    assert zones([stop("a", zone="A-1"), stop("b"), stop("c", zone="B-2"), stop("d", zone="A-1")]).tolist() == [
        -1, 0, -1, 1, 0,
    ]  # fmt: skip
    assert zones([stop("a")]) is None


def test_a_new_driver_gets_a_share_of_the_others_work():
    nursery = Driver(driver_id="A1", nursery=True)
    asked = problem([stop("a")], [van(1), van(2, driver=nursery)])
    assert asked.shares.tolist() == [1.0, STATION.objective.nursery_share]
    assert problem([stop("a")], [van(1)], drivers={"v1": nursery}).shares.tolist() == [0.75]


def test_a_driver_is_priced_where_he_does_not_know_the_doors_and_nobody_else_is():
    knows = Driver(driver_id="A1", zones={"A-1": STATION.assign.known_after_count})
    asked = problem([stop("a", zone="A-1.1A"), stop("b", zone="B-2.1A"), stop("c")], [van(1, driver=knows), van(2)])
    price = STATION.objective.familiarity_s
    assert asked.strange_s.tolist() == [[0, 0, price, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("service_type", "may"), [("XL", True), ("xl", True), ("AmFlex XL", True), ("CDV14", False), ("", False)]
)
def test_a_stop_that_needs_a_type_is_served_by_vans_of_that_class_only(service_type, may):
    asked = problem([stop("a"), stop("sofa")], [van(1, service_type=service_type)], needs={"sofa": "XL"})
    assert (asked.may_serve(0, 1), asked.may_serve(0, 2)) == (True, may)


def test_nothing_is_priced_where_nothing_is_known():
    assert problem([stop("a")], [van(1)]).strange_s is None


def test_the_profile_says_what_counts_beside_driving():
    rules = STATION.objective
    assert (weighed(STATION).balance_s, weighed(STATION).zone_s) == (rules.balance_s, rules.zone_s)
