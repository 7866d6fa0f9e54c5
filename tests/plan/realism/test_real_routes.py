"""Ten real routes of 2018 in their drivers' own order, with recorded drive times."""

import pytest

from dispatchkit.imports import read_folder
from dispatchkit.plan.intake import given_plan
from dispatchkit.plan.realism import Kind, Severity, check
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import STATION


@pytest.fixture(scope="module")
def reports(shared_data):
    travel = CalibratedTravel()
    days = read_folder(shared_data / "amazon_routes10")
    return [check(given_plan(d, STATION, travel, seed=1), STATION, travel, timezone=d.timezone) for d in days]


def test_every_route_is_judged_and_every_finding_has_its_reason_and_its_place(reports):
    assert sum(len(report.routes) for report in reports) == 10
    for finding in (f for report in reports for f in report.every_finding):
        assert finding.sentence.endswith(".")
        assert finding.centre is not None


def test_they_took_six_to_ten_hours_and_fit_their_vans(reports):
    routes = [route for report in reports for route in report.routes]
    assert all(6 < route.planned_h < 10.1 for route in routes)
    assert all(0.4 < route.load_share <= 1 for route in routes)
    assert all(0 < route.chance_in_time <= 1 for route in routes)


def test_those_that_took_longer_than_a_shift_or_came_too_late_broke_a_limit(reports):
    for report in reports:
        [route] = report.routes
        broken = {f.kind for f in report.every_finding if f.severity is Severity.LIMIT}
        assert broken <= {Kind.HOURS, Kind.WINDOW}
        assert (Kind.HOURS in broken) == (route.planned_h > STATION.shift.on_road_limit_s / 3600)


def test_long_ones_have_less_chance_than_short_ones(reports):
    routes = sorted((route for report in reports for route in report.routes), key=lambda r: r.planned_h)
    assert routes[0].chance_in_time > 0.95
    assert routes[-1].chance_in_time < 0.5
