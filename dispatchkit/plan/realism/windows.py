"""Rules on customers' windows and on businesses: reached outside their hours, waited for, stacked at midday.

No file says which stops are businesses; the station's plan counts commercial packages by route and no more. What is
taken for a business here is a stop whose window closes by the end of the business day, as the station profile has it.
A business without a window cannot be told from a home, nor when it is shut for lunch: midday is the profile's.
"""

import math
from collections import Counter
from collections.abc import Iterator
from datetime import time
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.evaluate import TOLERANCE
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.subject import Subject
from dispatchkit.times import clock_text

STANDARD = NormalDist()


def businesses(at: Subject) -> tuple[int, ...]:
    """Places in the order of stops that are taken for businesses."""
    closes = time.fromisoformat(at.station.realism.business_closes)
    day = at.local(0).date()
    ends = [at.local(s) if not math.isnan(s) else None for s in at.closes_s.tolist()]
    return tuple(i for i, end in enumerate(ends) if end is not None and end.date() == day and end.time() <= closes)


def businesses_by_hour(at: Subject) -> dict[int, int]:
    """Hour of the station's day (0-23) → business stops whose service starts in it by the plan."""
    counted = Counter(at.local(float(at.starts_s[i])).hour for i in businesses(at))
    return dict(sorted(counted.items()))


def expected_s(at: Subject) -> NDArray[np.float64]:
    """When service starts at each stop by the forecast, seconds after departure: it knows the driver and the area."""
    ahead = at.projection
    starts_s: NDArray[np.float64] = ahead.done_at_s - ahead.work.service_s * ahead.service_rate
    return starts_s - at.route.departs_at.timestamp()


def chance_missed(at: Subject) -> NDArray[np.float64]:
    """For each stop the chance (0-1) of starting after its window has closed; 0 without a window."""
    ahead = at.projection
    planned_s = np.cumsum(ahead.work.drive_s + ahead.work.service_s)
    spread_s = ahead.above * np.sqrt(np.cumsum(ahead.noise_s2) + np.square(planned_s * ahead.rate_spread))
    spare_s = np.where(np.isnan(at.closes_s), np.inf, at.closes_s - expected_s(at))
    return np.array([_after(spare, spread) for spare, spread in zip(spare_s, spread_s, strict=True)], dtype=float)


def windows(at: Subject) -> Iterator[Finding]:
    """A stop that the plan itself reaches too late breaks a limit; one that is probably reached too late is a risk."""
    chances, starts_s, shops = chance_missed(at), expected_s(at), frozenset(businesses(at))
    for i in np.flatnonzero(at.schedule.late_s > TOLERANCE).tolist():
        yield at.finds(
            Kind.WINDOW, Severity.LIMIT,
            f"Stop {i + 1} of {len(at.stops)} ({_what(at, i, shops)}) is reached at {at.clock(float(at.starts_s[i]))}, "
            f"after it has closed at {at.clock(float(at.closes_s[i]))}. Serve it earlier, or agree another time.",
            stops=[i], late_min=float(at.schedule.late_s[i]) / 60,
        )  # fmt: skip
    least = at.station.realism.window_missed_share
    for i in np.flatnonzero((chances >= least) & (at.schedule.late_s <= TOLERANCE) & ~np.isnan(at.closes_s)).tolist():
        yield at.finds(
            Kind.WINDOW, Severity.RISK,
            f"Stop {i + 1} of {len(at.stops)} ({_what(at, i, shops)}) is planned at {at.clock(float(at.starts_s[i]))}, "
            f"expected at {at.clock(float(starts_s[i]))} and closes at {at.clock(float(at.closes_s[i]))}: "
            f"{chances[i]:.0%} chance of coming too late.",
            stops=[i], chance_missed=float(chances[i]),
        )  # fmt: skip


def waits(at: Subject) -> Iterator[Finding]:
    """The van stands before a closed door longer than another order would cost."""
    for i in np.flatnonzero(at.schedule.wait_s > at.station.realism.wait_s).tolist():
        wait_s = float(at.schedule.wait_s[i])
        yield at.finds(
            Kind.WAIT, Severity.NOTE,
            f"It waits {wait_s / 60:.0f} min at stop {i + 1} of {len(at.stops)}, which opens at "
            f"{at.clock(float(at.opens_s[i]))}. Serve others before it.",
            stops=[i], wait_min=wait_s / 60,
        )  # fmt: skip


def midday(at: Subject) -> Iterator[Finding]:
    """Too many businesses at the hour when nobody may be at their doors."""
    rules = at.station.realism
    begins, ends = time.fromisoformat(rules.midday_from), time.fromisoformat(rules.midday_until)
    stacked = [i for i in businesses(at) if begins <= at.local(float(at.starts_s[i])).time() < ends]
    if len(stacked) >= rules.midday_stops_count:
        yield at.finds(
            Kind.MIDDAY, Severity.RISK,
            f"{len(stacked)} business stops come between {rules.midday_from} and {rules.midday_until}, when nobody may "
            "be at the door. Spread them over the day.",
            stops=stacked, business_stops=len(stacked),
        )  # fmt: skip


def impossible_windows(at: Subject) -> Iterator[Finding]:
    """Packages of one stop whose windows exclude each other ask for two visits, and the plan has one."""
    for i, stop in enumerate(at.stops):
        held = [p.window for p in stop.packages if p.window]
        if held and max(w.opens for w in held) >= min(w.closes for w in held):
            last, first = max(w.opens for w in held), min(w.closes for w in held)
            yield at.finds(
                Kind.WINDOW, Severity.RISK,
                f"Stop {i + 1} of {len(at.stops)} has packages for two times: one must be there by "
                f"{clock_text(first, at.timezone)}, one not before {clock_text(last, at.timezone)}. Agree one time.",
                stops=[i],
            )  # fmt: skip


def _after(spare_s: float, spread_s: float) -> float:
    if math.isinf(spare_s):
        return 0.0
    return STANDARD.cdf(-spare_s / spread_s) if spread_s > 0 else float(spare_s < 0)


def _what(at: Subject, i: int, shops: frozenset[int]) -> str:
    return f"a business, {at.stops[i].stop_id}" if i in shops else at.stops[i].stop_id
