"""The time of a day that is simulated while people look on: it runs, stands still or steps as its playback says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

import msgspec

from dispatchkit.clock import Clock, FastClock, FrozenClock, RealClock
from dispatchkit.desk.playback import LISTENS_EVERY_S
from dispatchkit.log import Busy
from dispatchkit.log.playback import Playback
from dispatchkit.run_day.alone import Alone, Ended

LOOK_EVERY_S = 2.0
"""Seconds on the wall between two looks at the road: so often an open page has something to move."""

LEAST_STEP = timedelta(seconds=10)
"""Of the day, between two looks; positions and stops do not come faster."""

STRIDE = timedelta(minutes=1)
"""Of the day, between two looks where it goes on at once."""

Needs = Callable[[], frozenset[str]]
"""Ids of what needs a person on the day as it stands."""


class Player:
    """Lets a day's time run, and tells everybody where it stands.

    Parameters
    ----------
    alone
        The day, which this program has entered.
    speed
        To begin with; whoever sits at a page may change it.
    needs
        Asked while it looks for the next thing that needs a person.
    """

    def __init__(self, alone: Alone, *, speed: float, needs: Needs) -> None:
        self._alone, self._speed, self._needs = alone, speed, needs
        self._key, self._playbacks = alone.key, alone.log.playbacks
        self._clock: Clock = RealClock()
        self._stands_at = self._clock.now()
        self._as_said: Playback | None = None
        self._known_needs: frozenset[str] | None = None

    @contextmanager
    def playing(self, at: datetime) -> Iterator[None]:
        """Let the day run from an instant on."""
        self._playbacks.begin(self._key, speed=self._speed, at=at, who=self._alone.who)
        self._stands_at, self._clock = at, FastClock(at, self._speed)
        try:
            yield
        finally:
            with suppress(Busy):     # the next program begins anew
                if self._as_said is not None and self._as_said.goal:
                    self._playbacks.arrived(self._key, self._as_said.goal)

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
                self._alone.wait(LISTENS_EVERY_S)

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
            self._alone.wait(LISTENS_EVERY_S)

    def _listen(self) -> Playback:
        """Hear how the day is to run, and say that somebody is here."""
        self._alone.keep()
        said = self._playbacks.of(self._key)
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
        self._playbacks.arrived(self._key, said.goal)

    def _stands(self, at: datetime) -> None:
        """Tell where the day stands; a store that is locked for a moment is told the next time."""
        if at > self._stands_at:
            with suppress(Busy):
                self._playbacks.stands(self._key, at)
                self._stands_at = at
