"""When a route will be back: a distribution, not a number. Pure.

First version: a normal distribution. Its mean is the remaining planned work at the driver's own rate today, breaks
still owed and the leg back; its spread comes from independent noise of every leg and stop and from how little is known
of the rate. Waits for customers' windows are those of the expected course.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dispatchkit.day import Day
from dispatchkit.pace.progress import progress
from dispatchkit.pace.timetable import Timetables, work_from
from dispatchkit.plan.legs import STATION, Work
from dispatchkit.plan.schedule import Schedule, schedule
from dispatchkit.records import Place, Record
from dispatchkit.station import Station
from dispatchkit.station.profile import Forecast

STANDARD = NormalDist()
Z80 = STANDARD.inv_cdf(0.8)
"""Standard deviations from the mean to the 80 % quantile."""


class Finish(Record, frozen=True):
    """A normal distribution of the arrival at the station that cannot lie before `not_before`."""

    mean_at: datetime
    spread_s: float
    not_before: datetime

    def at(self, share: float) -> datetime:
        """The instant by which the route is back in `share` (0-1) of all cases."""
        late_s = STANDARD.inv_cdf(share) * self.spread_s
        return max(self.not_before, datetime.fromtimestamp(self.mean_at.timestamp() + late_s, UTC))

    def chance_after(self, instant: datetime) -> float:
        """The chance (0-1) of being back only after `instant`."""
        if self.not_before > instant:
            return 1.0
        late_s = self.mean_at.timestamp() - instant.timestamp()
        if self.spread_s <= 0:
            return float(late_s > 0)
        return STANDARD.cdf(late_s / self.spread_s)


class Projection(Record, frozen=True):
    """The rest of a route's day as it is expected to go.

    Attributes
    ----------
    place, starts_s
        Where the remaining work starts (latitude, longitude) and when (epoch seconds): the last known completion, or
        later where the driver is known to have done nothing since.
    work
        The remaining planned work.
    rate, rate_spread
        Actual over planned seconds of this driver today, and its standard deviation.
    break_s, break_before
        Breaks still owed, seconds; and how many of the remaining stops come before them, by the plan.
    opens_s
        Openings of the remaining stops' windows, seconds after `starts_s`; not a number where there is none.
    noise_s2
        Variance of each remaining stop with its leg, seconds², at the driver's rate.
    back_noise_s2
        Variance of the leg back.
    """

    route_id: str
    now: datetime
    finish_by: datetime
    place: Place | None
    starts_s: float
    work: Work
    rate: float
    rate_spread: float
    break_s: float
    break_before: int
    opens_s: NDArray[np.float64]
    noise_s2: NDArray[np.float64]
    back_noise_s2: float

    @cached_property
    def done_at_s(self) -> NDArray[np.float64]:
        """Expected completion of each remaining stop, epoch seconds, breaks and waits included."""
        done: NDArray[np.float64] = self.starts_s + self._course.done_s
        return done

    @cached_property
    def wait_s(self) -> NDArray[np.float64]:
        """Expected wait for the window to open at each remaining stop, seconds."""
        return self._course.wait_s

    @cached_property
    def _course(self) -> Schedule:
        drive_s = np.append(self.work.drive_s, 0.0) * self.rate
        drive_s[self.break_before] += self.break_s       # the break lies on the way to the stop after it
        return schedule(drive_s, self.work.service_s * self.rate, self.opens_s)

    def break_after_s(self, stops: int) -> float:
        """Seconds of the break that is left once so many of the remaining stops are done."""
        return self.break_s if self.break_before >= stops else 0.0

    @cached_property
    def stops_s(self) -> float:
        """Planned seconds of the remaining stops with the legs into them; no break, no way back."""
        return _stops_s(self.work)

    def spread_s(self, stops_s: float, noise_s2: float) -> float:
        """Standard deviation of the finish with `stops_s` of planned work left whose own noise is `noise_s2`."""
        return math.sqrt(noise_s2 + (stops_s * self.rate_spread) ** 2 + self.back_noise_s2)

    @cached_property
    def mean_s(self) -> float:
        """Expected arrival at the station if nothing is done, epoch seconds."""
        return self.starts_s + self._course.back_s + self.work.back_s

    def finish_around(self, mean_s: float, *, stops_s: float, noise_s2: float) -> Finish:
        """The finish around an expected arrival (epoch seconds), with `stops_s` of planned work before it."""
        return Finish(
            mean_at=datetime.fromtimestamp(mean_s, UTC),
            spread_s=self.spread_s(stops_s, noise_s2),
            not_before=self.now,
        )

    @cached_property
    def finish(self) -> Finish:
        """When the route is back if nothing is done."""
        return self.finish_around(self.mean_s, stops_s=self.stops_s, noise_s2=float(self.noise_s2.sum()))

    @cached_property
    def help_min(self) -> float:
        """Driver-minutes that must be taken off the route for P80 to meet `finish_by`; 0 where it meets it already.

        Taking work off takes its noise off too. With the share k of the work kept, the condition
        ``A - kW = z·√(kV + k²U + B)`` is a quadratic in k. Where even an empty van is late, it is all the work.
        """
        whole_s = self.stops_s * self.rate
        until_s = self.finish_by.timestamp() - self.mean_s + whole_s
        noise, back = Z80**2 * float(self.noise_s2.sum()), Z80**2 * self.back_noise_s2
        doubt = Z80**2 * (self.stops_s * self.rate_spread) ** 2
        if whole_s <= 0 or self.finish.at(0.8) <= self.finish_by:
            return 0.0
        if until_s <= math.sqrt(back):
            return whole_s / 60
        a, b, c = whole_s**2 - doubt, 2 * until_s * whole_s + noise, until_s**2 - back
        # the smaller root is the one with A - kW ≥ 0; written so that it also holds for a ≤ 0
        kept = 2 * c / (b + math.sqrt(max(0.0, b**2 - 4 * a * c)))
        return (1 - min(1.0, max(0.0, kept))) * whole_s / 60


def project(day: Day, route_id: str, *, now: datetime, station: Station, tables: Timetables) -> Projection:
    """Project the rest of a route that is not back yet.

    A route that has not left is taken to leave as planned, or now where that is past. A source that has gone silent
    for longer than `station.pace.stale_after_s` speaks against progress: beyond that, time without news counts as time
    without a stop. Once a driver is cleared to head back, stops left over are no work of his any more.
    """
    planned, route = day.plan.route[route_id], day.road.routes[route_id]
    legs = tables.legs
    known = progress(day, route_id, tables, lost_after_s=station.forecast.lost_after_s)
    cleared_at = day.end_of_shift.cleared.get(route_id)
    remaining = () if cleared_at else route.remaining
    if known is None:
        work, place = legs.work(STATION, remaining), legs.place(STATION)
        starts_s, quiet_s = max(planned.departs_at, now).timestamp(), 0.0
        rate, rate_spread = learned_rate(0, 0.0, 0.0, _stops_s(work) / max(1, len(work.stop_ids)), station.forecast)
    else:
        place = known.place or legs.place(known.last_stop_id)
        work = work_from(legs, known.place, remaining) if known.place else legs.work(known.last_stop_id, remaining)
        starts_s = max(known.since, cleared_at or known.since).timestamp()
        quiet_s = max(known.quiet_until.timestamp(), now.timestamp() - station.pace.stale_after_s)
        stops = known.paced_stops + len(work.stop_ids)
        mean_stop_s = (known.planned_s + _stops_s(work)) / max(1, stops)
        rate, rate_spread = learned_rate(
            known.paced_stops, known.planned_s, known.worked_s, mean_stop_s, station.forecast
        )
    if work.stop_ids:
        first_s = (work.drive_s[0] + work.service_s[0]) * rate
        starts_s += max(0.0, quiet_s - starts_s - first_s)
    return Projection(
        route_id=route_id,
        now=now,
        finish_by=planned.finish_by,
        place=place,
        starts_s=starts_s,
        work=work,
        rate=rate,
        rate_spread=rate_spread,
        break_s=max(0.0, planned.break_s - route.break_s) if work.stop_ids else 0.0,
        break_before=_break_before(tables.before_break(route_id), work.stop_ids),
        opens_s=tables.windows_s(work.stop_ids, starts_s),
        noise_s2=noise_s2(work.drive_s, work.service_s, station.forecast) * rate**2,
        back_noise_s2=float(leg_noise_s2(np.array([work.back_s]), station.forecast)[0]),
    )


def learned_rate(
    paced_stops: int, planned_s: float, worked_s: float, mean_stop_s: float, forecast: Forecast
) -> tuple[float, float]:
    """A driver's rate today by partial pooling, and its standard deviation.

    The plan (rate 1) has the weight of `forecast.rate_weight_count` stops of `mean_stop_s` planned seconds: after as
    many stops of his own the driver's own rate counts half, and the doubt about it has fallen to 1/√2 of how drivers
    differ.
    """
    weight = forecast.rate_weight_count
    prior_s = weight * mean_stop_s
    if planned_s + prior_s <= 0:
        return 1.0, forecast.driver_spread_share
    rate = (worked_s + prior_s) / (planned_s + prior_s)
    return rate, forecast.driver_spread_share * math.sqrt(weight / max(1, weight + paced_stops))


def leg_noise_s2(drive_s: NDArray[np.float64], forecast: Forecast) -> NDArray[np.float64]:
    """Variance of legs, seconds².

    Legs up to `forecast.short_leg_s` spread by the profile's share; longer ones are sums of such pieces, and their
    spread grows with the root of their length only.
    """
    short_s = np.minimum(drive_s, forecast.short_leg_s)
    noise: NDArray[np.float64] = forecast.drive_spread_share**2 * drive_s * short_s
    return noise


def noise_s2(
    drive_s: NDArray[np.float64], service_s: NDArray[np.float64], forecast: Forecast
) -> NDArray[np.float64]:
    """Variance of each stop with the leg into it at the planned rate, seconds²."""
    noise: NDArray[np.float64] = leg_noise_s2(drive_s, forecast) + (forecast.service_spread_share * service_s) ** 2
    return noise


def _break_before(planned_before: frozenset[str], stop_ids: Sequence[str]) -> int:
    """So many of the stops left come up to the last one that the plan puts before the break."""
    return max((k for k, s in enumerate(stop_ids, start=1) if s in planned_before), default=0)


def _stops_s(work: Work) -> float:
    return work.total_s - work.back_s
