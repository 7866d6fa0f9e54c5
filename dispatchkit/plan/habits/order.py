"""One route ordered as drivers go: little driving, but zone by zone in the order that they are used to."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.plan.engine.sequence import sequence
from dispatchkit.plan.habits.steps import Habits, steps
from dispatchkit.plan.habits.zones import zones_along


def sequence_by_habit(
    drive_s: ArrayLike, service_s: ArrayLike, zones: Sequence[str], habits: Habits, **limits: Any
) -> tuple[int, ...]:
    """Order the stops of one route as drivers go; where no stop has a zone, for the least driving.

    Windows and shift are kept as `sequence` keeps them, by the real drive seconds.

    Parameters
    ----------
    drive_s, service_s
        As `sequence` has them: the station is row 0 of the seconds, and has no service.
    zones
        Name of each stop's zone, such as A-1.2C; empty where it has none.
    habits
        What steps between zones count.
    limits
        Everything else that `sequence` takes: windows, shift, break, seed, rounds.

    Returns
    -------
    tuple of int
        Positions 0 … n - 1 in the given arrays, in the order to drive.
    """
    drive = np.asarray(drive_s, dtype=float)
    return sequence(drive, service_s, counted_s=counted_s(drive, zones, habits), **limits)


def counted_s(drive_s: NDArray[np.floating], zones: Sequence[str], habits: Habits) -> NDArray[np.float64]:
    """What each leg counts: its seconds, and those that the step between its zones counts; the station has no zone."""
    if len(zones) != len(drive_s) - 1:
        raise ValueError(f"{len(zones)} zones do not belong to {len(drive_s) - 1} stops.")
    counted = np.array(drive_s, dtype=float)
    known = zones_along(zones, counted)
    if known is not None:
        counted[1:, 1:] += habits.by_step_s[steps(known)]
    return counted
