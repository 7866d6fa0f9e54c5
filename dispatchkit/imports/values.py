"""Single values out of a file, checked once: one that cannot be used becomes a problem and comes back as None.

Text cells and JSON values go through the same checks. A blank is never taken for 0.
"""

import math
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from dispatchkit.geo import distance_m, is_on_earth
from dispatchkit.imports.problems import Spot, quoted
from dispatchkit.records import Window

BLANKS = frozenset({"", "nan", "null", "none"})
"""How tools write a missing value. `NA` is not among them: it is the code of a stop."""

NOT_IN_IDS = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Unicode categories that no id may hold: control characters, halves of pairs, line and paragraph separators."""

YEARS = range(2000, 2100)
"""Years in which a service day can lie; anything else is a damaged date."""

DAY_S = 86_400
"""No single duration of a service day is longer than a day."""


def is_blank(value: object) -> bool:
    """Say whether there is no value: null, NaN or an empty cell."""
    if isinstance(value, str):
        return value.strip().casefold() in BLANKS
    return value is None or (isinstance(value, float) and math.isnan(value))


def number(value: object, spot: Spot, *, at_least: float = -math.inf, at_most: float = math.inf) -> float | None:
    """Read a finite number within closed limits."""
    if is_blank(value):
        spot.block("The value is missing; a blank is not taken for 0.", "Fill it in and import again.")
        return None
    figure = _figure(value)
    if figure is None:
        spot.block(f"{quoted(value)} is not a number.")
    elif figure < at_least:
        spot.block(f"{quoted(value)} is too low; the least possible is {at_least:g}.")
    elif figure > at_most:
        spot.block(f"{quoted(value)} is too high; the most possible is {at_most:g}.")
    else:
        return figure
    return None


def positive(value: object, spot: Spot) -> float | None:
    """Read a finite number above 0."""
    figure = number(value, spot, at_least=0)
    if figure == 0:
        spot.block("0 is too low; the figure must be above it.")
        return None
    return figure


def _figure(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str) or "_" in str(value):
        return None
    try:
        figure = float(value)
    except (ValueError, OverflowError):
        return None
    return figure if math.isfinite(figure) else None


def volume_cm3(sides: Sequence[object], spots: Sequence[Spot]) -> float | None:
    """Multiply depth, height and width in cm."""
    lengths = [number(side, spot, at_least=0) for side, spot in zip(sides, spots, strict=True)]
    known = [length for length in lengths if length is not None]
    if len(known) < len(lengths):
        return None
    volume = math.prod(known)
    if math.isfinite(volume):
        return volume
    spots[0].block(f"{' × '.join(map(quoted, sides))} cm is not the size of a package.")
    return None


def identifier(value: object, spot: Spot) -> str | None:
    """Read an id, character by character as it stands: quotes, formulas and direction marks are data."""
    if is_blank(value):
        spot.block("The id is missing.", "Fill it in and import again.")
        return None
    return text(value, spot)


def text(value: object, spot: Spot) -> str | None:
    """Read a label that may be missing (then empty): a zone, a status."""
    if is_blank(value):
        return ""
    if not isinstance(value, str):
        spot.block(f"{quoted(value)} is not text.")
        return None
    if any(unicodedata.category(c) in NOT_IN_IDS for c in value):
        spot.block(f"{quoted(value)} holds a line break or another control character.", "Remove it and import again.")
        return None
    return value


def service_day(value: object, spot: Spot) -> date | None:
    """Read a date, YYYY-MM-DD."""
    try:
        day = date.fromisoformat(str(value).strip())
    except ValueError:
        day = None
    if day is not None and day.year in YEARS:
        return day
    spot.block(f"{quoted(value)} is not the date of a service day.", "Write it as YYYY-MM-DD and import again.")
    return None


def utc_time(value: object, spot: Spot) -> time | None:
    """Read a time of day in UTC, HH:MM:SS; None, without a problem, where it is blank."""
    if is_blank(value):
        return None
    try:
        clock = time.fromisoformat(str(value).strip())
    except ValueError:
        clock = None
    if clock is not None and clock.tzinfo in (None, UTC):
        return clock.replace(tzinfo=None)
    spot.block(f"{quoted(value)} is not a time of day.", "Write it in UTC as HH:MM:SS and import again.")
    return None


def window(ends: Sequence[object], spots: Sequence[Spot]) -> Window | None:
    """Read a delivery window from its opening and its closing; None, without a problem, where both are blank."""
    if all(map(is_blank, ends)):
        return None
    for end, spot in zip(ends, spots, strict=True):
        if is_blank(end):
            spot.block("The window has one end only.", "Fill in the other end, or clear both, and import again.")
            return None
    opens, closes = (_instant(end, spot) for end, spot in zip(ends, spots, strict=True))
    if opens is None or closes is None:
        return None
    if closes <= opens:
        spots[1].block(f"The window closes at {quoted(ends[1])}, but opens at {quoted(ends[0])}.")
        return None
    return Window(opens=opens, closes=closes)


def _instant(value: object, spot: Spot) -> datetime | None:
    try:
        instant = datetime.fromisoformat(str(value).strip())
    except ValueError:
        instant = None
    if instant is not None and instant.year in YEARS:
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    spot.block(f"{quoted(value)} is not a date and time.", "Write it in UTC as YYYY-MM-DD HH:MM:SS and import again.")
    return None


def place(lat: object, lng: object, lat_spot: Spot, lng_spot: Spot) -> tuple[float, float] | None:
    """Read a latitude and a longitude in degrees."""
    north = number(lat, lat_spot, at_least=-90, at_most=90)
    east = number(lng, lng_spot, at_least=-180, at_most=180)
    if north is None or east is None:
        return None
    if not is_on_earth(north, east):
        lat_spot.block("0, 0 is what a failed address search leaves behind, not a place.")
        return None
    return north, east


def check_reach(
    stop: tuple[float, float], station: tuple[float, float], spot: Spot, *, max_from_station_m: float
) -> None:
    """Record a problem where a stop lies farther from the station than any van goes."""
    away_m = distance_m(*station, *stop)
    if away_m > max_from_station_m:
        spot.block(
            f"The stop lies {away_m / 1000:,.0f} km from the station; {max_from_station_m / 1000:,.0f} km are allowed.",
            "Correct its coordinates and import again.",
        )


def as_object(value: object, spot: Spot) -> dict[str, object]:
    """Read a JSON object; anything else is a problem and comes back empty."""
    if isinstance(value, dict):
        return value
    spot.block("A JSON object is missing here." if is_blank(value) else f"{quoted(value)} is not a JSON object.")
    return {}
