"""An invented town: neighbourhoods of blocks, blocks of streets, doors along the streets. Metres, then degrees."""

import math
from collections.abc import Iterator
from random import Random

from dispatchkit.geo import EARTH_RADIUS_M
from dispatchkit.records import Record

Metres = tuple[float, float]
"""East and north of the station."""

STATION_LAT, STATION_LNG = 41.75, -94.35
"""In open country in the middle of Iowa, where no delivery station stands."""

Towns = tuple[tuple[str, Metres, int], ...]
"""Letter of the zones, centre, and neighbourhoods of each town."""

TOWNS: Towns = (("A", (9_200.0, 6_900.0), 25), ("B", (-9_200.0, 6_600.0), 8), ("C", (1_500.0, -10_500.0), 5))
"""Thirty-eight neighbourhoods round the station DXX1."""

FIRST_NUMBER = 11
"""Of a town's neighbourhoods. All have two digits, so that no prefix of zones begins another one."""

ROWS, COLUMNS = 4, 5
BLOCK_M = (660.0, 640.0)
"""A neighbourhood's grid of blocks, and the two sides of a block."""

NEIGHBOURHOOD_M = (COLUMNS * BLOCK_M[0] + 90.0, ROWS * BLOCK_M[1] + 90.0)
"""From the centre of a neighbourhood to the next one's in its row, and to the next row: a broad road lies between."""

STREETS_PER_BLOCK = 2
DOOR_OFFSET_M = 14.0
"""From the middle of the street to a door."""

DEGREE_DIGITS = 5
"""Decimals of a coordinate: about a metre."""


class Neighbourhood(Record, frozen=True):
    """One route's area. `prefix` begins its zones' names ("A-12"); `turned` is the angle of its streets in radians."""

    prefix: str
    centre: Metres
    turned: float


class Door(Record, frozen=True):
    """A place to deliver to, in degrees, and its zone ("A-12.3C": neighbourhood, row, column)."""

    lat: float
    lng: float
    zone: str


def neighbourhoods(chance: Random, towns: Towns = TOWNS) -> Iterator[Neighbourhood]:
    """Yield the neighbourhoods of all towns, each town's from its centre outwards, laid like bricks, not quite even."""
    for letter, (east, north), count in towns:
        turned = chance.uniform(-0.4, 0.4)
        for number, brick in enumerate(_bricks(count), FIRST_NUMBER):
            x, y = _turned(brick, turned)
            centre = (east + x + chance.uniform(-60, 60), north + y + chance.uniform(-60, 60))
            yield Neighbourhood(prefix=f"{letter}-{number}", centre=centre, turned=turned + chance.uniform(-0.06, 0.06))


def _bricks(count: int) -> list[Metres]:
    wide_m, high_m = NEIGHBOURHOOD_M
    reach = range(-4, 5)
    bricks = [((column + row % 2 / 2) * wide_m, row * high_m) for row in reach for column in reach]
    return sorted(bricks, key=lambda brick: (round(math.hypot(*brick)), brick))[:count]


def _turned(place: Metres, angle: float) -> Metres:
    x, y = place
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)


def doors(area: Neighbourhood, count: int, chance: Random) -> list[Door]:
    """Doors of one day along the streets of a neighbourhood; some blocks are dense, some have none."""
    blocks = [(row, column) for row in range(ROWS) for column in range(COLUMNS)]
    dense = [chance.gammavariate(5.0, 1.0) for _ in blocks]
    along = [chance.random() < 0.7 for _ in blocks]
    return [
        _door(area, blocks[block], along[block], chance)
        for block in chance.choices(range(len(blocks)), weights=dense, k=count)
    ]


def _door(area: Neighbourhood, block: tuple[int, int], along: bool, chance: Random) -> Door:
    row, column = block
    street = (chance.randrange(STREETS_PER_BLOCK) + 0.5) / STREETS_PER_BLOCK
    house = chance.random()
    side_m = chance.choice((-DOOR_OFFSET_M, DOOR_OFFSET_M))
    u, v = (house, street) if along else (street, house)
    x = (column + u - COLUMNS / 2) * BLOCK_M[0] + (0 if along else side_m)
    y = (row + v - ROWS / 2) * BLOCK_M[1] + (side_m if along else 0)
    (east, north), (x, y) = area.centre, _turned((x, y), area.turned)
    lat, lng = degrees((east + x, north + y))
    return Door(lat=lat, lng=lng, zone=f"{area.prefix}.{row + 1}{'ABCDE'[column]}")


def degrees(place: Metres) -> tuple[float, float]:
    """Latitude and longitude of a place given in metres east and north of the station."""
    east, north = place
    lat = STATION_LAT + math.degrees(north / EARTH_RADIUS_M)
    lng = STATION_LNG + math.degrees(east / EARTH_RADIUS_M / math.cos(math.radians(STATION_LAT)))
    return round(lat, DEGREE_DIGITS), round(lng, DEGREE_DIGITS)
