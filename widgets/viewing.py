"""What a page looks at: which day, as who, and what time it is there. Taken from the address and the environment."""

import getpass
import os
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from voila.utils import wait_for_request

from dispatchkit.clock import Clock, RealClock
from dispatchkit.day import Day
from dispatchkit.desk import Desk
from dispatchkit.errors import NotFound, WorkbenchError
from dispatchkit.home import home, store_url
from dispatchkit.log import Log, open_log
from dispatchkit.records import DayKey
from dispatchkit.station import Station, load
from dispatchkit.times import clock_text
from dispatchkit.travel.calibrated import CalibratedTravel
from widgets import logs

LASTS = timedelta(hours=36)
"""A service day is live from its midnight on for so long: it lasts until the last return, past midnight too."""


class DayClock:
    """The clock on the wall while the day lasts. Before and after, it stands at the newest thing that was learned.

    A page that was opened on the night before comes alive at midnight, and one that was left open stands still again.
    """

    def __init__(self, log: Log, key: DayKey, zone: ZoneInfo, wall: Clock) -> None:
        self._log = log
        self._key = key
        self._wall = wall
        self._begins_at = datetime.combine(key.service_day, datetime.min.time(), zone).astimezone(UTC)

    @property
    def live(self) -> bool:
        """Whether the day is today's."""
        return self._begins_at <= self._wall.now() < self._begins_at + LASTS

    def now(self) -> datetime:
        """Return what time it is on this day."""
        return self._wall.now() if self.live else self._log.require(self._key).last_learned_at


class Viewing:
    """A desk at one day, and the time there.

    Attributes
    ----------
    travel
        The one travel model of the page, so that timetables and legs are worked out once for all its panels.
    """

    def __init__(self, log: Log, key: DayKey, *, by: str, wall: Clock | None = None) -> None:
        log.require(key)
        zone = ZoneInfo(Desk(log, key, by=by).day().course.timezone)
        self._clock = DayClock(log, key, zone, wall or RealClock())
        self.desk = Desk(log, key, by=by, clock=self._clock)
        self.station: Station = load()
        self.travel = CalibratedTravel()

    @property
    def live(self) -> bool:
        """Whether the clock is the one on the wall; otherwise the page says "as of"."""
        return self._clock.live

    @property
    def day(self) -> Day:
        """The day as it stands."""
        return self.desk.day()

    def now(self) -> datetime:
        """What time it is on this day."""
        return self.desk.clock.now()

    def time_text(self) -> str:
        """The same as the station's clock shows it."""
        return clock_text(self.now(), self.day.course.timezone, str(self.desk.key.service_day))


def wait_for_browser() -> None:
    """Wait until somebody asks for the page. Call it once, before anything of a day is read.

    Under Voilà the process may be warm before anybody does.
    """
    wait_for_request()
    logs.write_to(home())


def from_address() -> Viewing:
    """Look at the day that the browser's address names, else at the newest in the store."""
    named = parse_qs(os.environ.get("QUERY_STRING", "")).get("day", [""])[0]
    with ExitStack() as unless_it_works:
        log = unless_it_works.enter_context(open_log(store_url(), create=False))
        key = _named(named) if named else _newest(log)
        viewing = Viewing(log, key, by=os.environ.get("HTTP_X_DISPATCHER") or getpass.getuser())
        unless_it_works.pop_all()
    return viewing


def _named(text: str) -> DayKey:
    try:
        return DayKey.parse(text)
    except ValueError as error:
        raise WorkbenchError(f"{str(error).rstrip('.')}. Correct the address after 'day='.") from error


def _newest(log: Log) -> DayKey:
    days = log.days()
    if not days:
        raise NotFound("There is no day in the store yet. Import one with `dispatchkit import FOLDER`.")
    return max(days, key=lambda head: (head.key.service_day, head.last_learned_at)).key
