"""What a person does to the time of a simulated day: freeze it, let it run on, faster or slower, or step.

None of it is a fact of the day. Who may decide on the day may do it; everybody at the day sees the same clock.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import msgspec

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day.open_day import refuse_if
from dispatchkit.desk.desk import Desk
from dispatchkit.errors import Refused
from dispatchkit.log import Log
from dispatchkit.log.playback import Playback
from dispatchkit.records import DayKey
from dispatchkit.roles import role_blockers

SLOWEST, FASTEST = 1.0, 60.0
"""Seconds of the day per second on the wall, at least and at most."""

SPEEDS = (1, 5, 10, 30, 60)
"""Those that a page offers."""

STEP = timedelta(minutes=5)
"""As long as it takes to talk through what a board shows."""

JOB = "simulate"
"""Name of the lease that the one program has which simulates a day."""

LEASE_S = 15.0
"""A simulator that said nothing for so long is not there any more; it says so every few seconds."""

LISTENS_EVERY_S = 0.25
"""Seconds on the wall after which a program sees whether another one said something."""


class Remote:
    """The buttons of one simulated day, at a person's desk.

    Parameters
    ----------
    wall
        Tells whether the simulator is still there; the day's own clock may stand still.
    """

    def __init__(self, desk: Desk, wall: Clock | None = None) -> None:
        self._desk = desk
        self._wall = wall or RealClock()

    def playback(self) -> Playback | None:
        """How the day is to run and where it stands; None for a day that nobody simulates while people look on."""
        return self._desk.log.playbacks.of(self._desk.key)

    def is_running(self) -> bool:
        """Whether the program that simulates the day is there, or was a moment ago."""
        return self._desk.log.leases.held(self._desk.key, JOB, self._wall.now()) is not None

    def is_moved(self) -> bool:
        """Whether it is there for certain; waits a few seconds to tell it from one that was killed."""
        return is_moved(self._desk.log, self._desk.key, self._wall)

    def blockers(self) -> Iterator[str]:
        """Why this person cannot do anything to the day's time; nothing when he can."""
        key = self._desk.key
        yield from role_blockers(self._desk.role, key)
        if self.playback() is None:
            yield f"No simulator moves {key}. If it is a simulated day, start one: `dispatchkit simulate {key}`."
        elif not self.is_running():
            yield not_running(str(key))

    def freeze(self) -> Playback:
        """Let the day stand still where it is."""
        return self._run(frozen=True)

    def resume(self) -> Playback:
        """Let it run again, as fast as before."""
        return self._run(frozen=False)

    def speed(self, times: float) -> Playback:
        """Let it run so many times as fast as the clock on the wall."""
        if not SLOWEST <= times <= FASTEST:
            raise Refused([f"A day runs {SLOWEST:g} to {FASTEST:g} times as fast as the wall's clock, not {times:g}."])
        return self._run(frozen=False, speed=float(times))

    def step(self, by: timedelta = STEP) -> Playback:
        """Let it go on by so much at once, and stand still there. A step after a step adds to it."""
        held = self._held()
        return self._run(frozen=True, goes_to=max(held.stands_at, held.goes_to or held.stands_at) + by)

    def to_next_need(self) -> Playback:
        """Let it go on at once to the next thing that needs a person, and stand still there."""
        return self._run(frozen=True, to_need=True)

    def _held(self) -> Playback:
        refuse_if(self.blockers())
        held = self.playback()
        if held is None:
            raise Refused([not_running(str(self._desk.key))])
        return held

    def _run(self, **wanted: object) -> Playback:
        as_said = {"goes_to": None, "to_need": False, "who": self._desk.by} | wanted
        playback = msgspec.structs.replace(self._held(), **as_said)
        self._desk.log.playbacks.run(self._desk.key, playback)
        return playback


def is_moved(log: Log, key: DayKey, wall: Clock, pause: Callable[[float], object] = time.sleep) -> bool:
    """Whether a program simulates the day: one that lives says so again soon, the lease of one that was killed ends.

    Parameters
    ----------
    pause
        Lets so many seconds on the wall pass.
    """
    first = held = log.leases.held(key, JOB, wall.now())
    while held is not None and held == first:
        pause(LISTENS_EVERY_S)
        held = log.leases.held(key, JOB, wall.now())
    return held is not None


def not_running(day: str) -> str:
    """Say that nothing moves the day, and how to change that."""
    return f"The simulator of {day} is not running, so its time stands still. Start it: `dispatchkit simulate {day}`."
