"""What chance does before and beside the driving: pre-trip inspections, slips at the dock, incidents."""

from datetime import datetime

from dispatchkit.day.facts.end_of_shift import IncidentOpened
from dispatchkit.day.facts.pre_load_out import VanInspected
from dispatchkit.road import draws
from dispatchkit.road.chance import Chance

GROUNDING_DEFECTS = (
    "Front: headlight does not light",
    "Driver side: tyre tread below the limit",
    "Passenger: mirror broken",
    "Back: door does not lock",
    "In Cab: seat belt does not latch",
    "General: fluid leaks under the van",
)
"""One example from each of the six areas of a daily vehicle inspection; each of them keeps a van at the station."""

INCIDENTS = (
    ("Property damage", "Driver reports a mailbox touched while turning."),
    ("Vehicle damage", "Driver reports a scratch along the sliding door."),
    ("Injury", "Driver reports a twisted ankle on a porch step."),
    ("Dog", "Driver reports a loose dog at the door; no bite."),
)
"""Invented incidents: type, and a description in a sentence."""


def departure_slip_s(route_id: str, chance: Chance) -> int:
    """Seconds by which a loaded route leaves late; 0 or more, the size of a normal draw with the profile's spread."""
    spread_s = chance.simulator.departure_spread_s
    return round(spread_s * abs(draws.normal(chance.seed, "departure", chance.service_day, route_id)))


def pre_trip(van_id: str, driver_id: str, *, at: datetime, chance: Chance, by: str) -> VanInspected:
    """The inspection of a van before its trip, ending at `at`. A defect found is one that grounds the van."""
    simulator = chance.simulator
    found = chance.happens(simulator.defect_share, "defect", van_id)
    walk = draws.lognormal(simulator.inspection_spread_share, chance.seed, "inspection", chance.service_day, van_id)
    return VanInspected(
        at=at,
        by=by,
        van_id=van_id,
        driver_id=driver_id,
        inspection="pre-trip",
        passed=not found,
        defects=(chance.choice(GROUNDING_DEFECTS, "defect found", van_id),) if found else (),
        duration_s=round(simulator.inspection_s * walk),
    )


def incident(
    route_id: str, *, driver_id: str, van_id: str, at: datetime, chance: Chance, by: str
) -> IncidentOpened | None:
    """What the driver of a route reports on coming back at `at`; None for most of them."""
    if not chance.happens(chance.simulator.incident_share, "incident", route_id):
        return None
    incident_type, description = chance.choice(INCIDENTS, "incident type", route_id)
    return IncidentOpened(
        at=at,
        by=by,
        incident_id=f"incident-{route_id}",
        incident_type=incident_type,
        description=description,
        route_id=route_id,
        van_id=van_id,
        driver_id=driver_id,
    )
