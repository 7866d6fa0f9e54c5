"""What a solver gets: stops and vans as arrays, nothing of the day."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Routes = tuple[tuple[int, ...], ...]
"""One order of places per van, the station left out; an empty one for a van that stays."""

LEFT_FACTOR = 4.0
"""Price of a stop that nobody serves, in longest drives: no detour costs more than out and back twice, once for the
stop and once for a van that leaves for it alone."""

PER_PLACE = ("lat", "lng", "volume", "service_s", "opens_s", "closes_s", "packages")
"""The columns of a problem."""

PER_VAN = ("van_packages", "van_leaves_s", "van_shift_s", "van_share")
"""What a problem says of each van beside its volume, or of none."""


def along_s(drive_s: NDArray[np.floating], route: Sequence[int]) -> float:
    """Seconds of driving along a route, from the station and back to it."""
    return float(drive_s[[0, *route], [*route, 0]].sum(dtype=float))


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
    packages
        Packages for the stop; none are counted where there is nothing to say.
    van_packages
        How many packages each van takes; no limit where nothing is said.
    van_leaves_s
        When each van leaves, seconds after the instant from which windows are counted; all at 0 where nothing is said.
    van_shift_s
        Each van's own shift; `shift_s` for all where nothing is said.
    van_share
        How much work each van should have compared with the others: 1, and less for the nursery route of a new driver.
    zone
        Number of the sort zone of each place, negative where it has none; None where no zones are known.
    strange_s
        What it costs, in seconds of driving, to have a van (row) serve a place (column), and infinite where it may
        not: shape (vans, places). None where every van may serve every stop at no extra price.
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
    packages: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    van_packages: tuple[float, ...] = ()
    van_leaves_s: tuple[float, ...] = ()
    van_shift_s: tuple[float, ...] = ()
    van_share: tuple[float, ...] = ()
    zone: NDArray[np.int64] | None = None
    strange_s: NDArray[np.float32] | None = None

    def __post_init__(self) -> None:
        if self.packages.size == 0:
            object.__setattr__(self, "packages", np.zeros(self.lat.shape))
        columns = [getattr(self, name) for name in PER_PLACE]
        if self.lat.ndim != 1 or self.lat.size == 0 or len({column.shape for column in columns}) != 1:
            raise ValueError("Every column of a problem needs one value per place, the station first.")
        if not (np.isfinite(self.lat).all() and np.isfinite(self.lng).all()):
            raise ValueError("A place without coordinates cannot be planned; leave the stop out and report it.")
        if not all((column[1:] >= 0).all() for column in (self.volume, self.service_s, self.packages)):
            raise ValueError("Negative or unknown volumes, packages or service seconds not understood.")
        if (self.closes_s[1:] < self.opens_s[1:]).any():
            raise ValueError("A window that closes before it opens is not understood.")
        if not self.van_volume or not all(v >= 0 for v in self.van_volume):
            raise ValueError("A problem needs at least one van, and no van holds less than nothing.")
        if not self.shift_s > self.break_s >= 0:
            raise ValueError(f"A shift of {self.shift_s} s with a break of {self.break_s} s leaves no time to drive.")
        vans = len(self.van_volume)
        if any(len(getattr(self, name)) not in {0, vans} for name in PER_VAN):
            raise ValueError("Every van needs its own packages, departure, shift and share, or none of them has any.")
        if not all(share > 0 for share in self.van_share):
            raise ValueError("A van's share of the others' work is more than nothing.")
        if self.zone is not None and self.zone.shape != self.lat.shape:
            raise ValueError("Every place needs a zone, a negative one where it has none.")
        if self.strange_s is not None and self.strange_s.shape != (vans, self.lat.size):
            raise ValueError("What it costs to have a van serve a place needs a row per van and a column per place.")

    @cached_property
    def room_packages(self) -> NDArray[np.float64]:
        """How many packages each van takes, shape (vans,); infinite where nothing is said."""
        return self._of_vans(self.van_packages, np.inf)

    @cached_property
    def leaves_s(self) -> NDArray[np.float64]:
        """When each van leaves, shape (vans,)."""
        return self._of_vans(self.van_leaves_s, 0.0)

    @cached_property
    def shifts_s(self) -> NDArray[np.float64]:
        """Each van's longest time from departure to return, shape (vans,)."""
        return self._of_vans(self.van_shift_s, self.shift_s)

    @cached_property
    def shares(self) -> NDArray[np.float64]:
        """How much work each van should have compared with the others, shape (vans,)."""
        return self._of_vans(self.van_share, 1.0)

    def _of_vans(self, said: tuple[float, ...], usual: float) -> NDArray[np.float64]:
        return np.array(said or (usual,) * len(self.van_volume), dtype=float)

    @property
    def stops(self) -> int:
        """How many stops there are; they are the places 1 … stops."""
        return self.lat.size - 1

    def may_serve(self, van: int, place: int) -> bool:
        """Say whether a van may serve a place at all."""
        return self.strange_s is None or bool(np.isfinite(self.strange_s[van, place]))

    def work_s(self, drive_s: NDArray[np.floating], route: Sequence[int]) -> float:
        """Seconds of driving and service along a route; nothing for an empty one."""
        return along_s(drive_s, route) + float(self.service_s[list(route)].sum())

    def of_van(self, van: int, places: Sequence[int]) -> "Problem":
        """Return one van's problem, its windows counted from its own departure and its shift as the shift of all."""
        part, leaves_s = self.part((0, *places), (van,)), float(self.leaves_s[van])
        return replace(
            part,
            opens_s=part.opens_s - leaves_s,
            closes_s=part.closes_s - leaves_s,
            shift_s=float(self.shifts_s[van]),
            van_leaves_s=(),
            van_shift_s=(),
        )

    def part(self, places: Sequence[int], vans: Sequence[int]) -> "Problem":
        """Return the problem of these places (the station first) and these vans, renumbered in the order given."""
        at, own = np.asarray(places, dtype=int), np.asarray(vans, dtype=int)
        columns: dict[str, Any] = {name: getattr(self, name)[at] for name in PER_PLACE}
        columns |= {name: tuple(getattr(self, name)[v] for v in vans if getattr(self, name)) for name in PER_VAN}
        return replace(
            self,
            **columns,
            van_volume=tuple(self.van_volume[v] for v in vans),
            zone=None if self.zone is None else self.zone[at],
            strange_s=None if self.strange_s is None else self.strange_s[np.ix_(own, at)],
        )
