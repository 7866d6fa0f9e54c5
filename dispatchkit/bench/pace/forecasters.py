"""Who foretells the return: the rungs of our own forecast, the optimal one, the oracle, and the rule of thumb."""

from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from dispatchkit.bench.pace.days import Driven, weather_log
from dispatchkit.bench.pace.looks import Looks, looks
from dispatchkit.pace.ahead import ahead
from dispatchkit.pace.factors import Array, DayKind, Learned, a_usual_day, learn, log_variance
from dispatchkit.pace.past import NO_PAST, Doors, Past, before_today
from dispatchkit.pace.pooling import pooled
from dispatchkit.station import Station
from dispatchkit.station.profile import Forecast

BARE_WEIGHT = 20
"""Stops after which a route's own rate counts half in the rung that knows no drivers and no days."""


LOG_OUTLIER = 3.0
"""Standard deviations beyond which the optimal forecaster takes a stretch for one with lost time in it."""


class Informed(NamedTuple):
    """A day's looks with the doors priced as earlier days tell, and each route's log factors before it, beside that."""

    seen: Looks
    mean: Array
    cov: Array


def informed(day: Driven, past: Past, forecast: Forecast) -> Informed:
    """Look at a day knowing what earlier days tell."""
    routes, drivers = day.routes, [str(driver) for driver in range(len(day.routes.stops))]
    priced, doubt = np.ones(routes.real.shape), np.zeros(len(drivers))
    for route, (area, service_s) in enumerate(zip(routes.area, routes.service_s, strict=True)):
        doors = Doors(past, drivers[route], forecast)
        shares = np.bincount(area, service_s) / service_s.sum()
        priced[route] = np.array([doors[str(place)] for place in range(len(shares))])[area]
        doubt[route] = doors.doubt([(str(place), float(shares[place])) for place in np.flatnonzero(shares)])
    mean, cov = before_today(drivers, doubt, past, forecast)
    return Informed(looks(day, forecast, priced), mean, cov)


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


def ours(known: Informed, forecast: Forecast, *, shared_day: bool = True) -> Foretold:
    """Our own forecast as reckoned, before its calibration; without `shared_day`, a rung below."""
    mean, cov, kinds = known.mean, known.cov, a_usual_day(forecast)
    if not shared_day:
        mean, cov = mean + kinds[0].mean, cov + kinds[0].cov
        kinds = (DayKind(1.0, np.zeros(2), np.zeros((2, 2))),)
    return _foretold(known.seen, learn(known.seen.known, mean, cov, kinds, forecast), forecast)


def rungs(day: Driven, forecast: Forecast) -> dict[str, Foretold]:
    """The rungs of our own forecast from its factors up, each with one thing more that earlier days tell."""
    alike = replace(forecast, area_spread_share=0.0, driver_area_spread_share=0.0)
    nobody, drivers = (informed(day, past, alike) for past in (NO_PAST, pooled(day.lessons, alike)))
    no_pairs = replace(forecast, driver_area_spread_share=0.0)
    return {
        "two_factors": ours(nobody, alike, shared_day=False),
        "drivers_past": ours(drivers, alike, shared_day=False),
        "shared_day": ours(drivers, alike),
        "areas_past": ours(informed(day, pooled(day.lessons, no_pairs), no_pairs), no_pairs),
        "drivers_in_areas": ours(informed(day, pooled(day.lessons, forecast), forecast), forecast),
    }


def true_forecast(station: Station) -> Forecast:
    """The simulator's own spreads, in the words of the forecast."""
    simulator = station.simulator
    return replace(
        station.forecast,
        drive_spread_share=simulator.drive_spread_share,
        service_spread_share=simulator.service_spread_share,
        short_leg_s=simulator.short_leg_s,
        driver_spread_share=simulator.driver_spread_share,
        driver_day_spread_share=simulator.driver_day_spread_share,
        area_spread_share=simulator.area_spread_share,
        driver_area_spread_share=simulator.driver_area_spread_share,
        day_service_spread_share=simulator.day_spread_share,
        route_drive_spread_share=0.0,
        new_driver_share=simulator.new_driver_slower_share,
    )


def optimal(day: Driven, station: Station) -> Foretold:
    """Foretell with the simulator's distributions and the same earlier days, but neither today's factors nor the draws.

    The posterior of the factors is conjugate as ours is, but at the true variances and for the true shape of the noise
    (lognormal); that a day is one of bad weather, and that a driver is new, are kinds of their own with their true
    chances.
    """
    simulator, true = station.simulator, true_forecast(station)
    known = informed(day, pooled(day.lessons, true), true)
    usual = float(log_variance(simulator.day_spread_share))
    kinds = tuple(
        DayKind(share, -usual / 2 * np.ones(2) + weather, usual * np.ones((2, 2)))
        for share, weather in (
            (1 - simulator.bad_weather_share, np.zeros(2)),
            (simulator.bad_weather_share, weather_log(simulator)),
        )
    )
    return _foretold(known.seen, learn(known.seen.known, known.mean, known.cov, kinds, true, by_logarithm), true)


def by_logarithm(took_s: Array, mean_s: Array, noise_s2: Array) -> tuple[Array, Array]:
    """Judge a stretch by its logarithm: sharper than by its mean where the noise is known to be lognormal."""
    variance = np.log1p(noise_s2 / mean_s**2) + np.finfo(float).tiny
    limit = LOG_OUTLIER * np.sqrt(variance)
    return np.clip(np.log(np.maximum(took_s, 1.0) / mean_s) + variance / 2, -limit, limit), variance


def oracle(day: Driven, station: Station) -> Foretold:
    """Foretell with today's factors and those of the areas, but without the draws of legs and stops."""
    seen = looks(day, true_forecast(station), np.exp(day.log_doors))
    exact = np.broadcast_to(seen.day.log_factor, (*seen.done.shape, 2))
    return _foretold(seen, Learned(exact, np.zeros((*seen.done.shape, 2, 2))), true_forecast(station))


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
