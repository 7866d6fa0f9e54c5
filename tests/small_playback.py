"""A day whose time a simulator moves, as far as a page or a desk can tell: its lease and its playback are there."""

from dispatchkit.clock import RealClock
from dispatchkit.desk.playback import JOB


def moved(log, key, *, at, speed=10, for_s=3600):
    """Let a day be simulated from an instant on, for the next so many seconds on the wall."""
    log.leases.take(key, JOB, holder_id="simulator", who="run-day", now=RealClock().now(), for_s=for_s)
    log.playbacks.begin(key, speed=speed, at=at, who="run-day")


def died(log, key):
    """Let nobody simulate it any more."""
    log.leases.release(key, JOB, "simulator")
