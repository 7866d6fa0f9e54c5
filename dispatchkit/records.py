"""The nouns of a service day: packages, stops, routes, plans, drivers and vans. Values only; each checks itself once.

Drivers are known here by transporter id and stops by id: names, phones and addresses live in the directory, which can
be erased. Instants are UTC and aware; durations, volumes and distances carry their unit in the name.
"""

import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property

import msgspec

from dispatchkit.geo import is_on_earth


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, dict=True):
    """A frozen value that remembers what it has worked out about itself (`cached_property`)."""


def _in_utc(record: Record, *names: str) -> None:
    """Hold instants in UTC: two of one local zone would be compared by the wall clock, wrong on an autumn night."""
    for name in names:
        at: datetime = getattr(record, name)
        if at.tzinfo is None:
            raise ValueError(f"{type(record).__name__}: '{name}' needs a time zone.")
        msgspec.structs.force_setattr(record, name, at.astimezone(UTC))


class DayKey(msgspec.Struct, frozen=True, order=True):
    """Which day: a station's service day, or a branch of it (a second run, a training branch).

    `service_day` is the date that dispatch names; it lasts until the last return, past midnight too.
    """

    station: str
    service_day: date
    branch: str = ""

    def __post_init__(self) -> None:
        for name, value in (("station", self.station), ("branch", self.branch)):
            if any(not (c.isalnum() or c in "-_.") for c in value):
                raise ValueError(f"The {name} '{value}' may hold letters, digits, '-', '_' and '.' only.")
        if not self.station:
            raise ValueError("A day needs a station code, such as DCH4.")

    def __str__(self) -> str:
        return f"{self.station}/{self.service_day}" + (f"@{self.branch}" if self.branch else "")

    @classmethod
    def parse(cls, text: str) -> "DayKey":
        """Read `STATION/YYYY-MM-DD` or `STATION/YYYY-MM-DD@branch`; ValueError with a sentence otherwise."""
        station, slash, rest = text.partition("/")
        day, _, branch = rest.partition("@")
        try:
            service_day = date.fromisoformat(day)
        except ValueError as error:
            # what has the shape of a date and is none, a thirteenth month or the 30th of February, says which part
            part = f" ({error})" if slash and "isoformat" not in str(error) else ""
            raise ValueError(f"'{text}' is not a day{part}. Write it as STATION/YYYY-MM-DD.") from None
        return cls(station, service_day, branch)


class Window(Record, frozen=True):
    """When a customer can be served, closed interval, UTC."""

    opens: datetime
    closes: datetime

    def __post_init__(self) -> None:
        _in_utc(self, "opens", "closes")
        if self.closes <= self.opens:
            raise ValueError(f"A window that closes at {self.closes} cannot open at {self.opens}.")


class Package(Record, frozen=True):
    """One parcel. `recorded` is the outcome that the source file recorded, if it did (DELIVERED, …)."""

    package_id: str
    volume_cm3: float = 0.0
    service_s: float = 0.0
    window: Window | None = None
    recorded: str = ""

    def __post_init__(self) -> None:
        if not self.volume_cm3 >= 0:
            raise ValueError(f"Package {self.package_id}: a volume of {self.volume_cm3} cm³ is not possible.")
        if not self.service_s >= 0:
            raise ValueError(f"Package {self.package_id}: a service time of {self.service_s} s is not possible.")


Place = tuple[float, float]
"""Latitude and longitude, in degrees."""


def _place(what: str, lat: float | None, lng: float | None) -> Place | None:
    """Both degrees, or None where neither is known; ValueError for anything that is no place."""
    if lat is None and lng is None:
        return None
    if lat is None or lng is None or not is_on_earth(lat, lng):
        raise ValueError(f"{what}: {lat}, {lng} is not a place on earth.")
    return lat, lng


class Stop(Record, frozen=True):
    """A place where the van halts, with every package for it. `stop_id` is unique in its day.

    `lat` and `lng` are None where the source counts stops without naming them, as the station's plan of the day does.
    """

    stop_id: str
    packages: tuple[Package, ...]
    lat: float | None = None
    lng: float | None = None
    zone: str = ""

    def __post_init__(self) -> None:
        _place(f"Stop {self.stop_id}", self.lat, self.lng)

    @cached_property
    def place(self) -> Place | None:
        """Where it is, if that is known."""
        return _place(f"Stop {self.stop_id}", self.lat, self.lng)

    @cached_property
    def service_s(self) -> float:
        """Planned seconds at the stop: the sum over its packages (the source's own definition)."""
        return sum(p.service_s for p in self.packages)

    @cached_property
    def volume_cm3(self) -> float:
        """Cubic centimetres of all packages."""
        return sum(p.volume_cm3 for p in self.packages)

    @cached_property
    def window(self) -> Window | None:
        """The time in which all packages may be served; where windows exclude each other, the earliest-closing one."""
        windows = [p.window for p in self.packages if p.window]
        if not windows:
            return None
        opens, closes = max(w.opens for w in windows), min(w.closes for w in windows)
        return Window(opens=opens, closes=closes) if opens < closes else min(windows, key=lambda w: w.closes)


class PlannedRoute(Record, frozen=True):
    """A van's work in its planned order.

    Attributes
    ----------
    route_id
        The source's own id; unique in the day.
    code
        What people say: "CX101".
    drive_s
        Planned seconds of each leg: station → first stop, …, last stop → station; one more than stops.
    departs_at, finish_by
        Planned departure, and the latest planned arrival back at the station (UTC).
    break_s
        Breaks owed on the road, in seconds.
    staging
        Where its bags stand at the station ("STG.A1.1").
    commercial_packages
        Packages for businesses, as the station counts them; None where it does not say.
    """

    route_id: str
    code: str
    stop_ids: tuple[str, ...]
    drive_s: tuple[float, ...]
    departs_at: datetime
    finish_by: datetime
    van_volume_cm3: float = 0.0
    break_s: float = 0.0
    service_type: str = ""
    wave: str = ""
    staging: str = ""
    commercial_packages: int | None = None

    def __post_init__(self) -> None:
        _in_utc(self, "departs_at", "finish_by")
        if len(self.drive_s) != len(self.stop_ids) + 1:
            raise ValueError(
                f"Route {self.code}: {len(self.stop_ids)} stops need {len(self.stop_ids) + 1} legs, "
                f"but {len(self.drive_s)} were given."
            )
        if any(not s >= 0 for s in self.drive_s):
            raise ValueError(f"Route {self.code}: negative or unknown drive seconds not understood.")


class Plan(Record, frozen=True):
    """What a day sets out to do. Immutable, stored as an artifact; changes on the day are facts.

    `origin`, `order` and `travel` say how it was first made. A change by hand leaves them as they are: what it did
    stands in the history of the plan.

    Attributes
    ----------
    origin
        "given" by the station, or "built" here.
    order
        Where the order of stops came from: "driven" (recorded), "given", or "sequenced" (ours).
    travel
        Where the drive seconds came from: "recorded", "calibrated", "counted" (spread evenly over stops that have no
        place) or the name of an engine.
    """

    station: str
    service_day: date
    stops: tuple[Stop, ...]
    routes: tuple[PlannedRoute, ...]
    station_lat: float | None = None
    station_lng: float | None = None
    origin: str = "given"
    order: str = "given"
    travel: str = "calibrated"

    def __post_init__(self) -> None:
        _place(f"Station {self.station}", self.station_lat, self.station_lng)
        known: set[str] = set()
        for stop in self.stops:
            if stop.stop_id in known:
                raise ValueError(f"Stop {stop.stop_id} stands twice in the plan.")
            known.add(stop.stop_id)
        planned: set[str] = set()
        for route in self.routes:
            for stop_id in route.stop_ids:
                if stop_id not in known:
                    raise ValueError(f"Route {route.code} has a stop {stop_id} that the plan does not hold.")
                if stop_id in planned:
                    raise ValueError(f"Stop {stop_id} is on two routes, or twice on {route.code}.")
                planned.add(stop_id)
        if len({r.route_id for r in self.routes}) != len(self.routes):
            raise ValueError("Two routes of the plan have the same id.")

    @cached_property
    def stop(self) -> dict[str, Stop]:
        """Stops by id."""
        return {s.stop_id: s for s in self.stops}

    @cached_property
    def route(self) -> dict[str, PlannedRoute]:
        """Routes by id."""
        return {r.route_id: r for r in self.routes}

    @cached_property
    def station_place(self) -> Place | None:
        """Where the vans leave from, if that is known."""
        return _place(f"Station {self.station}", self.station_lat, self.station_lng)

    @cached_property
    def knows_places(self) -> bool:
        """Whether the station and every stop have a place: what a map, a meeting or a new order need."""
        return self.station_place is not None and all(s.place is not None for s in self.stops)

    @cached_property
    def package_count(self) -> int:
        """Packages of all stops."""
        return sum(len(s.packages) for s in self.stops)

    def stops_of(self, route_id: str) -> Iterator[Stop]:
        """Yield a route's stops in planned order."""
        return (self.stop[s] for s in self.route[route_id].stop_ids)


TRANSPORTER_ID_SIGNS = string.ascii_uppercase + string.digits
TRANSPORTER_ID_LENGTH = 13
"""A transporter id is a capital letter and then so many of these signs, or one fewer."""


class Driver(Record, frozen=True):
    """A delivery associate on the day's roster, by transporter id; the name is in the directory.

    `zones` are zone prefixes driven before with the number of days; `qualifications` such as CDV, EDV, XL.
    """

    driver_id: str
    qualifications: frozenset[str] = frozenset()
    zones: dict[str, int] = {}
    standby: bool = False
    nursery: bool = False
    last_van_id: str = ""


class Van(Record, frozen=True):
    """A vehicle of the fleet on the day. `service_type` such as CDV14, CDV16, EDV, XL."""

    van_id: str
    volume_cm3: float
    service_type: str = ""
    grounded: bool = False
    electric: bool = False


class Roster(Record, frozen=True):
    """Who may drive today."""

    drivers: tuple[Driver, ...]

    @cached_property
    def driver(self) -> dict[str, Driver]:
        """Drivers by transporter id."""
        return {d.driver_id: d for d in self.drivers}


class Fleet(Record, frozen=True):
    """What may be driven today."""

    vans: tuple[Van, ...]

    @cached_property
    def van(self) -> dict[str, Van]:
        """Vans by id."""
        return {v.van_id: v for v in self.vans}


class PackageStatus(StrEnum):
    """Where a package ended. Exactly one each, so that loaded = the sum of the four."""

    DELIVERED = "delivered"
    ATTEMPTED = "attempted"     # at the door, not handed over; may be tried again
    RETURNED = "returned"       # back at the station without an attempt, or undeliverable
    MISSING = "missing"         # nobody has it
