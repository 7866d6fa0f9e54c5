"""A day whose time a simulator moves, as far as a page or a desk can tell: its lease and its playback are there."""

from contextlib import contextmanager
from threading import Event, Thread

from dispatchkit.clock import RealClock
from dispatchkit.desk.playback import JOB, LISTENS_EVERY_S


def moved(log, key, *, at, speed=10, for_s=3600):
    """Let a day be simulated from an instant on, for the next so many seconds on the wall."""
    _says_it_is_there(log, key, for_s)
    log.playbacks.begin(key, speed=speed, at=at, who="run-day")


def died(log, key):
    """Let nobody simulate it any more."""
    log.leases.release(key, JOB, "simulator")


@contextmanager
def kept_alive(log, key):
    """The simulator says again and again that it is there."""
    ended = Event()

    def live():
        while not ended.wait(LISTENS_EVERY_S):
            _says_it_is_there(log, key, 3600)

    _says_it_is_there(log, key, 3600)
    thread = Thread(target=live)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        died(log, key)


def _says_it_is_there(log, key, for_s):
    log.leases.take(key, JOB, holder_id="simulator", who="run-day", now=RealClock().now(), for_s=for_s)
