"""What is measured runs in a process of its own, is weighed, and is heard where it breaks off."""

import os
import time
from functools import partial

import numpy as np
import pytest

from dispatchkit.bench.routing.fresh_process import measured
from dispatchkit.errors import WorkbenchError

MB = 10**6


def hold(size_mb):
    held = np.ones(size_mb * MB // 8)
    time.sleep(0.8)
    return float(held[0])


def refuse():
    raise WorkbenchError("The vans are not there. Bring them.")


def test_memory_that_is_held_is_seen_and_ours_is_not():
    mine = np.ones(100 * MB // 8)
    found, peak_mb, took_s = measured(partial(hold, 200))
    assert found == 1.0
    assert 200 < peak_mb < 200 + mine.nbytes / MB
    assert took_s > 0.8


def test_what_is_refused_there_is_refused_here():
    with pytest.raises(WorkbenchError, match="Bring them"):
        measured(refuse)


def test_a_process_that_was_killed_is_told_with_what_it_held():
    with pytest.raises(WorkbenchError, match="ended before its time"):
        measured(partial(os._exit, 9))
