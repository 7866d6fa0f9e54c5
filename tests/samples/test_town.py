import re
from itertools import combinations
from math import hypot
from random import Random

from dispatchkit.geo import distance_m
from dispatchkit.samples.town import BLOCK_M, COLUMNS, ROWS, STATION_LAT, STATION_LNG, degrees, doors, neighbourhoods


def test_there_are_thirty_eight_neighbourhoods_each_with_its_own_zone_prefix():
    areas = list(neighbourhoods(Random(1)))
    assert len({a.prefix for a in areas}) == len(areas) == 38


def test_neighbourhoods_do_not_lie_on_each_other():
    for a, b in combinations(neighbourhoods(Random(1)), 2):
        assert hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]) > 0.8 * ROWS * BLOCK_M[1]


def test_a_door_lies_in_its_neighbourhood_and_its_zone_says_which_block():
    area = next(iter(neighbourhoods(Random(1))))
    reach_m = hypot(COLUMNS * BLOCK_M[0], ROWS * BLOCK_M[1]) / 2 + 20
    for door in doors(area, 150, Random(2)):
        assert re.fullmatch(r"A-11\.[1-4][A-E]", door.zone)
        assert distance_m(door.lat, door.lng, *degrees(area.centre)) < reach_m


def test_a_place_in_metres_lies_as_far_from_the_station_in_degrees():
    away_m = distance_m(STATION_LAT, STATION_LNG, *degrees((3_000.0, 4_000.0)))
    assert abs(away_m - 5_000) < 10


def test_no_zone_prefix_begins_another_one():
    prefixes = [a.prefix for a in neighbourhoods(Random(1))]
    assert not [(a, b) for a in prefixes for b in prefixes if a != b and b.startswith(a)]
