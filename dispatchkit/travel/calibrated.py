"""Drive seconds from straight-line distance: the source that needs no map and no network."""

from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.records import Record
from dispatchkit.travel.by_distance import TravelByDistance


class Curve(Record, frozen=True):
    """A rising, piecewise-linear curve from straight-line metres to drive seconds.

    Beyond the last knot it goes on with its last slope.

    Attributes
    ----------
    distance_m
        Knots, rising from 0.
    drive_s
        Drive seconds at each knot; never falling.
    """

    distance_m: tuple[float, ...]
    drive_s: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.distance_m) != len(self.drive_s) or len(self.distance_m) < 2:
            raise ValueError("A travel curve needs two or more knots, each with metres and seconds.")
        if self.distance_m[0] != 0 or any(not a < b for a, b in pairwise(self.distance_m)):
            raise ValueError("The knots of a travel curve must start at 0 m and rise.")
        if not self.drive_s[0] >= 0 or any(not a <= b for a, b in pairwise(self.drive_s)):
            raise ValueError("A travel curve cannot fall with distance, nor start below 0 s.")

    def __call__(self, distance_m: ArrayLike) -> NDArray[np.float64]:
        """Drive seconds for straight-line metres, of the same shape."""
        d = np.asarray(distance_m, dtype=float)
        (x0, x1), (y0, y1) = self.distance_m[-2:], self.drive_s[-2:]
        beyond = np.maximum(0.0, d - x1) * ((y1 - y0) / (x1 - x0))
        result: NDArray[np.float64] = np.interp(d, self.distance_m, self.drive_s) + beyond
        return result


DEFAULT_CURVE = Curve(
    distance_m=(0, 25, 50, 100, 150, 200, 300, 500, 800, 1_200, 2_000, 4_000, 8_000, 15_000, 30_000),
    drive_s=(3.4, 7.8, 13.2, 41.4, 52.3, 69.2, 93.1, 144.9, 203.2, 294.4, 421.4, 671.8, 1121.4, 1723.1, 2463.3),
)
"""Fitted by `fit.fit_routes` to ten public Amazon delivery routes of 2018 (2021 Last Mile Routing Research Challenge).

Measured leave-one-route-out, total drive along the driver's own order: estimated over recorded 1.02 on average (median
1.01, from 0.85 in Los Angeles to 1.25 near Boston, standard deviation 0.12), 1.03 for the ten totals together. Over all
ordered pairs of a route it is 0.94, because pairs that no driver would drive in a row count little in this fit. The
median error of a pair is 37 s. Areas differ by more than distances explain: that is what `CalibratedTravel.factor` is
for.
"""

DEFAULT_SPREAD_SHARE = 0.13
"""Standard deviation of a route's estimated over its recorded drive by the default curve, leave-one-route-out."""


class CalibratedTravel(TravelByDistance, frozen=True):
    """Travel times from a calibrated curve; the same in both directions and at every hour.

    Attributes
    ----------
    curve
        Straight-line metres to drive seconds.
    factor
        Multiplies every drive: a station's area or season (1.0 is the curve as fitted).
    floor_s
        The least seconds between two stops (starting off, parking), before the factor.
    """

    curve: Curve = DEFAULT_CURVE
    factor: float = 1.0
    floor_s: float = 0.0

    def __post_init__(self) -> None:
        if not self.factor > 0:
            raise ValueError(f"A travel factor of {self.factor} is not understood; use a figure above 0.")
        if not self.floor_s >= 0:
            raise ValueError(f"A least drive of {self.floor_s} s is not understood; use 0 or more.")

    @property
    def name(self) -> str:
        """What a plan calls this source."""
        return "calibrated"

    def _seconds(self, straight_m: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.maximum(self.curve(straight_m), self.floor_s) * self.factor
