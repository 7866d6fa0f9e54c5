"""What goes into the van, and whether van and driver may take the route."""

import pytest
from msgspec.structs import replace

from dispatchkit.plan.realism import Kind, Known
from dispatchkit.records import Driver, Van
from tests.plan.realism.asked import LIMIT, NOTE, RISK, by_rule, checked, found
from tests.small_day import M3, plan, route

# six packages of 20 litres each: 0.12 m³


def in_van(volume_m3, **more):
    return plan(route("CX1", van_volume_cm3=volume_m3 * M3, **more))


def test_more_than_the_van_holds_breaks_the_limit():
    [finding] = found(Kind.LOAD, in_van(0.1))
    assert (finding.severity, finding.figures["load_pct"]) == (LIMIT, pytest.approx(120))
    assert "fill 120% of the van" in finding.sentence


def test_a_nearly_full_van_is_a_risk():
    [finding] = found(Kind.LOAD, in_van(0.13))
    assert (finding.severity, finding.figures["load_pct"]) == (RISK, pytest.approx(92.3, abs=0.1))


@pytest.mark.parametrize("volume_m3", [0.12 / 0.85, 0.2, 10])
def test_a_van_with_room_is_fine(volume_m3):
    assert not found(Kind.LOAD, in_van(volume_m3))


def test_the_van_that_is_assigned_counts_not_the_one_that_was_planned():
    small = Known(van_of={"CX1": Van(van_id="V1", volume_cm3=0.1 * M3)})
    assert found(Kind.LOAD, in_van(10), known=small)[0].severity is LIMIT


def test_a_package_that_is_larger_than_the_van_is_a_slip():
    whole, slip = sorted(found(Kind.LOAD, in_van(1, litres=2000, packages=(1,))), key=lambda f: -len(f.figures))
    assert (slip.severity, slip.figures) == (LIMIT, {"volume_m3": 2.0})
    assert "Package CX1:1-a at stop 1 of 1 is said to have 2.0 m³, more than the whole van" in slip.sentence
    assert whole.severity is LIMIT


def test_a_van_whose_volume_nobody_knows_is_told_and_not_guessed():
    [finding] = found(Kind.UNKNOWN, in_van(0))
    assert finding.severity is NOTE
    assert checked(in_van(0)).routes[0].load_share is None


def test_many_bulky_packages_are_counted_and_shown_at_their_stops():
    parcels = plan(route("CX1", litres=40, packages=(1, 3, 0)))
    [finding] = found(Kind.BULKY, parcels, station=by_rule(bulky_warn_count=4))
    assert finding.figures == {"bulky_packages": 4}
    assert finding.stop_ids == ("CX1:1", "CX1:2")
    assert not found(Kind.BULKY, parcels, station=by_rule(bulky_warn_count=5))
    assert checked(parcels).routes[0].bulky_packages == 4


def test_what_goes_into_a_bag_is_not_bulky():
    assert checked(plan(route("CX1", litres=33))).routes[0].bulky_packages == 0


def test_a_grounded_van_may_not_leave():
    van = Van(van_id="V1", volume_cm3=10 * M3)
    [finding] = found(Kind.VAN, in_van(10), known=Known(van_of={"CX1": van}, grounded={"V1": "Brakes"}))
    assert finding.severity is LIMIT
    assert "V1 is grounded (Brakes)" in finding.sentence


def test_an_electric_route_needs_an_electric_van():
    van = Van(van_id="V1", volume_cm3=10 * M3)
    [finding] = found(Kind.VAN, in_van(10, service_type="EDV 500"), known=Known(van_of={"CX1": van}))
    assert (finding.severity, "not electric" in finding.sentence) == (LIMIT, True)
    electric = Known(van_of={"CX1": replace(van, electric=True)})
    assert not found(Kind.VAN, in_van(10, service_type="EDV 500"), known=electric)


def test_a_driver_who_is_not_qualified_for_route_or_van():
    driver = Driver(driver_id="A1", qualifications=frozenset({"CDV"}))
    by_route = found(Kind.DRIVER, in_van(10, service_type="EDV"), known=Known(driver_of={"CX1": driver}))
    van = Van(van_id="V1", volume_cm3=10 * M3, electric=True)
    by_van = found(Kind.DRIVER, in_van(10), known=Known(driver_of={"CX1": driver}, van_of={"CX1": van}))
    assert [f.severity for f in (*by_route, *by_van)] == [LIMIT, LIMIT]
