"""A past day as thin facts, in the order in which a desk would have learned them."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from random import Random

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import DriverReturned, PackageAccount, PackagesDebriefed
from dispatchkit.day.facts.load_out import LoadingFinished, RouteDeparted
from dispatchkit.day.facts.pre_load_out import (
    DriverAssigned,
    DriverCalledOut,
    FleetTaken,
    PlanCommitted,
    RosterTaken,
    RoutesGiven,
    VanInspected,
)
from dispatchkit.day.facts.road import RescueEnded, RescueStarted
from dispatchkit.day.facts.whole_day import DayClosed, DayOpened
from dispatchkit.fleet.inspection import PRE_TRIP
from dispatchkit.records import Plan, PlannedRoute, Stop
from dispatchkit.road.departures import GROUNDING_DEFECTS
from dispatchkit.samples import crew as crews
from dispatchkit.samples.crew import SEED, STATION
from dispatchkit.samples.history import Drive, PastDay
from dispatchkit.samples.town import degrees
from dispatchkit.station import Station
from dispatchkit.times import after

BY = "history"
"""Who says so: the generator, in days that nobody lived through."""

Learned = tuple[datetime, Sequence[Fact]]
"""Facts of one append, and when they were learned."""

RESCUE_SHARE = 0.7
"""Days with a rescue."""

READY_SHARE = 0.75
"""Rescues that fall to the few who are always asked, when one of them is there."""

READY = 4
"""How many those are."""

ASKED_AFTER_SHARE, MEETS_AFTER_S, LASTS_S = 0.6, 1500.0, 5400.0
"""When help is asked for, as a share of the giver's time on the road; the meeting and the end after that."""

WORSE_SHARE, WORSE_FACTOR = 0.12, 2.6
"""Drivers who leave more undelivered than the others, and how much more."""

RETURNED_SHARE, MISSING_SHARE = 0.15, 0.03
"""Of the undelivered packages; all others were attempted."""


def thin_plan(past: PastDay, station: Station) -> Plan:
    """The day's routes, each with one stop without place and packages that says which zone it was."""
    stops = tuple(Stop(stop_id=f"{drive.code}-all", packages=(), zone=drive.prefix) for drive in past.drives)
    return Plan(
        station=STATION,
        service_day=past.key.service_day,
        stops=stops,
        routes=tuple(
            PlannedRoute(
                route_id=drive.route_id,
                code=drive.code,
                stop_ids=(stop.stop_id,),
                drive_s=(round(drive.planned_s), 0.0),
                departs_at=drive.departs_at,
                finish_by=after(drive.departs_at, station.shift.on_road_limit_s),
            )
            for drive, stop in zip(past.drives, stops, strict=True)
        ),
        travel="counted",
    )


def past_facts(past: PastDay, station: Station, *, plan: str, roster: str, fleet: str) -> Iterator[Learned]:
    """Yield the facts of a day, one append after the other; `plan`, `roster` and `fleet` are digests."""
    chance = Random(f"{SEED}|past facts|{past.key.service_day}")
    first, last = min(d.departs_at for d in past.drives), max(d.back_at for d in past.drives)
    evening, morning, closing = after(first, -12 * 3600), after(first, -2 * 3600), after(last, 1800)
    yield evening, _night(past, evening, plan=plan, roster=roster, fleet=fleet)
    yield morning, [
        *(
            DriverCalledOut(at=after(first, -60 * chance.randint(130, 300)), by=BY, driver_id=d, attendance=state)
            for d, state in past.absent.items()
        ),
        *(DriverAssigned(at=morning, by=BY, route_id=d.route_id, driver_id=d.driver_id) for d in past.drives),
    ]
    yield max(d.left_at for d in past.drives), [*_inspections(past, first, chance), *_departures(past)]
    yield from _rescue(past, chance)
    yield last, [DriverReturned(at=drive.back_at, by=BY, route_id=drive.route_id) for drive in past.drives]
    debriefs = [_debriefed(drive, closing, station, chance) for drive in past.drives]
    yield closing, [*debriefs, DayClosed(at=closing, by=BY)]


def _night(past: PastDay, at: datetime, *, plan: str, roster: str, fleet: str) -> list[Fact]:
    drives = past.drives
    return [
        DayOpened(
            at=at, by=BY, station=STATION, service_day=str(past.key.service_day), timezone=crews.TIMEZONE
        ),
        RoutesGiven(
            at=at,
            by=BY,
            plan=plan,
            routes=len(drives),
            stops=sum(d.stops for d in drives),
            packages=sum(d.packages for d in drives),
        ),
        PlanCommitted(at=at, by=BY, plan=plan),
        RosterTaken(at=at, by=BY, roster=roster, drivers=len(past.members)),
        FleetTaken(at=at, by=BY, fleet=fleet, vans=len(crews.crew().fleet.vans)),
    ]


def _inspections(past: PastDay, first: datetime, chance: Random) -> Iterator[Fact]:
    """Yield the inspections that a van did not pass; those that were passed are left out."""
    for van_id, driver_id in past.failed.items():
        yield VanInspected(
            at=after(first, -1800),
            by=BY,
            van_id=van_id,
            driver_id=driver_id,
            inspection=PRE_TRIP,
            passed=False,
            defects=(chance.choice(GROUNDING_DEFECTS),),
        )


def _departures(past: PastDay) -> Iterator[Fact]:
    for d in past.drives:
        yield LoadingFinished(at=after(d.left_at, -60), by=BY, route_id=d.route_id, packages=d.packages)
        yield RouteDeparted(at=d.left_at, by=BY, route_id=d.route_id, driver_id=d.driver_id, van_id=d.van_id)


def _rescue(past: PastDay, chance: Random) -> Iterator[Learned]:
    """Yield the day's rescue, if it had one: of the longest route, mostly by one of those who are always asked."""
    if chance.random() >= RESCUE_SHARE:
        return
    giver = max(past.drives, key=lambda d: d.drive_s)
    others = [d for d in past.drives if d is not giver]
    always = set(Random(f"{SEED}|ready").sample([m.driver.driver_id for m in crews.crew().members], READY))
    ready = [d for d in others if d.driver_id in always]
    helper = chance.choice(ready if ready and chance.random() < READY_SHARE else others)
    at = giver.left_at + timedelta(seconds=round(giver.drive_s * ASKED_AFTER_SHARE))
    lat, lng = degrees(next(area.centre for area in crews.crew().areas if area.prefix == giver.prefix))
    started = RescueStarted(
        at=at,
        by=BY,
        rescue_id=f"rescue:{giver.route_id}:1",
        route_id=giver.route_id,
        helper_route_id=helper.route_id,
        stop_ids=(),
        helper_order=(),
        meet_at=after(at, MEETS_AFTER_S),
        meet_lat=lat,
        meet_lng=lng,
    )
    yield at, [started]
    ended_at = after(at, LASTS_S)
    yield ended_at, [RescueEnded(at=ended_at, by=BY, rescue_id=started.rescue_id, outcome="complete")]


def _debriefed(drive: Drive, at: datetime, station: Station, chance: Random) -> PackagesDebriefed:
    worse = Random(f"{SEED}|worse|{drive.driver_id}").random() < WORSE_SHARE
    share = station.simulator.not_delivered_share * (WORSE_FACTOR if worse else 0.8)
    left = sum(chance.random() < share for _ in range(drive.packages))
    stops = sorted(chance.sample(range(1, drive.stops + 1), left))
    accounts = tuple(_account(f"{drive.code}-{stop:03}-a", station, chance) for stop in stops)
    return PackagesDebriefed(at=at, by=BY, route_id=drive.route_id, accounts=accounts)


def _account(package_id: str, station: Station, chance: Random) -> PackageAccount:
    drawn = chance.random()
    if drawn < MISSING_SHARE:
        return PackageAccount(package_id, "missing", chance.choice(station.package.missing))
    if drawn < MISSING_SHARE + RETURNED_SHARE:
        return PackageAccount(package_id, "returned", chance.choice(station.package.returned))
    return PackageAccount(package_id, "attempted", chance.choice(station.package.attempted))
