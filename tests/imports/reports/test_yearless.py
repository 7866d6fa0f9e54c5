"""Dates without a year find theirs by their weekdays."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.imports.reports.calendar_words import month, weekday
from dispatchkit.imports.reports.yearless import YearlessDay, dated, yearless
from dispatchkit.station import load

LANGUAGES = load().words.languages


@given(st.dates(date(2020, 1, 1), date(2030, 12, 1)), st.integers(1, 14), st.integers(-150, 150))
def test_the_dates_of_any_week_are_found_again_from_their_weekdays(first, n, away):
    days = [first + timedelta(days=i) for i in range(n)]
    written = [yearless(f"{d:%a}, {d.day:02}/{d:%b}", LANGUAGES) for d in days]
    assert dated(written, first + timedelta(days=away)) == tuple(days)


@pytest.mark.parametrize("text", ["", "Total", "22", "Xyz, 22/Feb", "Sun, 22/Foo", "So, it is 22/Feb"])
def test_other_headers_are_no_dates(text):
    assert yearless(text, LANGUAGES) is None


def test_a_leap_day_waits_for_its_year():
    assert dated([YearlessDay(day=29, month=2)], date(2025, 6, 1)) == (date(2024, 2, 29),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_a_day_or_month_keeps_its_meaning_beside_the_other_languages(language):
    first = date(2026, 1, 5)
    for n in range(12):
        day = first.replace(month=n + 1)
        for width in ("EEE", "EEEE"):
            assert weekday(format_date(day, width, language), LANGUAGES) == day.weekday()
        for width in ("MMM", "MMMM", "LLL", "LLLL"):
            assert month(format_date(day, width, language), LANGUAGES) == day.month
