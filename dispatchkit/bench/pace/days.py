"""Simulated days by the hundred: the distributions of `dispatchkit.road`, drawn for all routes of a day at once."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from dispatchkit.bench.pace.plans import Routes, draw_routes
from dispatchkit.pace.factors import Array, log_variance
from dispatchkit.pace.pooling import Lesson, Served
from dispatchkit.station import Station
from dispatchkit.station.simulator import Simulator

FITTING, REPORTING = 20_181, 72_018
"""Seeds of days to learn from and of days to report on; a day's own number goes with it, so they never meet."""

PAST_DAYS = (5, 60)
"""Days behind a driver who is not new, from the fewest to the most."""

HOME_SHARE = 0.7
"""House estimate: days, today like any other, on which a driver has the areas of his own; on the others anybody's."""


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
    lessons
        What the earlier days tell, of drivers by their route's place ("0", "1", …) and areas by their number.
    new
        Whether no day is known of the route's driver.
    log_factor, log_doors
        Logarithms of today's factors of drive and service (routes, 2), and of what areas make of each stop's service:
        known to the oracle alone.
    """

    routes: Routes
    left_s: Array
    done_s: Array
    back_s: Array
    took_s: Array
    tells: NDArray[np.bool_]
    break_at_s: Array
    lessons: tuple[Lesson, ...]
    new: NDArray[np.bool_]
    log_factor: Array
    log_doors: Array
    bad_weather: bool


def days(count: int, station: Station, *, seed: int) -> Iterator[Driven]:
    """Yield so many simulated days, the same ones for the same seed."""
    for number in range(count):
        chance = np.random.default_rng([seed, number])
        yield drive(chance, draw_routes(chance, station), station)


def drive(chance: Generator, routes: Routes, station: Station) -> Driven:
    """Drive a day's routes."""
    simulator = station.simulator
    new, lasting, own_log = _drivers(chance, len(routes.stops), simulator)
    of_area, of_pair = _areas(chance, routes, simulator)
    log_doors = of_area[routes.area] + np.take_along_axis(of_pair, routes.area, axis=1)
    lessons = _lessons(chance, routes, new, lasting, of_area + of_pair, simulator)
    bad = bool(chance.random() < simulator.bad_weather_share)
    day = _log(chance, simulator.day_spread_share)
    weather = weather_log(simulator) if bad else np.zeros(2)
    log_factor = day + weather + np.stack([np.zeros_like(own_log), own_log], axis=1)
    factor = np.exp(log_factor)
    spread = simulator.drive_spread_share * np.sqrt(_short(routes.drive_s, simulator.short_leg_s))
    drive_s = routes.drive_s * factor[:, :1] * np.exp(_log(chance, spread))
    at_door = np.full(spread.shape, simulator.service_spread_share)
    service_s = routes.service_s * factor[:, 1:] * np.exp(log_doors + _log(chance, at_door))
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
        lessons=lessons,
        new=new,
        log_factor=log_factor,
        log_doors=log_doors,
        bad_weather=bad,
    )


def weather_log(simulator: Simulator) -> Array:
    """Logarithms of what bad weather makes of drive and service."""
    return np.log1p([simulator.bad_weather_drive_share, simulator.bad_weather_service_share])


def _drivers(chance: Generator, routes: int, simulator: Simulator) -> tuple[NDArray[np.bool_], Array, Array]:
    """Whether each driver is new, his lasting log factor at the door, and today's; both beside the day's."""
    new = chance.random(routes) < simulator.new_driver_share
    lasting = _log(chance, np.full(routes, simulator.driver_spread_share))
    lasting = lasting + np.where(new, np.log1p(simulator.new_driver_slower_share), 0.0)
    return new, lasting, lasting + _log(chance, np.full(routes, simulator.driver_day_spread_share))


def _areas(chance: Generator, routes: Routes, simulator: Simulator) -> tuple[Array, Array]:
    """Log factors at the door of each area, and of each driver in each area beside that."""
    areas = int(routes.area.max()) + 1
    of_area = _log(chance, np.full(areas, simulator.area_spread_share))
    return of_area, _log(chance, np.full((len(routes.stops), areas), simulator.driver_area_spread_share))


def _lessons(
    chance: Generator, routes: Routes, new: NDArray[np.bool_], lasting: Array, of_pair: Array, simulator: Simulator
) -> tuple[Lesson, ...]:
    """What earlier days with the same drivers and areas tell, as far as their chance lets anybody know it."""
    of_days = _log(chance, np.full(PAST_DAYS[1], simulator.day_spread_share))
    stops_of = [np.unique(area[real], return_counts=True) for area, real in zip(routes.area, routes.real, strict=True)]
    served: list[list[Served]] = [[] for _ in of_days]
    for driver in np.flatnonzero(~new):
        count, home = int(chance.integers(*PAST_DAYS, endpoint=True)), _where(chance, int(driver), len(routes.stops))
        for day in chance.choice(PAST_DAYS[1], count, replace=False):
            areas, stops = stops_of[_where(chance, home, len(routes.stops))]
            own_day = of_days[day] + lasting[driver] + float(_log(chance, simulator.driver_day_spread_share))
            doubt = simulator.service_spread_share**2 / stops
            told = own_day + of_pair[driver, areas] + np.sqrt(doubt) * chance.standard_normal(len(areas))
            served[day] += [
                Served(driver_id=str(driver), area=str(area), log_service=float(log), doubt=float(variance))
                for area, log, variance in zip(areas, told, doubt, strict=True)
            ]
    return tuple(Lesson(served=tuple(rows)) for rows in served)


def _where(chance: Generator, home: int, routes: int) -> int:
    """A route that has the areas of one's own, or anybody's."""
    return home if chance.random() < HOME_SHARE else int(chance.integers(routes))


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


def _log(chance: Generator, share: Array | float) -> Array:
    """Logarithm of a lognormal factor with mean 1 and standard deviation `share`."""
    variance = np.asarray(log_variance(share))
    drawn: Array = np.sqrt(variance) * chance.standard_normal(variance.shape) - variance / 2
    return drawn
