"""When a route will be back: a distribution, not a number. Pure.

Its mean is the remaining planned work at what driving and service take longer today, breaks still owed and the way
back. Doors are taken to last as their area's did for this driver on earlier days (`past`). The two factors beside
that are learned from the route's own stops, its driver's earlier days and, through the day, from all other routes
(`today`). Its spread comes from the noise of every leg and stop that is left and from the doubt about the factors;
past days say by how much such spreads fall short (`calibration`). Waits for customers' windows are those of the
expected course.
"""

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from statistics import NormalDist

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from dispatchkit.day import Day
from dispatchkit.pace.ahead import Left, ahead
from dispatchkit.pace.calibration import calibration
from dispatchkit.pace.factors import Array, leg_s2
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.running import expected_whole_s
from dispatchkit.pace.timetable import Timetables, work_from
from dispatchkit.pace.today import today
from dispatchkit.plan.engine.schedule import Schedule, schedule
from dispatchkit.plan.legs import STATION, Work
from dispatchkit.records import Place, Record
from dispatchkit.station import Station

STANDARD = NormalDist()
MIDDLE = 0.5
Z80 = STANDARD.inv_cdf(0.8)
"""Standard deviations from the mean to the 80 % quantile."""


class Finish(Record, frozen=True):
    """The arrival at the station as a distribution: normal on each side of its median, and never before `not_before`.

    Attributes
    ----------
    mean_at
        The median.
    spread_s, early_spread_s
        Standard deviations of the sides after and before it; the same one where only the first is given.
    """

    mean_at: datetime
    spread_s: float
    not_before: datetime
    early_spread_s: float | None = None

    def at(self, share: float) -> datetime:
        """The instant by which the route is back in `share` (0-1) of all cases."""
        spread_s = self.spread_s if share >= MIDDLE or self.early_spread_s is None else self.early_spread_s
        late_s = STANDARD.inv_cdf(share) * spread_s
        return max(self.not_before, datetime.fromtimestamp(self.mean_at.timestamp() + late_s, UTC))

    def chance_after(self, instant: datetime) -> float:
        """The chance (0-1) of being back only after `instant`."""
        if self.not_before > instant:
            return 1.0
        late_s = self.mean_at.timestamp() - instant.timestamp()
        spread_s = self.spread_s if late_s <= 0 or self.early_spread_s is None else self.early_spread_s
        if spread_s <= 0:
            return float(late_s > 0)
        return STANDARD.cdf(late_s / spread_s)


class Projection(Record, frozen=True):
    """The rest of a route's day as it is expected to go.

    Attributes
    ----------
    place, starts_s
        Where the remaining work starts (latitude, longitude) and when (epoch seconds): the last known completion, or so
        much later as what the driver is at will take longer because it is not done yet.
    work
        The remaining work: planned driving, and at each stop the planned service times what its area takes this driver.
    rate, rate_spread
        Real over planned seconds of the remaining stops with their legs, and its standard deviation.
    drive_rate, service_rate
        The two that it is made of.
    median, below, above
        What past days make of a reckoned spread: where the median lies, and how much wider either side is.
    break_s, break_before
        Breaks still owed, seconds; and how many of the remaining stops come before them, by the plan.
    opens_s
        Openings of the remaining stops' windows, seconds after `starts_s`; not a number where there is none.
    noise_s2
        Variance of each remaining stop with its leg, seconds², at the driver's rate.
    back_noise_s2
        Variance of the way back.
    """

    route_id: str
    now: datetime
    finish_by: datetime
    place: Place | None
    starts_s: float
    work: Work
    rate: float
    rate_spread: float
    drive_rate: float
    service_rate: float
    median: float
    below: float
    above: float
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
        drive_s = np.append(self.work.drive_s, 0.0) * self.drive_rate
        drive_s[self.break_before] += self.break_s       # the break lies on the way to the stop after it
        return schedule(drive_s, self.work.service_s * self.service_rate, self.opens_s)

    def break_after_s(self, stops: int) -> float:
        """Seconds of the break that is left once so many of the remaining stops are done."""
        return self.break_s if self.break_before >= stops else 0.0

    @cached_property
    def stops_s(self) -> float:
        """Planned seconds of the remaining stops with the legs into them; no break, no way back."""
        return _stops_s(self.work)

    def spread_s(self, stops_s: Array | float, noise_s2: Array | float) -> Array:
        """Spread after the median with `stops_s` of planned work left whose noise is `noise_s2`; numbers or arrays."""
        return self.above * self._reckoned_s(stops_s, noise_s2)

    def _reckoned_s(self, stops_s: Array | float, noise_s2: Array | float) -> Array:
        spread: Array = np.sqrt(noise_s2 + np.square(stops_s * self.rate_spread) + self.back_noise_s2)
        return spread

    @cached_property
    def usual_delay_s(self) -> float:
        """What past days add to such a reckoning, seconds; negative where they take off."""
        return self.median * float(self._reckoned_s(self.stops_s, self.noise_s2.sum()))

    @cached_property
    def mean_s(self) -> float:
        """Arrival at the station if nothing is done, epoch seconds: as often earlier as later."""
        return self.starts_s + self._course.back_s + self.work.back_s * self.drive_rate + self.usual_delay_s

    def finish_around(self, mean_s: float, *, stops_s: float, noise_s2: float) -> Finish:
        """The finish around an expected arrival (epoch seconds), with `stops_s` of planned work before it."""
        reckoned_s = float(self._reckoned_s(stops_s, noise_s2))
        return Finish(
            mean_at=datetime.fromtimestamp(mean_s, UTC),
            spread_s=self.above * reckoned_s,
            not_before=self.now,
            early_spread_s=self.below * reckoned_s,
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
        z2 = (Z80 * self.above) ** 2
        noise, back = z2 * float(self.noise_s2.sum()), z2 * self.back_noise_s2
        doubt = z2 * (self.stops_s * self.rate_spread) ** 2
        if whole_s <= 0 or self.finish.at(0.8) <= self.finish_by:
            return 0.0
        if until_s <= math.sqrt(back):
            return whole_s / 60
        a, b, c = whole_s**2 - doubt, 2 * until_s * whole_s + noise, until_s**2 - back
        # the smaller root is the one with A - kW ≥ 0; written so that it also holds for a ≤ 0
        kept = 2 * c / (b + math.sqrt(max(0.0, b**2 - 4 * a * c)))
        return (1 - min(1.0, max(0.0, kept))) * whole_s / 60


def project(
    day: Day, route_id: str, *, now: datetime, station: Station, tables: Timetables, past: Past = NO_PAST
) -> Projection:
    """Project the rest of a route that is not back yet.

    A route that has not left is taken to leave as planned, or now where that is past. A source that has gone silent
    for longer than `station.pace.stale_after_s` speaks against progress: beyond that, time without news counts as time
    without a stop. Once a driver is cleared to head back, stops left over are no work of his any more.
    """
    planned, route = day.plan.route[route_id], day.road.routes[route_id]
    legs, forecast = tables.legs, station.forecast
    told = today(day, forecast, tables, past)
    known, doors = told.progress[route_id], told.doors[route_id]
    cleared_at = day.end_of_shift.cleared.get(route_id)
    remaining = () if cleared_at else route.remaining
    if known is None:
        work, place = legs.work(STATION, remaining), legs.place(STATION)
        starts_s, quiet_s = max(planned.departs_at, now).timestamp(), 0.0
    else:
        place = known.place or legs.place(known.last_stop_id)
        work = work_from(legs, known.place, remaining) if known.place else legs.work(known.last_stop_id, remaining)
        starts_s = max(known.since, cleared_at or known.since).timestamp()
        quiet_s = max(known.quiet_until.timestamp(), now.timestamp() - station.pace.stale_after_s)
    work = replace(work, service_s=work.service_s * np.array([doors[tables.area[s]] for s in work.stop_ids]))
    legs_s2, service_s2 = leg_s2(np.append(work.drive_s, work.back_s), forecast.short_leg_s), work.service_s**2
    left = Left(
        drive_s=work.drive_s.sum(), service_s=work.service_s.sum(), drive_s2=legs_s2[:-1].sum(),
        service_s2=service_s2.sum(), back_s=np.asarray(work.back_s), back_s2=legs_s2[-1],
    )  # fmt: skip
    rest = ahead(left, told.learned[route_id], forecast)
    drive_rate, service_rate = float(rest.drive_rate), float(rest.service_rate)
    break_s = max(0.0, planned.break_s - route.break_s) if work.stop_ids else 0.0
    break_before = _break_before(tables.before_break(route_id), work.stop_ids)
    noise_s2 = rest.noise_drive * legs_s2[:-1] + rest.noise_service * service_s2
    run_s = np.asarray(quiet_s - starts_s - (0.0 if break_before else break_s))
    if run_s > 0:
        into_s = np.append(work.drive_s, work.back_s)[0] * drive_rate
        next_s = into_s + (work.service_s[0] * service_rate if work.stop_ids else 0.0)
        next_noise_s2 = np.append(noise_s2, rest.back_noise_s2)[0]
        starts_s += float(expected_whole_s(run_s, np.asarray(next_s), next_noise_s2)[0] - next_s)
    median, below, above = calibration(forecast.calibration).of(len(work.stop_ids))
    stops_s, doubt_s2 = _stops_s(work), max(0.0, float(rest.doubt_s2 - rest.back_doubt_s2))
    return Projection(
        route_id=route_id,
        now=now,
        finish_by=planned.finish_by,
        place=place,
        starts_s=starts_s,
        work=work,
        rate=(float(rest.mean_s) - work.back_s * drive_rate) / stops_s if stops_s > 0 else service_rate,
        rate_spread=math.sqrt(doubt_s2) / stops_s if stops_s > 0 else 0.0,
        drive_rate=drive_rate,
        service_rate=service_rate,
        median=float(median),
        below=float(below),
        above=float(above),
        break_s=break_s,
        break_before=break_before,
        opens_s=tables.windows_s(work.stop_ids, starts_s),
        noise_s2=noise_s2,
        back_noise_s2=float(rest.back_noise_s2 + rest.back_doubt_s2),
    )


def _break_before(planned_before: frozenset[str], stop_ids: Sequence[str]) -> int:
    """So many of the stops left come up to the last one that the plan puts before the break."""
    return max((k for k, s in enumerate(stop_ids, start=1) if s in planned_before), default=0)


def _stops_s(work: Work) -> float:
    return work.total_s - work.back_s
