"""What can happen between arrival at the station and departure."""

from datetime import datetime

from dispatchkit.day.facts.base import Fact


class WaveSet(Fact, frozen=True):
    """These routes leave together at `departs_at`."""

    wave: str
    departs_at: datetime
    route_ids: tuple[str, ...]


class DriverArrived(Fact, frozen=True):
    """The driver is at the station."""

    driver_id: str


class BriefingGiven(Fact, frozen=True):
    """The stand-up of a wave was held."""

    wave: str
    topic: str


class LoadingStarted(Fact, frozen=True):
    """The van stands at its pad and is being loaded."""

    route_id: str


class LoadingFinished(Fact, frozen=True):
    """The van is loaded. `not_found` are package ids that the route should have had and nobody found at the dock."""

    route_id: str
    packages: int
    not_found: tuple[str, ...] = ()


class RouteDeparted(Fact, frozen=True):
    """The van left the station."""

    route_id: str
    driver_id: str
    van_id: str
