"""Files of the day's operations: the station's plan, snapshots of progress, itineraries, route sheets."""

from datetime import time

from dispatchkit.imports.readings.base import Reading
from dispatchkit.records import Record


class OpsRoute(Record, frozen=True):
    """A row of the Day-of-Ops plan. `wave` is the station's local time at which it leaves, `duration_min` minutes."""

    row: int
    code: str
    dsp: str = ""
    service_type: str = ""
    wave: time | None = None
    staging: str = ""
    duration_min: float | None = None
    zones: int | None = None
    packages: int | None = None
    commercial_packages: int | None = None


class DayOfOpsPlan(Reading, frozen=True):
    """The station's plan of the day; possibly of every DSP at the station."""

    routes: tuple[OpsRoute, ...] = ()


class RouteStanding(Record, frozen=True):
    """A row of a Cortex Routes export: how far a route is, and who is on it.

    Attributes
    ----------
    driver_ids, driver_names
        Several people on one route stand side by side, in the same order.
    stops_done
        None where the progress cannot be told in stops.
    departs
        Planned departure by the station's clock.
    """

    row: int
    code: str
    dsp: str = ""
    driver_ids: tuple[str, ...] = ()
    driver_names: tuple[str, ...] = ()
    service_type: str = ""
    stops: int | None = None
    stops_done: int | None = None
    deliveries: int | None = None
    departs: time | None = None


class RoutesSnapshot(Reading, frozen=True):
    """A Cortex Routes export: progress as of an instant."""

    routes: tuple[RouteStanding, ...] = ()


class Itinerary(Record, frozen=True):
    """A row of an Itineraries export. `returns` is the planned return to station by the station's clock.

    A second row for a route code is a rescue: the stops that somebody else took.
    """

    row: int
    code: str
    returns: time | None = None
    stops: int | None = None
    packages: int | None = None


class Itineraries(Reading, frozen=True):
    """A Cortex Itineraries export, as of an instant."""

    itineraries: tuple[Itinerary, ...] = ()


class Bag(Record, frozen=True):
    """A bag ("Green 1069") or, with an empty `bag`, an overflow line of a route sheet."""

    number: int
    zone: str
    bag: str
    packages: int


class RouteSheet(Record, frozen=True):
    """One route's sheet for the load-out. `packages` is the sheet's own total, None where it names none."""

    page: int
    code: str
    staging: str = ""
    service_type: str = ""
    wave: time | None = None
    bags: tuple[Bag, ...] = ()
    overflow: tuple[Bag, ...] = ()
    packages: int | None = None


ROUTE_SHEETS = "Route sheets"
"""What people call such a file: under this name the day remembers it."""


class RouteSheets(Reading, frozen=True):
    """The route sheets of a PDF."""

    sheets: tuple[RouteSheet, ...] = ()
