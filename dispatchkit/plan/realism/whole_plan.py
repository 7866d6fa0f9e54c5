"""Rules on the plan as a whole: enough vans, drivers and room, and what could not be checked. Pure."""

from collections.abc import Collection, Iterator

from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.load import CM3_PER_M3
from dispatchkit.plan.realism.subject import Known, middle
from dispatchkit.records import Plan


def vans(plan: Plan, known: Known) -> Iterator[Finding]:
    """Every route with stops needs a van that may leave."""
    if known.vans is None:
        return
    usable = [van for van in known.vans if not van.grounded and van.van_id not in known.grounded]
    routes = [route for route in plan.routes if route.stop_ids]
    if len(usable) < len(routes):
        yield Finding(
            kind=Kind.VAN,
            severity=Severity.LIMIT,
            sentence=f"{len(routes)} routes need a van each and {len(usable)} may leave. Bring "
            f"{len(routes) - len(usable)} more, or combine routes.",
            figures={"routes": len(routes), "vans": len(usable)},
        )


def drivers(plan: Plan, known: Known) -> Iterator[Finding]:
    """Every route with stops needs somebody to drive it; until the morning one may be found, so it is a risk."""
    if known.drivers is None:
        return
    routes = [route for route in plan.routes if route.stop_ids]
    standbys = sum(driver.standby for driver in known.drivers)
    if len(known.drivers) < len(routes):
        yield Finding(
            kind=Kind.DRIVER,
            severity=Severity.RISK,
            sentence=f"{len(routes)} routes need a driver each and {len(known.drivers)} may come, {standbys} of them "
            f"on standby. Find {len(routes) - len(known.drivers)} more, or absorb and combine routes.",
            figures={"routes": len(routes), "drivers": len(known.drivers), "standbys": standbys},
        )


def volume(plan: Plan, known: Known) -> Iterator[Finding]:
    """More than all vans hold together fits on no routes, however they are built."""
    holds_cm3 = [route.van_volume_cm3 for route in plan.routes]
    if known.vans is not None:
        grounded = known.grounded
        holds_cm3 = [v.volume_cm3 for v in known.vans if not v.grounded and v.van_id not in grounded]
    packages_cm3 = sum(stop.volume_cm3 for stop in plan.stops)
    if all(holds_cm3) and packages_cm3 > sum(holds_cm3):
        packages_m3, holds_m3 = packages_cm3 / CM3_PER_M3, sum(holds_cm3) / CM3_PER_M3
        yield Finding(
            kind=Kind.LOAD,
            severity=Severity.LIMIT,
            sentence=f"The packages come to {packages_m3:.2f} m³ and all vans together hold {holds_m3:.2f} m³. "
            f"Bring vans for {packages_m3 - holds_m3:.2f} m³ more, or leave packages at the station.",
            figures={"volume_m3": packages_m3, "vans_m3": holds_m3},
        )


def places(plan: Plan, _known: Known) -> Iterator[Finding]:
    """Say that a plan without places was checked without them."""
    if not plan.knows_places:
        yield Finding(
            kind=Kind.UNKNOWN,
            severity=Severity.NOTE,
            sentence="The source counts stops without saying where they are: areas, addresses and overlap were not "
            "checked, and drive times are spread evenly.",
        )


def on_no_route(plan: Plan, told: Collection[str]) -> Iterator[Finding]:
    """Stops that somebody has to decide about; those that were `told` of already are left out."""
    served = {stop_id for route in plan.routes for stop_id in route.stop_ids}
    left = [stop for stop in plan.stops if stop.stop_id not in served and stop.stop_id not in told]
    if left:
        verb = "stop is" if len(left) == 1 else "stops are"
        yield Finding(
            kind=Kind.UNSERVED,
            severity=Severity.RISK,
            sentence=f"{len(left)} {verb} on no route. Decide who takes them, or leave their packages at the station.",
            figures={"stops": len(left), "packages": sum(len(stop.packages) for stop in left)},
            stop_ids=tuple(stop.stop_id for stop in left),
            centre=middle([stop.place for stop in left]),
        )


def order(plan: Plan, _known: Known) -> Iterator[Finding]:
    """Say whose order of stops was checked where the source of the routes has none."""
    if plan.origin == "given" and plan.order == "sequenced":
        yield Finding(
            kind=Kind.UNKNOWN,
            severity=Severity.NOTE,
            sentence="The source does not say in which order the stops are driven; they were put into an order here, "
            "and another one comes to other times.",
        )
