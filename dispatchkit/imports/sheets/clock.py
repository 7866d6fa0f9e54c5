"""Times of day, durations, and dates with a time, however a file writes them."""

import math
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta, timezone

from dispatchkit.imports.sheets.cells import Cell, plain

DAY_S = 86_400

TIME = re.compile(r"(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:\.\d+)?)?)? ?(?P<half>[ap])?\.?(?:m\.?)?")
"""11:15, 11.15, 11h15, 11:15:00, 11 AM, 11:15 p.m."""

FOUR_FIGURES = re.compile(r"(?P<h>\d{1,2})(?P<m>\d{2}) ?(?P<half>[ap])?\.?(?:m\.?)?")
"""1115, 915, 0915 PM."""

HOURS_AND_MINUTES = re.compile(
    r"(?:(?P<d>\d+) ?d(?:ays?)?)? ?"
    r"(?:(?P<h>\d+(?:\.\d+)?) ?h(?:(?:ou)?rs?)?)? ?"
    r"(?:(?P<m>\d+(?:\.\d+)?) ?m(?:in(?:ute)?s?)?)? ?"
    r"(?:(?P<s>\d+(?:\.\d+)?) ?s(?:ec(?:ond)?s?)?)?"
)
"""7h 10m, 7 hours, 430 min, 90s."""

CLOCKED = re.compile(r"(?:(?P<d>\d+)[ .]+(?:days?,? *)?)?(?P<h>\d+):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d(?:\.\d+)?))?")
"""7:10, 07:10:00, 1 day, 2:00:00: a bare pair is hours and minutes."""

DATE_THEN_TIME = re.compile(
    r"(?P<date>.*\d)(?:[t,]? *)(?<![\d:])"
    r"(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?P<half> ?[ap]\.?m\.?)? ?"
    r"(?P<zone>z|utc|gmt|[+-]\d{2}:?\d{2})?"
)
"""A date, a time of day behind it and, perhaps, its distance from UTC."""


def as_time(cell: Cell) -> time | None:
    """Read a time of day, with or without a date before it: a clock time, a share of a day, figures such as 1115."""
    if isinstance(cell, datetime):
        return cell.time().replace(tzinfo=None)
    if isinstance(cell, time):
        return cell.replace(tzinfo=None)
    if isinstance(cell, timedelta):
        return _share_of_day(cell.total_seconds() / DAY_S)
    if isinstance(cell, float) and 0 <= cell < 1:
        return _share_of_day(cell)
    if isinstance(cell, bool | date) or cell is None:
        return None
    text = plain(cell).casefold()
    figures = FOUR_FIGURES.fullmatch(text)
    if figures:
        return _made_time(figures["h"], figures["m"], None, figures["half"])
    dated = DATE_THEN_TIME.fullmatch(text)
    written = TIME.fullmatch(dated["time"] + (dated["half"] or "") if dated else text)
    if written is None or (written["m"] is None and written["half"] is None):
        return None         # a lone figure is no time of day
    return _made_time(written["h"], written["m"], written["s"], written["half"])


def as_duration_s(cell: Cell, *, bare_s: float) -> float | None:
    """Read a duration in seconds. `bare_s` is the worth of a bare figure: 60 where minutes are meant."""
    if isinstance(cell, timedelta):
        return _not_negative(cell.total_seconds())
    if isinstance(cell, time):      # a spreadsheet's format for a duration of less than a day
        return cell.hour * 3600.0 + cell.minute * 60 + cell.second
    if isinstance(cell, bool | date) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _not_negative(cell * bare_s)
    text = plain(cell).casefold().replace(",", ".")
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return _not_negative(float(text) * bare_s)
    written = CLOCKED.fullmatch(text.replace(". ", " ")) or HOURS_AND_MINUTES.fullmatch(text)
    if written is None or not any(written.groups()):
        return None
    worth = {"d": DAY_S, "h": 3600, "m": 60, "s": 1}
    return _not_negative(sum(float(written[part] or 0) * seconds for part, seconds in worth.items()))


def as_shown(cell: Cell, as_day: Callable[[Cell], date | None]) -> datetime | None:
    """Read a date with a time of day as a clock showed it: aware only where the cell names its distance from UTC.

    Parameters
    ----------
    as_day
        Reads the date, which stands alone then.
    """
    if isinstance(cell, datetime):
        return None if as_day(cell) is None else cell
    if isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell):
        day = as_day(float(int(cell)))
        since = timedelta(seconds=round((cell - int(cell)) * DAY_S))
        return None if day is None else datetime.combine(day, time()) + since
    written = DATE_THEN_TIME.fullmatch(plain(cell).casefold()) if isinstance(cell, str) else None
    if written is None:
        return None
    day, at = as_day(written["date"]), as_time(written["time"] + (written["half"] or ""))
    return None if day is None or at is None else datetime.combine(day, at, _zone(written["zone"]))


def _zone(distance: str | None) -> timezone | None:
    """The zone of a distance from UTC such as "+02:00" or "z"; none that is a day or more away."""
    if not distance:
        return None
    figures = distance[1:].replace(":", "") if distance[0] in "+-" else "0000"
    away = timedelta(hours=int(figures[:2]), minutes=int(figures[2:]))
    if away >= timedelta(days=1):
        return None
    return timezone(-away if distance[0] == "-" else away)


def _share_of_day(share: float) -> time | None:
    seconds = round(share * DAY_S)
    return time(seconds // 3600, seconds % 3600 // 60, seconds % 60) if 0 <= seconds < DAY_S else None


def _made_time(hours: str, minutes: str | None, seconds: str | None, half: str | None) -> time | None:
    hour = int(hours)
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, int(minutes or 0), int(seconds or 0))
    except ValueError:
        return None


def _not_negative(seconds: float) -> float | None:
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
