"""Whether driver, van and route go together, and how well."""

import pytest

from dispatchkit.records import Driver, Van
from dispatchkit.roster.fit import (
    driver_misfits,
    driver_points,
    filled,
    light_limit_s,
    load_of,
    loads_of,
    pair_misfits,
    qualified,
    van_class,
    van_misfits,
    zone_known_share,
)
from tests.small_day import M3, STATION, plan, route, says


def load(**more):
    the_plan = plan(route("CX1", **more))
    return load_of(the_plan, the_plan.routes[0])


@pytest.mark.parametrize(
    ("service_type", "klass"),
    [
        ("Standard Parcel Electric - Rivian MEDIUM", "EDV"),
        ("EDV 700", "EDV"),
        ("Standard Parcel - Custom Delivery Van 16ft", "CDV"),
        ("CDV14", "CDV"),
        ("Standard Parcel - XL", "XL"),
        ("Nursery Route Level 1", ""),
        ("", ""),
    ],
)
def test_service_types_name_a_class_of_van(service_type, klass):
    assert van_class(service_type) == klass


def test_a_driver_without_listed_qualifications_may_drive_any_van():
    assert qualified(Driver(driver_id="A1"), "EDV")
    assert not qualified(Driver(driver_id="A1", qualifications=frozenset({"CDV"})), "EDV")
    assert qualified(Driver(driver_id="A1", qualifications=frozenset({"CDV14"})), "CDV")


def test_an_unqualified_driver_does_not_fit_the_route():
    edv = load(service_type="EDV")
    assert "needs EDV" in says(driver_misfits(Driver(driver_id="A1", qualifications=frozenset({"CDV"})), edv))


def test_an_electric_route_needs_an_electric_van():
    edv = load(service_type="EDV")
    assert "is not electric" in says(van_misfits(Van(van_id="V1", volume_cm3=10 * M3), edv, STATION))
    assert not list(van_misfits(Van(van_id="V1", volume_cm3=10 * M3, electric=True), edv, STATION))


def test_a_van_that_would_be_overfull_does_not_fit():
    full = load(packages=(5, 5), litres=100)
    assert "fills 125%" in says(van_misfits(Van(van_id="V1", volume_cm3=0.8 * M3), full, STATION))
    assert not list(van_misfits(Van(van_id="V1", volume_cm3=1.0 * M3), full, STATION))
    assert "more than 100%" in says(van_misfits(Van(van_id="V1", volume_cm3=0), full, STATION))


def test_a_route_without_packages_fits_any_van():
    empty = load(packages=(0, 0))
    assert filled(empty, Van(van_id="V1", volume_cm3=0)) == 0
    assert load(packages=()).planned_s == 300


def test_an_electric_van_needs_a_driver_for_it():
    electric = Van(van_id="V1", volume_cm3=1, electric=True)
    assert "is electric" in says(pair_misfits(Driver(driver_id="A1", qualifications=frozenset({"CDV"})), electric))
    assert not list(pair_misfits(Driver(driver_id="A1"), electric))


def test_a_zone_is_known_after_ten_days_and_half_known_after_five():
    there = load(zone="D-22.2H")
    assert zone_known_share(Driver(driver_id="A1", zones={"D-22": 30}), there, STATION) == pytest.approx(1)
    assert zone_known_share(Driver(driver_id="A1", zones={"D-22": 5}), there, STATION) == pytest.approx(0.5)
    assert zone_known_share(Driver(driver_id="A1", zones={"D-2": 30, "D-22.2": 0}), there, STATION) == 0
    assert zone_known_share(Driver(driver_id="A1", zones={"E": 30}), there, STATION) == 0


@pytest.mark.parametrize(
    ("prefix", "knows"),
    [
        ("A-2", False), ("A-21.3C4", False), ("B", False),
        ("A", True), ("A-21", True), ("A-21.", True), ("A-21.3", True), ("A-21.3C", True),
    ],
)  # fmt: skip
def test_a_zone_is_known_by_whole_parts_of_its_name(prefix, knows):
    there = load(zone="A-21.3C")
    driver = Driver(driver_id="A1", zones={prefix: 30})
    assert zone_known_share(driver, there, STATION) == pytest.approx(1 if knows else 0)


def test_a_zone_that_another_ones_name_begins_is_not_taken_for_it():
    driver = Driver(driver_id="A1", zones={"AB": 30, "A-1": 30})
    assert zone_known_share(driver, load(zone="ABC-1"), STATION) == 0
    assert zone_known_share(driver, load(zone="A-12"), STATION) == 0


def test_a_new_driver_costs_points_on_a_heavy_route_only():
    light, *_, heavy = loads = loads_of(plan(*(route(f"CX{n}", leg_s=900.0 * n) for n in (1, 2, 3, 4, 5))))
    new = Driver(driver_id="A1", nursery=True)
    limit_s = light_limit_s(loads)
    assert driver_points(new, light, limit_s, STATION) == 0
    assert driver_points(new, heavy, limit_s, STATION) == -18  # three hours above the lightest quarter
    assert driver_points(Driver(driver_id="A2"), heavy, limit_s, STATION) == 0
