"""The pace board's lines in the words of the board."""

from dispatchkit.pace.ladder import Rung
from widgets.pace_table import STEPS


def test_every_rung_that_asks_for_something_has_its_words():
    assert set(STEPS) == set(Rung)
