from statistics import fmean

import pytest
from msgspec.structs import replace

from dispatchkit.road.chance import Chance
from dispatchkit.road.departures import GROUNDING_DEFECTS, departure_slip_s, incident, pre_trip


@pytest.fixture
def chance(station):
    def of(**shares):
        return Chance(seed=1, service_day="2026-03-14", simulator=replace(station.simulator, **shares))

    return of


def test_nobody_leaves_before_his_time(chance):
    slips = [departure_slip_s(f"CX{k}", chance(departure_spread_s=360.0)) for k in range(500)]
    assert min(slips) >= 0
    assert fmean(slips) == pytest.approx(360 * 0.8, rel=0.1)    # mean size of a normal draw


def test_an_inspection_that_finds_something_fails_and_names_it(chance, nine):
    failed = pre_trip("van 7", "A1", at=nine, chance=chance(defect_share=1.0), by="simulated")
    assert not failed.passed
    assert failed.defects[0] in GROUNDING_DEFECTS


def test_an_inspection_that_finds_nothing_passes(chance, nine):
    passed = pre_trip("van 7", "A1", at=nine, chance=chance(defect_share=0.0), by="simulated")
    assert (passed.passed, passed.defects, passed.inspection) == (True, (), "pre-trip")
    assert passed.duration_s > 0


def test_most_routes_have_no_incident_and_those_that_have_one_say_which(chance, nine):
    def reported(share):
        by_chance = {"chance": chance(incident_share=share), "at": nine, "by": "simulated"}
        return [incident(f"CX{k}", driver_id="A1", van_id="van 7", **by_chance) for k in range(300)]

    assert set(reported(0.0)) == {None}
    told = [i for i in reported(0.1) if i]
    assert 15 < len(told) < 50
    assert len({i.incident_id for i in told}) == len(told)
    assert all(i.description.endswith(".") for i in told)
