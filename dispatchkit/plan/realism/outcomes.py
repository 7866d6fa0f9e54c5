"""What became of packages on earlier days, by place: where does the door stay shut? Pure.

Plans name stops anew every day, so an address is known again by its place only. Two households in one building are one
address here; one that a source has geocoded anew is a new one. A visit counts where somebody was at the door, and it
failed where a package came back from there for a reason of the address, as the station profile lists them under
`attempted`; a package that was never loaded, was damaged or ran out of drive time says nothing of the address. A bare
count of stops tells of no door before the route is debriefed.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dispatchkit.day import Day
from dispatchkit.eos.balance import Whereabouts, whereabouts
from dispatchkit.plan.realism.places import points_m, tree
from dispatchkit.records import PackageStatus, Place, Record

if TYPE_CHECKING:
    from scipy.spatial import KDTree


class Visit(Record, frozen=True, array_like=True):
    """Somebody was at this door on that day.

    Attributes
    ----------
    reason
        Why a package was not handed over, as told; empty where all were, or nobody said.
    """

    service_day: date
    place: Place
    failed: bool = False
    reason: str = ""


class Outcomes(Record, frozen=True):
    """Visits of earlier days, the oldest first."""

    visits: tuple[Visit, ...] = ()

    def near(self, places: Sequence[Place], within_m: float) -> list[tuple[Visit, ...]]:
        """For each place the visits so near to it, the oldest first."""
        if not self.visits or not places:
            return [() for _ in places]
        lat, lng = zip(*places, strict=True)
        found = self._tree.query_ball_point(points_m(lat, lng), within_m, return_sorted=True)
        return [tuple(self.visits[i] for i in here) for here in found]

    @cached_property
    def _tree(self) -> "KDTree":
        lat, lng = zip(*(visit.place for visit in self.visits), strict=True)
        return tree(points_m(lat, lng))


NO_OUTCOMES = Outcomes()


def gathered(visits: Iterable[Visit]) -> Outcomes:
    """Put visits of several days, in any order, into one."""
    return Outcomes(visits=tuple(sorted(visits, key=lambda visit: visit.service_day)))


def visits_of(day: Day) -> Iterator[Visit]:
    """Yield every door of a day at which somebody was known to be; nothing of a day without a plan."""
    plan = day.pre_load_out.plan
    for route in plan.routes if plan else ():
        at_stop: dict[str, list[Whereabouts]] = {}
        for package in whereabouts(day, route.route_id):
            at_stop.setdefault(package.stop_id, []).append(package)
        for stop_id, packages in at_stop.items():
            place, tried = day.plan.stop[stop_id].place, [p for p in packages if p.status in _AT_THE_DOOR]
            if place is None or not tried:
                continue
            failed = [p.reason for p in tried if p.status is PackageStatus.ATTEMPTED]
            yield Visit(
                service_day=day.key.service_day, place=place, failed=bool(failed), reason=most_common(failed)
            )


def most_common(reasons: Iterable[str]) -> str:
    """The reason that was told most often; empty where none was."""
    counted = Counter(reason for reason in reasons if reason)
    return min(counted, key=lambda reason: (-counted[reason], reason), default="")


_AT_THE_DOOR = (PackageStatus.DELIVERED, PackageStatus.ATTEMPTED)
