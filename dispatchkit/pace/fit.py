"""Learn from whole past days how legs, stops, drivers and days differ: the spreads of the forecast. Pure.

Moments, as in an analysis of variance: what a whole day tells of a route's factors has a known doubt of its own; what
the factors differ beyond that is how drivers and days differ.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from scipy.optimize import nnls

from dispatchkit.pace.factors import Array, DayKind, Learned, Stretches, learn
from dispatchkit.station.profile import Forecast

ROUNDS = 3
WIDE = 0.5
"""Standard deviation of log factors of which nothing is taken for granted."""

KNOWN_DAYS = 5
"""Days from which on a driver's past speaks for itself."""


class PastDay(NamedTuple):
    """A whole day's stretches, shapes (routes, stretches), and what was known of the drivers before it (routes,)."""

    known: Stretches
    days: Array
    log_service: Array


class Spreads(NamedTuple):
    """Spreads of the forecast under their names in the profile."""

    drive_spread_share: float
    service_spread_share: float
    driver_spread_share: float
    driver_day_spread_share: float
    route_drive_spread_share: float
    day_drive_spread_share: float
    day_service_spread_share: float
    day_together_share: float
    new_driver_share: float


def fit_spreads(past: Sequence[PastDay], forecast: Forecast) -> Spreads:
    """Fit all spreads on whole past days; `forecast` is where to begin."""
    drive, service = forecast.drive_spread_share, forecast.service_spread_share
    for _ in range(ROUNDS):
        at = replace(forecast, drive_spread_share=drive, service_spread_share=service)
        learned = [_alone(day, at) for day in past]
        drive, service = _noise(past, learned, at)
    return Spreads(drive, service, *_between(past, learned))


def _alone(day: PastDay, forecast: Forecast) -> Learned:
    """Every route's factors by its own stretches alone."""
    routes = len(day.days)
    none = (DayKind(1.0, np.zeros(2), np.zeros((2, 2))),)
    return learn(day.known, np.zeros((routes, 2)), np.tile(WIDE**2 * np.eye(2), (routes, 1, 1)), none, forecast)


def _noise(past: Sequence[PastDay], learned: Sequence[Learned], forecast: Forecast) -> tuple[float, float]:
    """Spreads of a leg and of a stop: squared misses against what they are proportional to, weighed by their doubt."""
    rows, squares = [], []
    for day, at in zip(past, learned, strict=True):
        known, factor = day.known, np.exp(at.mean)[:, None, :]
        drive_s, service_s = known.drive_s * factor[..., 0], known.service_s * factor[..., 1]
        mean_s = np.where(known.told > 0, drive_s + service_s, 1.0)
        drive2, service2 = known.drive_s2 * factor[..., 0] ** 2, known.service_s2 * factor[..., 1] ** 2
        expected = forecast.drive_spread_share**2 * drive2 + forecast.service_spread_share**2 * service2
        use = (known.told > 0) & (expected > 0)
        rows.append(np.stack([drive2[use], service2[use]], axis=1) / expected[use][:, None])
        squares.append((known.took_s - mean_s)[use] ** 2 / expected[use])
    matrix, target = np.concatenate(rows), np.concatenate(squares)
    shares2, _ = nnls(matrix.T @ matrix, matrix.T @ target)
    return float(np.sqrt(shares2[0])), float(np.sqrt(shares2[1]))


def _between(past: Sequence[PastDay], learned: Sequence[Learned]) -> tuple[float, ...]:
    days = np.stack([at.mean.mean(axis=0) for at in learned])
    doubt_of_days = np.mean([at.cov.mean(axis=0) / len(at.mean) for at in learned], axis=0)
    apart = np.concatenate([at.mean - at.mean.mean(axis=0) for at in learned])
    doubt = np.concatenate([at.cov for at in learned]).mean(axis=0)
    count = np.concatenate([day.days for day in past])
    told = np.concatenate([day.log_service for day in past])
    known, new = count >= KNOWN_DAYS, count == 0
    day_cov = np.maximum(np.cov(days.T, ddof=1) - doubt_of_days, 0.0)
    between = apart.var(axis=0) - np.diag(doubt)
    # a driver's past and today have nothing in common but his lasting hand
    lasting = max(0.0, float(np.cov(apart[known, 1], told[known])[0, 1]))
    today = max(0.0, float(apart[known, 1].var()) - lasting - doubt[1, 1])
    newcomer = float(apart[new, 1].mean() - apart[known, 1].mean()) if new.any() and known.any() else 0.0
    sds = np.sqrt(np.diag(day_cov))
    together = float(np.clip(day_cov[0, 1] / sds.prod(), 0.0, 1.0)) if sds.all() else 0.0
    shares = [_share(v) for v in (lasting, today, between[0], day_cov[0, 0], day_cov[1, 1])]
    return (*shares, together, max(0.0, float(np.expm1(newcomer))))


def _share(log_variance: float) -> float:
    """Standard deviation of a lognormal factor as a share of its mean."""
    return float(np.sqrt(np.expm1(max(0.0, log_variance))))


