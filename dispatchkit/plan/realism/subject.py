"""What the rules look at: one planned route with everything that is known of it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from dispatchkit.pace.forecast import Projection
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.engine.schedule import Schedule
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.outcomes import NO_OUTCOMES, Outcomes
from dispatchkit.plan.route_schedule import route_schedule, windows_s
from dispatchkit.records import Driver, Place, Plan, PlannedRoute, Record, Stop, Van
from dispatchkit.roster.fit import Load, load_of
from dispatchkit.station import Station


class Known(Record, frozen=True):
    """What is known beside the plan; everything that is left out is unknown, and no rule speaks of it.

    Attributes
    ----------
    driver_of, van_of
        route_id → who drives, and what.
    grounded
        van_id → why it may not leave.
    vans
        Every van that may be used; None where nobody says which there are.
    drivers
        Everybody who may drive, standbys too; None where nobody says who that is.
    stated_back_at
        route_id → the return that whoever made the plan states.
    outcomes
        What became of packages on earlier days, by place.
    past
        What earlier days tell of drivers and areas; the forecast knows it too.
    """

    driver_of: Mapping[str, Driver] = {}
    van_of: Mapping[str, Van] = {}
    grounded: Mapping[str, str] = {}
    vans: tuple[Van, ...] | None = None
    drivers: tuple[Driver, ...] | None = None
    stated_back_at: Mapping[str, datetime] = {}
    outcomes: Outcomes = NO_OUTCOMES
    past: Past = NO_PAST


NOTHING_KNOWN = Known()


class Subject(Record, frozen=True):
    """One route that is being checked.

    Attributes
    ----------
    projection
        Its day as the forecast sees it in the morning.
    timezone
        IANA zone in which the sentences tell the time.
    light_s
        Planned seconds up to which a route is one of the day's lightest quarter.
    beside
        For each stop, in route order, the route on which its nearest neighbour is; empty where places are unknown.
    """

    plan: Plan
    route: PlannedRoute
    station: Station
    known: Known
    projection: Projection
    timezone: str
    light_s: float
    beside: tuple[str, ...] = ()

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """The route's stops in order."""
        return tuple(self.plan.stops_of(self.route.route_id))

    @cached_property
    def load(self) -> Load:
        """What the route asks of a driver and a van."""
        return load_of(self.plan, self.route)

    @cached_property
    def driver(self) -> Driver | None:
        """Who drives it, where somebody is assigned."""
        return self.known.driver_of.get(self.route.route_id)

    @cached_property
    def van(self) -> Van | None:
        """What is driven, where a van is assigned."""
        return self.known.van_of.get(self.route.route_id)

    @cached_property
    def schedule(self) -> Schedule:
        """The plan's own times, seconds after departure."""
        return route_schedule(self.plan, self.route)

    @cached_property
    def windows_s(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """When each stop's window opens and closes, seconds after departure; not a number where there is none."""
        return windows_s(self.stops, self.route.departs_at)

    @property
    def opens_s(self) -> NDArray[np.float64]:
        """When each stop's window opens, seconds after departure; not a number where there is none."""
        return self.windows_s[0]

    @property
    def closes_s(self) -> NDArray[np.float64]:
        """When each stop's window closes, seconds after departure; not a number where there is none."""
        return self.windows_s[1]

    @cached_property
    def starts_s(self) -> NDArray[np.float64]:
        """When service starts at each stop by the plan, seconds after departure."""
        starts_s: NDArray[np.float64] = self.schedule.arrive_s + self.schedule.wait_s
        return starts_s

    def at(self, seconds: float) -> datetime:
        """The instant so many seconds after departure."""
        return datetime.fromtimestamp(self.route.departs_at.timestamp() + seconds, UTC)

    def clock(self, seconds: float) -> str:
        """Show the instant so many seconds after departure as the station's clock does."""
        return f"{self.local(seconds):%H:%M}"

    def local(self, seconds: float) -> datetime:
        """The instant so many seconds after departure, in the station's zone."""
        return self.at(seconds).astimezone(ZoneInfo(self.timezone))

    def finds(
        self, kind: Kind, severity: Severity, sentence: str, *, stops: Sequence[int] = (), **figures: float
    ) -> Finding:
        """Make a finding on this route; `stops` are places in its order, none where it is about all of them."""
        about = [self.stops[i] for i in stops]
        return Finding(
            route_id=self.route.route_id,
            kind=kind,
            severity=severity,
            sentence=sentence,
            figures=figures,
            stop_ids=tuple(s.stop_id for s in about),
            centre=middle([s.place for s in about or self.stops]),
        )


def middle(places: Sequence[Place | None]) -> Place | None:
    """The middle of the places that are known; None where none is."""
    there = [place for place in places if place is not None]
    if not there:
        return None
    return sum(lat for lat, _ in there) / len(there), sum(lng for _, lng in there) / len(there)
