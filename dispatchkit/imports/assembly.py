"""Routes as the readers found them become one import a station and day: codes, ids unique in the day, departures."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
import tzfpy

from dispatchkit.geo import distance_m
from dispatchkit.imports.given import GivenRoute, Import, LeftOut, Order, OriginalFile, RecordedTimes, Source
from dispatchkit.imports.problems import Findings, Problem
from dispatchkit.records import DayKey, Stop


@dataclass(frozen=True)
class FoundRoute:
    """A route before its day is known as a whole. Stop ids are the source's own, unique in the route only.

    `leaves` is the UTC time of day of departure; `recorded` has the station first and then the stops in order.
    `left_out` are stops that cannot be used, by the source's own ids.
    """

    station: str
    service_day: date
    station_place: tuple[float, float]
    route_id: str
    stops: tuple[Stop, ...]
    leaves: time | None
    van_id: str
    van_volume_cm3: float
    order: Order
    recorded: RecordedTimes | None = None
    notes: list[Problem] = field(default_factory=list)
    left_out: tuple[LeftOut, ...] = ()


def departure(service_day: date, leaves: time, zone: ZoneInfo) -> datetime:
    """Find the instant of a UTC time of day that falls on the service day where the station is.

    Sources give the local date and the time in UTC, so that an evening departure in California, or a morning one in
    Japan, lies on another UTC date than the one written. Where the day has no such instant (an hour skipped in
    spring), the date is taken as UTC.
    """
    written = datetime.combine(service_day, leaves, UTC)
    nearby = (written + timedelta(days=days) for days in (0, -1, 1))
    return next((at for at in nearby if at.astimezone(zone).date() == service_day), written)


def assemble(
    routes: Iterable[FoundRoute], originals: tuple[OriginalFile, ...], source: Source, findings: Findings,
    notes: Iterable[Problem],
) -> list[Import]:
    """Group routes by station and service day, in that order; `notes` concern all of them.

    A place without a time zone, and a station code that cannot name a day, are recorded in `findings` as blocking.
    """
    days: dict[tuple[str, date], list[FoundRoute]] = defaultdict(list)
    for route in routes:
        days[route.station, route.service_day].append(route)
    shared = tuple(notes)
    made = (_day(days[key], originals, source, findings, shared) for key in sorted(days))
    return [day for day in made if day is not None]


def _day(
    found: list[FoundRoute], originals: tuple[OriginalFile, ...], source: Source, findings: Findings,
    shared: tuple[Problem, ...],
) -> Import | None:
    first = min(found, key=lambda r: r.route_id)
    lat, lng = first.station_place
    timezone = tzfpy.get_tz(lng, lat)
    if not timezone:
        findings.block(f"Station {first.station} at {lat}, {lng} lies in no known time zone.")
        return None
    try:
        DayKey(first.station, first.service_day)
    except ValueError as error:
        findings.block(str(error))
        return None
    zone = ZoneInfo(timezone)
    departs = {r.route_id: departure(r.service_day, r.leaves, zone) for r in found if r.leaves is not None}
    never = datetime.max.replace(tzinfo=UTC)
    by_departure = sorted(found, key=lambda r: (departs.get(r.route_id, never), r.route_id))
    coded = {f"CX{n}": route for n, route in enumerate(by_departure, 1)}
    routes = tuple(_route(code, route, departs.get(route.route_id)) for code, route in coded.items())
    return Import(
        station=first.station,
        service_day=first.service_day,
        station_lat=lat,
        station_lng=lng,
        timezone=timezone,
        routes=routes,
        source=source,
        originals=originals,
        rows=sum(len(stop.packages) for route in routes for stop in route.stops),
        problems=(*shared, *_moved(found, first, findings.file), *(note for route in found for note in route.notes)),
        recorded={r.route_id: _prefixed(code, r.recorded) for code, r in coded.items() if r.recorded is not None},
        left_out=tuple(
            msgspec.structs.replace(stop, stop_id=f"{code}:{stop.stop_id}")
            for code, route in coded.items()
            for stop in route.left_out
        ),
    )


def _route(code: str, found: FoundRoute, departs_at: datetime | None) -> GivenRoute:
    drive_s = None
    if found.recorded is not None and found.order == "driven":
        legs = [*range(len(found.stops) + 1), 0]
        drive_s = tuple(found.recorded.seconds[legs[:-1], legs[1:]].tolist())
    return GivenRoute(
        route_id=found.route_id,
        code=code,
        stops=tuple(msgspec.structs.replace(stop, stop_id=f"{code}:{stop.stop_id}") for stop in found.stops),
        departs_at=departs_at,
        van_id=found.van_id,
        van_volume_cm3=found.van_volume_cm3,
        order=found.order,
        drive_s=drive_s,
    )


def _prefixed(code: str, recorded: RecordedTimes) -> RecordedTimes:
    return RecordedTimes(tuple(f"{code}:{stop_id}" for stop_id in recorded.stop_ids), recorded.seconds)


def _moved(found: list[FoundRoute], first: FoundRoute, file: str) -> list[Problem]:
    """Note routes that have the station at another place than the route whose place is used."""
    return [
        Problem(
            file=file,
            column=route.route_id,
            message=f"Station {route.station} lies {distance_m(*route.station_place, *first.station_place):,.0f} m "
            f"from where {first.route_id} has it; the latter place is used.",
            blocks=False,
        )
        for route in found
        if route.station_place != first.station_place
    ]
