from dispatchkit.bench.routing.challenge import measured
from dispatchkit.station import load
from tests.small_challenge import challenge, write_challenge


def test_a_folder_with_drivers_orders_is_scored_three_ways(tmp_path):
    figures = measured(write_challenge(tmp_path), load())
    assert list(figures["challenge_scores"].values()) == [figures["challenge_score_mean"]]
    assert figures["challenge_score_nn_mean"] is not None
    assert figures["challenge_score_driving_mean"] is not None


def test_a_folder_without_them_has_no_score(tmp_path):
    files = challenge()
    del files["actual_sequences.json"]
    assert measured(write_challenge(tmp_path, files), load())["challenge_score_mean"] is None
