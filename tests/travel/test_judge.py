import numpy as np
import pytest

from dispatchkit.travel.fit import estimates_left_out
from dispatchkit.travel.judge import band_errors, driven, route_bands, route_errors
from dispatchkit.travel.recorded import RecordedTravel


def test_a_round_goes_from_place_to_place_and_home():
    assert np.argwhere(driven(3)).tolist() == [[0, 1], [1, 2], [2, 0]]


def test_pairs_are_judged_in_bands_of_distance():
    table = band_errors(
        np.array([50.0, 60.0, 500.0]), np.array([10.0, 0.0, 100.0]), np.array([12.0, 5.0, 80.0]),
        np.array([True, False, False]),
    )  # fmt: skip
    assert table["from_m"].tolist() == [0, 300]
    assert table["pairs"].tolist() == [2, 1]
    assert table["ratio"].tolist() == pytest.approx([1.7, 0.8])
    assert table["error_pct"].tolist() == pytest.approx([20, 20])       # a pair of no drive has no percentage
    assert table["driven"].tolist() == [1, 0]
    assert table["driven_ratio"].tolist() == pytest.approx([1.2, float("nan")], nan_ok=True)


def test_no_pairs_make_a_table_that_keeps_its_columns():
    none = np.array([])
    assert list(band_errors(none, none, none, none.astype(bool)).columns)[:3] == ["from_m", "to_m", "pairs"]
    assert "ratio" in route_errors([], []).columns


def test_an_estimate_that_is_exact_is_called_so():
    route = RecordedTravel(["s", "a", "b"], [41.9, 41.91, 41.92], [-88.0] * 3, [[0, 60, 90], [61, 0, 50], [95, 55, 0]])
    (row,) = route_errors([route], [route.seconds]).to_dict("records")
    assert (row["stops"], row["recorded_s"], row["ratio"], row["pair_error_s"]) == (2, 60 + 50 + 95, 1, 0)
    assert route_bands([route], [route.seconds])["error_pct"].tolist() == [0]


def test_one_route_alone_cannot_be_judged():
    route = RecordedTravel(["s", "a"], [41.9, 41.91], [-88.0] * 2, [[0, 60], [61, 0]])
    with pytest.raises(ValueError, match="two routes or more"):
        estimates_left_out([route])
