"""What every source of travel times can be asked."""

from datetime import datetime
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray


class TravelTimes(Protocol):
    """A source of drive seconds between places: a curve, recorded matrices, or a routing engine.

    Places are given as equally long latitudes and longitudes in degrees. Times may differ with the direction.
    `depart_at` is aware; a source that knows no time of day passes it over.
    """

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:
        """Return drive seconds, shape (n, n), from row to column; the diagonal is zero."""
        ...

    def legs(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:
        """Return drive seconds, shape (n - 1,), from each place to the next in the order given."""
        ...

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return drive seconds from the first place to the second."""
        ...
