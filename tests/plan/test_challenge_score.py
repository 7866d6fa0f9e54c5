"""Orders of three and four stops, scored by hand."""

import numpy as np
import pytest

from dispatchkit.plan import challenge_score as module
from dispatchkit.plan.challenge_score import challenge_score, nearest_neighbour, sequence_deviation

LINE = np.abs(np.subtract.outer(np.arange(5.0), np.arange(5.0))) * 60
"""The station and four stops on a line, a minute from each to the next."""


def test_the_drivers_own_order_scores_nothing():
    assert challenge_score([0, 1, 2, 3, 4], [0, 1, 2, 3, 4], LINE) == 0.0


def test_the_other_way_round_jumps_nowhere():
    assert challenge_score([0, 1, 2, 3, 4], [0, 4, 3, 2, 1], LINE) == 0.0


def test_two_stops_exchanged():
    # driven 1 2 3 4, proposed 1 3 2 4: jumps of 2, 1 and 2 places, less one each: 2 of at most 4 · 3 / 2 = 6
    assert sequence_deviation([0, 1, 2, 3, 4, 0], [0, 1, 3, 2, 4, 0]) == pytest.approx(2 / 6)
    # two exchanges, each of stops a minute apart, in standard deviations; two edits
    assert challenge_score([0, 1, 2, 3, 4], [0, 1, 3, 2, 4], LINE) == pytest.approx(2 / 6 * (60 / LINE.std()))


def test_the_least_time_counts_as_none():
    # times are shifted so that the least is 0: staying put costs 10 s here, and so a minute 60 s still
    shifted = LINE + 10
    assert challenge_score([0, 1, 2, 3, 4], [0, 1, 3, 2, 4], shifted) == pytest.approx(2 / 6 * (60 / LINE.std()))


def test_one_direction_counts_not_the_other():
    # the driver's stop is the row, the proposed one the column: 2 → 3 and 3 → 2 differ
    times = LINE.copy()
    times[2, 3] = 120
    score = challenge_score([0, 1, 2, 3, 4], [0, 1, 3, 2, 4], times)
    assert score == pytest.approx(2 / 6 * ((120 + 60) / times.std()) / 2)


def test_where_gaps_are_cheap_a_stop_is_left_out_and_put_in_again(monkeypatch):
    # driven 1 2 3 4, proposed 2 3 4 1: four exchanges, or 1 left out at the front and put in at the end
    monkeypatch.setattr(module, "GAP", 0.1)
    score = challenge_score([0, 1, 2, 3, 4], [0, 2, 3, 4, 1], LINE)
    assert score == pytest.approx(sequence_deviation([0, 1, 2, 3, 4, 0], [0, 2, 3, 4, 1, 0]) * 0.2 / 2)


def test_orders_of_other_stops_are_refused():
    with pytest.raises(ValueError, match="same stops"):
        challenge_score([0, 1, 2], [0, 1, 3], LINE)
    with pytest.raises(ValueError, match="same station"):
        challenge_score([0, 1, 2], [1, 0, 2], LINE)


def test_nearest_neighbour_goes_to_what_is_nearest():
    assert nearest_neighbour(np.array([[0, 5, 9, 2], [1, 0, 1, 9], [1, 1, 0, 9], [1, 3, 8, 0]], float)) == (0, 3, 1, 2)
