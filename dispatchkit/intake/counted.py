"""A plan out of figures alone: so many stops, so many packages, so long a route. No place is known of any stop.

Pure. Drive seconds are spread evenly: what the route's duration leaves after service and break, over one leg more than
there are stops. Stops are `CX101:17`, their packages `CX101:17/2`.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.imports.readings import OpsRoute
from dispatchkit.records import DayKey, Package, Plan, PlannedRoute, Record, Stop
from dispatchkit.station import Station
from dispatchkit.times import after

S_PER_MIN = 60


class Count(Record, frozen=True):
    """What Cortex tells of a route beside the station's plan; None where it does not."""

    stops: int | None = None
    packages: int | None = None
    returns: time | None = None


def counted_plan(
    key: DayKey, routes: Sequence[OpsRoute], counts: Mapping[str, Count], *, timezone: str, station: Station
) -> Plan:
    """Make the plan of a day from the station's rows and the counts by route code.

    Parameters
    ----------
    routes
        One row a code. Each needs stops in `counts`; packages may come from either.

    Raises
    ------
    ValueError
        Where nothing tells a route's stops.
    """
    made = [_route(key, row, counts.get(row.code, Count()), ZoneInfo(timezone), station) for row in routes]
    lat, lng = station.site.lat_deg, station.site.lng_deg
    known = lat is not None and lng is not None
    return Plan(
        station=key.station,
        service_day=key.service_day,
        station_lat=lat if known else None,
        station_lng=lng if known else None,
        stops=tuple(stop for _, stops in made for stop in stops),
        routes=tuple(route for route, _ in made),
        origin="given",
        order="given",
        travel="counted",
    )


def estimated_stops(packages: int, station: Station) -> int:
    """Stops of so many packages, by the profile's packages a stop; at least one."""
    return max(1, round(packages / station.intake.packages_per_stop))


def estimated_packages(stops: int, station: Station) -> int:
    """Packages of so many stops, by the profile's packages a stop."""
    return round(stops * station.intake.packages_per_stop)


def leaves_at(service_day: date, wave: time, zone: ZoneInfo) -> datetime:
    """The instant at which the station's clock shows a time on the service day (UTC).

    An hour that the clock skips in spring is taken as if it had not been put forward; of an hour that it shows twice in
    autumn the first is meant.
    """
    return datetime.combine(service_day, wave, zone).astimezone(UTC)


def returns_at(departs_at: datetime, returns: time, zone: ZoneInfo) -> datetime:
    """The first instant after the departure at which the station's clock shows a time, past midnight too."""
    local = departs_at.astimezone(zone).date()
    same_day = leaves_at(local, returns, zone)
    return same_day if same_day > departs_at else leaves_at(local + timedelta(days=1), returns, zone)


def wave_name(wave: time | None) -> str:
    """What a wave is called: by when it leaves."""
    return f"Wave {wave:%H:%M}" if wave is not None else ""


def _route(
    key: DayKey, row: OpsRoute, count: Count, zone: ZoneInfo, station: Station
) -> tuple[PlannedRoute, list[Stop]]:
    if count.stops is None:
        raise ValueError(f"Nothing tells the stops of {row.code}.")
    first = time.fromisoformat(station.wave.first)
    departs_at = leaves_at(key.service_day, row.wave or first, zone)
    latest = after(departs_at, station.shift.on_road_limit_s)
    break_s = station.shift.break_s
    duration_s = row.duration_min * S_PER_MIN if row.duration_min is not None else station.shift.on_road_limit_s
    work_s = max(0.0, duration_s - break_s)
    packages = packages_of(row, count, station)
    stops = _stops(row.code, count.stops, packages, work_s * station.intake.service_share)
    service_s = sum(stop.service_s for stop in stops)
    legs = len(stops) + 1
    route = PlannedRoute(
        route_id=row.code,
        code=row.code,
        stop_ids=tuple(stop.stop_id for stop in stops),
        drive_s=(max(0.0, work_s - service_s) / legs,) * legs,
        departs_at=departs_at,
        finish_by=returns_at(departs_at, count.returns, zone) if count.returns is not None else latest,
        break_s=break_s,
        service_type=row.service_type,
        wave=wave_name(row.wave),
        staging=row.staging,
        commercial_packages=row.commercial_packages,
    )
    return route, stops


def packages_of(row: OpsRoute, count: Count, station: Station) -> int:
    """A route's packages: as the station's plan has them, else Cortex, else by the profile's packages a stop."""
    if row.packages is not None:
        return row.packages
    if count.packages is not None:
        return count.packages
    return estimated_packages(count.stops or 0, station)


def _stops(code: str, stops: int, packages: int, service_s: float) -> list[Stop]:
    """Stops with the packages dealt out evenly; every stop that has a package takes equally long."""
    each, more = divmod(packages, stops) if stops else (0, 0)
    served = min(stops, packages)
    made = []
    for n in range(1, stops + 1):
        held = each + (n <= more)
        stop_id = f"{code}:{n}"
        made.append(
            Stop(
                stop_id=stop_id,
                packages=tuple(
                    Package(package_id=f"{stop_id}/{package}", service_s=service_s / served / held)
                    for package in range(1, held + 1)
                ),
            )
        )
    return made
