"""Learn from whole past days how legs, stops, drivers, areas and days differ: the spreads of the forecast. Pure.

Moments, as in an analysis of variance: what a whole day tells of a route's factors has a known doubt of its own; what
the factors differ beyond that is how days differ. What two lessons have in common that share nothing but the driver, or
nothing but the area, is how much of them is his or its.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray
from scipy.optimize import nnls

from dispatchkit.pace.factors import Array, DayKind, Learned, Stretches, learn
from dispatchkit.pace.pooling import Lesson, rows_of
from dispatchkit.station.profile import Forecast

ROUNDS = 3
WIDE = 0.5
"""Standard deviation of log factors of which nothing is taken for granted."""


class PastDay(NamedTuple):
    """A whole day's stretches (routes, stretches), whether no day was known of each driver (routes,), and what the
    days before it told.
    """

    known: Stretches
    new: NDArray[np.bool_]
    lessons: Sequence[Lesson]


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
    area_spread_share: float
    driver_area_spread_share: float


def fit_spreads(past: Sequence[PastDay], forecast: Forecast) -> Spreads:
    """Fit all spreads on whole past days; `forecast` is where to begin."""
    drive, service = forecast.drive_spread_share, forecast.service_spread_share
    for _ in range(ROUNDS):
        at = replace(forecast, drive_spread_share=drive, service_spread_share=service)
        learned = [_alone(day, at) for day in past]
        drive, service = _noise(past, learned, at)
    lasting, today, in_area, in_pair = _from_lessons(past)
    drive_apart, day_drive, day_service, together, newcomer = _between(past, learned)
    return Spreads(
        drive_spread_share=drive,
        service_spread_share=service,
        driver_spread_share=_share(lasting),
        driver_day_spread_share=_share(today),
        route_drive_spread_share=_share(drive_apart),
        day_drive_spread_share=_share(day_drive),
        day_service_spread_share=_share(day_service),
        day_together_share=together,
        new_driver_share=newcomer,
        area_spread_share=_share(in_area),
        driver_area_spread_share=_share(in_pair),
    )


def _alone(day: PastDay, forecast: Forecast) -> Learned:
    """Every route's factors by its own stretches alone."""
    routes = len(day.new)
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


def _between(past: Sequence[PastDay], learned: Sequence[Learned]) -> tuple[float, float, float, float, float]:
    """Log variances of driving between routes and of both factors between days, how much of these goes together, and
    how much longer than others new drivers take.
    """
    days = np.stack([at.mean.mean(axis=0) for at in learned])
    doubt_of_days = np.mean([at.cov.mean(axis=0) / len(at.mean) for at in learned], axis=0)
    apart = np.concatenate([at.mean - at.mean.mean(axis=0) for at in learned])
    doubt = np.concatenate([at.cov for at in learned]).mean(axis=0)
    new = np.concatenate([day.new for day in past])
    day_cov = np.maximum(np.cov(days.T, ddof=1) - doubt_of_days, 0.0)
    newcomer = float(apart[new, 1].mean() - apart[~new, 1].mean()) if new.any() and not new.all() else 0.0
    sds = np.sqrt(np.diag(day_cov))
    together = float(np.clip(day_cov[0, 1] / sds.prod(), 0.0, 1.0)) if sds.all() else 0.0
    drive_apart = max(0.0, float(apart[:, 0].var() - doubt[0, 0]))
    return drive_apart, float(day_cov[0, 0]), float(day_cov[1, 1]), together, max(0.0, float(np.expm1(newcomer)))


def _from_lessons(past: Sequence[PastDay]) -> tuple[float, float, float, float]:
    """Log variances of drivers, of a driver from day to day, of areas, and of drivers in areas."""
    common = np.zeros((4, 2))
    for day in past:
        rows = rows_of(day.lessons)
        if not len(rows.day):
            continue
        # what all drivers of a day have in common is the day's
        of_day = np.bincount(rows.day, rows.log_service) / np.maximum(np.bincount(rows.day), 1)
        left = rows.log_service - of_day[rows.day]
        driver, area, pair, driver_day = (
            _products(left, group) for group in (rows.driver, rows.area, rows.pair, rows.driver_day)
        )
        common += np.array([driver - pair - driver_day, driver_day, area - pair, pair])
    lasting, same_day, in_area, both = (float(total / count) if count else 0.0 for total, count in common)
    return lasting, same_day - lasting, in_area, both - lasting - in_area


def _products(left: Array, group: NDArray[np.int64]) -> Array:
    """Sum and number of the products of all two rows of one group."""
    _, group = np.unique(group, return_inverse=True)
    count = np.bincount(group)
    total = (np.bincount(group, left) ** 2 - np.bincount(group, left**2)).sum() / 2
    return np.array([total, (count * (count - 1)).sum() / 2])


def _share(log_variance: float) -> float:
    """Standard deviation of a lognormal factor as a share of its mean."""
    return float(np.sqrt(np.expm1(max(0.0, log_variance))))


