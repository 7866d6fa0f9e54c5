"""Weeks as files write them: in a Week column, and in the file's own name, which proves nothing."""

import re

WEEKS = range(1, 54)

YEAR_THEN_WEEK = re.compile(r"(?P<year>20\d{2})[-_/ ]{0,3}(?:week|wk|w)?[-_ .]{0,2}(?P<week>\d{1,2})", re.IGNORECASE)
"""2026-W08, 2026-8, 2026 Week 8, 202608."""

WEEK_THEN_YEAR = re.compile(r"(?:week|wk|w)?[-_ .]{0,2}(?P<week>\d{1,2})[-_/, ]{1,3}(?P<year>20\d{2})", re.IGNORECASE)
"""Week 8, 2026; W08-2026; 8/2026."""

ALONE = re.compile(r"(?:week|wk|w)?[-_ .]{0,2}(?P<week>\d{1,2})", re.IGNORECASE)
"""Week 8, W08, 8: the year stands elsewhere."""

IN_NAME = re.compile(r"(?<![a-z])(?:week|wk|w)[-_ .]?(?P<week>\d{1,2})(?!\d)", re.IGNORECASE)
"""Week-08-Schedule.xlsx, Overview_2026-W08.csv."""


def as_week(text: str, year: int | None = None) -> str | None:
    """Write a week as "2026-W08"; None where it is none, or has no year and `year` is not known either."""
    found = YEAR_THEN_WEEK.fullmatch(text) or WEEK_THEN_YEAR.fullmatch(text)
    if found is not None:
        year = int(found["year"])
    else:
        found = ALONE.fullmatch(text)
    if found is None or year is None or int(found["week"]) not in WEEKS:
        return None
    return f"{year}-W{int(found['week']):02}"


def in_name(file: str) -> int | None:
    """Take the number of the week that a file's name speaks of."""
    found = IN_NAME.search(file)
    return int(found["week"]) if found and int(found["week"]) in WEEKS else None
