"""Lessons of many days, pooled: how drivers, areas, and drivers in areas differ at the door. Pure.

What a driver took in an area on a day is the sum, in logarithms, of what all days have in common, the day's effect, his
own, the area's, that of the two together, his day's, and chance. All of them are random effects with spreads from the
profile, so that each is believed as far as days tell of it (empirical Bayes), and a slow area is no slow driver where
others drove there too. They are found by turns, each from what the others leave (backfitting), which ends at their best
linear prediction.
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dispatchkit.pace.factors import Array, log_variance
from dispatchkit.pace.past import NO_PAST, Known, Past
from dispatchkit.records import Record
from dispatchkit.station.profile import Forecast

Numbers = NDArray[np.int64]

ANY_LEVEL = 1.0
"""Variance of what all days have in common: whatever it is, it is nobody's hand."""

MOST_ROUNDS = 500
CLOSE = 1e-5
"""Rounds end when no effect moves by more than this, in logarithms."""


class Served(Record, frozen=True):
    """How long one driver's doors in one area took on one day.

    Attributes
    ----------
    area
        Empty where the plan names none.
    log_service
        Logarithm of real over planned service, the day's own share in it.
    doubt
        Variance of that by chance alone.
    """

    driver_id: str
    area: str
    log_service: float
    doubt: float


class Lesson(Record, frozen=True):
    """What one day that is over tells; `lesson` reads it off the day."""

    served: tuple[Served, ...] = ()


class Rows(NamedTuple):
    """Lessons as arrays of shape (rows,); drivers and areas are places in the lists of their names."""

    day: Numbers
    driver: Numbers
    area: Numbers
    log_service: Array
    doubt: Array
    drivers: list[str]
    areas: list[str]

    @property
    def named(self) -> NDArray[np.bool_]:
        """Whether the area has a name."""
        return np.array([bool(area) for area in self.areas], dtype=bool)[self.area]

    @property
    def pair(self) -> Numbers:
        """The same number for the same driver in the same area."""
        return self.driver * len(self.areas) + self.area

    @property
    def driver_day(self) -> Numbers:
        """The same number for the same driver on the same day."""
        return self.day * len(self.drivers) + self.driver


def rows_of(lessons: Iterable[Lesson]) -> Rows:
    """All rows of many lessons, those that cannot be true (no doubt, or no number) left out."""
    found = [(n, row) for n, lesson in enumerate(lessons) for row in lesson.served]
    found = [(n, row) for n, row in found if np.isfinite(row.log_service) and 0 < row.doubt < np.inf]
    drivers = sorted({row.driver_id for _, row in found})
    areas = sorted({row.area for _, row in found})
    driver_at, area_at = ({name: k for k, name in enumerate(names)} for names in (drivers, areas))
    return Rows(
        day=np.array([n for n, _ in found], dtype=np.int64),
        driver=np.array([driver_at[row.driver_id] for _, row in found], dtype=np.int64),
        area=np.array([area_at[row.area] for _, row in found], dtype=np.int64),
        log_service=np.array([row.log_service for _, row in found], dtype=np.float64),
        doubt=np.array([row.doubt for _, row in found], dtype=np.float64),
        drivers=drivers,
        areas=areas,
    )


def pooled(lessons: Iterable[Lesson], forecast: Forecast) -> Past:
    """Pool what earlier days tell, at the profile's spreads of drivers, areas and days."""
    rows = rows_of(lessons)
    if not len(rows.day):
        return NO_PAST
    of_driver, of_area, of_pair, of_driver_day, of_day = (
        float(log_variance(share))
        for share in (
            forecast.driver_spread_share,
            forecast.area_spread_share,
            forecast.driver_area_spread_share,
            forecast.driver_day_spread_share,
            forecast.day_service_spread_share,
        )
    )
    everywhere = np.ones(len(rows.day), dtype=bool)
    pairs, pair = np.unique(rows.pair, return_inverse=True)
    driver_days, driver_day = np.unique(rows.driver_day, return_inverse=True)
    on_the_day = driver_days % len(rows.drivers)
    _, _, hand, in_area, in_pair, _ = _effects(
        rows,
        (
            (np.zeros_like(rows.day), everywhere, ANY_LEVEL),
            (rows.day, everywhere, of_day),
            (rows.driver, everywhere, of_driver),
            (rows.area, rows.named, of_area),
            (pair, rows.named, of_pair),
            (driver_day, everywhere, of_driver_day),
        ),
    )
    # a day tells of a driver no better than his day allows, however many stops he had
    whole_day = 1 / _sum(driver_day, 1 / rows.doubt)
    driver_doubt = _left(_sum(on_the_day, 1 / (of_driver_day + whole_day)), of_driver)
    chance = 1 / _sum(pair, 1 / (rows.doubt + of_driver_day))
    pair_driver, pair_area = pairs // len(rows.areas), pairs % len(rows.areas)
    told = chance + driver_doubt[pair_driver]
    area_doubt = _left(_sum(pair_area, 1 / (told + of_pair)), of_area)
    area_days = np.unique(rows.day * len(rows.areas) + rows.area) % len(rows.areas)
    pair_doubt, pair_days = _left(1 / (told + area_doubt[pair_area]), of_pair), np.bincount(pair)
    by_driver: dict[str, dict[str, Known]] = {}
    for k, (driver, area) in enumerate(zip(pair_driver, pair_area, strict=True)):
        if name := rows.areas[area]:
            known = Known(days=int(pair_days[k]), log_service=float(in_pair[k]), doubt=float(pair_doubt[k]))
            by_driver.setdefault(rows.drivers[driver], {})[name] = known
    return Past(
        drivers=_by_name(rows.drivers, np.bincount(on_the_day), hand, driver_doubt),
        areas=_by_name(rows.areas, np.bincount(area_days), in_area, area_doubt),
        pairs=by_driver,
    )


def _effects(rows: Rows, kinds: tuple[tuple[Numbers, NDArray[np.bool_], float], ...]) -> list[Array]:
    """Every kind of effect by group: the group of each row, whether the row has such an effect, and its variance."""
    weight = [where / rows.doubt for _, where, _ in kinds]
    held = [_sum(group, w) + _inverse(variance) for (group, _, variance), w in zip(kinds, weight, strict=True)]
    effects = [np.zeros(len(whole)) for whole in held]
    rest = rows.log_service.copy()
    for _ in range(MOST_ROUNDS):
        moved = 0.0
        for k, (group, where, _) in enumerate(kinds):
            own = rest + where * effects[k][group]
            new = _sum(group, weight[k] * own) / held[k]
            moved = max(moved, float(np.abs(new - effects[k]).max()))
            effects[k] = new
            rest = own - where * new[group]
        if moved < CLOSE:
            break
    return effects


def _sum(group: Numbers, values: Array) -> Array:
    """Sum by group."""
    return np.bincount(group, values).astype(np.float64, copy=False)


def _inverse(variance: float) -> float:
    return 1 / max(variance, 1e-12)


def _left(information: Array, variance: float) -> Array:
    """The doubt that is left of a spread once so much is told."""
    left: Array = 1 / (information + _inverse(variance))
    return left


def _by_name(names: list[str], days: Numbers, log_service: Array, doubt: Array) -> dict[str, Known]:
    return {
        name: Known(days=int(days[k]), log_service=float(log_service[k]), doubt=float(doubt[k]))
        for k, name in enumerate(names)
        if name
    }
