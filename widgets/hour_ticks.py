"""The hours of a stretch of time as a station's clock shows them: 23 on one Sunday of the year, 25 on another."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=15)
"""Every zone's clock is off UTC by whole quarters of an hour, so each full hour stands on one of these steps."""


class Tick(NamedTuple):
    """A full hour on the station's clock.

    Attributes
    ----------
    at_s
        When, in seconds since 1970 UTC.
    label
        What the clock shows then, "13:00"; with the zone's short name where the same time comes twice.
    """

    at_s: float
    label: str


def hour_ticks(begin: datetime, end: datetime, zone: ZoneInfo) -> tuple[Tick, ...]:
    """Return the full hours of `zone` from `begin` to `end`, both included.

    Parameters
    ----------
    begin, end
        Aware instants. An end before the begin has no hours.
    zone
        The station's.
    """
    if begin.tzinfo is None or end.tzinfo is None:
        raise ValueError("An instant without a zone names no moment. Give aware ones.")
    steps_begun = -(-begin.timestamp() // STEP.total_seconds())  # rounded up
    at = datetime.fromtimestamp(steps_begun * STEP.total_seconds(), UTC)
    hours = []
    while at <= end:
        local = at.astimezone(zone)
        if local.minute == 0:
            hours.append(local)
        at += STEP
    return tuple(Tick(local.timestamp(), _label(local)) for local in hours)


def _label(local: datetime) -> str:
    comes_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%H:%M %Z}" if comes_twice else f"{local:%H:%M}"
