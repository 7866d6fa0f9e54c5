import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from dispatchkit.errors import Damaged
from widgets.heartbeat import Heartbeat
from widgets.status import Status


class Watch:
    """A clock that a test winds by hand."""

    def __init__(self):
        self.s = 0.0

    def __call__(self):
        return self.s


def tell(story):
    """Run a story's coroutine in a thread of its own: a browser may hold this thread's loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, story()).result()


async def until(holds):
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.001)


def ping(heartbeat):
    heartbeat._heard(heartbeat, {"event": "ping"}, [])


@pytest.mark.parametrize("gone_after_s", [60, 15])
def test_a_patience_that_takes_hidden_for_gone_is_refused(gone_after_s):
    with pytest.raises(ValueError, match="60"):
        Heartbeat(gone_after_s=gone_after_s)


def test_every_ping_is_answered_with_the_stations_time(sent):
    async def story():
        heartbeat = Heartbeat(time_text=lambda: "13:02")
        messages = sent(heartbeat)
        ping(heartbeat)
        ping(heartbeat)
        assert messages == [{"op": "pong", "time": "13:02"}] * 2

    tell(story)


def test_alive_at_the_first_ping_gone_after_silence_alive_again_when_it_comes_back():
    async def story():
        watch, heard = Watch(), []
        heartbeat = Heartbeat(gone_after_s=100, monotonic=watch)
        heartbeat.on_alive(lambda: heard.append("alive"))
        heartbeat.on_gone(lambda: heard.append("gone"))
        ping(heartbeat)
        watch.s = 100
        heartbeat.check()
        assert heard == ["alive"]
        watch.s = 101
        heartbeat.check()
        heartbeat.check()
        ping(heartbeat)
        assert heard == ["alive", "gone", "alive"]

    tell(story)


def test_a_loop_runs_only_while_the_browser_answers():
    async def story():
        watch, looks = Watch(), []
        heartbeat = Heartbeat(gone_after_s=100, period_s=0.001, monotonic=watch)
        heartbeat.follow(lambda: looks.append(1), 0.001, Status())
        await asyncio.sleep(0.01)
        assert looks == []
        ping(heartbeat)
        await until(lambda: len(looks) >= 3)
        watch.s = 101
        await until(lambda: not heartbeat.is_alive)
        await asyncio.sleep(0)
        seen = len(looks)
        await asyncio.sleep(0.02)
        assert len(looks) == seen
        ping(heartbeat)
        await until(lambda: len(looks) > seen)

    tell(story)


def test_coroutines_are_followed_too_and_a_failing_look_is_told_and_tried_again():
    async def story():
        status, tries = Status(), []

        async def look():
            tries.append(1)
            if len(tries) == 1:
                raise Damaged("The chain of 14 March does not verify. Restore a backup.")

        said = []
        status.observe(lambda change: said.append(change["new"]), "text")
        heartbeat = Heartbeat()
        heartbeat.follow(look, 0.001, status)
        ping(heartbeat)
        await until(lambda: len(tries) >= 2 and said[-1] == "")
        assert said == ["The chain of 14 March does not verify. Restore a backup.", ""]

    tell(story)


def test_a_loop_that_never_waits_is_refused():
    with pytest.raises(ValueError, match="0"):
        Heartbeat().follow(lambda: None, 0, Status())
