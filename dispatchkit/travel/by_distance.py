"""Sources of travel times that ask for nothing but how far apart two places are: what they have in common."""

from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.geo import distance_m, distances_m
from dispatchkit.records import Record

_ROWS_AT_ONCE = 64      # rows of a large matrix worked on together: fits the processor's cache and bounds memory


class TravelByDistance(Record, frozen=True):
    """Drive seconds that follow from straight-line metres alone; the same in both directions and at every hour."""

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
        """Drive seconds for straight-line metres, of the same shape."""
        raise NotImplementedError
