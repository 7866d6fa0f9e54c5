import numpy as np
import pytest

from dispatchkit.plan.habits.zones import Zone, zone_of, zones_along

APART = np.abs(np.subtract.outer(np.arange(4.0), np.arange(4.0))) * 60


def test_a_zone_is_read_by_its_parts():
    assert zone_of("C-17.3D") == Zone("C", 17, 3, 3)


def test_letters_that_names_skip_leave_no_gap():
    assert zone_of("A-1.1G").shelf == zone_of("A-1.1E").shelf + 1
    assert zone_of("A-1.1J").shelf == zone_of("A-1.1H").shelf + 1


@pytest.mark.parametrize("name", ["", "nan", "A-99.JW", "A-1", "1.2A", "A-1.2AB", "A-1.2F"])
def test_what_is_no_zone_is_none(name):
    assert zone_of(name) is None


def test_a_stop_without_a_zone_is_of_its_nearest_neighbours():
    assert zones_along(["A-1.1A", "", "A-1.2A"], APART) == [zone_of("A-1.1A"), zone_of("A-1.1A"), zone_of("A-1.2A")]


def test_where_no_stop_has_a_zone_there_is_none():
    assert zones_along(["", "x", ""], APART) is None
