"""A whole station's morning, 38 routes of 150 stops with their windows, screened in one go."""

import pytest

from dispatchkit.plan.absorb import Verdict, absorb
from dispatchkit.samples.station import SEED, generate
from dispatchkit.travel.calibrated import CalibratedTravel
from tests.small_day import STATION

TRAVEL = CalibratedTravel()


@pytest.fixture(scope="module")
def plan():
    return generate(SEED, travel=TRAVEL, station=STATION).plan


@pytest.fixture(scope="module")
def covers(plan):
    return absorb(plan, STATION, TRAVEL)


def test_every_route_has_its_answer(plan, covers):
    assert [cover.route_id for cover in covers] == [route.route_id for route in plan.routes]
    assert {Verdict.ABSORB, Verdict.REPLACE} <= {cover.verdict for cover in covers}


def test_whoever_takes_stops_keeps_every_line(plan, covers):
    takers = [taker for cover in covers for taker in cover.by]
    assert all(taker.after.chance_in_time >= STATION.absorb.least_chance_share for taker in takers)
    assert all(taker.after.load_share <= STATION.van.load_block_share for taker in takers)
    assert all(len(cover.by) <= STATION.absorb.takers_count for cover in covers)
    for cover in covers:
        if cover.by:
            taken = sorted(s for taker in cover.by for s in taker.stop_ids)
            assert taken == sorted(plan.route[cover.route_id].stop_ids)


def test_nobody_takes_his_own_route_and_every_no_has_its_reason(covers):
    for cover in covers:
        assert cover.route_id not in {taker.route_id for taker in cover.by}
        assert bool(cover.why_not) == (cover.verdict is Verdict.REPLACE)
