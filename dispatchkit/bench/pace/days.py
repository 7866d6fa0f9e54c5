"""Simulated days by the hundred: the distributions of `dispatchkit.road`, drawn for all routes of a day at once."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from dispatchkit.bench.pace.plans import Routes, draw_routes
from dispatchkit.pace.factors import Array, log_variance
from dispatchkit.station import Station
from dispatchkit.station.profile import Simulator

FITTING, REPORTING = 20_181, 72_018
"""Seeds of days to learn from and of days to report on; a day's own number goes with it, so they never meet."""

PAST_DAYS = (5, 60)
"""Days behind a driver who is not new, from the fewest to the most."""

REAL_PAST_STOPS = 169
"""Stops of a past day, from which a driver's factor of that day is known only so well."""


class Driven(NamedTuple):
    """A day as it went, beside its plan; arrays of shape (routes, stops) or (routes,).

    Attributes
    ----------
    left_s, done_s, back_s
        Departure, completions and return, seconds after the day's first planned departure.
    took_s
        Between two completions, the first one since the departure; break and wait included.
    tells
        Whether that tells the pace: no break in it, no wait, no time lost as the forecast's rule sees it.
    break_at_s
        When the break ended.
    past_days, past_log_service
        What is known of each route's driver; 0 days where he is new.
    driver_log
        Logarithm of the driver's own lasting factor: known to the oracle alone.
    day_log
        Logarithms (2) of the day's factors of drive and service, mean 1 beside the weather.
    log_factor
        Logarithms (routes, 2) of today's factors of drive and service: known to the oracle alone.
    """

    routes: Routes
    left_s: Array
    done_s: Array
    back_s: Array
    took_s: Array
    tells: NDArray[np.bool_]
    break_at_s: Array
    past_days: Array
    past_log_service: Array
    log_factor: Array
    bad_weather: bool


def days(count: int, station: Station, *, seed: int) -> Iterator[Driven]:
    """Yield so many simulated days, the same ones for the same seed."""
    for number in range(count):
        chance = np.random.default_rng([seed, number])
        yield drive(chance, draw_routes(chance, station), station)


def drive(chance: Generator, routes: Routes, station: Station) -> Driven:
    """Drive a day's routes."""
    simulator = station.simulator
    past_days, past_log, own_log = _drivers(chance, len(routes.stops), simulator)
    bad = bool(chance.random() < simulator.bad_weather_share)
    day = _log(chance, simulator.day_spread_share)
    weather = weather_log(simulator) if bad else np.zeros(2)
    log_factor = day + weather + np.stack([np.zeros_like(own_log), own_log], axis=1)
    factor = np.exp(log_factor)
    spread = simulator.drive_spread_share * np.sqrt(_short(routes.drive_s, simulator.short_leg_s))
    drive_s = routes.drive_s * factor[:, :1] * np.exp(_log(chance, spread))
    service_s = routes.service_s * factor[:, 1:] * np.exp(_log(chance, np.full(spread.shape, _service(simulator))))
    lost_s = _lost(chance, routes, simulator)
    spread_back = simulator.drive_spread_share * np.sqrt(_short(routes.back_s, simulator.short_leg_s))
    way_back_s = routes.back_s * factor[:, 0] * np.exp(_log(chance, spread_back))
    slip_s = simulator.departure_spread_s * np.abs(chance.standard_normal(len(routes.stops)))
    left_s = routes.departs_s + slip_s
    done_s, wait_s = _course(routes, left_s, drive_s + lost_s, service_s)
    rows = np.arange(len(routes.stops))
    break_at_s = done_s[rows, routes.break_after] + routes.break_s
    took_s = np.diff(np.concatenate([left_s[:, None], done_s], axis=1), axis=1)
    after_break = np.arange(spread.shape[1]) == routes.break_after[:, None] + 1
    overrun_s = took_s - routes.drive_s - routes.service_s
    tells = routes.real & ~after_break & (wait_s <= 0) & (overrun_s <= station.forecast.lost_after_s)
    at_the_end = np.where(routes.break_after == routes.stops - 1, routes.break_s, 0.0)
    return Driven(
        routes=routes,
        left_s=left_s,
        done_s=done_s,
        back_s=done_s[rows, routes.stops - 1] + at_the_end + way_back_s,
        took_s=took_s,
        tells=tells,
        break_at_s=break_at_s,
        past_days=past_days,
        past_log_service=past_log,
        log_factor=log_factor,
        bad_weather=bad,
    )


def weather_log(simulator: Simulator) -> Array:
    """Logarithms of what bad weather makes of drive and service."""
    return np.log1p([simulator.bad_weather_drive_share, simulator.bad_weather_service_share])


def past_doubt(simulator: Simulator) -> float:
    """Variance of a driver's log factor of one past day around his lasting one, as far as it is known."""
    return float(log_variance(simulator.driver_day_spread_share)) + _service(simulator) ** 2 / REAL_PAST_STOPS


def _drivers(chance: Generator, routes: int, simulator: Simulator) -> tuple[Array, Array, Array]:
    """Days behind each driver, what they tell, and today's log factor at the door beside the day's."""
    new = chance.random(routes) < simulator.new_driver_share
    lasting = _log(chance, np.full(routes, simulator.driver_spread_share))
    lasting = lasting + np.where(new, np.log1p(simulator.new_driver_slower_share), 0.0)
    count = np.where(new, 0, chance.integers(*PAST_DAYS, routes, endpoint=True)).astype(float)
    doubt = np.sqrt(past_doubt(simulator) / np.maximum(count, 1))
    usual = -log_variance(simulator.driver_day_spread_share) / 2
    told = np.where(new, 0.0, lasting + usual + doubt * chance.standard_normal(routes))
    today = lasting + _log(chance, np.full(routes, simulator.driver_day_spread_share))
    return count, told, today


def _lost(chance: Generator, routes: Routes, simulator: Simulator) -> Array:
    """Seconds lost on the way to each stop: on few routes, once, at any stop; exponential."""
    loses = chance.random(len(routes.stops)) < simulator.lost_share
    where = (chance.random(len(routes.stops)) * routes.stops).astype(np.int64)
    lost_s = chance.exponential(simulator.lost_time_s, len(routes.stops))
    places = np.arange(routes.real.shape[1])
    return np.where((places == where[:, None]) & loses[:, None], lost_s[:, None], 0.0)


def _course(routes: Routes, left_s: Array, drive_s: Array, service_s: Array) -> tuple[Array, Array]:
    """Completions, and waits for windows: each wait pushes what comes after it until a longer one swallows it."""
    done_s = left_s[:, None] + np.cumsum(drive_s + service_s, axis=1)
    done_s += np.where(np.arange(drive_s.shape[1]) > routes.break_after[:, None], routes.break_s[:, None], 0.0)
    opens_s = routes.departs_s[:, None] + routes.opens_s
    pushed_s = np.maximum(0.0, np.maximum.accumulate(opens_s - (done_s - service_s), axis=1))
    waits_s = np.diff(np.concatenate([np.zeros((len(left_s), 1)), pushed_s], axis=1), axis=1)
    return done_s + pushed_s, waits_s


def _short(drive_s: Array, short_leg_s: float) -> Array:
    return np.minimum(1.0, short_leg_s / np.maximum(drive_s, 1.0))


def _service(simulator: Simulator) -> float:
    return simulator.service_spread_share


def _log(chance: Generator, share: Array | float) -> Array:
    """Logarithm of a lognormal factor with mean 1 and standard deviation `share`."""
    variance = np.asarray(log_variance(share))
    drawn: Array = np.sqrt(variance) * chance.standard_normal(variance.shape) - variance / 2
    return drawn
