import numpy as np
import pytest

from dispatchkit.errors import NotFound
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.recorded import RecordedTravel

LAT, LNG = [42.0, 42.01, 42.02], [-88.0, -88.0, -88.0]
SECONDS = [[7.0, 60.0, 120.0], [70.0, 0.0, float("nan")], [130.0, 55.0, 0.0]]


def recorded():
    return RecordedTravel(["station", "a", "b"], LAT, LNG, SECONDS)


def test_known_pairs_come_back_to_the_last_digit():
    matrix = recorded().matrix(LAT, LNG)
    assert matrix[0].tolist() == [0, 60, 120]
    assert matrix[2].tolist() == [130, 55, 0]
    assert recorded().among(["b", "station"]).tolist() == [[0, 130], [120, 0]]
    assert recorded().legs(LAT[:2], LNG[:2]).tolist() == [60]
    assert recorded().between(LAT[1], LNG[1], LAT[0], LNG[0]) == 70


def test_an_unknown_pair_is_estimated():
    estimate = pytest.approx(CalibratedTravel().between(42.01, -88, 42.02, -88))
    assert recorded().matrix(LAT, LNG)[1, 2] == estimate
    assert recorded().between(42.01, -88, 42.02, -88) == estimate
    assert recorded().among(["a", "b"])[0, 1] == estimate


def test_an_unknown_place_is_estimated_to_and_from_the_known_ones():
    lat, lng = [*LAT, 42.05], [*LNG, -88.05]
    matrix = recorded().matrix(lat, lng)
    assert matrix[0, 1] == 60
    assert (matrix[3, :3] == CalibratedTravel().matrix(lat, lng)[3, :3]).all()


def test_a_stop_that_nobody_recorded_is_named():
    with pytest.raises(NotFound, match="stop z"):
        recorded().among(["a", "z"])


@pytest.mark.parametrize(
    ("stop_ids", "seconds", "message"),
    [
        (["a", "a", "b"], SECONDS, "twice"),
        (["a", "b"], SECONDS, "2 places"),
        (["s", "a", "b"], np.full((3, 3), -1.0), "Negative"),
    ],
)
def test_a_matrix_that_makes_no_sense_is_not_taken(stop_ids, seconds, message):
    with pytest.raises(ValueError, match=message):
        RecordedTravel(stop_ids, LAT, LNG, seconds)


def test_the_ten_real_matrices_are_exact_along_the_drivers_order(ten_routes):
    for route in ten_routes:
        again = route.among(route.stop_ids)
        assert (again == route.seconds).all()
