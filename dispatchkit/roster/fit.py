"""Whether a driver, a van and a route go together, and how well. What the solver and the dispatcher both go by."""

import re
from collections.abc import Iterator
from functools import cached_property

import numpy as np

from dispatchkit.records import Driver, Plan, PlannedRoute, Record, Van
from dispatchkit.station import Station

ELECTRIC = "EDV"
VAN_CLASSES = (
    ("EDV", ELECTRIC),
    ("ELECTRIC", ELECTRIC),
    ("RIVIAN", ELECTRIC),
    ("XL", "XL"),
    ("CDV", "CDV"),
    ("CUSTOM DELIVERY", "CDV"),
)
"""Words of service types, and the class of van that each means; the first that is found counts."""
ZONE_PART_ENDS = re.compile(r"\Z|(?=[.-])|(?<=[.-])|(?<=\d)(?=\D)")
"""Where a zone's name can be cut: A, A-12, A-12.3 and A-12.3C of "A-12.3C", but never A-1."""

CM3_PER_M3 = 1_000_000
S_PER_H = 3600


def van_class(service_type: str) -> str:
    """The class of van that a service type names, as qualifications name it: EDV, CDV, XL; empty where none."""
    said = service_type.upper()
    return next((name for word, name in VAN_CLASSES if word in said), "")


def qualified(driver: Driver, klass: str) -> bool:
    """Say whether the driver may drive this class of van; one without listed qualifications may drive any."""
    return not klass or not driver.qualifications or any(klass in q.upper() for q in driver.qualifications)


class Load(Record, frozen=True):
    """What matters of a route when somebody has to take it.

    Attributes
    ----------
    planned_s
        Drive, service and breaks, in seconds.
    zones
        Zone → share of the route's stops that lie in it; stops without a zone count for none.
    """

    route: PlannedRoute
    volume_cm3: float
    planned_s: float
    zones: dict[str, float]

    @property
    def route_id(self) -> str:
        """The route's id."""
        return self.route.route_id

    @cached_property
    def klass(self) -> str:
        """The class of van that the route asks for; empty where it does not say."""
        return van_class(self.route.service_type)


def loads_of(plan: Plan) -> tuple[Load, ...]:
    """The load of every route of the plan, in the plan's order."""
    return tuple(load_of(plan, route) for route in plan.routes)


def load_of(plan: Plan, route: PlannedRoute) -> Load:
    """What a route asks of its driver and its van."""
    stops = list(plan.stops_of(route.route_id))
    zones: dict[str, float] = {}
    for stop in stops:
        if stop.zone:
            zones[stop.zone] = zones.get(stop.zone, 0) + 1 / len(stops)
    return Load(
        route=route,
        volume_cm3=sum(s.volume_cm3 for s in stops),
        planned_s=sum(route.drive_s) + sum(s.service_s for s in stops) + route.break_s,
        zones=zones,
    )


def filled(load: Load, van: Van) -> float:
    """Share of the van's volume that the load takes; infinite where the van has none."""
    if not load.volume_cm3:
        return 0.0
    return load.volume_cm3 / van.volume_cm3 if van.volume_cm3 else float("inf")


def driver_misfits(driver: Driver, load: Load) -> Iterator[str]:
    """Why this driver may not take this route, whoever is here."""
    if not qualified(driver, load.klass):
        listed = ", ".join(sorted(driver.qualifications))
        yield f"{load.route.code} needs {load.klass}; driver {driver.driver_id} is qualified for {listed}."


def van_misfits(van: Van, load: Load, station: Station) -> Iterator[str]:
    """Why this van may not carry this route, were it free to leave. A bigger van than needed may."""
    if load.klass == ELECTRIC and not van.electric:
        yield f"{load.route.code} is an electric route; van {van.van_id} is not electric."
    if (share := filled(load, van)) > station.van.load_block_share:
        fills = f"{share:.0%}" if van.volume_cm3 else "more than 100%"
        yield (
            f"{load.route.code} fills {fills} of van {van.van_id}; {station.van.load_block_share:.0%} is the most. "
            "Take a bigger van, or move stops."
        )


def pair_misfits(driver: Driver, van: Van) -> Iterator[str]:
    """Why this driver may not drive this van."""
    if van.electric and not qualified(driver, ELECTRIC):
        listed = ", ".join(sorted(driver.qualifications))
        yield f"Van {van.van_id} is electric; driver {driver.driver_id} is qualified for {listed}."


def zone_known_share(driver: Driver, load: Load, station: Station) -> float:
    """How well the driver knows the route, 0 to 1: days in each stop's zone against the days that make it known.

    A driver's zones are prefixes made of whole parts of a zone's name ("D-22" holds "D-22.2H", "D-2" does not); the
    longest one that holds the stop's zone counts.
    """
    return sum(share * known_share(driver, zone, station) for zone, share in load.zones.items())


def known_share(driver: Driver, zone: str, station: Station) -> float:
    """How well the driver knows one zone, 0 to 1."""
    prefix = max((p for p in driver.zones if _holds(p, zone)), key=len, default=None)
    if prefix is None:
        return 0.0
    needed = station.assign.known_after_count
    return min(1.0, driver.zones[prefix] / needed) if needed else 1.0


def _holds(prefix: str, zone: str) -> bool:
    return zone.startswith(prefix) and ZONE_PART_ENDS.match(zone, len(prefix)) is not None


def light_limit_s(loads: tuple[Load, ...]) -> float:
    """The longest of the day's lightest quarter of routes, in planned seconds: what a new driver should get."""
    return float(np.quantile([load.planned_s for load in loads], 0.25)) if loads else 0.0


def driver_points(driver: Driver, load: Load, light_s: float, station: Station) -> int:
    """What the route in this driver's hands is worth, in the profile's points; below 0 where a new one's is heavy."""
    points = station.assign.zone_known_points * zone_known_share(driver, load, station)
    if driver.nursery:
        points -= station.assign.nursery_over_points * max(0.0, load.planned_s - light_s) / S_PER_H
    return round(points)
