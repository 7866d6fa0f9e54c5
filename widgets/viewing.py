"""What a page looks at: which day, as who, and what time it is there. Taken from the address and the environment."""

import os
import re
from contextlib import ExitStack
from datetime import datetime
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from dispatchkit.basemap import basemap_url
from dispatchkit.clock import Clock, RealClock
from dispatchkit.day import Day
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.errors import NotFound, WorkbenchError
from dispatchkit.history import Histories
from dispatchkit.home import home, own_profile, store_url
from dispatchkit.log import Log, open_log
from dispatchkit.pace.past import Past
from dispatchkit.plan.history import codes
from dispatchkit.records import TRANSPORTER_ID_LENGTH, DayKey
from dispatchkit.roles import Role, role_blockers
from dispatchkit.station import Station, load
from dispatchkit.times import clock_text
from dispatchkit.travel.source import calibrated
from dispatchkit.users import machine_user
from widgets import logs
from widgets.request import wait_for_request

TRANSPORTER_ID = re.compile(rf"\b[A-Z][A-Z0-9]{{{TRANSPORTER_ID_LENGTH - 1},{TRANSPORTER_ID_LENGTH}}}\b")

PATIENCE_S = 2.0
"""So long a look waits for another program that keeps the store locked, before it says so and looks again."""


class Viewing:
    """A desk at one day, and the time there.

    Attributes
    ----------
    travel
        The one travel model of the page, so that timetables and legs are worked out once for all its panels.
    asked
        What else the browser's address says, such as ``select``.
    """

    def __init__(
        self, log: Log, key: DayKey, *, by: str, role: Role = Role.LEAD, wall: Clock | None = None
    ) -> None:
        log.require(key)
        zone = ZoneInfo(Desk(log, key, by=by).day().course.timezone)
        self._clock = DayClock(log, key, zone, wall or RealClock())
        self.desk = Desk(log, key, by=by, clock=self._clock, role=role)
        self.station: Station = load(own_profile())
        self.travel = calibrated(self.station)
        self._histories = Histories(log, self.station, self.travel)
        self.asked: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._phones: dict[str, str] = {}
        self._named_at = -1
        self._codes: dict[str, str] = {}
        self._coded_at = -1

    @property
    def role(self) -> Role:
        """What the person at this page is."""
        return self.desk.role

    @property
    def forbids(self) -> str:
        """Why this person may change nothing on this day, as sentences; empty where he may."""
        return " ".join(role_blockers(self.role, self.desk.key))

    @property
    def may_decide(self) -> bool:
        """Whether the person at this page may change anything on this day. The desk refuses him otherwise."""
        return not self.forbids

    @property
    def live(self) -> bool:
        """Whether the clock is the one on the wall; otherwise the page says "as of"."""
        return self._clock.live

    @property
    def simulated(self) -> bool:
        """Whether a program simulates the day while people look on: its clock moves as that one does."""
        return self.desk.log.playbacks.of(self.desk.key) is not None

    @property
    def day(self) -> Day:
        """The day as it stands."""
        return self.desk.day()

    @property
    def past(self) -> Past:
        """What was known of drivers and areas when the day began; worked out once for all panels of the page."""
        return self._histories.of(self.day)

    @property
    def names(self) -> dict[str, str]:
        """People's names by transporter id, as far as the directory has them; read again when files came in."""
        self._look_up()
        return self._names

    @property
    def phones(self) -> dict[str, str]:
        """People's phones by transporter id, as far as the directory has them."""
        self._look_up()
        return self._phones

    def _look_up(self) -> None:
        """Read the directory again when files came in: nothing else brings people."""
        files, directory = len(self.day.course.files), self.desk.log.directory
        if files != self._named_at:
            self._names, self._phones, self._named_at = directory.every("name"), directory.every("phone"), files

    def name(self, driver_id: str) -> str:
        """What people call a driver: the name, or the transporter id where none is known (any more)."""
        return self.names.get(driver_id, driver_id)

    def code(self, route_id: str) -> str:
        """What people call a route, one of a draft or one merged away too; the id where no plan of the day has it."""
        day = self.day
        if day.pre_load_out.plan is not None and route_id in day.plan.route:
            return day.code(route_id)
        if self._coded_at != day.version:
            self._codes, self._coded_at = codes(self.desk.entries(), self.desk.records), day.version
        return self._codes.get(route_id, route_id)

    @property
    def basemap(self) -> str:
        """Address of the streets for maps; empty where no base map was added."""
        return basemap_url(home())

    def named(self, sentence: str) -> str:
        """Return a sentence with names instead of transporter ids, as far as they are known."""
        return TRANSPORTER_ID.sub(lambda found: self.name(found[0]), sentence)

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


def holds_a_day() -> bool:
    """Whether there is a store, and anything in it."""
    try:
        with open_log(store_url(), create=False) as log:
            return bool(log.days())
    except NotFound:
        return False


def from_address() -> Viewing:
    """Look at the day that the browser's address names, else at the newest in the store."""
    asked = {name: values[0] for name, values in parse_qs(os.environ.get("QUERY_STRING", "")).items()}
    named = asked.get("day", "")
    with ExitStack() as unless_it_works:
        log = unless_it_works.enter_context(open_log(store_url(), create=False, patience_s=PATIENCE_S))
        key = _named(named) if named else _newest(log)
        by, role = who()
        viewing = Viewing(log, key, by=by, role=role)
        viewing.asked = asked
        unless_it_works.pop_all()
    return viewing


def who() -> tuple[str, Role]:
    """Who looks, as the server says; without a server (JupyterLab, a test) whoever sits at the machine."""
    name = os.environ.get("HTTP_X_DISPATCHER")
    if name is None:
        return machine_user(), Role.LEAD
    role = os.environ.get("HTTP_X_ROLE", "")
    if role not in set(Role):
        raise WorkbenchError(f"The server says that {name} is '{role}', which is no role here. Restart the workbench.")
    return name, Role(role)


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
