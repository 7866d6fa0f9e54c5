"""At the door: which packages of a stop are handed over, and why the others are not."""

from dispatchkit.day.facts.road import NotDelivered
from dispatchkit.records import Package, Stop
from dispatchkit.road.chance import Chance
from dispatchkit.station.profile import PackageReasons
from dispatchkit.station.simulator import Simulator

MISSING = "OBJECT MISSING"
REFUSED = "REFUSED"
BACK_TO_STATION = (REFUSED, "DAMAGED")
"""Reasons found at the door that send a package back for good."""


def not_delivered(
    stop: Stop, *, chance: Chance, simulator: Simulator, reasons: PackageReasons, not_loaded: frozenset[str]
) -> tuple[NotDelivered, ...]:
    """The packages that leave the stop undelivered, each with its reason.

    What the source recorded stands: "DELIVERED" was delivered, "REJECTED" refused, "DELIVERY_ATTEMPTED" attempted for a
    reason that is drawn. A package without a record (or with a word that is none of these) meets the shares of the
    station profile. A package that nobody found at the dock cannot be at the door either.
    """
    told = []
    for package in stop.packages:
        reason = MISSING if package.package_id in not_loaded else _reason(package, chance, simulator, reasons)
        if reason:
            told.append(NotDelivered(package_id=package.package_id, reason=reason))
    return tuple(told)


def _reason(package: Package, chance: Chance, simulator: Simulator, reasons: PackageReasons) -> str:
    match package.recorded:
        case "DELIVERED":
            return ""
        case "REJECTED":
            return REFUSED
        case "DELIVERY_ATTEMPTED":
            return chance.choice(reasons.attempted, "reason", package.package_id)
    if chance.happens(simulator.missing_share, "missing", package.package_id):
        return MISSING
    if not chance.happens(simulator.not_delivered_share, "not delivered", package.package_id):
        return ""
    back = chance.happens(simulator.sent_back_share, "back to station", package.package_id)
    return chance.choice(BACK_TO_STATION if back else reasons.attempted, "reason", package.package_id)
