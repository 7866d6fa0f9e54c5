"""Cells of a schedule: "Standard Parcel 10:15 AM • 10 hrs" is a service type and a start, and there may be two."""

import re
from collections.abc import Iterator
from datetime import datetime, time

from dispatchkit.imports.reports.vocabulary import is_one_of
from dispatchkit.imports.sheets import Cell
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.imports.sheets.clock import as_time

PARTS = re.compile(r"[\n\r•·|]+")
"""What stands between service type, start and length."""

CLOCK = re.compile(
    r"(?<![\d.:])\d{1,2}(?:[:.]\d{2}(?:[:.]\d{2})?)? ?[ap]\.?m\b\.?|(?<![\d.:])\d{1,2}:\d{2}(?::\d{2})?", re.IGNORECASE
)
"""A time of day within text; a lone figure is none."""

LOOSE = " -–—,@()"
"""What may be left at either end of a service type when the time is taken away."""

Block = tuple[str, time | None]
"""Service type, and start by the station's clock."""


def blocks(cell: Cell, not_rostered: tuple[str, ...]) -> tuple[Block, ...] | None:
    """Read the work blocks of a cell; none for a day off, None where the cell is no block at all.

    Parameters
    ----------
    not_rostered
        Words that stand for a day without work.
    """
    if isinstance(cell, time | datetime):
        return (("", as_time(cell)),)
    if isinstance(cell, float) and 0 < cell < 1:
        return (("", as_time(cell)),)
    if is_one_of(plain(cell), not_rostered):
        return ()
    if not isinstance(cell, str) or plain(cell).isdecimal():
        return None
    return tuple(_blocks(cell))


def _blocks(text: str) -> Iterator[Block]:
    service, starts = "", None
    for part in map(plain, PARTS.split(text)):
        found = CLOCK.search(part)
        named = (part[: found.start()] if found else part).strip(LOOSE)
        if found and not named:
            behind = CLOCK.sub("", part).strip(LOOSE)
            named = "" if behind[:1].isdecimal() else behind
        if starts is not None and (named[:1].isdecimal() or not named):
            continue        # behind the start stands how long it lasts, or when it ends
        if named and (service or starts is not None):
            yield service, starts
            service, starts = "", None
        service = service or named
        starts = as_time(found[0]) if found else starts
    if service or starts is not None:
        yield service, starts
