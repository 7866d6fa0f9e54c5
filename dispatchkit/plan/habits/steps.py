"""Steps from one stop to the next, told apart by how their zones lie to each other, and what each counts. Pure."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.habits.zones import Zone
from dispatchkit.station import Station


class Step(IntEnum):
    """How the zone of the next stop lies to that of this one."""

    SAME_ZONE = 0
    NEXT_ROW = 1            # A-1.1A to A-1.2A
    NEXT_SHELF = 2          # A-1.1A to A-1.1B: where drivers turn, and take the rows the other way
    SAME_AISLE = 3          # elsewhere in A-1
    ACROSS = 4              # into the next aisle, to a zone beside: A-1.1A to A-2.1A
    NEXT_AISLE = 5          # elsewhere in the next aisle
    ELSEWHERE = 6


@dataclass(frozen=True)
class Habits:
    """What a step between zones counts for drivers, in seconds of driving: they go out of their way by so much for it.

    One figure per kind of step, in the order of `Step`; staying in the zone counts nothing.
    """

    next_row_s: float
    next_shelf_s: float
    same_aisle_s: float
    across_s: float
    next_aisle_s: float
    elsewhere_s: float

    def __post_init__(self) -> None:
        if not all(s >= 0 for s in astuple(self)):
            raise ValueError("A step between zones cannot count less than staying in one.")

    @property
    def by_step_s(self) -> NDArray[np.float64]:
        """Seconds of each `Step`, shape (7,)."""
        return np.array([0.0, *astuple(self)])


def habits_of(station: Station) -> Habits:
    """Return what the station's profile says."""
    own = station.habits
    return Habits(
        own.next_row_s, own.next_shelf_s, own.same_aisle_s, own.across_s, own.next_aisle_s, own.elsewhere_s
    )


def steps(zones: Sequence[Zone]) -> NDArray[np.int_]:
    """Kind of the step from each stop (row) to each other (column), shape (stops, stops)."""
    kinds = list(dict.fromkeys(zones))
    at = np.array([kinds.index(zone) for zone in zones], dtype=int)
    between = np.array([[_step(a, b) for b in kinds] for a in kinds], dtype=int)
    found: NDArray[np.int_] = between[np.ix_(at, at)]
    return found


def _step(a: Zone, b: Zone) -> Step:
    if a == b:
        return Step.SAME_ZONE
    aisles, rows, shelves = abs(a.aisle - b.aisle), abs(a.row - b.row), abs(a.shelf - b.shelf)
    if a.area != b.area or aisles > 1:
        return Step.ELSEWHERE
    if aisles == 1:
        return Step.ACROSS if rows <= 1 and shelves <= 1 else Step.NEXT_AISLE
    if (rows, shelves) == (1, 0):
        return Step.NEXT_ROW
    return Step.NEXT_SHELF if (rows, shelves) == (0, 1) else Step.SAME_AISLE
