"""By when the day's volume is expected: once a date, by the station's clock. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.times import clock_text


def due_by(now: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The latest instant, `now` or before, at which the hour came, in UTC.

    On the night on which the clocks go forward, an hour that is left out comes as much later; on the night on which
    they go back, the first of two counts.
    """
    today = now.astimezone(zone).date()
    came = (datetime.combine(today - timedelta(days=days), at, zone).astimezone(UTC) for days in (0, 1))
    return next(due for due in came if due <= now)


def before(due: datetime, at: time, zone: ZoneInfo) -> datetime:
    """The instant at which the hour came the time before."""
    return due_by(due - timedelta(seconds=1), at, zone)


def overdue(due: datetime, landed: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Say that no volume came by `due`; `landed` is when it came last before, None where it never did."""
    today = now.astimezone(zone).date()
    by = f"No volume file by {clock_text(due, zone.key, str(today))}"
    if landed is None:
        return f"{by}; none has come here before."
    at, days = clock_text(landed, zone.key), (today - landed.astimezone(zone).date()).days
    if days == 1:
        return f"{by}; yesterday's came at {at}."
    when = "today" if days == 0 else f"on {landed.astimezone(zone):%a %d %b}"
    return f"{by}; the last one came {when} at {at}."
