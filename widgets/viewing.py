"""What a page looks at: which day, as who, and what time it is there. Taken from the address and the environment."""

import getpass
import os
from datetime import datetime, timedelta
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


class LatestKnown:
    """The clock of a day that is over, or played ahead: it stands at the newest thing that was learned."""

    def __init__(self, log: Log, key: DayKey) -> None:
        self._log = log
        self._key = key

    def now(self) -> datetime:
        """Return when the day's newest fact was learned."""
        return self._log.require(self._key).last_learned_at


class Viewing:
    """A desk at one day, and the time there.

    Attributes
    ----------
    live
        Whether the clock is the one on the wall; otherwise the page says "as of".
    travel
        The one travel model of the page, so that timetables and legs are worked out once for all its panels.
    """

    def __init__(self, log: Log, key: DayKey, *, by: str, wall: Clock | None = None) -> None:
        log.require(key)
        wall = wall or RealClock()
        zone = ZoneInfo(Desk(log, key, by=by).day().course.timezone)
        midnight = datetime.combine(key.service_day, datetime.min.time(), zone)
        self.live = midnight <= wall.now() < midnight + LASTS
        self.desk = Desk(log, key, by=by, clock=wall if self.live else LatestKnown(log, key))
        self.station: Station = load()
        self.travel = CalibratedTravel()

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


def from_request() -> Viewing:
    """Wait for the browser, then look at the day that its address names, else at the newest in the store.

    Under Voilà the process may be warm before anybody asks; nothing of a day may be read before this returns.
    """
    wait_for_request()
    logs.write_to(home())
    wishes = parse_qs(os.environ.get("QUERY_STRING", ""))
    log = open_log(store_url(), create=False)
    named = wishes.get("day", [""])[0]
    if named:
        try:
            key = DayKey.parse(named)
        except ValueError as error:
            raise WorkbenchError(f"{error} Correct the address after 'day='.") from error
    else:
        key = _newest(log)
    return Viewing(log, key, by=os.environ.get("HTTP_X_DISPATCHER") or getpass.getuser())


def _newest(log: Log) -> DayKey:
    days = log.days()
    if not days:
        raise NotFound("There is no day in the store yet. Import one with `dispatchkit import FOLDER`.")
    return max(days, key=lambda head: (head.key.service_day, head.last_learned_at)).key
