"""Invented parcels, shaped on ten public Amazon routes and one public station day of 2018."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from random import Random
from zoneinfo import ZoneInfo

from dispatchkit.records import Record, Window

PER_STOP = {1: 0.60, 2: 0.24, 3: 0.09, 4: 0.04, 5: 0.02, 6: 0.01}
"""Packages of a stop → share of stops; 1.67 on average (2,314 packages on 1,382 stops)."""

VOLUME_MEDIAN_CM3, VOLUME_SIGMA, VOLUME_LIMITS_CM3 = 5_750, 1.15, (80, 215_000)
"""Lognormal; measured median 5,742, mean 11,558, p99 83,955 cm³."""

SERVICE_MEDIAN_S, SERVICE_SIGMA, SERVICE_LIMITS_S = 45, 0.58, (5, 900)
"""Lognormal; measured median 47.5, mean 59.6, p90 103 s."""

WINDOW_SHARE = 0.10
"""231 of 2,314 packages had one."""

WINDOWS = ((9, 16), (9, 17), (9, 18), (13, 18), (10, 21), (12, 22))
"""Hours, local, in which a customer can be served; the first three are the usual ones."""

WINDOW_MARGIN_S = 3600
"""A planned service lies at least so far before the window's end: the day is a calm one."""


class Parcel(Record, frozen=True):
    """What a package measures before it has an id or a window; whole cm³ and seconds."""

    volume_cm3: int
    service_s: int


def parcels(stops: int, chance: Random) -> list[list[Parcel]]:
    """The parcels of each of so many stops."""
    counts = chance.choices(list(PER_STOP), weights=list(PER_STOP.values()), k=stops)
    return [[_parcel(chance) for _ in range(count)] for count in counts]


def _parcel(chance: Random) -> Parcel:
    volume_cm3 = VOLUME_MEDIAN_CM3 * chance.lognormvariate(0, VOLUME_SIGMA)
    service_s = SERVICE_MEDIAN_S * chance.lognormvariate(0, SERVICE_SIGMA)
    return Parcel(
        volume_cm3=round(min(max(volume_cm3, VOLUME_LIMITS_CM3[0]), VOLUME_LIMITS_CM3[1])),
        service_s=round(min(max(service_s, SERVICE_LIMITS_S[0]), SERVICE_LIMITS_S[1])),
    )


def window(planned_at: datetime, service_day: date, timezone: str, chance: Random) -> Window | None:
    """A customer's window around the planned service, for the share of packages that have one; else None."""
    if chance.random() >= WINDOW_SHARE:
        return None
    return chance.choice(fitting) if (fitting := list(_around(planned_at, service_day, timezone))) else None


def _around(planned_at: datetime, service_day: date, timezone: str) -> Iterator[Window]:
    for opens, closes in WINDOWS:
        begin, end = (
            datetime.combine(service_day, time(hour), ZoneInfo(timezone)).astimezone(UTC) for hour in (opens, closes)
        )
        if begin <= planned_at and (end - planned_at).total_seconds() >= WINDOW_MARGIN_S:
            yield Window(opens=begin, closes=end)
