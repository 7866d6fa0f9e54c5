"""Workers leave Ctrl-C to whoever started them, and end with it in the middle of their work."""

import os
import signal
import sys
import time
from multiprocessing import active_children

import pytest

from dispatchkit.workers import workers
from tests.killed import ends, left_by_killed

AGES_S = 600.0


def interrupted():
    """Ctrl-C, as a worker hears it."""
    os.kill(os.getpid(), signal.SIGINT)
    return "went on"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals for single programs.")
def test_a_worker_takes_no_notice_of_an_interrupt():
    with workers(1) as pool:
        assert pool.submit(interrupted).result(timeout=60) == "went on"


def given_up():
    """Somebody gives up while the workers are at it."""
    with workers(2) as pool:
        future = pool.submit(time.sleep, AGES_S)
        while not future.running():
            time.sleep(0.01)
        raise KeyboardInterrupt


def test_workers_end_at_once_with_what_they_work_for():
    before = set(active_children())
    with pytest.raises(KeyboardInterrupt):
        given_up()
    assert set(active_children()) <= before


PROGRAM = """
import os, time
from dispatchkit.workers import workers
if __name__ == "__main__":
    with workers(1) as pool:
        print(pool.submit(os.getpid).result(), flush=True)
        pool.submit(time.sleep, 600.0)
        time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_program_that_is_killed_leaves_no_worker_behind(tmp_path):
    assert ends(left_by_killed(PROGRAM, tmp_path))
