"""What files say, in the words of the trade: one frozen type per kind of file, kept as an artifact of the day."""

from dispatchkit.imports.given import OriginalFile
from dispatchkit.imports.problems import Problem
from dispatchkit.imports.readings.base import Reading
from dispatchkit.imports.readings.fleet import Charge, Charges, Inspection, Inspections, Vehicle, Vehicles
from dispatchkit.imports.readings.operations import (
    ROUTE_SHEETS,
    Bag,
    DayOfOpsPlan,
    Itineraries,
    Itinerary,
    OpsRoute,
    RouteSheet,
    RouteSheets,
    RoutesSnapshot,
    RouteStanding,
)
from dispatchkit.imports.readings.people import Associate, Associates, RosteredBlock, Schedule
from dispatchkit.imports.readings.quality import (
    DriverWeek,
    Metric,
    ReturnedPackage,
    Returns,
    SafetyEvent,
    SafetyEvents,
    WeeklyOverview,
)
from dispatchkit.records import Record

AnyReading = (
    DayOfOpsPlan | RoutesSnapshot | Itineraries | RouteSheets | Associates | Schedule | Vehicles | Charges
    | Inspections | WeeklyOverview | Returns | SafetyEvents
)  # fmt: skip
"""Every kind, told apart by the field `source` when read back from an artifact."""


class FileRead(Record, frozen=True):
    """A file, what it is, and what it says.

    Attributes
    ----------
    source
        What people call such a file ("Day-of-Ops plan"); empty where nobody can tell what it is.
    reading
        None where nothing of it can be used; `problems` say why.
    problems
        Those that block a row or the file, and notes.
    """

    original: OriginalFile
    source: str = ""
    reading: AnyReading | None = None
    problems: tuple[Problem, ...] = ()


__all__ = [
    "ROUTE_SHEETS", "AnyReading", "Associate", "Associates", "Bag", "Charge", "Charges", "DayOfOpsPlan", "DriverWeek",
    "FileRead",
    "Inspection", "Inspections", "Itineraries", "Itinerary", "Metric", "OpsRoute", "Reading", "ReturnedPackage",
    "Returns", "RosteredBlock", "RouteSheet", "RouteSheets", "RouteStanding", "RoutesSnapshot", "SafetyEvent",
    "SafetyEvents", "Schedule", "Vehicle", "Vehicles", "WeeklyOverview",
]  # fmt: skip
