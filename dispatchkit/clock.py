"""Where "now" comes from. Pure code is told the time; only a desk owns a clock."""

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Anything that knows the time."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...


class RealClock:
    """The clock on the wall."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)


class FrozenClock:
    """A clock that stands still until it is set: for replays, stepping through a day, and tests."""

    def __init__(self, at: datetime) -> None:
        self.set(at)

    def now(self) -> datetime:
        """Return the instant at which the clock stands."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move the hands to `at`, forward or back."""
        if at.tzinfo is None:
            raise ValueError("A clock needs an aware instant; add a time zone.")
        self._at = at.astimezone(UTC)


class FastClock:
    """A clock that starts at `start` and runs `speed` times as fast as the wall, for the demo and for training.

    Parameters
    ----------
    start
        Where the clock stands now, aware.
    speed
        Seconds of the day per second of the wall, more than 0.
    """

    def __init__(self, start: datetime, speed: float) -> None:
        if start.tzinfo is None:
            raise ValueError("A clock needs an aware instant; add a time zone.")
        if not speed > 0:
            raise ValueError(f"A clock cannot run at speed {speed}; use a figure above 0, or a FrozenClock.")
        self._start = start.astimezone(UTC)
        self._speed = speed
        self._began = time.monotonic()

    def now(self) -> datetime:
        """Return the start plus the wall time since, `speed` times over."""
        elapsed_s = (time.monotonic() - self._began) * self._speed
        return datetime.fromtimestamp(self._start.timestamp() + elapsed_s, UTC)
