"""A stretch that has run long already comes to more, and never to less than it has run."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import log_ndtr, ndtr

from dispatchkit.pace.running import expected_whole_s

ran = st.floats(0, 50_000)
spread_share = st.floats(0.05, 1.5)


@given(ran, st.floats(10, 3_000), spread_share)
def test_it_is_the_mean_of_a_lognormal_beyond_what_it_has_run(run_s, mean_s, share):
    whole_s, weight = expected_whole_s(np.array([run_s]), np.array([mean_s]), np.array([(share * mean_s) ** 2]))
    variance = np.log1p(share**2)
    sd = np.sqrt(variance)
    z = (np.log(max(run_s, 1e-3) / mean_s) + variance / 2) / sd
    assert weight[0] == pytest.approx(ndtr(z), abs=1e-12)
    assert whole_s[0] >= run_s
    if z < 36:
        assert whole_s[0] == pytest.approx(max(run_s, mean_s * np.exp(log_ndtr(sd - z) - log_ndtr(-z))), rel=1e-6)


def test_what_has_run_beyond_all_reckoning_takes_no_longer_than_it_has_run():
    whole_s, weight = expected_whole_s(np.array([1e9]), np.array([60.0]), np.array([1.0]))
    assert (whole_s[0], weight[0]) == (1e9, 1.0)
