import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.travel.calibrated import DEFAULT_CURVE, CalibratedTravel, Curve

PLACES = st.lists(st.tuples(st.floats(41.0, 43.0), st.floats(-89.0, -87.0)), min_size=2, max_size=12)


@given(PLACES)
def test_matrix_legs_and_single_pairs_say_the_same(places):
    lat, lng = np.array(places).T
    travel = CalibratedTravel(factor=1.2, floor_s=5)
    matrix = travel.matrix(lat, lng)
    assert (np.diag(matrix) == 0).all()
    assert np.allclose(matrix, matrix.T)
    along = [matrix[i, i + 1] for i in range(len(places) - 1)]
    assert np.allclose(travel.legs(lat, lng), along)
    assert np.isclose(travel.between(*places[0], *places[1]), along[0])


@st.composite
def curves(draw):
    steps = draw(st.lists(st.tuples(st.floats(1, 5_000), st.floats(0, 900)), min_size=1, max_size=10))
    metres, seconds = np.cumsum([(0.0, draw(st.floats(0, 60))), *steps], axis=0).T
    return Curve(distance_m=tuple(metres.tolist()), drive_s=tuple(seconds.tolist()))


@given(curves(), PLACES, st.floats(0.1, 3), st.floats(0, 60))
def test_by_any_curve_nothing_takes_less_than_nothing_and_both_directions_the_same(curve, places, factor, floor_s):
    matrix = CalibratedTravel(curve=curve, factor=factor, floor_s=floor_s).matrix(*np.array(places).T)
    assert (matrix >= 0).all()
    assert (np.diag(matrix) == 0).all()
    assert np.allclose(matrix, matrix.T)


@given(st.floats(0, 200_000), st.floats(0, 200_000))
def test_farther_never_takes_less(a, b):
    near, far = sorted((a, b))
    assert DEFAULT_CURVE(near) <= DEFAULT_CURVE(far)


def test_beyond_the_last_knot_the_curve_goes_on_as_it_went():
    curve = Curve(distance_m=(0, 100, 300), drive_s=(0, 50, 70))
    assert curve(300) == 70
    assert curve(500) == pytest.approx(90)


def test_a_large_day_is_the_same_as_its_parts():
    rng = np.random.default_rng(3)
    lat, lng = 42 + rng.random(600) / 5, -88 + rng.random(600) / 5
    matrix = CalibratedTravel().matrix(lat, lng)
    assert np.allclose(matrix[500:, 500:], CalibratedTravel().matrix(lat[500:], lng[500:]))


def test_two_stops_at_one_address_take_at_least_the_floor():
    assert CalibratedTravel(floor_s=20, factor=1.5).between(42, -88, 42, -88) == 30


@pytest.mark.parametrize(
    ("distance_m", "drive_s", "message"),
    [
        ((0,), (0,), "two or more knots"),
        ((0, 10, 10), (0, 1, 2), "rise"),
        ((5, 10), (0, 1), "start at 0"),
        ((0, 10), (5, 4), "cannot fall"),
        ((0, 10), (float("nan"), 4), "cannot fall"),
    ],
)
def test_a_curve_that_makes_no_sense_is_not_made(distance_m, drive_s, message):
    with pytest.raises(ValueError, match=message):
        Curve(distance_m=distance_m, drive_s=drive_s)


@pytest.mark.parametrize("wrong", [{"factor": 0}, {"factor": float("nan")}, {"floor_s": -1}])
def test_a_factor_or_floor_that_makes_no_sense_is_not_taken(wrong):
    with pytest.raises(ValueError, match="not understood"):
        CalibratedTravel(**wrong)
