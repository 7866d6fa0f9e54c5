"""The small tables of a station day: where the stations are, what the vans hold, when they left and with how much."""

import math
from collections.abc import Collection, Mapping
from datetime import time

import msgspec

from dispatchkit.imports import values
from dispatchkit.imports.problems import part, quoted
from dispatchkit.imports.tables import Row

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

VanKey = tuple[str, str]
"""Station and van: vans are numbered by station."""


class Departure(msgspec.Struct, frozen=True):
    """A row of the departures. `stops` and `packages` are what it says the van carried; None where it does not say."""

    row: Row
    route_id: str
    leaves: time | None
    stops: float | None
    packages: float | None


def depots(rows: list[Row]) -> dict[str, Place]:
    """Read places by station; NaN for one whose place cannot be used, so that its packages are not blamed for it."""
    found: dict[str, Place] = {}
    for row in rows:
        place = values.place(row["lat"], row["long"], row.at("lat"), row.at("long"))
        station = values.identifier(row["depot_id"], row.at("depot_id"))
        if station is None:
            continue
        if station in found:
            row.at("depot_id").block(f"Station {quoted(station)} stands twice.")
        found[station] = place or (math.nan, math.nan)
    return found


def vans(rows: list[Row], stations: Collection[str]) -> dict[VanKey, float]:
    """Read volumes in cm³ by station and van; NaN for one whose volume cannot be used."""
    found: dict[VanKey, float] = {}
    for row in rows:
        key = van_key(row, stations)
        about = "" if key is None else part(*key)
        volume = values.positive(row["capacity"], msgspec.structs.replace(row, about=about).at("capacity"))
        if key is None:
            continue
        if key in found:
            row.at("vehicle_id").block(f"Van {quoted(key[1])} stands twice.")
        found[key] = math.nan if volume is None else volume
    return found


def departures(rows: list[Row], stations: Collection[str], known: Mapping[VanKey, float]) -> dict[VanKey, Departure]:
    """Read one departure a van."""
    found: dict[VanKey, Departure] = {}
    route_rows: dict[str, int] = {}
    for row in rows:
        leaves = values.utc_time(row["departure_time_utc"], row.at("departure_time_utc"))
        stops, packages = (
            None if values.is_blank(row[column]) else values.number(row[column], row.at(column), at_least=0)
            for column in ("stops", "packages")
        )
        route_id = values.identifier(row["route_id"], row.at("route_id"))
        key = van_key(row, stations)
        if key is None or route_id is None:
            continue
        check_known(key, known, row)
        if key in found:
            row.at("vehicle_id").block(f"Van {quoted(key[1])} already left in row {found[key].row.number}.")
        if route_id in route_rows:
            row.at("route_id").block(f"Route {quoted(route_id)} already left in row {route_rows[route_id]}.")
        route_rows[route_id] = row.number
        found[key] = Departure(row, route_id, leaves, stops, packages)
    return found


def van_key(row: Row, stations: Collection[str]) -> VanKey | None:
    """Read the station and the van of a row; a station that the depots do not hold is a problem."""
    station = values.identifier(row["depot_id"], row.at("depot_id"))
    van_id = values.identifier(row["vehicle_id"], row.at("vehicle_id"))
    if station is None or van_id is None:
        return None
    if stations and station not in stations:     # without any, the depots themselves are the problem
        row.at("depot_id").block(f"Station {quoted(station)} is unknown.", "Add it to the depots and import again.")
        return None
    return station, van_id


def check_known(key: VanKey, known: Mapping[VanKey, float], row: Row) -> None:
    """Record a problem where the fleet does not hold the van of a row."""
    if known and key not in known:               # without any, the vehicles themselves are the problem
        row.at("vehicle_id").block(f"Van {quoted(key[1])} is unknown.", "Add it to the vehicles and import again.")
