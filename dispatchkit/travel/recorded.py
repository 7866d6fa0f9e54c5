"""Travel times that somebody measured between known stops, and an estimate where nobody did."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.errors import NotFound
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.matrix import TravelTimes

_SAME_PLACE_DEGREES = 6     # decimals: about 0.1 m, as precise as the sources give places


class RecordedTravel:
    """The recorded matrix of a route: exact between its own stops, estimated for every other pair.

    Places are recognised by their coordinates; where two stops share a place, the first one's times answer for both.

    Parameters
    ----------
    stop_ids
        The stops in the order of the matrix, each once; by custom the station first.
    lat, lng
        Their places in degrees, in the same order.
    seconds
        Recorded drive seconds, shape (n, n), from row to column; not a number where unknown. The diagonal is ignored.
    otherwise
        Asked for pairs that were not recorded.
    """

    def __init__(
        self,
        stop_ids: Sequence[str],
        lat: ArrayLike,
        lng: ArrayLike,
        seconds: ArrayLike,
        otherwise: TravelTimes | None = None,
    ) -> None:
        self.stop_ids = tuple(stop_ids)
        self.lat = np.array(lat, dtype=float)
        self.lng = np.array(lng, dtype=float)
        self.seconds = np.array(seconds, dtype=float)
        self.otherwise = otherwise or CalibratedTravel()
        n = len(self.stop_ids)
        if len(set(self.stop_ids)) != n:
            raise ValueError("A stop stands twice in a recorded matrix; keep one of its rows and columns.")
        if self.lat.shape != (n,) or self.lng.shape != (n,) or self.seconds.shape != (n, n):
            raise ValueError(f"{n} recorded stops need {n} places and a matrix of {n} × {n} seconds.")
        if (self.seconds < 0).any():
            raise ValueError("Negative recorded drive seconds not understood.")
        np.fill_diagonal(self.seconds, 0.0)
        self._row_of = {stop_id: row for row, stop_id in enumerate(self.stop_ids)}
        self._row_at = {place: row for row, place in reversed(list(enumerate(_places(self.lat, self.lng))))}

    @property
    def name(self) -> str:
        """What a plan calls this source."""
        return "recorded"

    def among(self, stop_ids: Sequence[str]) -> NDArray[np.float64]:
        """Return drive seconds among these known stops, shape (n, n), from row to column."""
        rows = self._rows(stop_ids)
        return self._among(rows, self.lat[rows], self.lng[rows])

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> NDArray[np.float64]:
        """Return drive seconds, shape (n, n), from row to column; the diagonal is zero."""
        lat, lng = np.asarray(lat, dtype=float), np.asarray(lng, dtype=float)
        rows = np.array([self._row_at.get(place, -1) for place in _places(lat, lng)], dtype=int)
        return self._among(rows, lat, lng, depart_at)

    def legs(
        self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None, stay_s: ArrayLike | None = None
    ) -> NDArray[np.float64]:
        """Return drive seconds, shape (n - 1,), from each place to the next in the order given."""
        lat, lng = np.asarray(lat, dtype=float), np.asarray(lng, dtype=float)
        rows = np.array([self._row_at.get(place, -1) for place in _places(lat, lng)], dtype=int)
        estimated_s = self.otherwise.legs(lat, lng, depart_at, stay_s)
        known = (rows[:-1] >= 0) & (rows[1:] >= 0)
        recorded_s = np.where(known, self.seconds[rows[:-1], rows[1:]], np.nan)
        return np.where(np.isnan(recorded_s), estimated_s, recorded_s)

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return drive seconds from the first place to the second."""
        return float(self.legs([lat_a, lat_b], [lng_a, lng_b])[0])

    def _rows(self, stop_ids: Sequence[str]) -> NDArray[np.int_]:
        if unknown := [s for s in stop_ids if s not in self._row_of]:
            raise NotFound(
                f"No recorded times for stop {', '.join(unknown)}. Ask by place instead, and the times are estimated."
            )
        return np.array([self._row_of[s] for s in stop_ids], dtype=int)

    def _among(
        self, rows: NDArray[np.int_], lat: NDArray[np.float64], lng: NDArray[np.float64],
        depart_at: datetime | None = None,
    ) -> NDArray[np.float64]:  # fmt: skip
        known = rows >= 0
        seconds = np.where(known[:, None] & known[None, :], self.seconds[np.ix_(rows, rows)], np.nan)
        np.fill_diagonal(seconds, 0.0)
        if (unknown := np.isnan(seconds)).any():
            seconds[unknown] = self.otherwise.matrix(lat, lng, depart_at)[unknown]
        return seconds


def _places(lat: NDArray[np.float64], lng: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Coordinates as keys."""
    return list(zip(lat.round(_SAME_PLACE_DEGREES).tolist(), lng.round(_SAME_PLACE_DEGREES).tolist(), strict=True))
