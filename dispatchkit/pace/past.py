"""What is known of drivers from days gone by: how fast each is at the door, and how sure that is. Pure.

A rescued route tells of its driver as any other does: by the stops that he served. When it would have ended is not
asked, for nobody knows: it was ended by others.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import numpy as np

from dispatchkit.pace.factors import Array, Learned, log_variance
from dispatchkit.records import Record
from dispatchkit.station.profile import Forecast


class Hand(Record, frozen=True):
    """A driver's hand on earlier days.

    Attributes
    ----------
    days
        How many there are.
    log_service
        Mean of the logarithms of his service factors on them, each beside its own day's.
    """

    days: int
    log_service: float


Past = Mapping[str, Hand]
"""driver_id → his hand. Empty where no day is known of anybody: then nobody is new either."""

NO_PAST: Past = MappingProxyType({})


def before_today(days: Array, log_service: Array, forecast: Forecast, *, anybody_known: bool) -> tuple[Array, Array]:
    """Each route's log factors beside the day's, before anything is seen of today.

    A driver's days count by partial pooling: of few days little, of many all but the difference from day to day.

    Parameters
    ----------
    days, log_service
        Of each route's driver, as in `Hand`; 0 days where none are known.
    anybody_known
        Whether others' days are known, so that a driver without one is new.

    Returns
    -------
    mean, cov
        Of shapes (routes, 2) and (routes, 2, 2): drive, service.
    """
    differ = float(log_variance(forecast.driver_spread_share))
    from_day_to_day = float(log_variance(forecast.driver_day_spread_share))
    told = days / (from_day_to_day / differ + days) if differ > 0 else np.zeros_like(days)
    newcomer = np.log1p(forecast.new_driver_share) if anybody_known else 0.0
    mean = np.zeros((len(days), 2))
    mean[:, 0] = -float(log_variance(forecast.route_drive_spread_share)) / 2
    half = (differ + from_day_to_day) / 2                 # factors have mean 1, so their logarithms lie below 0
    mean[:, 1] = np.where(days > 0, told * log_service - (1 - told) * half, newcomer - half)
    cov = np.zeros((len(days), 2, 2))
    cov[:, 0, 0] = log_variance(forecast.route_drive_spread_share)
    cov[:, 1, 1] = (1 - told) * differ + from_day_to_day
    return mean, cov


def hands(days: Iterable[tuple[Mapping[str, str], Learned]]) -> Past:
    """Learn drivers' hands from days gone by.

    Parameters
    ----------
    days
        Of each day: route_id → driver_id of the routes that were driven, and what `learn` made of them, in that order.
        A driver's factor counts beside the mean of his day, so that rain is nobody's hand.
    """
    told: dict[str, list[float]] = {}
    for driver_of, learned in days:
        beside = learned.mean[:, 1] - learned.mean[:, 1].mean() if len(driver_of) else ()
        for driver_id, log_service in zip(driver_of.values(), beside, strict=True):
            if driver_id:
                told.setdefault(driver_id, []).append(float(log_service))
    return {driver_id: Hand(days=len(logs), log_service=sum(logs) / len(logs)) for driver_id, logs in told.items()}
