"""Work elsewhere: it comes back, fails in words, is cancelled, and is not left behind by a page that dies."""

import asyncio
import os
import signal
import sys
import time

import pytest

from dispatchkit.errors import Refused, WorkbenchError
from dispatchkit.workers import workers
from tests.killed import ends, left_by_killed
from widgets.background import Background

AGES_S = 600.0


def doubled(number):
    return 2 * number


def refuse():
    raise Refused(["Van 7 has no DVIC today."])


class Strange(Exception):
    """Does not come back from pickle."""

    def __init__(self, one, two):
        super().__init__(f"{one} and {two}")


def fail_strangely():
    raise Strange("this", "that")


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def counts_until_it_is_enough(first, *, told, enough):
    """Tell every number from `first` on until somebody has heard enough; return the last one."""
    while not enough():
        told(first)
        first += 1
        time.sleep(0.01)
    return f"ended after {first}"


def in_a_page(work, *args, then=None, so_far=None):
    """Run work as a page does, with a loop that goes on meanwhile; return what came back."""
    came = []

    async def page():
        background = Background()
        hear = None if so_far is None else lambda said: so_far(background, said)
        background.start(work, *args, done=came.append, failed=came.append, so_far=hear)
        assert background.is_working
        if then is not None:
            then(background)
        while background.is_working:
            await asyncio.sleep(0.01)

    asyncio.run(page())
    return came


def test_what_was_worked_out_comes_back():
    assert in_a_page(doubled, 21) == [42]


def test_without_a_loop_the_page_waits():
    came = []
    Background().start(doubled, 4, done=came.append, failed=came.append)
    assert came == [8]


def test_what_it_raised_comes_back_as_it_is():
    (error,) = in_a_page(refuse)
    assert error.reasons == ("Van 7 has no DVIC today.",)


def test_an_error_that_cannot_travel_comes_back_in_words():
    (error,) = in_a_page(fail_strangely)
    assert str(error) == "Strange: this and that"


def test_work_that_is_killed_is_said_and_not_waited_for_for_ever():
    (error,) = in_a_page(die)
    assert isinstance(error, WorkbenchError)
    assert "Try again" in str(error)


def test_cancelled_work_says_nothing_any_more():
    assert in_a_page(time.sleep, AGES_S, then=lambda background: background.cancel()) == []


def test_work_tells_how_far_it_is_and_ends_with_what_it_has_when_that_is_enough():
    heard = []

    def hear(background, said):
        heard.append(said)
        if len(heard) == 3:
            background.enough()

    (answer,) = in_a_page(counts_until_it_is_enough, 5, so_far=hear)
    assert heard[:3] == [5, 6, 7]
    assert answer.startswith("ended after")


def test_nothing_is_enough_where_nothing_is_worked_at():
    Background().enough()


def with_a_worker_of_its_own():
    """Work that has a process of its own."""
    with workers(1) as pool:
        return pool.submit(doubled, 3).result()


def test_work_may_have_processes_of_its_own():
    assert in_a_page(with_a_worker_of_its_own) == [6]


PAGE = """
import sys, time
from widgets.background import Background
if __name__ == "__main__":
    import asyncio
    async def page():
        background = Background()
        background.start(time.sleep, 600.0, done=print, failed=print)
        print(background._process.pid, flush=True)
        await asyncio.sleep(600)
    asyncio.run(page())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_a_page_that_is_killed_leaves_no_work_behind(tmp_path):
    assert ends(left_by_killed(PAGE, tmp_path))
