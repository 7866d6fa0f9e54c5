from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.road import draws


@given(st.integers(), st.lists(st.text(), max_size=3))
def test_a_uniform_draw_lies_strictly_between_0_and_1_and_never_changes(seed, about):
    assert 0 < draws.uniform(seed, *about) < 1
    assert draws.uniform(seed, *about) == draws.uniform(seed, *about)


def test_words_that_run_together_are_not_the_same_draw():
    assert draws.uniform(1, "CX1", "2") != draws.uniform(1, "CX", "12")


def test_a_lognormal_factor_has_mean_1_and_the_spread_asked_for():
    factors = [draws.lognormal(0.58, 1, str(k)) for k in range(20_000)]
    assert fmean(factors) == pytest.approx(1, abs=0.02)
    assert stdev(factors) == pytest.approx(0.58, abs=0.03)


def test_without_spread_a_factor_is_1():
    assert draws.lognormal(0, 1, "stop") == 1


def test_a_share_of_cases_happens():
    assert fmean(draws.happens(0.2, 3, str(k)) for k in range(5_000)) == pytest.approx(0.2, abs=0.02)
    assert not any(draws.happens(0, 3, str(k)) for k in range(100))


def test_every_option_is_chosen_now_and_then():
    assert {draws.choice("abc", 1, str(k)) for k in range(100)} == set("abc")


def test_nothing_can_be_chosen_from_nothing():
    with pytest.raises(ValueError, match="at least one"):
        draws.choice((), 1)
