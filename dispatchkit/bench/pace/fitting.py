"""Fit the forecast's spreads and its calibration on simulated days that no figure is reported on."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from dispatchkit.bench.pace import DAYS
from dispatchkit.bench.pace.days import FITTING, Driven, days
from dispatchkit.bench.pace.forecasters import informed, ours
from dispatchkit.pace.calibration import fit_rows
from dispatchkit.pace.factors import Stretches, leg_s2
from dispatchkit.pace.fit import PastDay, Spreads, fit_spreads
from dispatchkit.pace.pooling import pooled
from dispatchkit.station import Station
from dispatchkit.station.profile import Forecast

KEPT_FROM_THE_PROFILE = "route_drive_spread_share"
"""The simulated road knows no difference between areas, so it can say nothing about it."""


class Fitted(NamedTuple):
    """Spreads, and the rows of the calibration at those spreads."""

    spreads: Spreads
    calibration: tuple[str, ...]


def fit(station: Station, *, count: int = DAYS, say: Callable[[str], None]) -> Fitted:
    """Fit on `count` simulated days."""
    say("Learning how drivers and days differ")
    past = [_whole(day, station.forecast) for day in days(count, station, seed=FITTING)]
    spreads = fit_spreads(past, station.forecast)
    own = {k: round(v, 3) for k, v in spreads._asdict().items() if k != KEPT_FROM_THE_PROFILE}
    forecast = replace(station.forecast, **own)
    left, off = [], []
    for number, day in enumerate(days(count, station, seed=FITTING)):
        say(f"Calibrating on day {number + 1} of {count}")
        known = informed(day, pooled(day.lessons, forecast), forecast)
        seen, foretold = known.seen, ours(known, forecast)
        out = seen.out & (seen.remaining > 0)
        left.append(seen.remaining[out])
        off.append(((day.back_s - foretold.mean_s) / foretold.spread_s)[out])
    return Fitted(spreads, fit_rows(np.concatenate(left), np.concatenate(off)))


def as_profile(fitted: Fitted, count: int) -> str:
    """The section of a station profile that says so."""
    source = f"fitted by `dispatchkit forecast fit` on {count} simulated days that no benchmark reports on"
    lines = ["[forecast]"]
    for name, value in fitted.spreads._asdict().items():
        if name != KEPT_FROM_THE_PROFILE:
            key, percent = name.removesuffix("_share"), round(100 * value, 1)
            lines.append(f'{key} = {{ value = {percent}, unit = "%", source = "{source}" }}')
    rows = ", ".join(f'"{row}"' for row in fitted.calibration)
    lines.append(f'calibration = {{ value = [{rows}], unit = "stops left: spreads", source = "{source}" }}')
    return "\n".join(lines)


def _whole(day: Driven, forecast: Forecast) -> PastDay:
    routes = day.routes
    known = Stretches(
        drive_s=routes.drive_s,
        service_s=routes.service_s,
        drive_s2=leg_s2(routes.drive_s, forecast.short_leg_s),
        service_s2=routes.service_s**2,
        took_s=day.took_s,
        told=day.tells.astype(float),
    )
    return PastDay(known, day.new, day.lessons)
