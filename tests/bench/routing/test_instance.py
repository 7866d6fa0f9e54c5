"""An instance's matrix answers as a source of travel times."""

import numpy as np
import pytest

from dispatchkit.bench.routing.instance import GivenMatrix

LAT, LNG = np.array([0.0, 1.0, 2.0, 2.0]), np.array([5.0, 5.0, 5.0, 5.0])
SECONDS = np.arange(16, dtype=np.float32).reshape(4, 4)


@pytest.fixture
def travel():
    return GivenMatrix(LAT, LNG, SECONDS)


def test_for_all_places_it_is_the_matrix_itself(travel):
    assert travel.matrix(LAT, LNG) is travel.seconds


def test_for_some_places_it_is_a_part_of_it(travel):
    assert travel.matrix([2.0, 0.0], [5.0, 5.0]).tolist() == [[10, 8], [2, 0]]


def test_legs_go_from_each_place_to_the_next(travel):
    assert travel.legs([0.0, 2.0, 1.0], [5.0, 5.0, 5.0]).tolist() == [2, 9]
    assert travel.between(1.0, 5.0, 0.0, 5.0) == 4
