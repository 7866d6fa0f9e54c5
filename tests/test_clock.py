"""Clocks: real, frozen, fast."""

from datetime import UTC, datetime, timedelta

import pytest

from dispatchkit.clock import FastClock, FrozenClock, RealClock

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)


def test_the_real_clock_is_utc():
    assert RealClock().now().utcoffset() == timedelta(0)


def test_a_frozen_clock_stands_until_it_is_set():
    clock = FrozenClock(NOON)
    assert clock.now() == clock.now() == NOON
    clock.set(NOON + timedelta(hours=1))
    assert clock.now() == NOON + timedelta(hours=1)


def test_a_fast_clock_runs_ahead():
    clock = FastClock(NOON, speed=100_000)
    first = clock.now()
    while clock.now() < first + timedelta(seconds=1):
        pass
    assert clock.now() > NOON


@pytest.mark.parametrize("speed", [0, -1, float("nan")])
def test_a_clock_that_does_not_run_forward_is_refused(speed):
    with pytest.raises(ValueError, match="speed"):
        FastClock(NOON, speed=speed)


@pytest.mark.parametrize("make", [FrozenClock, lambda at: FastClock(at, 2)])
def test_a_clock_needs_an_aware_instant(make):
    with pytest.raises(ValueError, match="aware"):
        make(NOON.replace(tzinfo=None))
