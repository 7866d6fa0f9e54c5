"""The synthetic station DXX1 and its calm day, from a seed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from dispatchkit.geo import distances_m
from dispatchkit.plan.legs import Between
from dispatchkit.records import Fleet, Package, Plan, PlannedRoute, Record, Roster, Stop
from dispatchkit.samples import people
from dispatchkit.samples.order import short_order
from dispatchkit.samples.parcels import Parcel, parcels, window
from dispatchkit.samples.town import STATION_LAT, STATION_LNG, Door, Neighbourhood, doors, neighbourhoods
from dispatchkit.station import Station
from dispatchkit.times import after

SEED = 20260314
STATION = "DXX1"
SERVICE_DAY = date(2026, 3, 14)
TIMEZONE = "America/Chicago"
FIRST_WAVE = time(9, 20)

STOPS = (121, 181)
"""Fewest and most stops of a route."""

HOURS = (6.4, 8.0)
"""Planned hours of a route with the fewest and the most stops: a calm day leaves room below the limit of 9.5."""

DOOR_FACTOR = (0.72, 1.4)
"""Least and most stretch of the service seconds towards those hours: a door in a block of flats takes longer."""


class SampleStation(Record, frozen=True):
    """A station's day before anybody has come to work. `timezone` is its IANA zone."""

    plan: Plan
    roster: Roster
    fleet: Fleet
    timezone: str


def generate(seed: int, *, travel: Between, station: Station) -> SampleStation:
    """Make the station; the same seed makes the same one on every machine.

    Parameters
    ----------
    travel
        Planned drive seconds, rounded here to whole ones.
    station
        Its profile: waves, breaks, and how long a route may be out.
    """
    areas = list(neighbourhoods(Random(f"{seed}|town")))
    routes, stops = [], []
    for number, area in enumerate(areas):
        route, its_stops = _route(number, area, Random(f"{seed}|{area.prefix}"), travel, station)
        routes.append(route)
        stops += its_stops
    vans = people.fleet(routes)
    return SampleStation(
        plan=Plan(
            station=STATION,
            service_day=SERVICE_DAY,
            station_lat=STATION_LAT,
            station_lng=STATION_LNG,
            stops=tuple(stops),
            routes=tuple(routes),
            order="sequenced",
        ),
        roster=people.roster([a.prefix for a in areas], vans, Random(f"{seed}|people")),
        fleet=vans,
        timezone=TIMEZONE,
    )


def _route(
    number: int, area: Neighbourhood, chance: Random, travel: Between, station: Station
) -> tuple[PlannedRoute, list[Stop]]:
    count = chance.randint(*STOPS)
    places = _in_order(doors(area, count, chance))
    drive_s = _drive_s(places, travel)
    loads = _paced(parcels(count, chance), wanted_s=_wanted_s(count) - sum(drive_s) - station.shift.break_s)
    wave, departs_at = _wave(number, station)
    code = f"CX{101 + number}"
    stops = []
    at = departs_at
    for k, (door, load) in enumerate(zip(places, loads, strict=True)):
        at += timedelta(seconds=drive_s[k])
        stops.append(_stop(f"{code}-{k + 1:03}", door, load, at, chance))
        at += timedelta(seconds=stops[-1].service_s)
    kind = people.van_type(sum(s.volume_cm3 for s in stops), chance)
    route = PlannedRoute(
        route_id=f"{STATION}-{code}",
        code=code,
        stop_ids=tuple(s.stop_id for s in stops),
        drive_s=drive_s,
        departs_at=departs_at,
        finish_by=after(departs_at, station.shift.on_road_limit_s),
        van_volume_cm3=kind.volume_cm3,
        break_s=station.shift.break_s,
        service_type=kind.name,
        wave=wave,
    )
    return route, stops


def _stop(stop_id: str, door: Door, load: Sequence[Parcel], planned_at: datetime, chance: Random) -> Stop:
    packages = tuple(
        Package(
            package_id=f"{stop_id}-{letter}",
            volume_cm3=parcel.volume_cm3,
            service_s=parcel.service_s,
            window=window(planned_at, SERVICE_DAY, TIMEZONE, chance),
        )
        for letter, parcel in zip("abcdef", load, strict=False)
    )
    return Stop(stop_id=stop_id, lat=door.lat, lng=door.lng, packages=packages, zone=door.zone)


def _in_order(places: Sequence[Door]) -> list[Door]:
    lat, lng = [STATION_LAT, *(p.lat for p in places)], [STATION_LNG, *(p.lng for p in places)]
    metres = np.rint(distances_m(lat, lng, lat, lng)).astype(np.int64)
    return [places[k - 1] for k in short_order(metres)]


def _drive_s(places: Sequence[Door], travel: Between) -> tuple[float, ...]:
    way = [(STATION_LAT, STATION_LNG), *((p.lat, p.lng) for p in places), (STATION_LAT, STATION_LNG)]
    return tuple(float(round(travel.between(*a, *b))) for a, b in pairwise(way))


def _wanted_s(stops: int) -> float:
    return float(np.interp(stops, STOPS, HOURS)) * 3600


def _paced(loads: list[list[Parcel]], *, wanted_s: float) -> list[list[Parcel]]:
    """Stretch or squeeze the service seconds so that a route's doors take about `wanted_s`."""
    drawn_s = sum(p.service_s for load in loads for p in load)
    factor = min(max(wanted_s / drawn_s, DOOR_FACTOR[0]), DOOR_FACTOR[1])
    return [[Parcel(volume_cm3=p.volume_cm3, service_s=round(p.service_s * factor)) for p in load] for load in loads]


def _wave(number: int, station: Station) -> tuple[str, datetime]:
    wave = number // station.wave.size_count
    first = datetime.combine(SERVICE_DAY, FIRST_WAVE, ZoneInfo(TIMEZONE)).astimezone(UTC)
    return f"Wave {wave + 1}", after(first, wave * station.wave.spacing_s)
