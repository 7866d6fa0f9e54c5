"""Somebody who never goes home: keeps an eye on days and raises their alarms, whether a page is open or not.

One program watches a day at a time, by a lease in the store. Were there two, the log itself would keep them from
raising an alarm twice: each appends only to the version that it looked at, and looks again where that was not the last.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from threading import Event
from zoneinfo import ZoneInfo

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day import Day, Entry
from dispatchkit.day.facts.road import AlarmCleared, AlarmRaised, AlarmReopened
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.errors import Refused, Stale
from dispatchkit.history import Histories
from dispatchkit.log import Log, StoreUnavailable
from dispatchkit.pace import alarms
from dispatchkit.records import DayKey
from dispatchkit.station import Station
from dispatchkit.times import clock_text
from dispatchkit.travel.source import calibrated

BY = "watch"
"""Who raises and clears alarms when nobody looks."""

JOB = "watch"
"""Name of the lease."""

Say = Callable[[str], None]


class Watch:
    """An eye on days.

    Parameters
    ----------
    days
        Those to watch; None for whatever days of the store are today's, looked up at every look.
    who
        Whose program it is, for others who would watch the same day.
    say
        Told in a sentence what was raised, what is over, and what is in the way.
    """

    def __init__(
        self, log: Log, *, days: Sequence[DayKey] | None, who: str, station: Station, say: Say,
        wall: Clock | None = None,
    ) -> None:  # fmt: skip
        for key in days or ():
            log.require(key)
        self._log, self._days, self._who, self._say = log, days, who, say
        self._station, self._travel = station, calibrated(station)
        self._histories = Histories(log, station, self._travel)
        self._wall = wall or RealClock()
        self._holder_id = secrets.token_hex(8)
        self._desks: dict[DayKey, Desk] = {}
        self._in_the_way: dict[DayKey | None, str] = {}

    def run(self, stop: Event, *, every_s: float) -> None:
        """Look at once, then every so many seconds, until `stop` is set; then leave the days to others."""
        while not stop.is_set():
            self.look()
            stop.wait(every_s)
        self.leave()

    def look(self) -> None:
        """Look at every day once. A store that is locked or does not answer is tried again at the next look."""
        keys: list[DayKey] = []
        with self._guarded(None):
            keys = self._keys()
            self._in_the_way.pop(None, None)
        for key in keys:
            with self._guarded(key):
                for entry in self._look_at(key):
                    self._tell(key, entry)

    def leave(self) -> None:
        """Leave every day to whoever watches next; where the store does not answer, the leases end by themselves."""
        for key in self._desks:
            with self._guarded(key):
                self._log.leases.release(key, JOB, self._holder_id)

    def _keys(self) -> list[DayKey]:
        return list(self._days) if self._days is not None else list(self._todays())

    def _todays(self) -> Iterator[DayKey]:
        for head in self._log.days():
            near = abs((self._wall.now().date() - head.key.service_day).days) <= 2
            if near and isinstance(clock := self._desk(head.key).clock, DayClock) and clock.live:
                yield head.key

    def _look_at(self, key: DayKey) -> list[Entry]:
        desk = self._desk(key)
        day = desk.day()
        if day.course.closed_at is not None or day.pre_load_out.plan is None:
            self._blocked(key, f"{key} {'is closed' if day.course.closed_at else 'has no plan yet'}: nothing to watch.")
            return []
        lease = self._log.leases.take(
            key, JOB, holder_id=self._holder_id, who=self._who, now=self._wall.now(), for_s=self._station.watch.lease_s
        )
        if lease.holder_id != self._holder_id:
            since = self._clock(day, lease.since)
            self._blocked(key, f"{key} is watched by another program ({lease.who}, since {since}). It stands by.")
            return []
        written = desk.decide(
            alarms.watch, station=self._station, travel=self._travel, past=self._histories.of(day)
        )
        if self._in_the_way.pop(key, ""):
            self._say(f"{key} is watched.")
        return written

    @contextmanager
    def _guarded(self, key: DayKey | None) -> Iterator[None]:
        """Where the store or somebody else is in the way, say so once and leave it to the next look."""
        try:
            yield
        except (StoreUnavailable, Refused) as error:
            self._blocked(key, f"{error} Looking again.")
        except Stale:
            pass     # somebody decides in this very moment: the next look sees it

    def _blocked(self, key: DayKey | None, why: str) -> None:
        if self._in_the_way.get(key) != why:
            self._in_the_way[key] = why
            self._say(why)

    def _tell(self, key: DayKey, entry: Entry) -> None:
        day = self._desk(key).day()
        match entry.fact:
            case AlarmRaised(at=at, what=what, do=do, helps_until=until):
                before = f" It helps before {self._clock(day, until)}." if until and until >= at else ""
                self._say(f"{self._clock(day, at)} {key}: {what} {do}{before}")
            case AlarmCleared(alarm_id=alarm_id, why=why) | AlarmReopened(alarm_id=alarm_id, why=why):
                held = day.road.alarms.get(alarm_id)
                what = held.raised.what if held else alarm_id
                became = "over" if isinstance(entry.fact, AlarmCleared) else "back"
                self._say(f"{self._clock(day, entry.fact.at)} {key}: {became}: {what} {why}")
            case _:
                pass

    def _desk(self, key: DayKey) -> Desk:
        if key not in self._desks:
            zone = ZoneInfo(Desk(self._log, key, by=BY).day().course.timezone)
            self._desks[key] = Desk(self._log, key, by=BY, clock=DayClock(self._log, key, zone, self._wall))
        return self._desks[key]

    @staticmethod
    def _clock(day: Day, at: datetime) -> str:
        return clock_text(at, day.course.timezone, str(day.key.service_day))
