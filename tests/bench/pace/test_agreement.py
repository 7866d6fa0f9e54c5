"""The benchmark's forecast on arrays and the one that the board shows are the same."""

from datetime import timedelta

import numpy as np
import pytest
from msgspec.structs import replace

from dispatchkit.bench.pace.days import drive
from dispatchkit.bench.pace.forecasters import informed, ours
from dispatchkit.bench.pace.measures import calibrated
from dispatchkit.bench.pace.real import side_by_side
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import BreakTaken, PositionSeen, StopServed
from dispatchkit.pace.calibration import calibration
from dispatchkit.pace.forecast import project
from dispatchkit.pace.past import NO_PAST
from dispatchkit.pace.pooling import pooled
from dispatchkit.pace.timetable import timetables
from dispatchkit.station import load
from tests.pace.story import PaceStory, a_route, clock


@pytest.fixture(scope="module")
def station():
    return load()


@pytest.mark.parametrize("knows_the_past", [False, True])
def test_the_board_shows_what_the_benchmark_judges(station, knows_the_past):
    story = PaceStory(*(in_two_areas(k, a_route(f"CX{k}", block=k, stops=60 + 10 * k, break_s=1800)) for k in range(5)))
    routes = side_by_side([(story.plan, route) for route in story.plan.routes], station)
    day = drive(np.random.default_rng(1), routes, station)
    past = pooled(day.lessons, station.forecast) if knows_the_past else NO_PAST
    start = clock(8, 30)
    known = informed(day, past, station.forecast)
    seen = known.seen
    assert (seen.out & (seen.done == 0))[1].any(), "One of them is still on the way to its first stop then."
    for hours in (0.25, 0.75, 1.25, 2.0, 3.0):
        now, look = start + timedelta(hours=hours), round(hours * 4)
        told = PaceStory.__new__(PaceStory)
        told.plan, told.travel, told.facts = story.plan, story.travel, list(story.facts)
        for k, route in enumerate(story.plan.routes):
            told.happened(*(f for f in happened(route, day, k, start) if f.at <= now))
            told.happened(PositionSeen(at=now, by="van", route_id=route.route_id, lat=41.0, lng=-93.0))
        foretold = ours(known, station.forecast)
        quantiles = calibrated(seen, foretold, calibration(station.forecast.calibration))
        tables, folded = timetables(told.plan, told.travel), told.day()
        for k, route in enumerate(story.plan.routes):
            if not seen.out[look, k]:
                continue
            finish = project(folded, route.route_id, now=now, station=station, tables=tables, past=past).finish
            assert (finish.mean_at - start).total_seconds() == pytest.approx(quantiles.median_s[look, k], abs=10)
            assert finish.spread_s == pytest.approx(quantiles.above_s[look, k], rel=0.01)
            assert finish.early_spread_s == pytest.approx(quantiles.below_s[look, k], rel=0.01)


def in_two_areas(number, route):
    """Zones whose areas have the numbers that the benchmark gives them."""
    planned, stops = route
    areas = (2 * number + (k >= len(stops) // 2) for k in range(len(stops)))
    return planned, [replace(stop, zone=f"{area}.1A") for area, stop in zip(areas, stops, strict=True)]


def happened(route, day, k, start):
    """What the drawn day tells of a route, as facts."""
    left = start + timedelta(seconds=float(day.left_s[k]))
    yield RouteDeparted(at=left, by="maria", route_id=route.route_id, driver_id=str(k), van_id="V1")
    for i, stop_id in enumerate(route.stop_ids):
        at = start + timedelta(seconds=float(day.done_s[k, i]))
        yield StopServed(at=at, by="driver", route_id=route.route_id, stop_id=stop_id)
    ended = start + timedelta(seconds=float(day.break_at_s[k]))
    yield BreakTaken(at=ended, by="driver", route_id=route.route_id, duration_s=1800)
