"""The debrief: every package of a route that was not delivered gets a status and a reason, with the driver there."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import PackageAccount, PackagesDebriefed
from dispatchkit.day.open_day import known_route_blockers, refuse_if
from dispatchkit.eos.balance import not_found
from dispatchkit.records import PackageStatus
from dispatchkit.station import Station

NOT_REACHED = "OUT OF DRIVE TIME"
"""The reason for a package whose stop was not served."""
NEVER_LEFT = "TR CANCELLED"
"""The reason for a package whose route did not run."""


def status_of_reason(reason: str, station: Station) -> PackageStatus | None:
    """What the reason makes of a package by the station's profile; None for a reason that it does not know."""
    said = " ".join(reason.upper().split())
    for status, reasons in (
        (PackageStatus.ATTEMPTED, station.package.attempted),
        (PackageStatus.RETURNED, station.package.returned),
        (PackageStatus.MISSING, station.package.missing),
    ):
        if said in reasons:
            return status
    return None


def prefill(day: Day, route_id: str, station: Station) -> tuple[PackageAccount, ...]:
    """What the debrief starts from: accounts given before, the driver's own words, and what was never reached.

    A reason that the profile does not know leaves the status empty, for a person to choose. Packages that the dock
    could not find are accounted for already, and those of stops that were done are taken to be delivered.
    """
    left = route_id in day.load_out.departed
    held = day.end_of_shift.debriefed.get(route_id)
    given = held.accounts if held else ()
    accounts = {account.package_id: account for account in given}
    for package_id, told in _undelivered(day, route_id):
        if package_id not in accounts:
            said = told or (NOT_REACHED if left else NEVER_LEFT)
            accounts[package_id] = PackageAccount(package_id, str(status_of_reason(said, station) or ""), said)
    return tuple(accounts.values())


def debrief_blockers(
    day: Day, route_id: str, accounts: Sequence[PackageAccount], station: Station
) -> Iterator[str]:
    """Why the debrief cannot be recorded: the van is not back, or an account is wrong or lacking."""
    if known := [*known_route_blockers(day, route_id)]:
        yield from known
        return
    code = day.code(route_id)
    if route_id in day.load_out.departed and route_id not in day.end_of_shift.returned:
        yield f"{code} is not back yet. Debrief it when it is."
    route = day.road.routes[route_id]
    stop_of = {p.package_id: stop_id for stop_id in route.order for p in day.plan.stop[stop_id].packages}
    lost = not_found(day)
    for account in accounts:
        package_id, stop_id = account.package_id, stop_of.get(account.package_id)
        if stop_id is None:
            yield f"{package_id} is not a package of {code}. Check the id, or the route that took the stop over."
            continue
        if stop_id in route.served and package_id not in route.not_delivered and package_id not in lost:
            yield f"{package_id} was delivered at stop {stop_id}. Take it off the list, or undo that stop first."
        status = status_of_reason(account.reason, station)
        if status is None:
            yield f"{package_id}: '{account.reason}' is not a reason that the station knows. Choose one of its list."
        elif account.status != status:
            yield f"{package_id}: {account.reason} makes a package {status}, not {account.status or 'nothing'}."
    named = Counter(account.package_id for account in accounts)
    for package_id, n in named.items():
        if n > 1:
            yield f"{package_id} is accounted for {n} times. Once is enough."
    if lacking := [p for p, _ in _undelivered(day, route_id) if p not in named]:
        yield f"{code}: {len(lacking)} without an account: {', '.join(lacking[:5])}{', …' if len(lacking) > 5 else ''}."


def debrief(
    day: Day, *, route_id: str, accounts: Sequence[PackageAccount], station: Station, at: datetime, by: str
) -> list[Fact]:
    """Record the debrief of a route; it replaces an earlier one. All its packages not named here were delivered."""
    refuse_if(debrief_blockers(day, route_id, accounts, station))
    return [PackagesDebriefed(at=at, by=by, route_id=route_id, accounts=tuple(accounts))]


def _undelivered(day: Day, route_id: str) -> Iterator[tuple[str, str]]:
    """Yield each package that was not delivered by all that is known, with the driver's reason, empty where none.

    Those that the dock could not find are not among them: they have their account.
    """
    route, lost = day.road.routes[route_id], not_found(day)
    to_do = frozenset(route.remaining)
    for stop_id in route.order:
        for package in day.plan.stop[stop_id].packages:
            told = route.not_delivered.get(package.package_id)
            if package.package_id not in lost and (told or stop_id in to_do):
                yield package.package_id, told.reason if told else ""
