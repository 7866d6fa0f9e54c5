"""What time it is on a day: now while it lasts, else when something was last learned of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dispatchkit.clock import Clock
from dispatchkit.log import Log
from dispatchkit.records import DayKey
from dispatchkit.times import LASTS, midnight


class DayClock:
    """The clock on the wall while the day lasts. Before and after, it stands at the newest thing that was learned.

    A page that was opened on the night before comes alive at midnight, and one that was left open stands still again.
    A run of a day has a time of its own, whatever its date, and so has a day that is simulated while people look on:
    its clock moves as the simulation does, and stands still where that is frozen.
    """

    def __init__(self, log: Log, key: DayKey, zone: ZoneInfo, wall: Clock) -> None:
        self._log = log
        self._key = key
        self._wall = wall
        self._begins_at = midnight(key.service_day, zone)

    @property
    def live(self) -> bool:
        """Whether the day is today's, and nobody simulates it."""
        todays = not self._key.branch and self._begins_at <= self._wall.now() < self._begins_at + LASTS
        return todays and self._log.playbacks.of(self._key) is None

    def now(self) -> datetime:
        """Return what time it is on this day."""
        return self._wall.now() if self.live else stood_at(self._log, self._key)


def stood_at(log: Log, key: DayKey) -> datetime:
    """When something was last learned of a day, or how far it was simulated since; NotFound where there is none."""
    learned_at, playback = log.require(key).last_learned_at, log.playbacks.of(key)
    return learned_at if playback is None else max(learned_at, playback.stands_at)
