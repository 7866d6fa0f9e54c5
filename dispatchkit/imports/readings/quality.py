"""Files of the weeks' quality: weekly overview, returns, safety events."""

from datetime import date, datetime

import msgspec

from dispatchkit.imports.readings.base import Reading
from dispatchkit.records import Record


class Metric(Record, frozen=True):
    """One metric of a driver's week; what is blank is no data."""

    value: float | None = None
    tier: str = ""
    score: float | None = None
    weight_pct: float | None = None


class DriverWeek(Record, frozen=True):
    """A row of the weekly overview. `week` is as the Week column writes it, normalised to "2026-W08"."""

    row: int
    week: str
    driver_id: str
    name: str = ""
    standing: str = ""
    score: float | None = None
    metrics: dict[str, Metric] = msgspec.field(default_factory=dict)
    packages: int | None = None


class WeeklyOverview(Reading, frozen=True):
    """The drivers' scorecards of one or more weeks."""

    weeks: tuple[DriverWeek, ...] = ()


class ReturnedPackage(Record, frozen=True):
    """A row of the return detail. `reason` is the RTS code as the file words it; `customer_contact` as well."""

    row: int
    package_id: str
    driver_id: str = ""
    name: str = ""
    reason: str = ""
    impacts_dcr: bool | None = None
    customer_contact: str = ""
    planned_day: date | None = None
    exemption: str = ""
    service_area: str = ""


class Returns(Reading, frozen=True):
    """Packages that came back."""

    packages: tuple[ReturnedPackage, ...] = ()


class SafetyEvent(Record, frozen=True):
    """A row of the safety events, without its video link's secrets: the link is kept as it is, never opened."""

    row: int
    event_id: str
    day: date | None = None
    at: datetime | None = None
    driver_id: str = ""
    name: str = ""
    vin: str = ""
    impact: str = ""
    metric: str = ""
    submetric: str = ""
    source: str = ""
    video: str = ""
    review: str = ""


class SafetyEvents(Reading, frozen=True):
    """What cameras and sensors reported."""

    events: tuple[SafetyEvent, ...] = ()
