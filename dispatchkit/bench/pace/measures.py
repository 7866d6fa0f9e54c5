"""Measures of a forecast over many days: how far off, how often inside its interval, how early it flags."""

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from dispatchkit.bench.pace.attention import Asked, asked
from dispatchkit.bench.pace.days import Driven
from dispatchkit.bench.pace.forecasters import Foretold, elapsed_rule, optimal, oracle, own_rate, rungs
from dispatchkit.bench.pace.looks import SHARES, Looks, looks, snapshots
from dispatchkit.pace.calibration import BUCKETS, Z90, Calibration, calibration
from dispatchkit.pace.factors import Array
from dispatchkit.station import Station

T = TypeVar("T", bound=np.generic)

FORECASTERS = (
    "elapsed_rule", "own_rate", "two_factors", "drivers_past", "shared_day", "areas_past", "drivers_in_areas",
    "calibrated", "optimal", "oracle",
)  # fmt: skip
"""Whose errors are kept: the rungs of our forecast from the rule of thumb up, and what it is held against."""


class Quantiles(NamedTuple):
    """A return as foretold, arrays (looks, routes): its median, and the spreads below and above it, seconds."""

    median_s: Array
    below_s: Array
    above_s: Array

    def chance_after(self, instant_s: Array) -> Array:
        """The chance (0-1) of being back only after an instant."""
        late_s = self.median_s - instant_s
        chance: Array = ndtr(late_s / np.maximum(np.where(late_s > 0, self.below_s, self.above_s), 1e-9))
        return chance

    def holds(self, instant_s: Array) -> NDArray[np.bool_]:
        """Whether an instant lies between P10 and P90."""
        low_s, high_s = self.median_s - Z90 * self.below_s, self.median_s + Z90 * self.above_s
        inside: NDArray[np.bool_] = (instant_s >= low_s) & (instant_s <= high_s)
        return inside


class DayMeasures(NamedTuple):
    """Of one day.

    Attributes
    ----------
    errors_s
        Forecaster → share → real less foretold return of each route that was out at that snapshot.
    cases_left, cases_inside, cases_reckoned, cases_new
        Of every look at every route that is out with stops left: how many; whether it came back between P10 and P90,
        and between those without calibration; whether its driver is new.
    late
        Of each route: it ended after its window.
    asked, optimal_asked
        What our alarms asked for, and what those of the optimal forecaster would have at each of `OPTIMAL_LINES`.
    """

    errors_s: dict[tuple[str, int], Array]
    cases_left: NDArray[np.int64]
    cases_inside: NDArray[np.bool_]
    cases_reckoned: NDArray[np.bool_]
    cases_new: NDArray[np.bool_]
    bad_weather: bool
    late: NDArray[np.bool_]
    asked: Asked
    optimal_asked: tuple[Asked, ...]


OPTIMAL_LINES = tuple(np.round(np.arange(0.02, 0.62, 0.02), 2).tolist())
"""Lines at which the optimal forecaster flags, to find the one that has our recall."""


def calibrated(seen: Looks, foretold: Foretold, table: Calibration) -> Quantiles:
    """Our forecast with its calibration, as the board shows it."""
    median, below, above = table.of(seen.remaining)
    median_s = np.maximum(foretold.mean_s + median * foretold.spread_s, seen.at_s[:, None])
    return Quantiles(median_s, below * foretold.spread_s, above * foretold.spread_s)


def measure(day: Driven, station: Station) -> DayMeasures:
    """Measure a simulated day, beside what the optimal forecaster and the oracle would have foretold."""
    forecast, finish_by_s = station.forecast, day.routes.finish_by_s
    seen, own = looks(day, forecast), rungs(day, forecast)
    plain = own["drivers_in_areas"]
    best = calibrated(seen, plain, calibration(forecast.calibration))
    knows = optimal(day, station)
    told: dict[str, Array] = {
        "elapsed_rule": elapsed_rule(seen),
        "own_rate": own_rate(seen),
        **{name: foretold.mean_s for name, foretold in own.items()},
        "calibrated": best.median_s,
        "optimal": knows.mean_s,
        "oracle": oracle(day, station).mean_s,
    }
    chance = Quantiles(knows.mean_s, knows.spread_s, knows.spread_s).chance_after(finish_by_s)
    return as_measured(
        seen,
        best,
        told,
        station,
        reckoned=Quantiles(plain.mean_s, plain.spread_s, plain.spread_s),
        optimal_asked=tuple(_asked(seen, chance, station, line) for line in OPTIMAL_LINES),
    )


def as_measured(
    seen: Looks, best: Quantiles, told: dict[str, Array], station: Station, *, reckoned: Quantiles,
    optimal_asked: tuple[Asked, ...] = (), whole: NDArray[np.bool_] | None = None,
) -> DayMeasures:  # fmt: skip
    """Hold what was foretold at every look against what came.

    Parameters
    ----------
    told
        Forecaster → foretold return at each look (looks, routes), of any of `FORECASTERS`.
    whole
        Routes whose own end is known: a rescued one would have ended later, and nobody knows when.
    """
    day = seen.day
    known = np.ones(len(day.back_s), dtype=bool) if whole is None else whole
    at_hand = {share: np.where(known, at, -1) for share, at in snapshots(seen).items()}
    errors = {(name, share): _misses(day.back_s, x, at_hand[share]) for name, x in told.items() for share in SHARES}
    out = seen.out & (seen.remaining > 0) & known
    flags = _asked(seen, best.chance_after(day.routes.finish_by_s), station, station.alarm.raise_late_share)
    return DayMeasures(
        errors_s=errors,
        cases_left=seen.remaining[out],
        cases_inside=best.holds(day.back_s)[out],
        cases_reckoned=reckoned.holds(day.back_s)[out],
        cases_new=np.broadcast_to(day.new, out.shape)[out],
        bad_weather=day.bad_weather,
        late=(day.back_s > day.routes.finish_by_s)[known],
        asked=flags._replace(flagged=flags.flagged[known]),
        optimal_asked=optimal_asked,
    )


def _asked(seen: Looks, chance: Array, station: Station, line: float) -> Asked:
    lower = line * station.alarm.clear_late_share / station.alarm.raise_late_share
    return asked(seen, chance, raise_at=line, clear_at=lower, station=station)


def _misses(back_s: Array, foretold_s: Array, at: NDArray[np.int64]) -> Array:
    routes = np.flatnonzero(at >= 0)
    misses: Array = back_s[routes] - foretold_s[at[routes], routes]
    return misses


def figures(measured: list[DayMeasures]) -> dict[str, object]:
    """Put many days together, under the keys of the benchmark. A figure that nobody can know is None."""
    inside, left = _all(m.cases_inside for m in measured), _all(m.cases_left for m in measured)
    new = _all(m.cases_new for m in measured)
    bad = _all(np.full(len(m.cases_left), m.bad_weather) for m in measured)
    usual = [m.asked for m in measured if not m.bad_weather]
    late, flagged = _all(m.late for m in measured), _all(m.asked.flagged for m in measured)
    recall, precision = _recall(late, flagged)
    every = [m.asked for m in measured]
    return {
        "days": len(measured),
        "mae_min": _mae(measured, "calibrated"),
        "optimal_mae_min": _mae(measured, "optimal"),
        "oracle_mae_min": _mae(measured, "oracle"),
        "elapsed_rule_mae_min": _mae(measured, "elapsed_rule"),
        "ladder_mae_min": {name: _mae(measured, name) for name in FORECASTERS[:-2]},
        "coverage80": _share(inside),
        "coverage80_before_calibration": _share(_all(m.cases_reckoned for m in measured)),
        "coverage80_by_bucket": _by_bucket(inside, left),
        "coverage80_new_drivers": _share(inside[new]),
        "coverage80_bad_weather": _share(inside[bad]),
        "late_share": _share(late),
        "late_recall_150min": recall,
        "late_precision": precision,
        "optimal_late_precision": _optimal_precision(measured, late, recall),
        "items_per_hour": _ratio(sum(a.items for a in usual), sum(a.hours for a in usual)),
        "flood_share": _ratio(sum(a.floods for a in every), sum(a.windows for a in every)),
        "chatter": _ratio(sum(a.again for a in every), sum(a.items for a in every)),
    }


def _mae(measured: list[DayMeasures], name: str) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for share in SHARES:
        misses = [m.errors_s[name, share] for m in measured if (name, share) in m.errors_s]
        every = np.concatenate(misses) if misses else np.zeros(0)
        found[str(share)] = round(float(np.abs(every).mean()) / 60, 2) if len(every) else None
    return found


def _by_bucket(inside: NDArray[np.bool_], left: NDArray[np.int64]) -> dict[str, float | None]:
    ends = (*BUCKETS[1:], None)
    return {
        f"{start}-{end - 1}" if end else f"{start}+": _share(inside[(left >= start) & (left < (end or np.inf))])
        for start, end in zip(BUCKETS, ends, strict=True)
    }


def _optimal_precision(measured: list[DayMeasures], late: NDArray[np.bool_], recall: float | None) -> float | None:
    """The optimal forecaster's precision at the line at which it has our recall, between two lines in proportion."""
    if recall is None or not measured or not measured[0].optimal_asked:
        return None
    lines = [_recall(late, _all(m.optimal_asked[k].flagged for m in measured)) for k in range(len(OPTIMAL_LINES))]
    known = sorted((r, p) for r, p in lines if r is not None and p is not None)
    recalls, precisions = zip(*known, strict=True)
    return round(float(np.interp(recall, recalls, precisions)), 4)


def _recall(late: NDArray[np.bool_], flagged: NDArray[np.bool_]) -> tuple[float | None, float | None]:
    both = int((late & flagged).sum())
    return _ratio(both, int(late.sum())), _ratio(both, int(flagged.sum()))


def _share(true: NDArray[np.bool_]) -> float | None:
    return _ratio(int(true.sum()), len(true))


def _ratio(part: float, whole: float) -> float | None:
    return round(part / whole, 4) if whole else None


def _all(parts: Iterator[NDArray[T]]) -> NDArray[T]:
    return np.concatenate(list(parts))
