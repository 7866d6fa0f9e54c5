"""What can happen from the way back to the closed shift."""

import msgspec

from dispatchkit.day.facts.base import Fact


class ReturnCleared(Fact, frozen=True):
    """The driver was cleared to head back (RTS)."""

    route_id: str


class DriverReturned(Fact, frozen=True):
    """The van is back at the station."""

    route_id: str


class PackageAccount(msgspec.Struct, frozen=True):
    """Where an undelivered package is: `status` "attempted", "returned" or "missing", and the reason for it."""

    package_id: str
    status: str
    reason: str


class PackagesDebriefed(Fact, frozen=True):
    """The undelivered packages of a route were gone through with the driver; the newest debrief of a route counts."""

    route_id: str
    accounts: tuple[PackageAccount, ...] = ()


class ReattemptListed(Fact, frozen=True):
    """These packages are to be tried again."""

    route_id: str
    package_ids: tuple[str, ...]


class VanReturned(Fact, frozen=True):
    """The van was looked over and its keys are in; `damage` in words, empty for none."""

    van_id: str
    damage: str = ""


class IncidentOpened(Fact, frozen=True):
    """Something happened that must be documented before the shift closes."""

    incident_id: str
    incident_type: str
    description: str
    route_id: str = ""
    van_id: str = ""
    driver_id: str = ""


class IncidentUpdated(Fact, frozen=True):
    """More is known; `status` "open" or "documented"."""

    incident_id: str
    status: str
    note: str


class ChecklistItemDone(Fact, frozen=True):
    """An item of the end-of-shift checklist was done. `item` is its id in the station profile."""

    item: str
