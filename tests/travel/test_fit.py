import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.travel.calibrated import DEFAULT_CURVE
from dispatchkit.travel.fit import estimates_left_out, fit_curve, fit_routes
from dispatchkit.travel.judge import route_errors

KNOTS = (0.0, 100.0, 1_000.0)


def test_a_curve_without_noise_is_found_again():
    d = np.linspace(0, 2_000, 200)
    curve = fit_curve(d, 10 + np.interp(d, [0, 100, 1_000], [0, 30, 120]) + np.maximum(0, d - 1_000) * 0.1, None, KNOTS)
    assert curve.drive_s == pytest.approx((10, 40, 130))


@given(st.lists(st.tuples(st.floats(0, 5_000), st.floats(0, 3_000)), min_size=1, max_size=60))
def test_whatever_was_recorded_the_curve_never_falls(pairs):
    d, s = np.array(pairs).T
    assert list(fit_curve(d, s, None, KNOTS).drive_s) == sorted(fit_curve(d, s, None, KNOTS).drive_s)


def test_heavier_pairs_are_met_closer():
    d, s = np.array([500.0, 500.0]), np.array([60.0, 120.0])
    assert fit_curve(d, s, [1, 99], KNOTS)(500) == pytest.approx(0.01 * 60 + 0.99 * 120)


def test_unknown_drives_are_not_guessed_over():
    with pytest.raises(ValueError, match="leave unknown pairs out"):
        fit_curve([100.0], [float("nan")])


def test_the_default_curve_is_what_the_ten_real_routes_give(ten_routes):
    assert fit_routes(ten_routes).drive_s == pytest.approx(DEFAULT_CURVE.drive_s, abs=0.06)


def test_on_routes_it_has_not_seen_the_total_drive_is_unbiased(ten_routes):
    table = route_errors(ten_routes, estimates_left_out(ten_routes))
    assert list(table.columns) == ["stops", "recorded_s", "estimated_s", "ratio", "pairs_ratio", "pair_error_s"]
    assert table["stops"].sum() == 1_382
    assert table["ratio"].median() == pytest.approx(1.01, abs=0.01)
    assert table["estimated_s"].sum() / table["recorded_s"].sum() == pytest.approx(1.03, abs=0.01)
