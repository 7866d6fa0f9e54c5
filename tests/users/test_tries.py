"""Guessing is slowed down: a few tries are free, then every further one waits longer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatchkit.station import load
from dispatchkit.users import WrongTries

RULES = load().sign_in
FREE = RULES.free_tries_count


@pytest.fixture
def tries():
    return WrongTries(RULES)


def wrong(tries, times, who="maria", at_s=0.0):
    for _ in range(times):
        tries.began(who, at_s)


def test_a_few_wrong_passwords_cost_no_wait(tries):
    wrong(tries, FREE - 1)
    assert tries.wait_s("maria", 0.0, FREE) == 0


def test_then_every_wait_is_twice_the_one_before_up_to_the_longest(tries):
    waits = []
    wrong(tries, FREE)
    for _ in range(12):
        waits.append(tries.wait_s("maria", 0.0, FREE))
        wrong(tries, 1)
    assert waits[:3] == [RULES.first_wait_s, 2 * RULES.first_wait_s, 4 * RULES.first_wait_s]
    assert waits[-1] == RULES.longest_wait_s


def test_a_wait_runs_off(tries):
    wrong(tries, FREE)
    assert tries.wait_s("maria", RULES.first_wait_s / 2, FREE) == RULES.first_wait_s / 2
    assert tries.wait_s("maria", RULES.first_wait_s, FREE) == 0


def test_one_name_waits_and_another_does_not(tries):
    wrong(tries, FREE)
    assert tries.wait_s("jo", 0.0, FREE) == 0


def test_the_right_password_forgets_what_was_wrong_before(tries):
    wrong(tries, FREE)
    tries.was_right("maria")
    assert tries.wait_s("maria", 0.0, FREE) == 0


def test_an_address_does_not_get_its_wrong_tries_forgiven_by_one_right_one(tries):
    wrong(tries, FREE + 1, "10.0.0.9")
    tries.take_back("10.0.0.9")
    assert tries.wait_s("10.0.0.9", 0.0, FREE) == RULES.first_wait_s


def test_old_tries_are_forgotten(tries):
    wrong(tries, FREE + 20)
    assert tries.wait_s("maria", RULES.forget_s + 1, FREE) == 0
    wrong(tries, 1, at_s=RULES.forget_s + 1)
    assert tries.wait_s("maria", RULES.forget_s + 1, FREE) == 0


@given(st.lists(st.tuples(st.sampled_from(["maria", "jo"]), st.floats(0, 10_000)), max_size=60), st.integers(1, 20))
def test_no_wait_is_negative_or_beyond_the_longest(steps, free):
    tries, now_s = WrongTries(RULES), 0.0
    for who, passes_s in steps:
        now_s += passes_s
        tries.began(who, now_s)
        assert 0 <= tries.wait_s(who, now_s, free) <= RULES.longest_wait_s
