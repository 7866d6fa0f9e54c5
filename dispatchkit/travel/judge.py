"""How far estimated drives are off recorded ones: route by route, and by how far apart the places are."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dispatchkit.geo import distances_m
from dispatchkit.travel.recorded import RecordedTravel

if TYPE_CHECKING:
    import pandas as pd

BANDS_M = (0.0, 100.0, 300.0, 1_000.0, 3_000.0, 10_000.0, np.inf)
"""Straight-line metres that part the bands: next door, the block, the neighbourhood, the town, the stem, beyond."""


def route_errors(recorded: Sequence[RecordedTravel], estimates: Sequence[NDArray[np.float64]]) -> "pd.DataFrame":
    """Compare each route, in its driver's order with the station first, with an estimate of its matrix.

    Returns
    -------
    DataFrame
        A row per route, in the order given. Columns: `stops` (int), `recorded_s`, `estimated_s` (float: total drive
        along the driver's order, station to station), `ratio` (estimated / recorded), `pairs_ratio` (the same over
        the sum of all ordered pairs) and `pair_error_s` (median absolute error of a pair, seconds).
    """
    import pandas as pd

    rows = []
    for route, estimate in zip(recorded, estimates, strict=True):
        legs, apart = driven(len(route.stop_ids)), ~np.eye(len(route.stop_ids), dtype=bool)
        rows.append({
            "stops": len(route.stop_ids) - 1,
            "recorded_s": route.seconds[legs].sum(),
            "estimated_s": estimate[legs].sum(),
            "ratio": estimate[legs].sum() / route.seconds[legs].sum(),
            "pairs_ratio": estimate[apart].sum() / route.seconds[apart].sum(),
            "pair_error_s": float(np.median(np.abs(estimate - route.seconds)[apart])),
        })
    return pd.DataFrame(rows, columns=["stops", "recorded_s", "estimated_s", "ratio", "pairs_ratio", "pair_error_s"])


def route_bands(recorded: Sequence[RecordedTravel], estimates: Sequence[NDArray[np.float64]]) -> "pd.DataFrame":
    """Compare all ordered pairs of the routes' places with an estimate, by distance; columns as `band_errors`."""
    metres, known, guessed, along = [], [], [], []
    for route, estimate in zip(recorded, estimates, strict=True):
        apart = ~np.eye(len(route.stop_ids), dtype=bool)
        metres.append(distances_m(route.lat, route.lng, route.lat, route.lng)[apart])
        known.append(route.seconds[apart])
        guessed.append(estimate[apart])
        along.append(driven(len(route.stop_ids))[apart])
    return band_errors(*(np.concatenate(parts) for parts in (metres, known, guessed, along)))


def band_errors(
    distance_m: NDArray[np.float64],
    recorded_s: NDArray[np.float64],
    estimated_s: NDArray[np.float64],
    driven_leg: NDArray[np.bool_],
) -> "pd.DataFrame":
    """Compare pairs of places by the straight line between them; all four arrays of shape (pairs,).

    Returns
    -------
    DataFrame
        A row per band that holds a pair. Columns: `from_m`, `to_m` (float, the last `to_m` infinite), `pairs` (int),
        `ratio` (sum of estimated / sum of recorded), `error_pct` (median absolute error in per cent of what was
        recorded), `driven` (int, pairs that are a leg of a route), and `driven_ratio` and `driven_error_pct`, the same
        over those (not a number where there are none). Pairs recorded as 0 s count in sums, and in no percentage.
    """
    import pandas as pd

    rows = []
    band = np.digitize(distance_m, BANDS_M[1:-1])
    for i, (least, most) in enumerate(pairwise(BANDS_M)):
        here, legs = band == i, (band == i) & driven_leg
        if here.any():
            rows.append({
                "from_m": least,
                "to_m": most,
                "pairs": int(here.sum()),
                "ratio": _ratio(estimated_s[here], recorded_s[here]),
                "error_pct": _median_error_pct(estimated_s[here], recorded_s[here]),
                "driven": int(legs.sum()),
                "driven_ratio": _ratio(estimated_s[legs], recorded_s[legs]),
                "driven_error_pct": _median_error_pct(estimated_s[legs], recorded_s[legs]),
            })
    columns = ["from_m", "to_m", "pairs", "ratio", "error_pct", "driven", "driven_ratio", "driven_error_pct"]
    return pd.DataFrame(rows, columns=columns)


def driven(n: int) -> NDArray[np.bool_]:
    """Mark the legs of a round in the matrix of its places, shape (n, n): 0 → 1, 1 → 2, …, n - 1 → 0."""
    return np.roll(np.eye(n, dtype=bool), 1, axis=1)


def _ratio(estimated_s: NDArray[np.float64], recorded_s: NDArray[np.float64]) -> float:
    total_s = float(recorded_s.sum())
    return float(estimated_s.sum()) / total_s if total_s else float("nan")


def _median_error_pct(estimated_s: NDArray[np.float64], recorded_s: NDArray[np.float64]) -> float:
    counted = recorded_s > 0
    if not counted.any():
        return float("nan")
    return float(np.median(np.abs(estimated_s[counted] / recorded_s[counted] - 1))) * 100
