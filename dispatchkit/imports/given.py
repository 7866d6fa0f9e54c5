"""What a source handed over, whatever its format: routes as given, with the files they came from."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from dispatchkit.imports.problems import Problem
from dispatchkit.records import Record, Stop

Order = Literal["driven", "unordered"]
Source = Literal["challenge", "station day"]


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
