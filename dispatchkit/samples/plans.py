"""A plan for one day of an invented station: a route for each neighbourhood, in waves."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo

import numpy as np

from dispatchkit.geo import distances_m
from dispatchkit.plan.legs import Between
from dispatchkit.records import Package, Plan, PlannedRoute, Record, Stop
from dispatchkit.samples import people
from dispatchkit.samples.order import short_order
from dispatchkit.samples.parcels import Parcel, parcels, window
from dispatchkit.samples.people import VanType
from dispatchkit.samples.town import STATION_LAT, STATION_LNG, Door, Neighbourhood, doors
from dispatchkit.station import Station
from dispatchkit.times import after

STOPS = (121, 181)
"""Fewest and most stops of a route."""

DOOR_FACTOR = (0.72, 1.4)
"""Least and most stretch of the service seconds towards the wanted hours: a door in a block of flats takes longer."""

MOST_FILLED_SHARE = 0.95
"""A load that would fill more than so much of a van that is given is packed tighter: a station plans for its vans."""


class Setting(Record, frozen=True):
    """What is particular about one day of a station.

    Attributes
    ----------
    first_wave
        Station time at which the first wave leaves.
    first_number
        Of the route codes: 101 makes CX101, CX102, …
    hours
        Planned hours of a route with the fewest and the most stops.
    hours_of
        Planned hours of single neighbourhoods, by zone prefix, where they differ from that.
    """

    station: str
    service_day: date
    timezone: str
    first_wave: time
    first_number: int = 101
    hours: tuple[float, float] = (6.4, 8.0)
    hours_of: Mapping[str, float] = {}


def plan_of(
    setting: Setting,
    areas: Sequence[Neighbourhood],
    seed: str,
    *,
    travel: Between,
    station: Station,
    kinds: Sequence[VanType] = (),
) -> Plan:
    """Make the plan; the same seed makes the same one on every machine.

    Parameters
    ----------
    travel
        Planned drive seconds, rounded here to whole ones.
    station
        Its profile: waves, breaks, and how long a route may be out.
    kinds
        The van that each neighbourhood has; without them each route asks for the kind that its load fills well.
    """
    routes, stops = [], []
    for number, area in enumerate(areas):
        kind = kinds[number] if kinds else None
        route, its_stops = _route(setting, number, area, Random(f"{seed}|{area.prefix}"), travel, station, kind)
        routes.append(route)
        stops += its_stops
    return Plan(
        station=setting.station,
        service_day=setting.service_day,
        station_lat=STATION_LAT,
        station_lng=STATION_LNG,
        stops=tuple(stops),
        routes=tuple(routes),
        order="sequenced",
    )


def _route(
    setting: Setting,
    number: int,
    area: Neighbourhood,
    chance: Random,
    travel: Between,
    station: Station,
    kind: VanType | None,
) -> tuple[PlannedRoute, list[Stop]]:
    count = chance.randint(*STOPS)
    places = _in_order(doors(area, count, chance))
    drive_s = _drive_s(places, travel)
    wanted_s = 3600 * setting.hours_of.get(area.prefix, float(np.interp(count, STOPS, setting.hours)))
    loads = _paced(parcels(count, chance), wanted_s=wanted_s - sum(drive_s) - station.shift.break_s)
    if kind is not None:
        loads = _packed(loads, MOST_FILLED_SHARE * kind.volume_cm3)
    wave, departs_at = _wave(setting, number, station)
    code = f"CX{setting.first_number + number}"
    stops = []
    at = departs_at
    for k, (door, load) in enumerate(zip(places, loads, strict=True)):
        at += timedelta(seconds=drive_s[k])
        stops.append(_stop(setting, f"{code}-{k + 1:03}", door, load, at, chance))
        at += timedelta(seconds=stops[-1].service_s)
    kind = kind or people.van_type(sum(s.volume_cm3 for s in stops), chance)
    route = PlannedRoute(
        route_id=f"{setting.station}-{code}",
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


def _stop(
    setting: Setting, stop_id: str, door: Door, load: Sequence[Parcel], planned_at: datetime, chance: Random
) -> Stop:
    packages = tuple(
        Package(
            package_id=f"{stop_id}-{letter}",
            volume_cm3=parcel.volume_cm3,
            service_s=parcel.service_s,
            window=window(planned_at, setting.service_day, setting.timezone, chance),
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


def _paced(loads: list[list[Parcel]], *, wanted_s: float) -> list[list[Parcel]]:
    """Stretch or squeeze the service seconds so that a route's doors take about `wanted_s`."""
    drawn_s = sum(p.service_s for load in loads for p in load)
    factor = min(max(wanted_s / drawn_s, DOOR_FACTOR[0]), DOOR_FACTOR[1])
    return [[Parcel(volume_cm3=p.volume_cm3, service_s=round(p.service_s * factor)) for p in load] for load in loads]


def _packed(loads: list[list[Parcel]], most_cm3: float) -> list[list[Parcel]]:
    """Make the parcels smaller, all alike, where together they are more than the van takes."""
    factor = min(1.0, most_cm3 / sum(p.volume_cm3 for load in loads for p in load))
    return [[Parcel(volume_cm3=int(p.volume_cm3 * factor), service_s=p.service_s) for p in load] for load in loads]


def _wave(setting: Setting, number: int, station: Station) -> tuple[str, datetime]:
    wave = number // station.wave.size_count
    first = datetime.combine(setting.service_day, setting.first_wave, ZoneInfo(setting.timezone)).astimezone(UTC)
    return f"Wave {wave + 1}", after(first, wave * station.wave.spacing_s)
