"""What a solver gets: stops and vans as arrays, nothing of the day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Routes = tuple[tuple[int, ...], ...]
"""One order of places per van, the station left out; an empty one for a van that stays."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Which stops there are, and which vans may serve them.

    Arrays have one value per place; place 0 is the station, its volume, service and window are not looked at.

    Attributes
    ----------
    lat, lng
        Degrees.
    volume
        In the unit of `van_volume` (cm³ in this program).
    service_s
        Planned seconds at the stop.
    opens_s, closes_s
        The window in which service may start, seconds after departure; not a number where there is none.
    van_volume
        What each van holds; vans may differ.
    shift_s
        Longest time from departure to return, the break included.
    break_s
        Break that each route owes, in seconds.
    """

    lat: NDArray[np.float64]
    lng: NDArray[np.float64]
    volume: NDArray[np.float64]
    service_s: NDArray[np.float64]
    opens_s: NDArray[np.float64]
    closes_s: NDArray[np.float64]
    van_volume: tuple[float, ...]
    shift_s: float
    break_s: float = 0.0

    def __post_init__(self) -> None:
        columns = (self.lat, self.lng, self.volume, self.service_s, self.opens_s, self.closes_s)
        if self.lat.ndim != 1 or self.lat.size == 0 or len({column.shape for column in columns}) != 1:
            raise ValueError("Every column of a problem needs one value per place, the station first.")
        if not (np.isfinite(self.lat).all() and np.isfinite(self.lng).all()):
            raise ValueError("A place without coordinates cannot be planned; leave the stop out and report it.")
        if not ((self.volume[1:] >= 0).all() and (self.service_s[1:] >= 0).all()):
            raise ValueError("Negative or unknown volumes or service seconds not understood.")
        if (self.closes_s[1:] < self.opens_s[1:]).any():
            raise ValueError("A window that closes before it opens is not understood.")
        if not self.van_volume or not all(v >= 0 for v in self.van_volume):
            raise ValueError("A problem needs at least one van, and no van holds less than nothing.")
        if not self.shift_s > self.break_s >= 0:
            raise ValueError(f"A shift of {self.shift_s} s with a break of {self.break_s} s leaves no time to drive.")

    @property
    def stops(self) -> int:
        """How many stops there are; they are the places 1 … stops."""
        return self.lat.size - 1

    def part(self, places: Sequence[int], vans: Sequence[int]) -> "Problem":
        """Return the problem of these places (the station first) and these vans, renumbered in the order given."""
        at = np.asarray(places, dtype=int)
        return replace(
            self,
            **{name: getattr(self, name)[at] for name in
               ("lat", "lng", "volume", "service_s", "opens_s", "closes_s")},
            van_volume=tuple(self.van_volume[v] for v in vans),
        )  # fmt: skip
