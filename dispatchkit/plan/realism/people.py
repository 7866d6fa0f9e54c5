"""Rules on who drives: a driver new to the area, and a new driver on a long route."""

from collections.abc import Iterator

from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.subject import Subject
from dispatchkit.roster.fit import zone_known_share
from dispatchkit.times import hours_text


def known_share(at: Subject) -> float | None:
    """How well the driver knows the route (0-1), as the assignment reckons it; None where nobody can tell.

    Nobody can tell where no driver is assigned, where the plan names no zones, and where no driver's earlier zones are
    known: then a blank is no news, not a new driver.
    """
    told = any(driver.zones for driver in at.known.driver_of.values())
    if at.driver is None or not at.load.zones or not told:
        return None
    return min(1.0, zone_known_share(at.driver, at.load, at.station))     # a sum of shares, rounded up here and there


def new_to_the_zone(at: Subject) -> Iterator[Finding]:
    """A driver who does not know the doors looks for them."""
    share = known_share(at)
    if share is not None and at.driver is not None and share < at.station.realism.zone_new_share:
        days = at.station.assign.known_after_count
        yield at.finds(
            Kind.FAMILIARITY, Severity.RISK,
            f"Driver {at.driver.driver_id} is new here and knows {share:.0%} of the route's zones; a zone is known "
            f"after {days} days in it.",
            known_pct=100 * share,
        )  # fmt: skip


def nursery(at: Subject) -> Iterator[Finding]:
    """A new driver gets one of the day's lighter routes."""
    if at.driver is not None and at.driver.nursery and at.load.planned_s > at.light_s:
        yield at.finds(
            Kind.NURSERY, Severity.RISK,
            f"{at.driver.driver_id} is a new driver and has {hours_text(at.load.planned_s)} of planned work; the day's "
            f"lightest quarter of routes has up to {hours_text(at.light_s)}.",
            planned_h=at.load.planned_s / 3600, light_h=at.light_s / 3600,
        )  # fmt: skip
