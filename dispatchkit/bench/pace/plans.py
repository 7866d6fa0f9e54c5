"""Planned routes of simulated days, as arrays: as many stops, hours and minutes a stop as real plans have."""

from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from dispatchkit.pace.factors import Array
from dispatchkit.station import Station

ROUTES = 40
STOPS_MEAN, STOPS_SD, STOPS_RANGE = 169, 22, (131, 206)
"""Stops a route: a station's real day of 2018 with 25 vans and 4,224 drop-offs."""

PLANNED_H_MEAN, PLANNED_H_SD, PLANNED_H_RANGE = 8.15, 0.78, (6.3, 9.4)
"""Planned hours a route with its break: the same day as planned here. The longest is kept under the on-road limit."""

SERVICE_LOG_SD, LEG_LOG_SD = 0.72, 0.98
"""How much planned service and legs differ from stop to stop, in logarithms: ten public Amazon routes of 2018."""

SERVICE_OVER_LEG = 117 / 63
"""Mean planned service over the mean leg between stops, on the same ten routes."""

AREAS_EACH = 2
"""Areas of a route, one after the other: one to four on the same ten routes."""

STEM_S = (900.0, 2800.0)
"""Planned seconds from the station to the first stop, and back: 878 to 2,802 on the same ten routes."""


class Routes(NamedTuple):
    """Routes of one day, padded with 0 to the longest: arrays of shape (routes, stops) or (routes,).

    Attributes
    ----------
    drive_s, service_s
        Planned seconds of the leg into each stop, and at it.
    opens_s
        Opening of each stop's window after `departs_s`; minus infinity where there is none.
    area
        Number of the area in which each stop lies.
    real
        Whether there is such a stop.
    break_after
        Place of the stop after which the break is taken.
    departs_s, finish_by_s
        Planned departure and end of the window, seconds after the day's first departure.
    """

    drive_s: Array
    service_s: Array
    opens_s: Array
    area: NDArray[np.int64]
    real: NDArray[np.bool_]
    stops: NDArray[np.int64]
    back_s: Array
    break_s: Array
    break_after: NDArray[np.int64]
    departs_s: Array
    finish_by_s: Array


def draw_routes(chance: Generator, station: Station, routes: int = ROUTES) -> Routes:
    """Draw the plan of a day."""
    stops = np.clip(np.rint(chance.normal(STOPS_MEAN, STOPS_SD, routes)), *STOPS_RANGE).astype(np.int64)
    shape = (routes, int(stops.max()))
    real = np.arange(shape[1]) < stops[:, None]
    service_s = SERVICE_OVER_LEG * _lognormal(chance, SERVICE_LOG_SD, shape)
    drive_s = _lognormal(chance, LEG_LOG_SD, shape)
    stem_s = chance.uniform(*STEM_S, routes)
    hours = np.clip(chance.normal(PLANNED_H_MEAN, PLANNED_H_SD, routes), *PLANNED_H_RANGE)
    work_s = hours * 3600 - station.shift.break_s - 2 * stem_s
    drive_s[:, 0] = 0.0
    drive_s, service_s = drive_s * real, service_s * real
    scale = work_s / (drive_s + service_s).sum(axis=1)
    drive_s, service_s = drive_s * scale[:, None], service_s * scale[:, None]
    drive_s[:, 0] = stem_s
    wave = (np.arange(routes) // station.wave.size_count).astype(np.float64)
    second = np.arange(shape[1]) >= chance.integers(0, stops)[:, None]
    return as_routes(
        drive_s, service_s, real, back_s=stem_s, departs_s=wave * station.wave.spacing_s, station=station,
        area=AREAS_EACH * np.arange(routes)[:, None] + second,
    )  # fmt: skip


def as_routes(
    drive_s: Array, service_s: Array, real: NDArray[np.bool_], *, back_s: Array, departs_s: Array, station: Station,
    opens_s: Array | None = None, area: NDArray[np.int64] | None = None,
) -> Routes:  # fmt: skip
    """Put routes together: the break after the stop nearest to half of the work, the window as long as the shift.

    Where nothing is said of areas, every route has one of its own.
    """
    done_s = np.cumsum(drive_s + service_s, axis=1)
    half_s = (done_s[:, -1] + back_s) / 2
    nearest = np.where(real, np.abs(done_s - half_s[:, None]), np.inf)
    return Routes(
        drive_s=drive_s,
        service_s=service_s,
        opens_s=np.full(real.shape, -np.inf) if opens_s is None else opens_s,
        area=np.broadcast_to(np.arange(len(real))[:, None], real.shape) if area is None else area,
        real=real,
        stops=real.sum(axis=1),
        back_s=back_s,
        break_s=np.full(len(back_s), station.shift.break_s),
        break_after=np.argmin(nearest, axis=1),
        departs_s=departs_s.astype(float),
        finish_by_s=departs_s + station.shift.on_road_limit_s,
    )


def _lognormal(chance: Generator, log_sd: float, shape: tuple[int, int]) -> Array:
    return np.exp(log_sd * chance.standard_normal(shape) - log_sd**2 / 2)
