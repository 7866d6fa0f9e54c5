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

    @property
    def name(self) -> str:
        """What a plan says of where its drive seconds came from: "calibrated", "recorded", or an engine."""
        ...

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:
        """Return drive seconds, shape (n, n), from row to column; the diagonal is zero."""
        ...

    def legs(
        self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None, stay_s: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Return drive seconds, shape (n - 1,), from each place to the next in the order given.

        `depart_at` is when the first place is left. `stay_s`, shape (n - 2,), is how long the van stands at each place
        between the first and the last, for sources that ask at what hour each leg is driven.
        """
        ...

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return drive seconds from the first place to the second."""
        ...
