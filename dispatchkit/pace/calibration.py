"""Quantiles as past days teach them: where in reckoned spreads the real returns lay, by how many stops were left. Pure.

Reckoned spreads know nothing of breakdowns and of what else befalls routes. On days gone by, each return lay so many
spreads from what was reckoned; the quantiles of that (split conformal prediction, by bucket of the stops left) put the
median right, and stretch the spread below and above it until 80 of 100 returns lay between P10 and P90.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.errors import WorkbenchError
from dispatchkit.pace.factors import Array

Z90 = NormalDist().inv_cdf(0.9)
LEAST_CASES = 200
"""A bucket with fewer past cases is not trusted; it takes what the next one with more stops left has."""

BUCKETS = (0, 10, 30, 60, 90, 120, 150)
"""From so many stops left on."""

_ROW = re.compile(r"(\d+): (-?\d+(?:\.\d+)?) (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)")


class BadCalibration(WorkbenchError):
    """A row of the calibration in the station profile cannot be used."""


class Calibration(NamedTuple):
    """By bucket of the stops left: its first count, and, in reckoned spreads, median, spread below and above it."""

    stops_from: NDArray[np.int64]
    median: Array
    below: Array
    above: Array

    def of(self, stops_left: NDArray[np.int64] | int) -> tuple[Array, Array, Array]:
        """Median, below and above for so many stops left."""
        bucket = np.searchsorted(self.stops_from, stops_left, side="right") - 1
        return self.median[bucket], self.below[bucket], self.above[bucket]


@lru_cache(maxsize=16)
def calibration(rows: tuple[str, ...]) -> Calibration:
    """Read the rows of the profile, "30: 0.02 1.08 1.15", the fewest stops left first.

    Raises
    ------
    BadCalibration
        Where a row is none, or the buckets do not rise from 0.
    """
    found = [_ROW.fullmatch(row) for row in rows]
    for row, match in zip(rows, found, strict=True):
        if match is None:
            raise BadCalibration(
                f"Station profile [forecast] calibration: '{row}' is no row. Write \"stops left: median below above\"."
            )
    table = [[float(x) for x in match.groups()] for match in found if match]
    starts = [int(row[0]) for row in table]
    if not starts or starts[0] != 0 or starts != sorted(set(starts)):
        raise BadCalibration("Station profile [forecast] calibration: buckets of stops left have to rise from 0.")
    columns = np.array(table).T
    return Calibration(np.array(starts), *columns[1:])


def fit_rows(stops_left: NDArray[np.int64], off: Array, buckets: Sequence[int] = BUCKETS) -> tuple[str, ...]:
    """Learn the rows from past cases.

    Parameters
    ----------
    stops_left, off
        Of each case: stops left then, and (real − reckoned return) / reckoned spread.
    """
    rows: list[str] = []
    known = (0.0, 1.0, 1.0)
    for start, end in reversed(list(zip(buckets, (*buckets[1:], np.inf), strict=True))):
        inside = np.sort(off[(stops_left >= start) & (stops_left < end)])
        if len(inside) >= LEAST_CASES:
            low, middle, high = (_conformal(inside, share) for share in (0.1, 0.5, 0.9))
            known = (middle, (middle - low) / Z90, (high - middle) / Z90)
        rows.append("{}: {:.3f} {:.3f} {:.3f}".format(start, *known))
    return tuple(reversed(rows))


def _conformal(rising: Array, share: float) -> float:
    """The quantile that a new case lies below in `share` of all cases, whatever the distribution."""
    place = (len(rising) + 1) * share - 1
    return float(np.interp(place, np.arange(len(rising)), rising))
