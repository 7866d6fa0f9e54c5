"""What earlier days tell of drivers, of areas, and of a driver in an area: how long the doors take. Pure.

A stop takes its planned service times four factors: the day's, the driver's, its area's, and what this driver makes of
this area, because he knows its doors or does not. The last three are known from earlier days as far as there were any;
`pooling` learns them, each beside the others.
"""

from collections.abc import Sequence

import numpy as np
from msgspec import field

from dispatchkit.pace.factors import Array, log_variance
from dispatchkit.records import Record
from dispatchkit.station.profile import Forecast


class Known(Record, frozen=True):
    """What earlier days tell of one driver, one area, or one driver in one area.

    Attributes
    ----------
    days
        How many tell of it.
    log_service
        Expected logarithm of its factor at the door beside all others', partially pooled: of few days it stays near 0.
    doubt
        Variance of that.
    """

    days: int
    log_service: float
    doubt: float


class Past(Record, frozen=True):
    """What is known from earlier days.

    Attributes
    ----------
    drivers, areas
        By driver_id, and by area (`area_of`).
    pairs
        driver_id → area → how much more or less he takes there than both foretell.
    """

    drivers: dict[str, Known] = field(default_factory=dict)
    areas: dict[str, Known] = field(default_factory=dict)
    pairs: dict[str, dict[str, Known]] = field(default_factory=dict)


NO_PAST = Past()
"""No earlier day is known. Then nobody is new either."""


def area_of(zone: str) -> str:
    """The neighbourhood that a sort zone lies in, as drivers know it: A-12 of A-12.3F."""
    return zone.partition(".")[0]


class Doors(dict[str, float]):
    """Expected seconds for a planned one at the doors of each area for one driver; 1 where no day tells of it.

    An area is worked out when it is first asked for.
    """

    def __init__(self, past: Past, driver_id: str, forecast: Forecast) -> None:
        super().__init__()
        self._areas, self._here = past.areas, past.pairs.get(driver_id, {})
        self._area_spread = float(log_variance(forecast.area_spread_share))
        self._pair_spread = float(log_variance(forecast.driver_area_spread_share))

    def __missing__(self, area: str) -> float:
        log_service, doubt = self._known(area)
        # factors have mean 1 over all areas, so that one of which nothing is known is as planned
        self[area] = float(np.exp(log_service + (doubt - self._area_spread - self._pair_spread) / 2))
        return self[area]

    def doubt(self, areas: Sequence[tuple[str, float]]) -> float:
        """Variance of the logarithm of the factor of a whole route, told by its areas and their shares of its work."""
        return sum(share**2 * self._known(area)[1] for area, share in areas)

    def _known(self, area: str) -> tuple[float, float]:
        of_all, own = self._areas.get(area), self._here.get(area)
        log_service = (of_all.log_service if of_all else 0.0) + (own.log_service if own else 0.0)
        doubt = (of_all.doubt if of_all else self._area_spread) + (own.doubt if own else self._pair_spread)
        return log_service, doubt


def before_today(
    driver_ids: Sequence[str], area_doubt: Array, past: Past, forecast: Forecast
) -> tuple[Array, Array]:
    """Each route's log factors beside the day's and its areas', before anything is seen of today.

    Parameters
    ----------
    driver_ids
        Who drives each route; empty where nobody knows. A driver of whom no day is known where others' are is new.
    area_doubt
        Of each route, as `Doors.doubt` tells it.

    Returns
    -------
    mean, cov
        Of shapes (routes, 2) and (routes, 2, 2): drive, service.
    """
    differ = float(log_variance(forecast.driver_spread_share))
    from_day_to_day = float(log_variance(forecast.driver_day_spread_share))
    of_drive = float(log_variance(forecast.route_drive_spread_share))
    found = [past.drivers.get(driver_id) for driver_id in driver_ids]
    new = np.array([bool(past.drivers and d) and k is None for d, k in zip(driver_ids, found, strict=True)], dtype=bool)
    told = np.array([k.log_service if k else 0.0 for k in found])
    doubt = np.array([k.doubt if k else differ for k in found])
    mean, cov = np.zeros((len(found), 2)), np.zeros((len(found), 2, 2))
    mean[:, 0] = -of_drive / 2
    # factors have mean 1 over all drivers and days, so their logarithms lie below 0
    mean[:, 1] = told + new * np.log1p(forecast.new_driver_share) - (differ + from_day_to_day + area_doubt) / 2
    cov[:, 0, 0] = of_drive
    cov[:, 1, 1] = doubt + from_day_to_day + area_doubt
    return mean, cov
