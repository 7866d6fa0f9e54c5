"""What a routing engine says of a plan's own legs, beside what the calibrated curve says."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dispatchkit.geo import distance_m
from dispatchkit.travel.judge import band_errors
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.routed import RoutedTravel

if TYPE_CHECKING:
    import pandas as pd

Way = tuple[Sequence[float], Sequence[float]]
"""Latitudes and longitudes along a route, in order."""


@dataclass(frozen=True)
class Comparison:
    """An engine beside the curve.

    Attributes
    ----------
    legs
        Legs that both answered.
    without_way
        Legs that the engine found no way for.
    engine_s, curve_s
        Drive seconds of those legs all together.
    requests, request_s
        How often the engine was asked, and how long one request took on average.
    bands
        By distance, as `judge.band_errors`: "recorded" is the engine, "estimated" the curve.
    """

    legs: int
    without_way: int
    engine_s: float
    curve_s: float
    requests: int
    request_s: float
    bands: "pd.DataFrame"

    @property
    def ratio(self) -> float:
        """The curve's drives over the engine's."""
        return self.curve_s / self.engine_s if self.engine_s else float("nan")


def compare(routed: RoutedTravel, curve: TravelTimes, ways: Sequence[Way]) -> Comparison:
    """Ask for every leg along the given ways."""
    metres: list[float] = []
    by_engine: list[NDArray[np.float64]] = []
    by_curve: list[NDArray[np.float64]] = []
    found: list[bool] = []
    for lat, lng in ways:
        places = list(zip(lat, lng, strict=True))
        by_engine.append(routed.legs(lat, lng))
        by_curve.append(curve.legs(lat, lng))
        for a, b in pairwise(places):
            metres.append(distance_m(*a, *b))
            found.append((a, b) not in routed.gaps)
    known = np.array(found, dtype=bool)
    engine_s, curve_s = np.concatenate(by_engine)[known], np.concatenate(by_curve)[known]
    asked = routed.engine
    return Comparison(
        legs=int(known.sum()),
        without_way=int((~known).sum()),
        engine_s=float(engine_s.sum()),
        curve_s=float(curve_s.sum()),
        requests=asked.requests,
        request_s=asked.asked_s / asked.requests if asked.requests else 0.0,
        bands=band_errors(np.array(metres)[known], engine_s, curve_s, np.ones(int(known.sum()), dtype=bool)),
    )
