"""What the names of sort zones tell of where they lie: A-1.2C is area A, aisle 1, row 2, shelf C. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SHELVES = "ABCDEGHJKLMNPQRSTUVWXYZ"
"""Letters in the order in which zones lie beside each other; the real names skip those that are taken for figures."""

_NAME = re.compile(r"([A-Z]+)-(\d+)\.(\d+)([A-Z])")


class Zone(NamedTuple):
    """A sort zone by the parts of its name; `shelf` counts letters."""

    area: str
    aisle: int
    row: int
    shelf: int


def zone_of(name: str) -> Zone | None:
    """Read a name such as A-1.2C; None where it is none."""
    read = _NAME.fullmatch(name.strip())
    if read is None or read[4] not in SHELVES:
        return None
    return Zone(read[1], int(read[2]), int(read[3]), SHELVES.index(read[4]))


def zones_along(names: Sequence[str], drive_s: NDArray[np.floating]) -> list[Zone] | None:
    """Return the zone of each stop, that of the nearest stop where its own has no name; None where none has one.

    Parameters
    ----------
    names
        A name per stop; may be empty.
    drive_s
        Seconds from row to column, the station as row 0; shape (stops + 1, stops + 1).
    """
    zones = [zone_of(name) for name in names]
    named = [i for i, zone in enumerate(zones) if zone is not None]
    if not named:
        return None
    apart = (drive_s + drive_s.T)[1:, 1:]
    found = [zone or zones[named[int(np.argmin(apart[i, named]))]] for i, zone in enumerate(zones)]
    return [zone for zone in found if zone is not None]
