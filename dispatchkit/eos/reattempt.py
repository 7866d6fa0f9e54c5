"""Reattempts: what was at the door today, was not handed over, and lies near enough to be tried again."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import ReattemptListed
from dispatchkit.day.open_day import known_route_blockers, refuse_if
from dispatchkit.eos.balance import whereabouts
from dispatchkit.records import PackageStatus
from dispatchkit.station import Station


def within_reach(day: Day, route_id: str, *, drive_s: Mapping[str, float], station: Station) -> tuple[str, ...]:
    """Package ids of the route that were attempted and lie within the profile's reach, in the order of its stops.

    Parameters
    ----------
    drive_s
        stop_id → seconds of driving from where the driver is now; a stop that is not in it is out of reach.
    """
    limit_s = station.package.reattempt_within_s
    return tuple(
        where.package_id
        for where in whereabouts(day, route_id)
        if where.status is PackageStatus.ATTEMPTED and drive_s.get(where.stop_id, float("inf")) <= limit_s
    )


def list_reattempt_blockers(day: Day, route_id: str, package_ids: Sequence[str]) -> Iterator[str]:
    """Why these cannot be tried again: unknown route, nothing named, or a package that was not attempted."""
    if known := [*known_route_blockers(day, route_id)]:
        yield from known
        return
    if not package_ids:
        yield "Name the packages that are to be tried again."
    attempted = {w.package_id for w in whereabouts(day, route_id) if w.status is PackageStatus.ATTEMPTED}
    if others := [p for p in package_ids if p not in attempted]:
        yield f"Not attempted on {day.code(route_id)}: {', '.join(others)}. Only attempted packages are tried again."


def list_reattempt(day: Day, *, route_id: str, package_ids: Sequence[str], at: datetime, by: str) -> list[Fact]:
    """Put packages on the list of reattempts; the newest list of a route counts."""
    refuse_if(list_reattempt_blockers(day, route_id, package_ids))
    return [ReattemptListed(at=at, by=by, route_id=route_id, package_ids=tuple(package_ids))]
