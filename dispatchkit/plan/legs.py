"""Drive seconds between places of a day: the plan's own where it has them, a travel model for all others.

The forecast, the rescue and the simulator all ask here, so that they mean the same road.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from dispatchkit.records import Place, Plan, Record

STATION = ""
"""Stands for the station where a stop id is expected: no stop has an empty id."""


class Between(Protocol):
    """The part of a travel model that single legs need."""

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Drive seconds from the first place to the second."""
        ...


class Work(Record, frozen=True):
    """Work along an order of stops, from a place back to the station.

    Attributes
    ----------
    stop_ids
        The stops in order.
    drive_s
        Seconds of each leg *into* a stop, as long as `stop_ids`.
    service_s
        Planned seconds at each stop.
    back_s
        Seconds of the leg from the last stop (or the starting place) to the station.
    """

    stop_ids: tuple[str, ...]
    drive_s: NDArray[np.float64]
    service_s: NDArray[np.float64]
    back_s: float

    @property
    def total_s(self) -> float:
        """All driving and service, the way back included; no breaks, no waiting."""
        return float(self.drive_s.sum() + self.service_s.sum()) + self.back_s


class Legs:
    """Drive seconds between any two stops of a plan, or the station.

    Parameters
    ----------
    plan
        Its consecutive stops keep the drive seconds that it was made with (recorded ones, where there were some).
    travel
        Answers for every other pair whose places are known. Where one is not, the plan's mean leg stands in.
    """

    def __init__(self, plan: Plan, travel: Between) -> None:
        self._travel = travel
        self._place: dict[str, Place | None] = {s.stop_id: s.place for s in plan.stops} | {STATION: plan.station_place}
        legs = sum(len(r.drive_s) for r in plan.routes)
        self._mean_s = sum(sum(r.drive_s) for r in plan.routes) / legs if legs else 0.0
        self._service_s = {s.stop_id: s.service_s for s in plan.stops}
        self._planned: dict[tuple[str, str], float] = {}
        for route in plan.routes:
            way = (STATION, *route.stop_ids, STATION)
            self._planned.update(zip(pairwise(way), route.drive_s, strict=True))
        self._between = lru_cache(maxsize=200_000)(self._ask)

    def _ask(self, a: str, b: str) -> float:
        return self._from(self._place[a], self._place[b])

    def _from(self, a: Place | None, b: Place | None) -> float:
        return self._mean_s if a is None or b is None else self._travel.between(*a, *b)

    def leg_s(self, a: str, b: str) -> float:
        """Seconds from stop `a` to stop `b`; `STATION` for the station. 0 from a place to itself."""
        if a == b:
            return 0.0
        planned = self._planned.get((a, b))
        return self._between(a, b) if planned is None else planned

    def from_place_s(self, lat: float, lng: float, b: str) -> float:
        """Seconds from anywhere to stop `b`, by the travel model."""
        return self._from((lat, lng), self._place[b])

    def to_place_s(self, a: str, lat: float, lng: float) -> float:
        """Seconds from stop `a` to anywhere, by the travel model."""
        return self._from(self._place[a], (lat, lng))

    def service_s(self, stop_id: str) -> float:
        """Planned seconds at a stop."""
        return self._service_s[stop_id]

    def place(self, stop_id: str) -> Place | None:
        """Where a stop or the station is, if that is known."""
        return self._place[stop_id]

    def known_place(self, stop_id: str) -> Place:
        """Where a stop or the station is, for work that only plans with places allow (`Plan.knows_places`)."""
        place = self._place[stop_id]
        if place is None:
            raise ValueError(f"The plan knows no place of {stop_id or 'the station'}.")
        return place

    def work(self, start: str, stop_ids: Sequence[str]) -> Work:
        """The work along `stop_ids` from the stop `start` (or `STATION`), and back to the station."""
        way = (start, *stop_ids)
        return Work(
            stop_ids=tuple(stop_ids),
            drive_s=np.array([self.leg_s(a, b) for a, b in pairwise(way)], dtype=float),
            service_s=np.array([self._service_s[s] for s in stop_ids], dtype=float),
            back_s=self.leg_s(way[-1], STATION),
        )
