"""What the papers of a day are written from: the day, the names, and what a station adds to them by itself."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.plan.engine.schedule import schedule
from dispatchkit.records import PlannedRoute, Record, Van
from dispatchkit.times import after

VIN_SIGNS = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
"""A VIN never has I, O or Q (ISO 3779)."""

UNASSIGNED_MAKER = "0XX"
"""No maker of vehicles begins with 0, so that an invented VIN is nobody's van."""

PADS = 8
"""Staging locations side by side before the next row of them begins."""


class Known(Record, frozen=True):
    """A day as its papers know it.

    Attributes
    ----------
    names
        transporter id → "First Last"; an id without a name stands for itself.
    dsp
        The four letters of the DSP.
    """

    day: Day
    names: Mapping[str, str]
    dsp: str

    @cached_property
    def station(self) -> str:
        """The station's code."""
        return self.day.key.station

    @cached_property
    def service_day(self) -> date:
        """The date that dispatch names."""
        return self.day.key.service_day

    @cached_property
    def zone(self) -> ZoneInfo:
        """The station's time zone."""
        return ZoneInfo(self.day.course.timezone)

    @cached_property
    def week_begins(self) -> date:
        """The Sunday of the day's week: weeks of the trade run from Sunday to Saturday."""
        return self.service_day - timedelta(days=(self.service_day.weekday() + 1) % 7)

    @cached_property
    def staging(self) -> dict[str, str]:
        """route_id → staging location: the plan's own, else the next free one in the order of the routes."""
        return {
            r.route_id: r.staging or f"STG.{'ABCDEFGH'[n // PADS % 8]}{n % PADS + 1}.{n // (8 * PADS) + 1}"
            for n, r in enumerate(self.day.plan.routes)
        }

    @cached_property
    def commercial(self) -> dict[str, int]:
        """route_id → packages for businesses: the plan's own count, else a small one by chance."""
        return {
            r.route_id: self.chance("commercial", r.route_id).randint(0, self.packages(r) // 12)
            if r.commercial_packages is None
            else r.commercial_packages
            for r in self.day.plan.routes
        }

    def chance(self, *what: str) -> Random:
        """Chance for something that the log does not say: the same for the same day and thing."""
        return Random("|".join((str(self.day.key), *what)))

    def lasting_chance(self, *what: str) -> Random:
        """Chance for something that is the same on all days of the station, such as a phone number."""
        return Random("|".join((self.station, *what)))

    def local(self, at: datetime) -> datetime:
        """An instant by the station's clock."""
        return at.astimezone(self.zone)

    def clock(self, at: datetime) -> str:
        """An instant as the trade writes it: "9:20 AM"."""
        return f"{self.local(at):%I:%M %p}".lstrip("0")

    def name(self, driver_id: str) -> str:
        """What the driver is called."""
        return self.names.get(driver_id, driver_id)

    def packages(self, route: PlannedRoute) -> int:
        """Packages of a route by the plan."""
        return sum(len(s.packages) for s in self.day.plan.stops_of(route.route_id))

    def planned_s(self, route: PlannedRoute) -> float:
        """Planned seconds from departure to the return."""
        service_s = [s.service_s for s in self.day.plan.stops_of(route.route_id)]
        return schedule(route.drive_s, service_s, break_s=route.break_s).back_s

    def planned_return(self, route: PlannedRoute, known_at: datetime) -> datetime:
        """When the route should be back, from its departure as it was known then."""
        left = self.day.load_out.departed.get(route.route_id)
        began = left.at if left is not None and left.at <= known_at else route.departs_at
        return after(began, self.planned_s(route))

    def driver_id(self, route_id: str) -> str:
        """Who drives the route, empty where nobody was named."""
        left = self.day.load_out.departed.get(route_id)
        return left.driver_id if left else self.day.pre_load_out.driver_of.get(route_id, "")

    def van_id(self, route_id: str) -> str:
        """The van of the route, empty where none was named."""
        left = self.day.load_out.departed.get(route_id)
        return left.van_id if left else self.day.pre_load_out.van_of.get(route_id, "")

    def vin(self, van_id: str) -> str:
        """The van's invented number: the same on all days of a station."""
        signs = self.lasting_chance("vin", van_id).choices(VIN_SIGNS, k=17 - len(UNASSIGNED_MAKER))
        return UNASSIGNED_MAKER + "".join(signs)

    def plate(self, van_id: str) -> str:
        """The van's invented plate."""
        chance = self.lasting_chance("plate", van_id)
        return "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=3)) + f"{chance.randrange(10_000):04}"

    def van(self, van_id: str) -> Van | None:
        """The van of today's fleet, None where the day knows none of this id."""
        fleet = self.day.pre_load_out.fleet
        return fleet.van.get(van_id) if fleet else None
