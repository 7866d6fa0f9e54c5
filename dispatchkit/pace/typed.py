"""Progress typed by hand: a route and its stops done on a line, such as "CX101 87". Pure."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from dispatchkit.pace.told import TYPED, Told
from dispatchkit.printable import printable
from dispatchkit.records import DayKey

LINE = re.compile(
    r"(?P<route>[^\s:=,]+)\s*[\s:=,]\s*(?P<done>\d{1,4})(?:\s*(?:/|of)\s*(?P<of>\d{1,4}))?(?:\s*stops?)?"
    r"(?:\s*(?:@|at)\s*(?P<clock>\d{1,2}:\d{2}))?",
    re.IGNORECASE,
)
"""CX101 87, CX101: 87/173, 101 87 of 173, CX101 87 at 10:40."""

COMMENT = "#"
"""A line that begins so is for people."""

SHOWN = 60
"""Characters of a line that is not understood, as a sentence shows them."""


def typed(text: str, *, key: DayKey, timezone: str) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """Read lines, or pieces parted by semicolons.

    Parameters
    ----------
    key, timezone
        The day on which a time of day is meant, and the station's zone.

    Returns
    -------
    tuple
        What was understood, and a sentence for each line that was not.
    """
    told, problems = list[Told](), list[str]()
    pieces = [piece for line in text.splitlines() for piece in line.split(";")]
    for number, piece in enumerate(pieces, 1):
        line = piece.strip()
        if not line or line.startswith(COMMENT):
            continue
        parts = LINE.fullmatch(line)
        at = _at(parts["clock"], key, timezone) if parts and parts["clock"] else None
        if parts is None or (parts["clock"] and at is None):
            shown = printable(line if len(line) <= SHOWN else f"{line[:SHOWN]}…")
            problems.append(
                f"Line {number}, '{shown}', is not understood. Write a route and its stops done, such as CX101 87."
            )
            continue
        of = int(parts["of"]) if parts["of"] else None
        told.append(Told(route=parts["route"], source=TYPED, at=at, stops_done=int(parts["done"]), of=of))
    return tuple(told), tuple(problems)


def _at(clock: str, key: DayKey, timezone: str) -> datetime | None:
    hour, _, minute = clock.partition(":")
    try:
        return datetime.combine(key.service_day, time(int(hour), int(minute)), ZoneInfo(timezone))
    except ValueError:
        return None
