import numpy as np
import pytest

from dispatchkit.pace.calibration import LEAST_CASES, BadCalibration, calibration, fit_rows


def test_eighty_of_a_hundred_new_cases_lie_inside_whatever_the_shape():
    chance = np.random.default_rng(1)
    past, new = chance.exponential(size=(2, 20_000)) - 0.3
    table = calibration(fit_rows(np.full(20_000, 50), past))
    median, below, above = table.of(50)
    inside = (new >= median - 1.2816 * below) & (new <= median + 1.2816 * above)
    assert inside.mean() == pytest.approx(0.8, abs=0.01)
    assert above > below


def test_a_bucket_with_few_cases_takes_what_the_next_one_with_more_stops_has():
    chance = np.random.default_rng(2)
    many = chance.normal(0.5, 2, 5_000)
    left = np.concatenate([np.full(LEAST_CASES - 1, 5), np.full(5_000, 20)])
    table = calibration(fit_rows(left, np.concatenate([np.zeros(LEAST_CASES - 1), many])))
    assert table.of(5) == table.of(20)


def test_the_profiles_own_rows_stretch_spreads_by_less_than_half(station):
    table = calibration(station.forecast.calibration)
    for stops in (0, 9, 10, 75, 200):
        median, below, above = table.of(stops)
        assert abs(median) < 0.25
        assert 0.7 < below < 1.4
        assert 0.7 < above < 1.4


@pytest.mark.parametrize("rows", [("ten: 0 1 1",), ("10: 0 1 1",), (), ("0: 0 1 1", "0: 0 1 1"), ("0: 0 -1 1",)])
def test_rows_that_say_nothing_are_refused(rows):
    with pytest.raises(BadCalibration, match="calibration"):
        calibration(rows)
