"""The time of a day that is simulated while people look on: it runs, stands still or steps as its playback says."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from threading import Event

import msgspec

from dispatchkit.clock import Clock, FastClock, FrozenClock, RealClock
from dispatchkit.desk.playback import JOB, LEASE_S
from dispatchkit.errors import Refused
from dispatchkit.log import Busy, Log
from dispatchkit.log.playback import Playback
from dispatchkit.records import DayKey

LOOK_EVERY_S = 2.0
"""Seconds on the wall between two looks at the road: so often an open page has something to move."""

LEAST_STEP = timedelta(seconds=10)
"""Of the day, between two looks; positions and stops do not come faster."""

STRIDE = timedelta(minutes=1)
"""Of the day, between two looks where it goes on at once."""

LISTENS_EVERY_S = 0.25
"""Seconds on the wall after which it sees whether somebody wants something else."""

LEASE_AGAIN_S = 4.0
"""Seconds on the wall after which it says again that it is there."""

Needs = Callable[[], frozenset[str]]
"""Ids of what needs a person on the day as it stands."""


class Ended(Exception):
    """The simulation was told to end, or has come to where it should. Everything written is kept."""


class Player:
    """Lets a day's time run, and tells everybody where it stands.

    Parameters
    ----------
    speed
        To begin with; whoever sits at a page may change it.
    needs
        Asked while it looks for the next thing that needs a person.
    stop
        Set by whoever wants it to end.
    """

    def __init__(
        self, log: Log, key: DayKey, *, speed: float, who: str, needs: Needs, stop: Event, wall: Clock | None = None
    ) -> None:  # fmt: skip
        self._log, self._key, self._speed, self._who = log, key, speed, who
        self._needs, self._stop = needs, stop
        self._wall = wall or RealClock()
        self._holder_id = secrets.token_hex(8)
        self._lease_until = self._wall.now()
        self._clock: Clock = FrozenClock(self._wall.now())
        self._as_said: Playback | None = None
        self._stands_at = self._wall.now()
        self._known_needs: frozenset[str] | None = None

    @contextmanager
    def playing(self, at: datetime) -> Iterator[None]:
        """Let the day run from an instant on; Refused where another program simulates it already."""
        self._keep_lease()
        self._log.playbacks.begin(self._key, speed=self._speed, at=at, who=self._who)
        self._stands_at, self._clock = at, FastClock(at, self._speed)
        try:
            yield
        finally:
            with suppress(Busy):     # the lease ends by itself, and the next one begins anew
                if self._as_said is not None and self._as_said.goal:
                    self._log.playbacks.arrived(self._key, self._as_said.goal)
                self._log.leases.release(self._key, JOB, self._holder_id)

    def wait_for(self, at: datetime) -> None:
        """Return when the day's time has come to `at`, before which nothing happens; Ended where it is to end."""
        while True:
            said = self._listen()
            if said.to_need or (said.goes_to is not None and at <= said.goes_to):
                self._stands(at)
                return
            if said.goes_to is not None:
                self._arrived(said, said.goes_to)
            elif self._clock.now() >= at:
                self._stands(at)
                return
            else:
                self._stands(self._clock.now())
                self._stop.wait(LISTENS_EVERY_S)

    def next_look(self, now: datetime) -> datetime:
        """Return to which instant the day is to go on from `now`, once it is time; Ended where it is to end."""
        self._stands(now)
        while True:
            said = self._listen()
            if said.to_need:
                return now + STRIDE
            if said.goes_to is not None and said.goes_to > now:
                return min(now + STRIDE, said.goes_to)
            if said.goes_to is not None:
                self._arrived(said, now)
                continue
            due = now + max(LEAST_STEP, timedelta(seconds=LOOK_EVERY_S * said.speed))
            if not said.frozen and self._clock.now() >= due:
                return due
            self._stop.wait(LISTENS_EVERY_S)

    def _listen(self) -> Playback:
        """Hear how the day is to run, and say that somebody is here."""
        if self._stop.is_set():
            raise Ended
        self._keep_lease()
        said = self._log.playbacks.of(self._key)
        if said is None:
            raise Ended     # somebody restored the store from a backup: this run of the day is not in it
        if self._as_said is None or (said.speed, said.frozen) != (self._as_said.speed, self._as_said.frozen):
            self._clock = FrozenClock(self._stands_at) if said.frozen else FastClock(self._stands_at, said.speed)
        self._as_said = said
        if not said.to_need:
            self._known_needs = None
        elif self._a_new_need():
            self._arrived(said, self._stands_at)
            return msgspec.structs.replace(said, to_need=False)
        return said

    def _a_new_need(self) -> bool:
        before, self._known_needs = self._known_needs, self._needs()
        return before is not None and not self._known_needs <= before

    def _arrived(self, said: Playback, at: datetime) -> None:
        self._stands(at)
        self._clock = FrozenClock(self._stands_at)
        self._log.playbacks.arrived(self._key, said.goal)

    def _stands(self, at: datetime) -> None:
        """Tell where the day stands; a store that is locked for a moment is told the next time."""
        if at > self._stands_at:
            with suppress(Busy):
                self._log.playbacks.stands(self._key, at)
                self._stands_at = at

    def _keep_lease(self) -> None:
        now = self._wall.now()
        if now < self._lease_until - timedelta(seconds=LEASE_S - LEASE_AGAIN_S):
            return
        with suppress(Busy):
            lease = self._log.leases.take(
                self._key, JOB, holder_id=self._holder_id, who=self._who, now=now, for_s=LEASE_S
            )
            if lease.holder_id != self._holder_id:
                raise Refused([f"{self._key} is simulated by another program already. Steer it, or end it first."])
            self._lease_until = lease.ends
