"""Fitting the calibrated curve to recorded drives, and telling how far to trust it on a route it has not seen."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from dispatchkit.geo import distances_m
from dispatchkit.travel.calibrated import CalibratedTravel, Curve
from dispatchkit.travel.judge import driven
from dispatchkit.travel.recorded import RecordedTravel

KNOTS_M = (0.0, 25.0, 50.0, 100.0, 150.0, 200.0, 300.0, 500.0, 800.0, 1_200.0, 2_000.0, 4_000.0, 8_000.0, 15_000.0,
           30_000.0)
"""Straight-line metres of the default curve's knots: close together where the legs of a delivery route are."""

DRIVEN_LEG_WEIGHT = 1_000.0
"""Weight of a leg that a driver really drove, against 1 for any other ordered pair of the same route."""


def fit_curve(
    distance_m: ArrayLike, drive_s: ArrayLike, weight: ArrayLike | None = None, knots_m: Sequence[float] = KNOTS_M
) -> Curve:
    """Fit the rising piecewise-linear curve with the least weighted squared error.

    Squares rather than medians, so that *sums* of drives come out unbiased: a route's hours are a sum.

    Parameters
    ----------
    distance_m, drive_s
        Straight-line metres and recorded drive seconds of pairs of places, equally long, finite.
    weight
        Weight of each pair, all 1 when left out.
    knots_m
        Where the curve may bend, rising from 0.
    """
    from scipy.optimize import nnls

    d, s = np.asarray(distance_m, dtype=float), np.asarray(drive_s, dtype=float)
    root = np.ones_like(d) if weight is None else np.sqrt(np.asarray(weight, dtype=float))
    if d.size == 0 or not (np.isfinite(d).all() and np.isfinite(s).all()):
        raise ValueError("A travel curve is fitted to finite distances and drives; leave unknown pairs out.")
    # Each column is how far up one segment of the curve a pair lies, so the unknowns are the segments' rises: those
    # may not be negative, and their running sum is the curve.
    knots = np.asarray(knots_m, dtype=float)
    share = np.clip((d[:, None] - knots[:-1]) / np.diff(knots), 0.0, 1.0)
    share[:, -1] = np.maximum(0.0, (d - knots[-2]) / (knots[-1] - knots[-2]))    # the last slope goes on
    design = np.column_stack([np.ones_like(d), share]) * root[:, None]
    # The triangular factor holds all that least squares needs: 16 rows instead of one per pair.
    q, r = np.linalg.qr(design)
    rises, _ = nnls(r, q.T @ (s * root))
    return Curve(distance_m=tuple(knots.tolist()), drive_s=tuple(np.cumsum(rises).tolist()))


def fit_routes(recorded: Sequence[RecordedTravel], driven_leg_weight: float = DRIVEN_LEG_WEIGHT) -> Curve:
    """Fit one curve to whole recorded routes, each in its driver's order with the station first.

    A driver's legs are quicker than other pairs of the same distance: he goes along a street, not across the block. So
    the driven legs carry most of the weight; the other pairs say what lies between and beyond.
    """
    parts = [_pairs(route, driven_leg_weight) for route in recorded]
    distance_m, drive_s, weight = (np.concatenate([part[i] for part in parts]) for i in range(3))
    return fit_curve(distance_m, drive_s, weight)


def estimates_left_out(
    recorded: Sequence[RecordedTravel], driven_leg_weight: float = DRIVEN_LEG_WEIGHT
) -> list[NDArray[np.float64]]:
    """Estimate each route's matrix by a curve that was fitted without it; ValueError for fewer than two routes."""
    if len(recorded) < 2:
        raise ValueError("To judge a curve on a route that it has not seen takes two routes or more.")
    estimates = []
    for i, route in enumerate(recorded):
        others = [*recorded[:i], *recorded[i + 1 :]]
        curve = fit_routes(others, driven_leg_weight)
        estimates.append(CalibratedTravel(curve=curve).matrix(route.lat, route.lng))
    return estimates


def _pairs(route: RecordedTravel, driven_leg_weight: float) -> tuple[NDArray[np.float64], ...]:
    """Metres, seconds and weight of every ordered pair of different stops."""
    n = len(route.stop_ids)
    apart = ~np.eye(n, dtype=bool)
    metres = distances_m(route.lat, route.lng, route.lat, route.lng)
    weight = np.where(driven(n), driven_leg_weight, 1.0)
    return metres[apart], route.seconds[apart], weight[apart]
