"""What the solvers' tests share."""

import pytest

from tests.small_town import Town


@pytest.fixture
def town() -> Town:
    return Town()


class CountingClock:
    """A second is a call: searches by this clock end after the same number of rounds on every machine."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> float:
        self.calls += 1
        return float(self.calls)


@pytest.fixture
def counting_clock() -> type[CountingClock]:
    return CountingClock
