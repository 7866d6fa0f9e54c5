"""Dates without a year, as a schedule heads its columns: "Sun, 22/Feb". The weekdays say which year it is."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from dispatchkit.imports.reports.calendar_words import month, weekday
from dispatchkit.records import Record

YEARS_AROUND = 2
"""Years before and after the one at hand that are tried: nobody works by a schedule from farther away."""

MAX_SPAN = timedelta(days=62)
"""No schedule covers more than two months; columns that lie farther apart do not belong together."""

SHAPES = (
    re.compile(r"(?:(?P<weekday>[^\W\d_]+)\.?[,\s]\s*)?(?P<day>\d{1,2})[./\-\s]+(?P<month>[^\W\d_]+)\.?"),
    re.compile(r"(?:(?P<weekday>[^\W\d_]+)\.?[,\s]\s*)?(?P<month>[^\W\d_]+)\.?[./\-\s]+(?P<day>\d{1,2})"),
)
"""“Sun, 22/Feb” and “Sun, Feb 22”: the month is always a word, so day and month cannot be taken for each other."""


class YearlessDay(Record, frozen=True):
    """A day and month, with the weekday that stands beside it: Monday 0 to Sunday 6; None where none does."""

    day: int
    month: int
    weekday: int | None = None

    def of(self, year: int) -> date | None:
        """Give the date of that year; None where the year has no such date, or it falls on another weekday."""
        try:
            made = date(year, self.month, self.day)
        except ValueError:
            return None
        return made if self.weekday in (None, made.weekday()) else None


def yearless(text: str, languages: tuple[str, ...]) -> YearlessDay | None:
    """Read "Sun, 22/Feb", "So., 22. Feb." or "Sunday, Feb 22"; None where the text is no such date."""
    for shape in SHAPES:
        if (found := shape.fullmatch(text.strip())) is None:
            continue
        named, in_month = found["weekday"], month(found["month"], languages)
        on = weekday(named, languages) if named else None
        if in_month is not None and (on is not None or not named):
            return YearlessDay(day=int(found["day"]), month=in_month, weekday=on)
    return None


def dated(days: Sequence[YearlessDay], near: date) -> tuple[date, ...] | None:
    """Give consecutive columns their dates, in the year that makes every weekday right and lies nearest to `near`.

    The columns run forward, so that a week over New Year ends in the year after. None where no year fits.
    """
    years = range(near.year - YEARS_AROUND, near.year + YEARS_AROUND + 1)
    fitting = [dates for year in years if (dates := _from(days, year)) is not None]
    return min(fitting, key=lambda dates: _away(dates, near), default=None)


def _from(days: Sequence[YearlessDay], year: int) -> tuple[date, ...] | None:
    """Date the columns from a first one in `year`."""
    dates: list[date] = []
    for day in days:
        made = day.of(year)
        if dates and (made is None or made <= dates[-1]):
            made = day.of(dates[-1].year + 1)
        if made is None:
            return None
        dates.append(made)
        year = made.year
    return tuple(dates) if dates and dates[-1] - dates[0] <= MAX_SPAN else None


def _away(dates: Sequence[date], near: date) -> timedelta:
    """How far `near` lies outside the dates."""
    return max(dates[0] - near, near - dates[-1], timedelta(0))
