"""The realism report: everything that speaks against a plan before anybody drives it. Pure.

What a check sees is the plan with what is known beside it. It does not see the weather, parking, what a customer
wrote yesterday, a package's weight, or a business that named no hours.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from dispatchkit.plan.legs import Between
from dispatchkit.plan.realism import addresses, areas, hours, load, overlap, people, whole_plan, windows
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.morning import projections
from dispatchkit.plan.realism.result import PlanRealism, RouteRealism
from dispatchkit.plan.realism.subject import NOTHING_KNOWN, Known, Subject
from dispatchkit.plan.realism.summary import sentences
from dispatchkit.records import Plan
from dispatchkit.roster.fit import light_limit_s, loads_of
from dispatchkit.station import Station

RULES: tuple[Callable[[Subject], Iterator[Finding]], ...] = (
    hours.shift,
    hours.chance,
    load.volume,
    load.van_and_driver,
    windows.windows,
    windows.impossible_windows,
    addresses.failing_addresses,
    areas.slow_areas,
    areas.congested_areas,
    people.new_to_the_zone,
    people.nursery,
    windows.midday,
    load.bulky_packages,
    hours.stems,
    overlap.overlap,
    windows.waits,
    hours.stated_return,
)
"""What is asked of each route, in the order in which it is told."""

PLAN_RULES: tuple[Callable[[Plan, Known], Iterator[Finding]], ...] = (
    whole_plan.vans,
    whole_plan.drivers,
    whole_plan.volume,
    whole_plan.places,
    whole_plan.order,
)
"""What is asked of the plan as a whole."""

_WEIGHT = {Severity.LIMIT: 0, Severity.RISK: 1, Severity.NOTE: 2}


def check(
    plan: Plan,
    station: Station,
    travel: Between,
    *,
    timezone: str,
    known: Known = NOTHING_KNOWN,
    also: Sequence[Finding] = (),
) -> PlanRealism:
    """Check a plan: figures and findings of every route, and of the whole.

    Parameters
    ----------
    travel
        Drive seconds between places that the plan does not hold in a row.
    timezone
        IANA zone of the station, in which the sentences tell the time.
    known
        Drivers, vans and earlier days, as far as they are known.
    also
        What has been found already, such as by the reader of a plan file; it is told with the rest.
    """
    told = {stop_id for finding in also for stop_id in finding.stop_ids}
    of_plan = [*(f for rule in PLAN_RULES for f in rule(plan, known)), *whole_plan.on_no_route(plan, told)]
    served = replace(plan, routes=tuple(r for r in plan.routes if r.stop_ids))
    found = PlanRealism(
        station=plan.station,
        service_day=plan.service_day,
        timezone=timezone,
        routes=tuple(_routes(served, station, travel, timezone, known, also)) if served.routes else (),
        findings=_in_order(of_plan, also, route_id=""),
        zones=len(zones := overlap.zones_of(served)),
        zones_split=tuple(zone for zone, routes in zones.items() if len(routes) > 1),
    )
    return replace(found, sentences=tuple(sentences(found)))


def _routes(
    plan: Plan, station: Station, travel: Between, timezone: str, known: Known, also: Sequence[Finding]
) -> Iterator[RouteRealism]:
    driver_of = {r: driver.driver_id for r, driver in known.driver_of.items() if r in plan.route}
    ahead = projections(plan, station, travel, driver_of=driver_of, past=known.past)
    light_s, beside, neighbours = light_limit_s(loads_of(plan)), overlap.beside(plan), overlap.neighbours(plan)
    for route in plan.routes:
        at = Subject(
            plan=plan,
            route=route,
            station=station,
            known=known,
            projection=ahead[route.route_id],
            timezone=timezone,
            light_s=light_s,
            beside=beside.get(route.route_id, ()),
        )
        yield _route(at, neighbours.get(route.route_id, ()), also)


def _route(at: Subject, neighbours: tuple[str, ...], also: Sequence[Finding]) -> RouteRealism:
    route, finish = at.route, at.projection.finish
    findings = _in_order([f for rule in RULES for f in rule(at)], also, route_id=route.route_id)
    return RouteRealism(
        route_id=route.route_id,
        code=route.code,
        wave=route.wave,
        driver_id=at.driver.driver_id if at.driver else "",
        van_id=at.van.van_id if at.van else "",
        stops=len(at.stops),
        packages=sum(len(s.packages) for s in at.stops),
        departs_at=route.departs_at,
        finish_by=route.finish_by,
        planned_h=at.schedule.back_s / 3600,
        drive_h=sum(route.drive_s) / 3600,
        service_h=sum(s.service_s for s in at.stops) / 3600,
        wait_h=float(at.schedule.wait_s.sum()) / 3600,
        p50=finish.at(0.5),
        p90=finish.at(0.9),
        chance_in_time=1 - finish.chance_after(route.finish_by),
        load_share=load.load_share(at),
        bulky_packages=len(load.bulky(at)),
        businesses_by_hour=windows.businesses_by_hour(at),
        stem_out_min=route.drive_s[0] / 60,
        stem_back_min=route.drive_s[-1] / 60,
        overlap_share=overlap.overlap_share(at),
        known_share=people.known_share(at),
        neighbours=neighbours,
        hard=is_hard(findings, at.station),
        findings=findings,
    )


def is_hard(findings: Iterable[Finding], station: Station) -> bool:
    """Say whether a route with these findings is a hard one.

    It is where a limit is broken, where the chance to be in time is too small, or where so many different risks come
    together as the station profile says.
    """
    told = tuple(findings)
    risks = {f.kind for f in told if f.severity is Severity.RISK}
    broken = any(f.severity is Severity.LIMIT for f in told)
    return broken or Kind.CHANCE in risks or len(risks) >= station.realism.hard_risks_count


def _in_order(found: Sequence[Finding], also: Sequence[Finding], *, route_id: str) -> tuple[Finding, ...]:
    """What was found about a route, or the plan, the gravest first."""
    own = [*(f for f in also if f.route_id == route_id), *found]
    return tuple(sorted(own, key=lambda f: _WEIGHT[f.severity]))
