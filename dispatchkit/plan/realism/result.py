"""What a check of a plan comes to: figures and findings by route, and the whole in a few sentences."""

from collections import Counter
from datetime import date, datetime
from functools import cached_property
from statistics import pstdev

from dispatchkit.plan.realism.finding import Finding, Severity
from dispatchkit.records import Record


class RouteRealism(Record, frozen=True):
    """One route, and what speaks against it.

    Attributes
    ----------
    driver_id, van_id
        Who drives what; empty where nobody is assigned.
    planned_h
        Hours from departure to return by the plan's own times, waits and break in them.
    drive_h, service_h, wait_h
        What they consist of, besides the break.
    p50, p90
        By when it is back in 50 and 90 of 100 cases, as the road page forecasts it in the morning.
    chance_in_time
        Chance (0-1) to be back by `finish_by`.
    load_share
        Volume of the packages as a share of the van's; None where that is unknown.
    bulky_packages
        Packages too large for a bag.
    businesses_by_hour
        Hour of the station's day → business stops planned in it.
    stem_out_min, stem_back_min
        Drive to the first stop, and back from the last.
    overlap_share
        Share of the stops whose nearest neighbour is on another route; None where places are unknown.
    known_share
        How well the driver knows the route (0-1); None where nobody can tell.
    neighbours
        Routes that lie nearest, the nearest first; empty where places are unknown.
    hard
        Whether a limit is broken, the chance to be in time is too small, or too much comes together.
    """

    route_id: str
    code: str
    wave: str
    driver_id: str
    van_id: str
    stops: int
    packages: int
    departs_at: datetime
    finish_by: datetime
    planned_h: float
    drive_h: float
    service_h: float
    wait_h: float
    p50: datetime
    p90: datetime
    chance_in_time: float
    load_share: float | None
    bulky_packages: int
    businesses_by_hour: dict[int, int]
    stem_out_min: float
    stem_back_min: float
    overlap_share: float | None
    known_share: float | None
    neighbours: tuple[str, ...]
    hard: bool
    findings: tuple[Finding, ...] = ()


class PlanRealism(Record, frozen=True):
    """A plan, and what speaks against it.

    Attributes
    ----------
    routes
        In the plan's order; routes without stops are left out.
    findings
        Of the plan as a whole.
    zones, zones_split
        Zones that the plan names, and those of them that have stops on several routes.
    sentences
        The whole for the dispatcher, the most important first.
    """

    station: str
    service_day: date
    timezone: str
    routes: tuple[RouteRealism, ...]
    findings: tuple[Finding, ...]
    zones: int
    zones_split: tuple[str, ...]
    sentences: tuple[str, ...] = ()

    @cached_property
    def every_finding(self) -> tuple[Finding, ...]:
        """Findings of the plan, then of each route."""
        return (*self.findings, *(finding for route in self.routes for finding in route.findings))

    @property
    def feasible(self) -> bool:
        """Whether no hard limit is broken."""
        return not any(finding.severity is Severity.LIMIT for finding in self.every_finding)

    @cached_property
    def hard_routes(self) -> tuple[RouteRealism, ...]:
        """The hard ones, the least chance to be in time first."""
        return tuple(sorted((r for r in self.routes if r.hard), key=lambda r: (r.chance_in_time, r.code)))

    @property
    def total_h(self) -> float:
        """Planned hours of all routes."""
        return sum(r.planned_h for r in self.routes)

    @property
    def hours_sd_h(self) -> float:
        """Standard deviation of the routes' planned hours; 0 without routes."""
        return pstdev(r.planned_h for r in self.routes) if self.routes else 0.0

    @property
    def hours_range_h(self) -> tuple[float, float]:
        """The shortest and the longest route in planned hours; zeros without routes."""
        hours = [r.planned_h for r in self.routes] or [0.0]
        return min(hours), max(hours)

    @property
    def worst_chance(self) -> float:
        """The least chance of a route to be in time; 1 without routes."""
        return min((r.chance_in_time for r in self.routes), default=1.0)

    @property
    def businesses_by_hour(self) -> dict[int, int]:
        """Hour of the station's day → business stops planned in it on all routes."""
        counted = Counter[int]()
        for route in self.routes:
            counted.update(route.businesses_by_hour)
        return dict(sorted(counted.items()))

    @property
    def overlap_share(self) -> float | None:
        """Share of all stops whose nearest neighbour is on another route; None where places are unknown."""
        told = [(r.overlap_share, r.stops) for r in self.routes if r.overlap_share is not None]
        return sum(share * stops for share, stops in told) / sum(stops for _, stops in told) if told else None
