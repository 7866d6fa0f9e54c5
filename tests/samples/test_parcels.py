from datetime import UTC, date, datetime
from random import Random
from statistics import fmean, median

import pytest

from dispatchkit.samples.parcels import parcels, window

DAY = date(2026, 3, 14)


def test_parcels_have_the_measured_shape():
    loads = parcels(5_000, Random(1))
    each = [p for load in loads for p in load]
    assert fmean(map(len, loads)) == pytest.approx(1.67, abs=0.05)
    assert median(p.volume_cm3 for p in each) == pytest.approx(5_742, rel=0.05)
    assert fmean(p.volume_cm3 for p in each) == pytest.approx(11_558, rel=0.12)
    assert median(p.service_s for p in each) == pytest.approx(47, rel=0.1)


def test_a_tenth_of_the_packages_have_a_window_and_the_plan_meets_it():
    planned_at = datetime(2026, 3, 14, 17, tzinfo=UTC)
    windows = [w for k in range(3_000) if (w := window(planned_at, DAY, "America/Chicago", Random(k)))]
    assert len(windows) / 3_000 == pytest.approx(0.10, abs=0.02)
    assert all(w.opens <= planned_at < w.closes for w in windows)


def test_a_service_planned_when_no_window_is_open_has_none():
    deep_night = datetime(2026, 3, 14, 9, tzinfo=UTC)
    assert {window(deep_night, DAY, "America/Chicago", Random(k)) for k in range(100)} == {None}
