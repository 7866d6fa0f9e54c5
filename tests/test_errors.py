"""Errors say the same wherever they come from."""

import pickle

import pytest

from dispatchkit.errors import Refused, Stale


@pytest.mark.parametrize("error", [Refused(["No roster.", "No fleet."]), Stale(["CX1 left (by jo)."])])
def test_what_another_process_refused_comes_back_whole(error):
    back = pickle.loads(pickle.dumps(error))
    assert (str(back), vars(back)) == (str(error), vars(error))
