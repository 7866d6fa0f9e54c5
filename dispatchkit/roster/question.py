"""What an assignment has to answer: which routes, who may take them, and how things stand."""

from collections.abc import Mapping
from functools import cached_property

from dispatchkit.records import Driver, Record, Van
from dispatchkit.roster.fit import Load, driver_misfits, van_misfits
from dispatchkit.station import Station


class Question(Record, frozen=True):
    """Who and what is to be matched.

    Attributes
    ----------
    loads
        The routes to cover, in the plan's order.
    drivers, vans
        Who may drive, the first choice first, and what may leave.
    late
        Ids of drivers who are late.
    keep
        route_id → (driver_id, van_id) as it stands; empty strings for none.
    light_s
        Planned seconds up to which a route is light.
    """

    loads: tuple[Load, ...]
    drivers: tuple[Driver, ...]
    vans: tuple[Van, ...]
    late: frozenset[str]
    keep: Mapping[str, tuple[str, str]]
    light_s: float
    station: Station

    @cached_property
    def drivers_for(self) -> dict[str, tuple[Driver, ...]]:
        """route_id → drivers whom the rules allow."""
        return {ld.route_id: tuple(d for d in self.drivers if not any(driver_misfits(d, ld))) for ld in self.loads}

    @cached_property
    def vans_for(self) -> dict[str, tuple[Van, ...]]:
        """route_id → vans that the rules allow."""
        return {
            ld.route_id: tuple(v for v in self.vans if not any(van_misfits(v, ld, self.station))) for ld in self.loads
        }

    def kept_driver(self, route_id: str) -> str:
        """Id of the driver who has the route as it stands; empty for none."""
        return self.keep.get(route_id, ("", ""))[0]

    def kept_van(self, route_id: str) -> str:
        """Id of the van that has the route as it stands; empty for none."""
        return self.keep.get(route_id, ("", ""))[1]
