"""The one program that simulates a day: it says all the while that it is there, so that no second one does the same."""

import secrets
from contextlib import suppress
from datetime import timedelta
from threading import Event
from types import TracebackType

from dispatchkit.clock import RealClock
from dispatchkit.desk.playback import JOB, LEASE_S, is_moved
from dispatchkit.errors import Refused
from dispatchkit.log import Busy, Log
from dispatchkit.records import DayKey

LEASE_AGAIN_S = 2.0
"""Seconds on the wall after which it says again that it is there."""


class Ended(Exception):
    """The simulation was told to end, or has come to where it should. Everything written is kept."""


class Alone:
    """A day that this program alone simulates, from entering it to leaving it.

    Entering raises Refused where another program simulates the day. Where one was killed, entering waits until its
    lease has ended.

    Parameters
    ----------
    who
        Whose program it is.
    stop
        Set by whoever wants it to end.
    """

    def __init__(self, log: Log, key: DayKey, *, who: str, stop: Event | None = None) -> None:
        self.log, self.key, self.who = log, key, who
        self._stop = stop or Event()
        self._wall = RealClock()
        self._holder_id = secrets.token_hex(8)
        self._until = self._wall.now()

    def __enter__(self) -> "Alone":
        if not self._take() and (is_moved(self.log, self.key, self._wall, self.wait) or not self._take()):
            raise self._another()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(Busy):     # the lease ends by itself
            self.log.leases.release(self.key, JOB, self._holder_id)

    def keep(self) -> None:
        """Say that this program is still there; Ended where it was told to end, Refused where another took over."""
        if self._stop.is_set():
            raise Ended
        if self._wall.now() < self._until - timedelta(seconds=LEASE_S - LEASE_AGAIN_S):
            return
        with suppress(Busy):     # said again the next time
            if not self._take():
                raise self._another()

    def wait(self, for_s: float) -> None:
        """Let so many seconds on the wall pass; Ended where it was told to end meanwhile."""
        if self._stop.wait(for_s):
            raise Ended

    def _take(self) -> bool:
        """Take the day or keep it; say whether it is this program's then."""
        lease = self.log.leases.take(
            self.key, JOB, holder_id=self._holder_id, who=self.who, now=self._wall.now(), for_s=LEASE_S
        )
        self._until = lease.ends
        return lease.holder_id == self._holder_id

    def _another(self) -> Refused:
        return Refused([f"{self.key} is simulated by another program already. Steer it, or end it first."])
