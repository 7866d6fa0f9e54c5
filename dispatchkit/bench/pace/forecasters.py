"""Who foretells the return: the rungs of our own forecast, the optimal one, the oracle, and the rule of thumb."""

from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from dispatchkit.bench.pace.days import past_doubt, weather_log
from dispatchkit.bench.pace.looks import Looks
from dispatchkit.pace.ahead import ahead
from dispatchkit.pace.factors import Array, DayKind, Learned, a_usual_day, learn, log_variance
from dispatchkit.pace.past import before_today
from dispatchkit.station import Station
from dispatchkit.station.profile import Forecast, Simulator

BARE_WEIGHT = 20
"""Stops after which a route's own rate counts half in the rung that knows no drivers and no days."""


LOG_OUTLIER = 3.0
"""Standard deviations beyond which the optimal forecaster takes a stretch for one with lost time in it."""


class Foretold(NamedTuple):
    """A return as foretold at each look, arrays (looks, routes): seconds after the day's start, and its spread."""

    mean_s: Array
    spread_s: Array


def elapsed_rule(seen: Looks) -> Array:
    """The rule of thumb: as long for each stop left as for each stop done since the departure, and the way back."""
    elapsed_s = seen.at_s[:, None] - seen.day.left_s
    return seen.at_s[:, None] + seen.remaining * elapsed_s / np.maximum(seen.done, 1) + seen.day.routes.back_s


def own_rate(seen: Looks) -> Array:
    """The plan's times at the route's own rate of today, pooled with the plan's."""
    known = seen.known
    told = known.told == 1
    planned_s = np.sum(told * (known.drive_s + known.service_s), axis=-1)
    worked_s = np.sum(told * known.took_s, axis=-1)
    work_s = np.sum(known.drive_s + known.service_s, axis=-1)
    prior_s = BARE_WEIGHT * work_s / seen.day.routes.stops
    rate = (worked_s + prior_s) / (planned_s + prior_s)
    back_s: Array = seen.starts_s + seen.break_s + (seen.left.drive_s + seen.left.service_s) * rate + seen.left.back_s
    return back_s


def ours(seen: Looks, forecast: Forecast, *, past: bool = True, shared_day: bool = True) -> Foretold:
    """Our own forecast as reckoned, before its calibration; without `past` or `shared_day`, the rungs below."""
    day = seen.day
    kinds = a_usual_day(forecast)
    mean, cov = before_today(
        day.past_days * past, day.past_log_service, forecast, anybody_known=past
    )
    if not shared_day:
        mean, cov = mean + kinds[0].mean, cov + kinds[0].cov
        kinds = (DayKind(1.0, np.zeros(2), np.zeros((2, 2))),)
    return _foretold(seen, learn(seen.known, mean, cov, kinds, forecast), forecast)


def true_forecast(station: Station) -> Forecast:
    """The simulator's own spreads, in the words of the forecast."""
    simulator = station.simulator
    return replace(
        station.forecast,
        drive_spread_share=simulator.drive_spread_share,
        service_spread_share=simulator.service_spread_share,
        short_leg_s=simulator.short_leg_s,
    )


def optimal(seen: Looks, station: Station) -> Foretold:
    """Foretell with the simulator's distributions and each driver's past, but neither today's factors nor the draws.

    The posterior of the factors is conjugate as ours is, but at the true variances and for the true shape of the noise
    (lognormal); that a day is one of bad weather, and that a driver is new, are kinds of their own with their true
    chances.
    """
    simulator, day = station.simulator, seen.day
    mean, cov = _true_drivers(day.past_days, day.past_log_service, simulator)
    usual = float(log_variance(simulator.day_spread_share))
    kinds = tuple(
        DayKind(share, -usual / 2 * np.ones(2) + weather, usual * np.ones((2, 2)))
        for share, weather in (
            (1 - simulator.bad_weather_share, np.zeros(2)),
            (simulator.bad_weather_share, weather_log(simulator)),
        )
    )
    true = true_forecast(station)
    return _foretold(seen, learn(seen.known, mean, cov, kinds, true, by_logarithm), true)


def by_logarithm(took_s: Array, mean_s: Array, noise_s2: Array) -> tuple[Array, Array]:
    """Judge a stretch by its logarithm: sharper than by its mean where the noise is known to be lognormal."""
    variance = np.log1p(noise_s2 / mean_s**2) + np.finfo(float).tiny
    limit = LOG_OUTLIER * np.sqrt(variance)
    return np.clip(np.log(np.maximum(took_s, 1.0) / mean_s) + variance / 2, -limit, limit), variance


def oracle(seen: Looks, station: Station) -> Foretold:
    """Foretell with today's factors, but without the draws of legs and stops."""
    exact = np.broadcast_to(seen.day.log_factor, (*seen.done.shape, 2))
    return _foretold(seen, Learned(exact, np.zeros((*seen.done.shape, 2, 2))), true_forecast(station))


def _true_drivers(days: Array, log_service: Array, simulator: Simulator) -> tuple[Array, Array]:
    differ, today = (float(log_variance(s)) for s in (simulator.driver_spread_share, simulator.driver_day_spread_share))
    doubt = past_doubt(simulator)
    told = days / (doubt / differ + days)
    new = np.log1p(simulator.new_driver_slower_share)
    half = (differ + today) / 2
    mean, cov = np.zeros((len(days), 2)), np.zeros((len(days), 2, 2))
    mean[:, 1] = np.where(days > 0, told * log_service - (1 - told) * half, new - half)
    cov[:, 1, 1] = (1 - told) * differ + today
    return mean, cov


def _foretold(seen: Looks, learned: Learned, forecast: Forecast) -> Foretold:
    rest = ahead(seen.left, learned, forecast)
    mean_s = seen.starts_s + seen.break_s + rest.mean_s
    wait_s = _waits(seen, rest.drive_rate, rest.service_rate)
    return Foretold(np.maximum(mean_s + wait_s, seen.at_s[:, None]), rest.spread_s)


def _waits(seen: Looks, drive_rate: Array, service_rate: Array) -> Array:
    """Seconds of expected waits for windows along the expected course; most routes have none."""
    routes = seen.day.routes
    if not np.isfinite(routes.opens_s).any():
        return np.zeros_like(drive_rate)
    open_still = np.arange(routes.real.shape[1]) >= seen.done[..., None]
    each_s = routes.drive_s * drive_rate[..., None] + routes.service_s * service_rate[..., None]
    done_s = seen.starts_s[..., None] + np.cumsum(np.where(open_still, each_s, 0.0), axis=-1)
    after_break = np.arange(routes.real.shape[1]) > routes.break_after[:, None]
    done_s = done_s + np.where(after_break, seen.break_s[..., None], 0.0)
    opens_s = routes.departs_s[:, None] + routes.opens_s
    early_s = np.where(open_still & routes.real, opens_s - (done_s - routes.service_s * service_rate[..., None]), 0.0)
    waits: Array = np.maximum(0.0, early_s.max(axis=-1))
    return waits
