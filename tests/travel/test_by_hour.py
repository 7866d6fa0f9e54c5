from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.records import Stop
from dispatchkit.station import load
from dispatchkit.travel.by_hour import ByHour, knowing
from dispatchkit.travel.calibrated import CalibratedTravel, Curve
from dispatchkit.travel.congestion import congestion_of

CHICAGO = ZoneInfo("America/Chicago")
SIX = datetime(2026, 3, 11, 11, tzinfo=UTC)     # 06:00 at the station, a Wednesday
LAT, LNG = [41.90, 41.91, 41.92], [-88.0, -88.0, -88.0]
USUAL = CalibratedTravel(curve=Curve(distance_m=(0, 1_000), drive_s=(0, 1_000)))     # a second a metre: long legs


def by_hour(**rules):
    return ByHour(USUAL, congestion_of(msgspec.structs.replace(load().travel, **rules)), CHICAGO)


MORNING = by_hour(weekday_hours=("07:00-09:00: 200",))


def test_without_an_hour_every_drive_is_the_usual_one():
    assert (MORNING.legs(LAT, LNG) == USUAL.legs(LAT, LNG)).all()
    assert (MORNING.matrix(LAT, LNG) == USUAL.matrix(LAT, LNG)).all()
    assert MORNING.between(LAT[0], LNG[0], LAT[1], LNG[1]) == USUAL.between(LAT[0], LNG[0], LAT[1], LNG[1])
    assert MORNING.name == "calibrated"


def test_each_leg_is_driven_at_its_own_hour():
    first_s, second_s = USUAL.legs(LAT, LNG)
    legs = MORNING.legs(LAT, LNG, SIX, [3_600.0])
    assert legs.tolist() == pytest.approx([first_s, 2 * second_s])
    assert MORNING.legs(LAT, LNG, SIX, [4 * 3_600.0]).tolist() == pytest.approx([first_s, second_s])


def test_a_leg_that_is_under_way_at_seven_goes_on_slower():
    (usual_s,) = USUAL.legs(LAT[:2], LNG[:2])
    (legs_s,) = MORNING.legs(LAT[:2], LNG[:2], SIX + timedelta(hours=1, seconds=-600))
    assert legs_s == pytest.approx(600 + 2 * (usual_s - 600))


def test_the_matrix_is_that_of_the_hour_of_departure():
    assert np.allclose(MORNING.matrix(LAT, LNG, SIX + timedelta(hours=2)), 2 * USUAL.matrix(LAT, LNG))
    assert np.allclose(MORNING.matrix(LAT, LNG, SIX), USUAL.matrix(LAT, LNG))


def test_zones_are_known_once_the_stops_are():
    slow = by_hour(areas=("Old town | zone C-13 | always 150 | past days",))
    stops = [Stop(stop_id="a", packages=(), lat=LAT[1], lng=LNG[1], zone="C-13.1A"), Stop(stop_id="b", packages=())]
    told = knowing(slow, stops)
    assert told.legs(LAT[:2], LNG[:2], SIX) == pytest.approx(1.25 * USUAL.legs(LAT[:2], LNG[:2]))
    assert told.matrix(LAT, LNG, SIX)[0, 1] == pytest.approx(1.25 * USUAL.matrix(LAT, LNG)[0, 1])
    assert slow.legs(LAT[:2], LNG[:2], SIX) == pytest.approx(USUAL.legs(LAT[:2], LNG[:2]))
    assert knowing(USUAL, stops) is USUAL


def test_stays_that_do_not_fit_the_legs_are_refused():
    with pytest.raises(ValueError, match="2 legs need 1 stays"):
        MORNING.legs(LAT, LNG, SIX, [1.0, 2.0])


@given(st.integers(0, 48 * 60), st.integers(1, 600))
def test_nobody_arrives_earlier_by_leaving_later(minutes, later_s):
    hours = by_hour(weekday_hours=("07:00-09:00: 300", "09:00-10:00: 50"), areas=("S | zone X | always 50 | x",))
    leaves = SIX + timedelta(minutes=minutes)
    (first_s,) = hours.legs(LAT[:2], LNG[:2], leaves)
    (second_s,) = hours.legs(LAT[:2], LNG[:2], leaves + timedelta(seconds=later_s))
    assert first_s <= later_s + second_s + 1e-3
