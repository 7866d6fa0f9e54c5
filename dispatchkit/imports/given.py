"""What a source handed over, whatever its format: routes as given, with the files they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dispatchkit.imports.problems import Problem
from dispatchkit.records import Driver, Record, Stop

Order = Literal["driven", "unordered"]
Source = Literal["challenge", "station day", "stop list"]


class OriginalFile(Record, frozen=True):
    """A file as it was handed over, byte for byte."""

    name: str
    data: bytes

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, in hexadecimal: the same file is the same digest under any name."""
        return sha256(self.data).hexdigest()


class GivenRoute(Record, frozen=True):
    """A route as the source has it.

    Attributes
    ----------
    route_id
        The source's own id; unique in the day.
    code
        What people say: CX1, CX2, … by departure.
    stops
        Drop-offs in the given order, the station not among them; ids are `code:source stop id`, unique in the day.
    departs_at
        Recorded departure, UTC; None where the source has none.
    van_id
        The source's van; empty where it names none (the challenge).
    van_volume_cm3
        What the van holds.
    order
        "driven" where the stops stand in the order that the driver took; "unordered" where their order means nothing.
    drive_s
        Recorded seconds of each leg along `stops`, from the station and back to it: one more than stops. None where
        nothing was recorded or the order is not known.
    """

    route_id: str
    code: str
    stops: tuple[Stop, ...]
    departs_at: datetime | None
    van_id: str
    van_volume_cm3: float
    order: Order
    drive_s: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        if self.drive_s is not None and len(self.drive_s) != len(self.stops) + 1:
            raise ValueError(f"Route {self.code}: {len(self.stops)} stops need {len(self.stops) + 1} legs.")


class GivenVan(Record, frozen=True):
    """A van that goes out.

    Attributes
    ----------
    code
        What people call its route: CX1, CX2, …
    van_id
        The source's van; empty where it names none.
    volume_cm3
        What it holds.
    departs_at
        Recorded departure, UTC; None where the source has none.
    service_type
        Such as CDV14, EDV or XL; empty where the source does not say.
    packages
        The most that it takes; None where the source does not say.
    shift_s
        Longest time from departure to return, where it has one of its own.
    driver
        Who drives it, where the source knows that driver's zones or that he is new.
    """

    code: str
    van_id: str
    volume_cm3: float
    departs_at: datetime | None = None
    service_type: str = ""
    packages: int | None = None
    shift_s: float | None = None
    driver: Driver | None = None


class LeftOut(Record, frozen=True):
    """A stop that cannot be planned as the source has it. `reason` says why, where, and what to do: whole sentences."""

    stop_id: str
    reason: str


class StatedLimits(Record, frozen=True):
    """Limits that the source states for its day; they stand in for those of the station profile.

    Attributes
    ----------
    shift_s
        Longest time from departure to return.
    break_s
        Break that each route owes.
    """

    shift_s: float
    break_s: float = 0.0


@dataclass(frozen=True)
class RecordedTimes:
    """Recorded drive times between all places of a route.

    Attributes
    ----------
    stop_ids
        The station first (also as `code:source stop id`), then the stops in the order of `GivenRoute.stops`.
    seconds
        Shape (n, n), float32, from row to column; not symmetric; the diagonal is 0.
    """

    stop_ids: tuple[str, ...]
    seconds: NDArray[np.float32]


@dataclass(frozen=True)
class Import:
    """One station's service day out of a folder.

    Attributes
    ----------
    station_lat, station_lng
        Where the vans leave from, in degrees.
    routes
        By code, that is by departure.
    timezone
        IANA zone in which the station lies.
    originals
        Every file that was read, whole; files that hold several days come with each of them.
    rows
        Packages read.
    problems
        Notes only: what blocks an import is raised as `Unreadable`.
    recorded
        Drive times by route id, where the source has them.
    loose
        Stops that the source puts on no route: they wait for routes to be built.
    own_vans
        Vans that the source names apart from routes.
    left_out
        Stops that cannot be planned as they stand, each with its reason; only where they were not to stop the import.
    stated
        Limits that the source states for this day.
    needs
        stop_id → service type of the vans that may serve the stop, where it needs a certain one.
    """

    station: str
    service_day: date
    station_lat: float
    station_lng: float
    timezone: str
    routes: tuple[GivenRoute, ...]
    source: Source
    originals: tuple[OriginalFile, ...]
    rows: int
    problems: tuple[Problem, ...] = ()
    recorded: dict[str, RecordedTimes] = field(default_factory=dict)
    loose: tuple[Stop, ...] = ()
    own_vans: tuple[GivenVan, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    stated: StatedLimits | None = None
    needs: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Every stop that can be planned: those of the routes, then the loose ones."""
        return (*(stop for route in self.routes for stop in route.stops), *self.loose)

    @cached_property
    def vans(self) -> tuple[GivenVan, ...]:
        """Every van that goes out: those of the routes, then the source's own."""
        of_routes = (
            GivenVan(code=r.code, van_id=r.van_id, volume_cm3=r.van_volume_cm3, departs_at=r.departs_at)
            for r in self.routes
        )
        return (*of_routes, *self.own_vans)
