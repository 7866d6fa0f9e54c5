"""Instants as a station sees them. Reckon in UTC; show in the station's zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LASTS = timedelta(hours=36)
"""A service day ends so long after its midnight at the latest: it lasts until the last return, past midnight too."""


def midnight(service_day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a service day begins by the station's clock, in UTC."""
    return datetime.combine(service_day, time(0), zone).astimezone(UTC)


def seconds_between(earlier: datetime, later: datetime) -> float:
    """Seconds from one aware instant to another, right across a change of summer time too."""
    return (later.astimezone(UTC) - earlier.astimezone(UTC)).total_seconds()


def after(at: datetime, seconds: float) -> datetime:
    """The instant `seconds` after `at`, in UTC."""
    return at.astimezone(UTC) + timedelta(seconds=seconds)


def clock_text(at: datetime | None, timezone: str, service_day: str = "") -> str:
    """Show an instant as the station's clock does, "13:04"; with the day where it is another than `service_day`."""
    if at is None:
        return "–"
    local = at.astimezone(ZoneInfo(timezone))
    if service_day and local.date().isoformat() != service_day:
        return f"{local:%H:%M} ({local:%a})"
    return f"{local:%H:%M}"


def hours_text(seconds: float) -> str:
    """Show a duration as "7 h 05"."""
    minutes = round(seconds / 60)
    return f"{'-' if minutes < 0 else ''}{abs(minutes) // 60} h {abs(minutes) % 60:02d}"


def nearest(held: datetime, wanted: time, timezone: str) -> datetime:
    """The instant nearest to the one held at which the clock of `timezone` shows `wanted`: another time for a wave."""
    zone = ZoneInfo(timezone)
    day = held.astimezone(zone).date()
    at = (datetime.combine(day + timedelta(days=days), wanted, zone).astimezone(UTC) for days in (-1, 0, 1))
    return min(at, key=lambda instant: abs(seconds_between(held, instant)))
