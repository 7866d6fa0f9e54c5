"""Dates, however a file writes them: the month by name or by figure, with or without weekday and year, or a serial."""

import math
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from dispatchkit.imports.sheets.cells import Cell, plain

Order: TypeAlias = Literal["month", "day"]
"""Which of two figures stands first where the month is not named."""

Pair: TypeAlias = tuple[int, int]

YEARS = range(2000, 2100)
"""Years in which anything of a DSP lies; two figures stand for one of these."""

SERIAL_ZERO = date(1899, 12, 30)
"""Day 0 of a spreadsheet's dates."""

SERIALS = range((date(2000, 1, 1) - SERIAL_ZERO).days, (date(2100, 1, 1) - SERIAL_ZERO).days)

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

TIME_BEHIND = re.compile(r"(?<=\d)(?:[t,]? *|, *)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)? *(?:[ap]\.?m\.?)?.*$")
"""A time of day behind a date, with its zone: it says nothing about the date."""

PARTS = re.compile(r"\d+|[a-z]+")
WHOLE = re.compile(r"[\w\s,./'’-]+")
ORDINALS = frozenset({"st", "nd", "rd", "th", "of"})


def as_date(cell: Cell, order: Order = "month", *, near: date | None = None) -> date | None:
    """Read a date.

    Parameters
    ----------
    order
        Which figure stands first where the month is not named (see `order_of`).
    near
        The day to which a date without a year is to be close; without it, such a date cannot be read.
    """
    if isinstance(cell, datetime):
        return _in_years(cell.date())
    if isinstance(cell, date):
        return _in_years(cell)
    if isinstance(cell, bool) or cell is None:
        return None
    text = plain(cell)
    if isinstance(cell, int | float) or (text.isdecimal() and len(text) == 5):
        days = float(cell) if isinstance(cell, int | float) else float(text)
        return SERIAL_ZERO + timedelta(days=int(days)) if math.isfinite(days) and int(days) in SERIALS else None
    written = _written(text)
    return None if written is None else written.in_order(order, near)


def order_of(cells: Iterable[Cell], *, day_first: bool) -> tuple[Order, bool]:
    """Decide over a whole column which figure stands first, and whether that is certain.

    A figure above 12 cannot be a month. Where no cell tells, `day_first` does; that is certain only where both
    readings come to the same, or there is nothing to decide.
    """
    custom: Order = "day" if day_first else "month"
    open_dates = [w for w in map(_written_cell, cells) if w is not None and w.first_two is not None]
    months_first = [w for w in open_dates if w.in_order("day", w.anyday) is None]
    days_first = [w for w in open_dates if w.in_order("month", w.anyday) is None]
    if bool(months_first) != bool(days_first):
        return ("month" if months_first else "day"), True
    certain = all(w.first_two is not None and w.first_two[0] == w.first_two[1] for w in open_dates)
    return custom, certain and not months_first


class _Written:
    """A date taken apart: year, month and day as far as they are told apart, else the two figures in their order."""

    anyday = date(2024, 7, 1)
    """Some day, to complete a year where only day and month matter."""

    def __init__(self, year: int | None, month_day: Pair | None, first_two: Pair | None, weekday: int | None) -> None:
        self.year = year
        self.month_day = month_day
        self.first_two = first_two
        self.weekday = weekday

    def in_order(self, order: Order, near: date | None) -> date | None:
        month, day = self.month_day or self.first_two or (0, 0)
        if self.month_day is None and order == "day":
            month, day = day, month
        if self.year is not None:
            return _made(self.year, month, day)
        made = (_made(year, month, day) for year in YEARS) if near else ()
        fitting = [d for d in made if d is not None and self.weekday in (None, d.weekday())]
        return min(fitting, key=lambda d: abs(d - (near or d)), default=None)


def _written_cell(cell: Cell) -> _Written | None:
    return _written(plain(cell)) if isinstance(cell, str) else None


def _written(text: str) -> _Written | None:
    lowered = TIME_BEHIND.sub("", text.casefold())
    if not WHOLE.fullmatch(lowered):
        return None
    if lowered.isdecimal() and len(lowered) == 8:
        return _Written(int(lowered[:4]), (int(lowered[4:6]), int(lowered[6:])), None, None)
    weekday, month, figures = None, None, list[str]()
    for part in PARTS.findall(lowered):
        if part.isdecimal():
            figures.append(part)
        elif (number := _named(part, WEEKDAYS)) is not None and weekday is None:
            weekday = number
        elif (number := _named(part, MONTHS)) is not None and month is None:
            month = number + 1
        elif part not in ORDINALS:
            return None
    return _placed(figures, month, weekday)


def _placed(figures: list[str], month: int | None, weekday: int | None) -> _Written | None:
    """Tell year, month and day from one another, as far as their places and lengths do."""
    if any(len(f) > 4 or len(f) == 3 for f in figures):
        return None
    numbers = [int(f) for f in figures]
    long = [i for i, f in enumerate(figures) if len(f) == 4]
    match figures, month:
        case [_, _, _], None if long == [0]:
            return _Written(numbers[0], (numbers[1], numbers[2]), None, weekday)
        case [_, _, _], None if long in ([2], []):
            return _Written(_year(figures[2]), None, (numbers[0], numbers[1]), weekday)
        case [_, _], int() if long == [0]:
            return _Written(numbers[0], (month, numbers[1]), None, weekday)
        case [_, _], int() if long in ([1], []):
            return _Written(_year(figures[1]), (month, numbers[0]), None, weekday)
        case [_], int() if not long:
            return _Written(None, (month, numbers[0]), None, weekday)
        case [_, _], None if not long:
            return _Written(None, None, (numbers[0], numbers[1]), weekday)
        case _:
            return None


def _year(figures: str) -> int:
    return int(figures) + (YEARS.start if len(figures) <= 2 else 0)


def _named(word: str, names: tuple[str, ...]) -> int | None:
    """Place of the name that the word is or shortens, to three letters at least."""
    return next((i for i, name in enumerate(names) if len(word) >= 3 and name.startswith(word)), None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return _in_years(date(year, month, day))
    except ValueError:
        return None


def _in_years(day: date) -> date | None:
    return day if day.year in YEARS else None
