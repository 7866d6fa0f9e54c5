"""A station's own routes against ours: the same stops, vans, order of stops and drive times."""

import pytest

from dispatchkit.bench.routing.dch4 import as_given, measured
from dispatchkit.intake.given_days import read_days
from dispatchkit.plan.intake import given_plan
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_station_day import write_station_day

STATION = load()


@pytest.fixture
def day(tmp_path):
    return write_station_day(tmp_path / "day", harm=())


def test_a_days_own_routes_against_themselves_are_the_same_routes(day):
    (found,) = read_days(day, STATION)
    given = given_plan(found, STATION, CalibratedTravel(), seed=1)
    again = given_plan(as_given(found, given), STATION, CalibratedTravel(), seed=1)
    assert {r.code: sorted(r.stop_ids) for r in again.routes} == {r.code: sorted(r.stop_ids) for r in given.routes}
    assert sum(map(sum, (r.drive_s for r in again.routes))) == pytest.approx(
        sum(map(sum, (r.drive_s for r in given.routes))), rel=0.02
    )


def test_every_figure_is_there_for_both_plans(day):
    found = measured(day, budget_s=2.0, seed=1)
    assert found["dch4_unserved"] == 0
    assert found["dch4_hours_ratio"] == pytest.approx(found["dch4_hours_ours"] / found["dch4_hours_given"], abs=0.01)
    assert found["dch4_zones"] == 3
    assert found["dch4_zone_splits_given"] == 0
    assert found["dch4_vans_given"] == 3
    for whose in ("ours", "given"):
        assert 0 <= found[f"dch4_worst_chance_{whose}"] <= 1
        assert found[f"dch4_hours_span_{whose}"] >= found[f"dch4_hours_sd_{whose}"]
