"""A plan file held against the data beside it: every stop once or left out with a reason, every van once. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from dispatchkit.imports.given import Import
from dispatchkit.imports.plan_file import FiledRoute, PlanFile, Unserved
from dispatchkit.plan.intake import drive_along, first_departure
from dispatchkit.plan.legs import STATION
from dispatchkit.plan.posing import shift_s
from dispatchkit.plan.realism.finding import Finding, Kind, Severity
from dispatchkit.plan.realism.subject import middle
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.records import Plan, PlannedRoute, Record, Stop
from dispatchkit.station import Station
from dispatchkit.times import LASTS, after, midnight
from dispatchkit.travel.by_hour import knowing
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.of_day import with_limits

NAMED = 10
"""Stops that a sentence names; the rest are counted, and all of them are in `Finding.stop_ids`."""


class Filed(Record, frozen=True):
    """What a plan file comes to with its data.

    Attributes
    ----------
    plan
        The routes as they can be driven: a stop that stands twice is on the first route that has it, and one that the
        data do not know on none. It holds every stop of the data, and departures on the data's day only.
    findings
        Where the file and the data do not agree.
    """

    plan: Plan
    findings: tuple[Finding, ...]


def as_file(plan: Plan, *, van_of: Mapping[str, str], unserved: Mapping[str, str]) -> PlanFile:
    """Put a plan into the form of the file; `van_of` is route_id → van_id, `unserved` stop_id → reason."""
    routes = [
        FiledRoute(
            route_id=route.route_id,
            van_id=van_of.get(route.route_id, ""),
            stops=route.stop_ids,
            departs_at=route.departs_at,
            finishes_at=after(route.departs_at, route_schedule(plan, route).back_s),
        )
        for route in plan.routes
    ]
    left_out = [Unserved(stop_id=stop_id, reason=reason) for stop_id, reason in unserved.items()]
    return PlanFile(routes=tuple(routes), unserved=tuple(left_out))


def given_vans_cm3(found: Import) -> dict[str, float]:
    """What each van of the data holds, by van id; a van that the data do not name is called as its route's code."""
    return {van.van_id or van.code: van.volume_cm3 for van in found.vans}


def of_file(file: PlanFile, found: Import, station: Station, travel: TravelTimes) -> Filed:
    """Make the plan that the file means of the data's stops and vans, and say where the two do not agree.

    Drive seconds are the recorded ones where the data hold them, between stops of one given route; else `travel`'s.
    """
    stops = {stop.stop_id: stop for stop in found.stops}
    station = with_limits(station, found)
    vans_cm3, legs = given_vans_cm3(found), _Legs(found, station, knowing(travel, stops.values()))
    shifts_s = {van.van_id or van.code: shift_s(van, station) for van in found.vans}
    codes, first = {r.route_id: r.code for r in found.routes}, first_departure(found, station)
    routes, taken = [], set[str]()
    for filed in file.routes:
        own = [s for s in dict.fromkeys(filed.stops) if s in stops and s not in taken]
        taken.update(own)
        departs_at = filed.departs_at if filed.departs_at and _on_the_day(filed.departs_at, found) else first
        routes.append(
            PlannedRoute(
                route_id=filed.route_id,
                code=codes.get(filed.route_id, filed.route_id),
                stop_ids=tuple(own),
                drive_s=legs.along([stops[s] for s in own], departs_at),
                departs_at=departs_at,
                finish_by=after(departs_at, shifts_s.get(filed.van_id, station.shift.on_road_limit_s)),
                van_volume_cm3=vans_cm3.get(filed.van_id, 0.0),
                break_s=station.shift.break_s,
            )
        )
    plan = Plan(
        station=found.station,
        service_day=found.service_day,
        station_lat=found.station_lat,
        station_lng=found.station_lng,
        stops=tuple(stops.values()),
        routes=tuple(routes),
        origin="built",
        travel="recorded" if legs.all_recorded else travel.name,
    )
    no_use = {stop.stop_id for stop in found.left_out}
    findings = (*_stops_once(file, stops, no_use), *_vans_once(file, vans_cm3), *_on_other_days(file, found))
    return Filed(plan=plan, findings=findings)


def unusable(found: Import) -> Iterator[Finding]:
    """Stops that nobody can plan as the data have them: a finding each, since each is put right in its own way."""
    for stop in found.left_out:
        yield Finding(
            kind=Kind.UNSERVED,
            severity=Severity.LIMIT,
            sentence=f"{stop.stop_id} is left out. {stop.reason}",
            figures={"stops": 1.0},
            stop_ids=(stop.stop_id,),
        )


class _Legs:
    """Drive seconds along an order of stops, and whether all asked so far were recorded."""

    def __init__(self, found: Import, station: Station, travel: TravelTimes) -> None:
        self._found, self._station, self._travel = found, station, travel
        self._row = {
            stop_id: (route_id, row)
            for route_id, times in found.recorded.items()
            for row, stop_id in enumerate(times.stop_ids[1:], 1)
        }
        self.all_recorded = bool(found.recorded)

    def along(self, stops: Sequence[Stop], departs_at: datetime) -> tuple[float, ...]:
        """Seconds of each leg, from the station and back to it."""
        way = (STATION, *(stop.stop_id for stop in stops), STATION)
        estimated_s = drive_along(self._found, stops, self._travel, departs_at, self._station)
        recorded_s = [self._recorded_s(a, b) for a, b in pairwise(way)]
        self.all_recorded = self.all_recorded and None not in recorded_s
        return tuple(
            estimate if known is None else known for estimate, known in zip(estimated_s, recorded_s, strict=True)
        )

    def _recorded_s(self, a: str, b: str) -> float | None:
        """Seconds between two stops of one recorded route, or one of them and the station, which is its row 0."""
        (route_a, row_a), (route_b, row_b) = (self._row.get(stop_id, ("", 0)) for stop_id in (a, b))
        route_id = route_a or route_b
        if not route_id or any(s != STATION and r != route_id for s, r in ((a, route_a), (b, route_b))):
            return None
        seconds = float(self._found.recorded[route_id].seconds[row_a, row_b])
        return None if np.isnan(seconds) else seconds


def _stops_once(file: PlanFile, stops: Mapping[str, Stop], no_use: Collection[str]) -> Iterator[Finding]:
    """Every stop of the data is on one route, or left out with a reason; one that nobody can use is left out only."""
    routes_of: dict[str, list[str]] = {}
    for route in file.routes:
        for stop_id in route.stops:
            routes_of.setdefault(stop_id, []).append(route.route_id)
        if not route.stops:
            yield _finding(stops, Severity.NOTE, "It has no stops; its van stays.", (), route_id=route.route_id)
    left_out = {u.stop_id: u.reason.strip() for u in file.unserved}
    unknown = [s for s in dict.fromkeys((*routes_of, *left_out)) if s not in stops and s not in no_use]
    driven = [s for s in routes_of if s in no_use]
    twice = [s for s, routes in routes_of.items() if len(routes) > 1]
    both = [s for s in routes_of if s in left_out]
    missing = [s for s in (*stops, *no_use) if s not in routes_of and s not in left_out]
    silent = [s for s, reason in left_out.items() if not reason]
    for stop_ids, said in (
        (unknown, "not in the data. Check that plan and data belong together"),
        (driven, "on a route, and cannot be used as the data have it. Put the data right"),
        (twice, "served more than once. Take each off all routes but one"),
        (both, "served and listed as unserved. Say which"),
        (missing, "on no route and not listed as unserved. Put each on a route, or say why not"),
        (silent, "listed as unserved without a reason. Say why"),
    ):
        if stop_ids:
            verb = "is" if len(stop_ids) == 1 else "are"
            yield _finding(stops, Severity.LIMIT, f"{_counted(stop_ids)} {verb} {said}: {_named(stop_ids)}.", stop_ids)
    for reason, n in Counter(reason for reason in left_out.values() if reason).most_common():
        stop_ids = [s for s, why in left_out.items() if why == reason]
        verb = "is" if n == 1 else "are"
        said = f"{_counted(stop_ids)} {verb} unserved: {reason}"
        yield _finding(stops, Severity.RISK, said, stop_ids, kind=Kind.UNSERVED)


def _vans_once(file: PlanFile, vans_cm3: Mapping[str, float]) -> Iterator[Finding]:
    """Every route with stops has a van of the data, and no other route has it."""
    used: dict[str, str] = {}
    for route in file.routes:
        if not route.stops:
            continue
        said = ""
        if not route.van_id:
            said = "No van is named for it. Name one of the data's."
        elif route.van_id not in vans_cm3:
            said = f"Van {route.van_id} is not in the data. Name one of them, or bring a list of vans that has it."
        elif route.van_id in used:
            said = f"Van {route.van_id} is on {used[route.van_id]} already. Give it another van."
        used.setdefault(route.van_id, route.route_id)
        if said:
            yield Finding(route_id=route.route_id, kind=Kind.VAN, severity=Severity.LIMIT, sentence=said)


def _on_other_days(file: PlanFile, found: Import) -> Iterator[Finding]:
    """A departure on another day than the data's is a slip; the route is checked from the day's first departure."""
    for route in file.routes:
        if route.departs_at is not None and not _on_the_day(route.departs_at, found):
            local = route.departs_at.astimezone(ZoneInfo(found.timezone))
            said = f"It departs on {local:%Y-%m-%d at %H:%M}, and the data are for {found.service_day}."
            yield Finding(
                route_id=route.route_id,
                kind=Kind.STATED_TIMES,
                severity=Severity.LIMIT,
                sentence=f"{said} Correct the day.",
            )


def _on_the_day(at: datetime, found: Import) -> bool:
    begins = midnight(found.service_day, ZoneInfo(found.timezone))
    return begins <= at < begins + LASTS


def _finding(
    stops: Mapping[str, Stop], severity: Severity, sentence: str, stop_ids: Sequence[str],
    *, kind: Kind = Kind.SERVED_ONCE, route_id: str = "",
) -> Finding:  # fmt: skip
    return Finding(
        route_id=route_id,
        kind=kind,
        severity=severity,
        sentence=sentence,
        figures={"stops": float(len(stop_ids))} if stop_ids else {},
        stop_ids=tuple(stop_ids),
        centre=middle([stops[s].place for s in stop_ids if s in stops]),
    )


def _counted(stop_ids: Sequence[str]) -> str:
    return "1 stop" if len(stop_ids) == 1 else f"{len(stop_ids):,} stops"


def _named(stop_ids: Sequence[str]) -> str:
    more = f" and {len(stop_ids) - NAMED} more" if len(stop_ids) > NAMED else ""
    return ", ".join(stop_ids[:NAMED]) + more
