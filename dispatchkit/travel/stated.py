"""Travel times by definition, for days that are exercises: the same seconds for everyone who plans or judges them.

Straight-line metres times a detour are driven at a speed that rises with distance; each leg has a few seconds for
starting off and parking. It is no model of any road.
"""

import numpy as np
from numpy.typing import NDArray

from dispatchkit.records import Record
from dispatchkit.travel.by_distance import TravelByDistance


class Band(Record, frozen=True):
    """The metres of a drive up to `until_m`, from where the band before it ends, and how fast they are driven."""

    until_m: float
    speed_m_per_s: float


class StatedTravel(TravelByDistance, frozen=True):
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

    def _seconds(self, straight_m: NDArray[np.float64]) -> NDArray[np.float64]:
        driven_m = straight_m * self.detour
        seconds, begins_m = np.full_like(driven_m, self.leg_s), 0.0
        for band in self.bands:
            seconds += np.clip(driven_m - begins_m, 0.0, band.until_m - begins_m) / band.speed_m_per_s
            begins_m = band.until_m
        whole: NDArray[np.float64] = np.rint(seconds)
        return whole
