"""The problem that a day poses: its stops and vans as arrays, with what is known of drivers and zones. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dispatchkit.imports.given import GivenVan, Import
from dispatchkit.plan.engine.objective import Objective
from dispatchkit.plan.engine.problem import Problem
from dispatchkit.plan.route_schedule import windows_s
from dispatchkit.records import Driver, Stop
from dispatchkit.roster.fit import known_share, van_class
from dispatchkit.station import Station
from dispatchkit.times import seconds_between


def posed(
    found: Import,
    stops: Sequence[Stop],
    vans: Sequence[GivenVan],
    departs_at: Sequence[datetime],
    station: Station,
    *,
    drivers: Mapping[str, Driver],
) -> Problem:
    """Make the problem of these stops and vans; the station is its place 0, and the first departure its instant 0.

    Parameters
    ----------
    found
        Where the vans leave from, and which stops need a van of a certain type.
    departs_at
        When each van leaves.
    station
        Shift, break and weights; a van's own shift and its own limit of packages go before the profile's.
    drivers
        van_id → who drives it, where that is known.
    """
    begins, most = min(departs_at), station.objective.packages_count
    opens_s, closes_s = windows_s(stops, begins)
    crew = [van.driver or drivers.get(van.van_id) for van in vans]
    return Problem(
        lat=_with_station(found.station_lat, [s.lat for s in stops]),
        lng=_with_station(found.station_lng, [s.lng for s in stops]),
        volume=_with_station(0.0, [s.volume_cm3 for s in stops]),
        service_s=_with_station(0.0, [s.service_s for s in stops]),
        opens_s=np.append(np.nan, opens_s),
        closes_s=np.append(np.nan, closes_s),
        van_volume=tuple(van.volume_cm3 for van in vans),
        shift_s=station.shift.on_road_limit_s,
        break_s=station.shift.break_s,
        packages=_with_station(0.0, [len(s.packages) for s in stops]),
        van_packages=tuple(float(most or np.inf) if van.packages is None else float(van.packages) for van in vans),
        van_leaves_s=tuple(seconds_between(begins, at) for at in departs_at),
        van_shift_s=tuple(shift_s(van, station) for van in vans),
        van_share=tuple(station.objective.nursery_share if d is not None and d.nursery else 1.0 for d in crew),
        zone=zones(stops),
        strange_s=_strange_s(found, stops, vans, crew, station),
    )


def weighed(station: Station) -> Objective:
    """What counts beside driving, as the profile weighs it."""
    weights = station.objective
    return Objective(
        balance_s=weights.balance_s, zone_s=weights.zone_s, compact_s_per_km=weights.compact_s_per_km
    )  # fmt: skip


def shift_s(van: GivenVan, station: Station) -> float:
    """Longest time of a van from departure to return: its own, or the day's."""
    return station.shift.on_road_limit_s if van.shift_s is None else van.shift_s


def zones(stops: Sequence[Stop]) -> NDArray[np.int_] | None:
    """Number of each place's sort zone, the station first; -1 where it has none, None where no stop has one."""
    number = {zone: n for n, zone in enumerate(dict.fromkeys(stop.zone for stop in stops if stop.zone))}
    return np.array([-1, *(number.get(stop.zone, -1) for stop in stops)]) if number else None


def _with_station(station: float | None, stops: Sequence[float | None]) -> NDArray[np.float64]:
    return np.array([station, *stops], dtype=float)


def _strange_s(
    found: Import, stops: Sequence[Stop], vans: Sequence[GivenVan], crew: Sequence[Driver | None], station: Station
) -> NDArray[np.float32] | None:
    """What it costs to have a van serve a stop whose zone its driver does not know, or which needs another van."""
    needed = np.array([found.needs.get(stop.stop_id, "") for stop in stops], dtype=object)
    knows = [driver if driver is not None and driver.zones else None for driver in crew]
    if not (needed != "").any() and not any(knows):
        return None
    strange_s = np.zeros((len(vans), len(stops) + 1), dtype=np.float32)
    names = {stop.zone for stop in stops if stop.zone}
    for row, van, driver in zip(strange_s, vans, knows, strict=True):
        if driver is not None:
            share = {zone: known_share(driver, zone, station) for zone in names} | {"": 1.0}
            row[1:] = [station.objective.familiarity_s * (1 - share[stop.zone]) for stop in stops]
        fits = np.array([_serves(van.service_type, need) for need in needed], dtype=bool)
        row[1:][~fits] = np.inf
    return strange_s


def _serves(service_type: str, needed: str) -> bool:
    """Whether a van of this type may serve a stop that needs that one: the same type, or one of the same class."""
    mine, asked = service_type.strip().casefold(), needed.strip().casefold()
    return not asked or mine == asked or (bool(van_class(asked)) and van_class(mine) == van_class(asked))
