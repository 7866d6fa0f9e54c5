from statistics import fmean

import pytest
from msgspec.structs import replace

from dispatchkit.records import Package, Stop
from dispatchkit.road.chance import Chance
from dispatchkit.road.customers import not_delivered


@pytest.fixture
def at_the_door(station):
    def ask(*recorded, simulator=station.simulator, not_loaded=()):
        packages = tuple(Package(package_id=f"p{k}", recorded=word) for k, word in enumerate(recorded))
        stop = Stop(stop_id="s1", lat=41.0, lng=-93.0, packages=packages)
        chance = Chance(seed=1, service_day="2026-03-14", simulator=simulator)
        return not_delivered(
            stop, chance=chance, simulator=simulator, reasons=station.package, not_loaded=frozenset(not_loaded)
        )

    return ask


def test_what_was_recorded_as_delivered_is_delivered(at_the_door):
    assert at_the_door(*["DELIVERED"] * 500) == ()


def test_a_recorded_attempt_gets_one_of_the_reasons_of_an_attempt(at_the_door, station):
    told = at_the_door("DELIVERED", "DELIVERY_ATTEMPTED")
    assert [p.package_id for p in told] == ["p1"]
    assert told[0].reason in station.package.attempted


def test_a_recorded_rejection_is_a_refusal(at_the_door):
    assert [p.reason for p in at_the_door("REJECTED")] == ["REFUSED"]


def test_without_a_record_the_shares_of_the_profile_hold(at_the_door, station):
    simulator = replace(station.simulator, not_delivered_share=0.2, missing_share=0.05)
    told = at_the_door(*[""] * 4_000, simulator=simulator)
    assert len(told) / 4_000 == pytest.approx(0.24, abs=0.02)
    assert fmean(p.reason == "OBJECT MISSING" for p in told) == pytest.approx(0.05 / 0.24, abs=0.04)
    known = {*station.package.attempted, *station.package.returned, *station.package.missing}
    assert {p.reason for p in told} <= known
    assert {"REFUSED", "DAMAGED"} <= {p.reason for p in told}


def test_a_package_that_nobody_found_at_the_dock_is_missing_at_the_door(at_the_door):
    told = at_the_door("DELIVERED", "DELIVERED", not_loaded=["p1"])
    assert [(p.package_id, p.reason) for p in told] == [("p1", "OBJECT MISSING")]
