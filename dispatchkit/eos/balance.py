"""The package balance: loaded = delivered + attempted + returned + missing, and the difference until it is zero.

A package is *loaded* on the route that has its stop now, after all transfers; what the dock could not find stays in the
account, as missing. Where it went is said, the later word first, by

1. the debrief of the route;
2. the count at the dock: not found there is missing;
3. the stop: served, and the driver did not except the package, is delivered; excepted is open until the debrief;
4. a bare count of stops: it says that the first stops in order are done, but not of which package. They are delivered
   once the route is debriefed, for the debrief names what was not; before that they are open.

Everything else is open. The difference is the number of open packages, so it is never negative.
"""

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from dispatchkit.day import Day
from dispatchkit.day.remembered import remembered
from dispatchkit.records import PackageStatus, Record

NOT_FOUND_AT_THE_DOCK = "OBJECT MISSING"
"""The reason of return reports that fits a package which nobody found when the van was loaded."""


class Whereabouts(NamedTuple):
    """Where a package is. `status` None while it is open; `reason` as told for one that was not delivered."""

    package_id: str
    stop_id: str
    status: PackageStatus | None
    reason: str = ""


class RouteBalance(Record, frozen=True):
    """Packages of a route, or of the whole day (then `route_id` and `code` are empty)."""

    route_id: str = ""
    code: str = ""
    loaded: int = 0
    delivered: int = 0
    attempted: int = 0
    returned: int = 0
    missing: int = 0

    @property
    def difference(self) -> int:
        """Packages of which nobody has said where they are."""
        return self.loaded - self.delivered - self.attempted - self.returned - self.missing


class Balance(Record, frozen=True):
    """The balance of every route in the plan's order, and of the day."""

    routes: tuple[RouteBalance, ...] = ()

    @cached_property
    def total(self) -> RouteBalance:
        """The sums over all routes."""
        return RouteBalance(
            loaded=sum(r.loaded for r in self.routes),
            delivered=sum(r.delivered for r in self.routes),
            attempted=sum(r.attempted for r in self.routes),
            returned=sum(r.returned for r in self.routes),
            missing=sum(r.missing for r in self.routes),
        )

    @cached_property
    def of(self) -> dict[str, RouteBalance]:
        """Balances by route id."""
        return {r.route_id: r for r in self.routes}


@remembered
def balance(day: Day) -> Balance:
    """The package balance of the day as it stands; without routes while there is no plan."""
    plan = day.pre_load_out.plan
    if plan is None:
        return Balance()
    lost = not_found(day)
    routes = []
    for route in plan.routes:
        counts = Counter(where.status for where in _whereabouts(day, route.route_id, lost))
        statuses = {str(status): counts[status] for status in PackageStatus}
        routes.append(RouteBalance(route_id=route.route_id, code=route.code, loaded=counts.total(), **statuses))
    return Balance(routes=tuple(routes))


def whereabouts(day: Day, route_id: str) -> Iterator[Whereabouts]:
    """Yield where each package of the route is, in the order of its stops."""
    return _whereabouts(day, route_id, not_found(day))


def not_found(day: Day) -> frozenset[str]:
    """Packages that nobody found at the dock. Of the whole day: their stop may have changed hands since."""
    return frozenset(p for loaded in day.load_out.loaded.values() for p in loaded.not_found)


def _whereabouts(day: Day, route_id: str, lost: frozenset[str]) -> Iterator[Whereabouts]:
    plan, route = day.plan, day.road.routes[route_id]
    debrief = day.end_of_shift.debriefed.get(route_id)
    accounts = {a.package_id: a for a in debrief.accounts} if debrief else {}
    to_do = frozenset(route.remaining)
    for stop_id in route.order:
        done = stop_id not in to_do
        said = stop_id in route.served or (done and debrief is not None)
        for package in plan.stop[stop_id].packages:
            package_id = package.package_id
            if account := accounts.get(package_id):
                yield Whereabouts(package_id, stop_id, _status(account.status), account.reason)
            elif package_id in lost:
                yield Whereabouts(package_id, stop_id, PackageStatus.MISSING, NOT_FOUND_AT_THE_DOCK)
            elif excepted := route.not_delivered.get(package_id):
                yield Whereabouts(package_id, stop_id, None, excepted.reason)
            else:
                yield Whereabouts(package_id, stop_id, PackageStatus.DELIVERED if said else None)


def _status(said: str) -> PackageStatus | None:
    """The status that an account states; a word that this version does not know leaves the package open."""
    return PackageStatus(said) if said in list(PackageStatus) else None
