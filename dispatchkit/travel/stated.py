"""Travel times by definition, for days that are exercises: the same seconds for everyone who plans or judges them.

Straight-line metres times a detour are driven at a speed that rises with distance; each leg has a few seconds for
starting off and parking. It is no model of any road.
"""

from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.geo import distance_m, distances_m
from dispatchkit.records import Record

_ROWS_AT_ONCE = 64      # rows of a large matrix worked on together: fits the processor's cache and bounds memory


class Band(Record, frozen=True):
    """The metres of a drive up to `until_m`, from where the band before it ends, and how fast they are driven."""

    until_m: float
    speed_m_per_s: float


class StatedTravel(Record, frozen=True):
    """Whole drive seconds that follow from distance alone; the same in both directions and at every hour.

    The figures are those that the publisher of the exercise days states: 25 km/h in the neighbourhood, 40 km/h through
    town and 70 km/h beyond, in metres per second cut to two decimals.

    Attributes
    ----------
    detour
        Metres driven for a straight-line metre.
    bands
        How fast which metres of a drive are driven, nearest first; the last goes on without end.
    leg_s
        Seconds that every leg takes beside its driving.
    """

    detour: float = 1.3
    bands: tuple[Band, ...] = (
        Band(until_m=1_500, speed_m_per_s=6.94),
        Band(until_m=6_000, speed_m_per_s=11.1),
        Band(until_m=np.inf, speed_m_per_s=19.4),
    )
    leg_s: float = 12.0

    @property
    def name(self) -> str:
        """What a plan calls this source."""
        return "stated"

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:  # noqa: ARG002
        """Return drive seconds, shape (n, n), from row to column; the diagonal is zero."""
        lat, lng = np.asarray(lat, dtype=float), np.asarray(lng, dtype=float)
        seconds = np.empty((lat.size, lat.size))
        for first in range(0, lat.size, _ROWS_AT_ONCE):
            rows = slice(first, first + _ROWS_AT_ONCE)
            seconds[rows] = self._seconds(distances_m(lat[rows], lng[rows], lat, lng))
        np.fill_diagonal(seconds, 0.0)
        return seconds

    def legs(
        self,
        lat: ArrayLike,
        lng: ArrayLike,
        depart_at: datetime | None = None,  # noqa: ARG002
        stay_s: ArrayLike | None = None,  # noqa: ARG002
    ) -> NDArray[np.float64]:
        """Return drive seconds, shape (n - 1,), from each place to the next in the order given."""
        places = zip(np.asarray(lat, dtype=float).tolist(), np.asarray(lng, dtype=float).tolist(), strict=True)
        return self._seconds(np.array([distance_m(*a, *b) for a, b in pairwise(places)], dtype=float))

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return drive seconds from the first place to the second."""
        return float(self._seconds(np.array(distance_m(lat_a, lng_a, lat_b, lng_b))))

    def _seconds(self, straight_m: NDArray[np.float64]) -> NDArray[np.float64]:
        driven_m = straight_m * self.detour
        seconds, begins_m = np.full_like(driven_m, self.leg_s), 0.0
        for band in self.bands:
            seconds += np.clip(driven_m - begins_m, 0.0, band.until_m - begins_m) / band.speed_m_per_s
            begins_m = band.until_m
        whole: NDArray[np.float64] = np.rint(seconds)
        return whole
