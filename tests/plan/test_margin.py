"""How much time is kept free at the end of a shift, for the chance that is asked for."""

from dataclasses import replace

import msgspec
import pytest

from dispatchkit.plan.margin import chance_margin_s, margin_s
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel

STATION = load()


def with_chance(share):
    return msgspec.structs.replace(STATION, objective=msgspec.structs.replace(STATION.objective, chance_share=share))


def margin(station=STATION, *, stops=150, service_s=100.0):
    return margin_s(stops=stops, service_s=service_s, shift_s=9.5 * 3600, station=station, travel=CalibratedTravel())


def test_a_usual_route_is_planned_some_tens_of_minutes_short():
    assert 20 * 60 < margin() < 90 * 60


def test_a_greater_chance_asks_for_more():
    assert margin(with_chance(0.6)) < margin(with_chance(0.8)) < margin(with_chance(0.95))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_no_chance_asked_for_is_no_margin_and_certainty_cannot_be_had(share):
    assert margin(with_chance(share)) == 0


def test_a_route_whose_doors_fill_the_shift_has_none():
    assert margin(stops=400) == 0


def test_a_problem_is_reckoned_by_its_usual_route(town):
    problem = replace(town.problem([1.0] * 300, vans=(999.0, 999.0), service_s=100.0, shift_s=9.5 * 3600))
    assert chance_margin_s(problem, STATION, CalibratedTravel()) == margin()
