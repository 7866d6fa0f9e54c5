"""Places on the earth: distances, bearings, and whether a coordinate can be believed."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

EARTH_RADIUS_M = 6_371_000.0
"""Mean radius of the earth (IUGG), rounded as the routing benchmarks of this project use it."""


def distance_m(lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
    """Straight-line (great circle) metres between two places in degrees; haversine formula."""
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    h = (
        math.sin((phi_b - phi_a) / 2) ** 2
        + math.cos(phi_a) * math.cos(phi_b) * math.sin(math.radians(lng_b - lng_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))


def bearing_deg(lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
    """Direction in which a straight way (great circle) from the first place to the second sets out.

    Degrees clockwise from north, 0 up to but not 360; 0 where both places are the same.
    """
    phi_a, phi_b, turn = math.radians(lat_a), math.radians(lat_b), math.radians(lng_b - lng_a)
    east = math.sin(turn) * math.cos(phi_b)
    north = math.cos(phi_a) * math.sin(phi_b) - math.sin(phi_a) * math.cos(phi_b) * math.cos(turn)
    degrees = math.degrees(math.atan2(east, north)) % 360
    return 0.0 if degrees == 360 else degrees     # a hair west of north rounds up to the whole circle


def distances_m(lat: ArrayLike, lng: ArrayLike, to_lat: ArrayLike, to_lng: ArrayLike) -> NDArray[np.float64]:
    """Straight-line metres, shape (len(lat), len(to_lat)), from every first place to every second one.

    By the chord between the two on a unit sphere, whose half is the sine of half the angle: the haversine formula
    without a sine a pair.
    """
    here, there = on_unit_sphere(lat, lng), on_unit_sphere(to_lat, to_lng)
    squares = np.zeros((here.shape[1], there.shape[1]))
    for a, b in zip(here, there, strict=True):
        squares += (a[:, None] - b[None, :]) ** 2
    result: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.minimum(1.0, np.sqrt(squares) / 2))
    return result


def on_unit_sphere(lat: ArrayLike, lng: ArrayLike) -> NDArray[np.float64]:
    """Coordinates from the middle of the earth, shape (3, places)."""
    phi, lam = np.radians(np.asarray(lat, dtype=float)), np.radians(np.asarray(lng, dtype=float))
    return np.stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])


def plane_m(lat: NDArray[np.float64], lng: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres north and east of the first place, shape (places, 2): a plane, true enough within a delivery area."""
    north = np.radians(lat - lat[0]) * EARTH_RADIUS_M
    east = np.radians(lng - lng[0]) * EARTH_RADIUS_M * np.cos(np.radians(lat[0]))
    return np.column_stack([north, east])


def is_on_earth(lat: float, lng: float) -> bool:
    """Say whether the pair is a finite latitude and longitude, and not the 0,0 of a failed geocoder."""
    return math.isfinite(lat) and math.isfinite(lng) and abs(lat) <= 90 and abs(lng) <= 180 and (lat, lng) != (0, 0)
