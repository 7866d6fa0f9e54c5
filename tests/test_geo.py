import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dispatchkit.geo import bearing_deg, distance_m

HERE = (41.6, -93.6)


@pytest.mark.parametrize(
    ("there", "degrees"),
    [((41.7, -93.6), 0), ((41.6, -93.5), 90), ((41.5, -93.6), 180), ((41.6, -93.7), 270)],
    ids=["north", "east", "south", "west"],
)
def test_a_bearing_is_clockwise_from_north(there, degrees):
    assert bearing_deg(*HERE, *there) == pytest.approx(degrees, abs=0.1)


def test_a_bearing_across_the_date_line_takes_the_short_way():
    assert bearing_deg(0, 179.9, 0, -179.9) == pytest.approx(90)


def test_from_a_place_to_itself_there_is_no_direction_and_no_error():
    assert bearing_deg(*HERE, *HERE) == 0


@given(st.floats(-80, 80), st.floats(-180, 180), st.floats(0, 359.9), st.floats(0.0005, 0.05))
def test_who_walks_along_the_bearing_arrives(lat, lng, degrees, step_deg):
    """On a small step the earth is flat: north and east of the step say where it led."""
    turn = math.radians(degrees)
    there = lat + step_deg * math.cos(turn), lng + step_deg * math.sin(turn) / math.cos(math.radians(lat))
    assume(distance_m(lat, lng, *there) > 1)
    off = (bearing_deg(lat, lng, *there) - degrees + 180) % 360 - 180
    assert abs(off) < 0.5
    assert 0 <= bearing_deg(lat, lng, *there) < 360
