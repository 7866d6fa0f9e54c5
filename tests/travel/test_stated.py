"""Drive seconds that follow from distance by a stated rule, and the days that are planned by them."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from dispatchkit.geo import EARTH_RADIUS_M
from dispatchkit.imports.given import GivenRoute, Import, RecordedTimes, StatedLimits
from dispatchkit.records import Stop
from dispatchkit.station import load
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.of_day import travel_of, with_limits
from dispatchkit.travel.source import with_engine
from dispatchkit.travel.stated import StatedTravel

DEGREE_M = np.radians(1) * EARTH_RADIUS_M


@pytest.mark.parametrize(
    ("straight_m", "drive_s"),
    [
        (0, 12),                # another stop at the same place: starting off and parking
        (1_000, 199),           # 1,300 m at 6.94 m/s
        (1_500 / 1.3, 228),     # the whole of the first band
        (3_000, 444),           # 1,500 m, then 2,400 m at 11.1 m/s
        (10_000, 994),          # 1,500 m, 4,500 m, then 7,000 m at 19.4 m/s
    ],
)
def test_the_rule_is_worked_out_by_hand(straight_m, drive_s):
    assert StatedTravel().between(42, -88, 42 + straight_m / DEGREE_M, -88) == drive_s


def test_matrix_and_legs_say_the_same_in_both_directions():
    rng = np.random.default_rng(1)
    lat, lng = 47.5 + rng.random(80) / 5, -122.3 + rng.random(80) / 5
    travel = StatedTravel()
    seconds = travel.matrix(lat, lng)
    assert (seconds == seconds.T).all()
    assert (seconds == np.rint(seconds)).all()
    assert not np.diagonal(seconds).any()
    assert travel.legs(lat, lng).tolist() == seconds[np.arange(79), np.arange(1, 80)].tolist()


def day(stated=None):
    return Import(
        station="DXX1", service_day=date(2026, 3, 14), station_lat=41.6, station_lng=-93.6, timezone="America/Chicago",
        routes=(), source="stop list", originals=(), rows=0, stated=stated,
    )  # fmt: skip


def test_a_day_that_states_its_limits_is_reckoned_by_the_stated_rule_unless_asked_otherwise():
    station, stated = load(), day(StatedLimits(shift_s=1_000))
    assert isinstance(travel_of(stated, station), StatedTravel)
    assert isinstance(travel_of(stated, with_engine(station, "curve"), asked="curve"), CalibratedTravel)
    assert isinstance(travel_of(day(), station), CalibratedTravel)


def test_stated_limits_stand_in_for_those_of_the_profile():
    station = load()
    own = with_limits(station, day(StatedLimits(shift_s=1_000, break_s=60)))
    assert (own.shift.on_road_limit_s, own.shift.break_s) == (1_000, 60)
    assert with_limits(station, day()) is station


def test_recorded_drives_of_one_route_go_before_the_curve_and_elsewhere_the_curve_counts():
    times = RecordedTimes(("CX1:ST", "CX1:a", "CX1:b"), np.array([[0, 60, 90], [70, 0, 30], [80, 40, 0]], dtype="f4"))
    stops = tuple(Stop(stop_id=f"CX1:{s}", lat=41.6 + n / 100, lng=-93.6, packages=()) for n, s in enumerate("ab", 1))
    loose = Stop(stop_id="far", lat=41.7, lng=-93.6, packages=())
    route = GivenRoute(
        route_id="R1", code="CX1", stops=stops, departs_at=None, van_id="", van_volume_cm3=1, order="unordered"
    )
    station = load()
    travel = travel_of(replace(day(), routes=(route,), loose=(loose,), recorded={"R1": times}), station)
    assert travel.between(41.6, -93.6, 41.62, -93.6) == 90
    assert travel.between(41.62, -93.6, 41.6, -93.6) == 80
    assert travel.between(41.62, -93.6, 41.7, -93.6) == CalibratedTravel().between(41.62, -93.6, 41.7, -93.6)
