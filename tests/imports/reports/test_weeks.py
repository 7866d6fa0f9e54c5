"""Weeks, however files write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.imports.reports.weeks import as_week, in_name


@pytest.mark.parametrize(
    ("written", "week"),
    [
        ("2026-W08", "2026-W08"), ("2026-W8", "2026-W08"), ("2026-08", "2026-W08"), ("202608", "2026-W08"),
        ("2026 Week 8", "2026-W08"), ("Week 8, 2026", "2026-W08"), ("W08-2026", "2026-W08"), ("8/2026", "2026-W08"),
        ("2026-W00", None), ("2026-W54", None), ("W08", None), ("soon", None),
    ],
)  # fmt: skip
def test_a_week_is_written_in_one_way(written, week):
    assert as_week(written) == week


def test_a_week_without_a_year_needs_one():
    assert (as_week("Week 8", 2026), as_week("8", 2026)) == ("2026-W08", "2026-W08")


@given(st.integers(2000, 2099), st.integers(1, 53))
def test_every_week_reads_back_as_it_is_written(year, number):
    written = f"{year}-W{number:02}"
    assert as_week(written) == written
    assert in_name(f"DSP_Overview_DXX1_{written}.csv") == number


@pytest.mark.parametrize("name", ["overview.csv", "Network20.csv", "wk99.csv", "2026-02-22.csv"])
def test_a_name_without_a_week_has_none(name):
    assert in_name(name) is None
