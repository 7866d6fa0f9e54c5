"""One question for every engine: a problem, the travel between its places, and what is known of its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.bench.routing.row import Judged
from dispatchkit.plan.engine.evaluate import evaluate
from dispatchkit.plan.engine.problem import Problem

Matrix = NDArray[Any]
"""Drive seconds from row to column; whole numbers held as float32, which is exact up to 16 million."""


@dataclass(frozen=True, eq=False)
class Instance:
    """A problem as an engine gets it.

    Attributes
    ----------
    name
        As in the tables: "solomon/R101", "day_5000x30".
    problem, drive_s
        Stops, vans and limits in whole numbers; shape (places, places).
    per_unit
        Seconds of the problem for one unit of the instance: 10 where distances have one decimal.
    best_known
        Least cost that anybody has published, in the instance's unit; None where nobody has.
    """

    name: str
    problem: Problem
    drive_s: Matrix
    per_unit: float = 1.0
    best_known: float | None = None

    @cached_property
    def travel(self) -> "GivenMatrix":
        """The matrix as a source of travel times."""
        return GivenMatrix(self.problem.lat, self.problem.lng, self.drive_s)

    def judged(self, routes: Sequence[Sequence[int]]) -> Judged:
        """Judge routes by the evaluator that no engine uses to search."""
        found = evaluate(self.problem, self.drive_s, routes)
        hours = [h for h in found.hours if h]
        return Judged(
            cost=round(found.drive_s / self.per_unit, 3),
            routes=sum(1 for route in routes if route),
            unserved=len(found.missing) + len(found.duplicated),
            late=found.late_s / self.per_unit,
            overtime=found.overtime_s / self.per_unit,
            overload=found.overload,
            hours_sd=round(float(np.std(hours)) / self.per_unit, 3) if hours else 0.0,
        )


class GivenMatrix:
    """Travel times that an instance gives, as `TravelTimes`.

    Parameters
    ----------
    lat, lng
        The places of the instance; where two stops share one, the first answers for both, but for the whole matrix.
    seconds
        Shape (places, places), from row to column.
    """

    name = "given"

    def __init__(self, lat: NDArray[np.float64], lng: NDArray[np.float64], seconds: Matrix) -> None:
        self.lat, self.lng, self.seconds = lat, lng, seconds

    def matrix(self, lat: ArrayLike, lng: ArrayLike, depart_at: datetime | None = None) -> Matrix:  # noqa: ARG002
        """Return drive seconds, shape (n, n), from row to column; the diagonal is zero."""
        if np.array_equal(lat, self.lat) and np.array_equal(lng, self.lng):
            return self.seconds
        rows = self._rows(lat, lng)
        return self.seconds[np.ix_(rows, rows)]

    def legs(
        self,
        lat: ArrayLike,
        lng: ArrayLike,
        depart_at: datetime | None = None,      # noqa: ARG002
        stay_s: ArrayLike | None = None,        # noqa: ARG002
    ) -> Matrix:
        """Return drive seconds, shape (n - 1,), from each place to the next in the order given."""
        rows = self._rows(lat, lng)
        return self.seconds[rows[:-1], rows[1:]]

    def between(self, lat_a: float, lng_a: float, lat_b: float, lng_b: float) -> float:
        """Return drive seconds from the first place to the second."""
        return float(self.legs([lat_a, lat_b], [lng_a, lng_b])[0])

    def _rows(self, lat: ArrayLike, lng: ArrayLike) -> list[int]:
        asked = zip(np.asarray(lat, dtype=float).tolist(), np.asarray(lng, dtype=float).tolist(), strict=True)
        return [self._row_at[place] for place in asked]

    @cached_property
    def _row_at(self) -> dict[tuple[float, float], int]:
        places = list(zip(self.lat.tolist(), self.lng.tolist(), strict=True))
        return {place: row for row, place in reversed(list(enumerate(places)))}
