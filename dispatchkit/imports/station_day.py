"""A station's day as four tables: a row a package, with the van that the station's plan gave it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from dispatchkit.imports import layouts, station_tables, tables, values
from dispatchkit.imports.assembly import FoundRoute
from dispatchkit.imports.given import LeftOut
from dispatchkit.imports.problems import Findings, Problem, part, quoted, reasons
from dispatchkit.imports.recognition import TablePiece
from dispatchkit.imports.station_tables import Departure, Place, VanKey
from dispatchkit.imports.tables import Row
from dispatchkit.records import Package, Stop

BLANK_STOP = "NA"
"""The stop code that table programs mistake for a missing value and write back as a blank."""

RouteKey = tuple[str, str, date]
"""Station, van and service day."""


class PackageRow(msgspec.Struct, frozen=True):
    """A row of the packages that passed every check of its own."""

    row: Row
    route: RouteKey
    stop_id: str
    place: Place
    zone: str
    package: Package


def read(pieces: Mapping[str, TablePiece], *, max_from_station_m: float) -> tuple[list[FoundRoute], list[Problem]]:
    """Read the tables, by the usual names of their files, into routes without an order of stops.

    Returns
    -------
    routes, problems
        The routes mean nothing where a problem blocks.
    """
    findings = {kind: Findings(piece.original.name) for kind, piece in pieces.items()}
    rows = {kind: tables.rows(piece.table, findings[kind]) for kind, piece in pieces.items()}
    depots = station_tables.depots(rows[layouts.DEPOTS.kind])
    vans = station_tables.vans(rows[layouts.VEHICLES.kind], depots)
    departures = station_tables.departures(rows.get(layouts.DEPARTURES.kind, []), depots, vans)
    packages, told_of = _packages(rows[layouts.CUSTOMERS.kind], depots, vans, max_from_station_m)
    stops = _stops(packages)
    if not findings[layouts.CUSTOMERS.kind].blocking:
        _count(departures, stops)
    problems = [problem for found in findings.values() for problem in found.problems]
    if any(p.blocks and not p.about for p in problems):
        return [], problems
    wrong = reasons(problems)
    left_out: dict[RouteKey, list[LeftOut]] = {key: [] for key in stops}
    for key, stop_id in told_of:
        if (reason := wrong.get(_part(key, stop_id))) is not None:
            left_out.setdefault(key, []).append(LeftOut(stop_id=stop_id, reason=reason))
    routes = {
        key: _route(
            key,
            [stop for stop in stops.get(key, []) if _part(key, stop.stop_id) not in wrong],
            tuple(left_out[key]),
            depots[key[0]],
            vans[key[0], key[1]],
            departures.get((key[0], key[1])),
        )
        for key in left_out
    }
    _note_blank_stops(packages, routes)
    return list(routes.values()), problems


def _packages(
    rows: list[Row], depots: Mapping[str, Place], vans: Mapping[VanKey, float],
    max_from_station_m: float,
) -> tuple[list[PackageRow], dict[tuple[RouteKey, str], None]]:
    """Read the rows, and of which stops they tell at all, in their order: of some only that something is wrong."""
    found: list[PackageRow] = []
    told_of: dict[tuple[RouteKey, str], None] = {}
    seen: dict[tuple[str, date, str], int] = {}
    for row in rows:
        which = _which(row, depots, vans)
        if which is not None:
            told_of[which] = None
            row = msgspec.structs.replace(row, about=_part(*which))
        read = _package_row(row, which, depots, max_from_station_m)
        if read is None:
            continue
        station, _, day = read.route
        key = (station, day, read.package.package_id)
        if key in seen:
            read.row.at("customer_id").block(
                f"Package {quoted(read.package.package_id)} stands in row {seen[key]} already."
            )
        seen.setdefault(key, row.number)
        found.append(read)
    return found, told_of


def _part(route: RouteKey, stop_id: str) -> str:
    """What problems of this stop are about."""
    station, van_id, day = route
    return part(station, van_id, str(day), stop_id)


def _which(row: Row, depots: Mapping[str, Place], vans: Mapping[VanKey, float]) -> tuple[RouteKey, str] | None:
    """Read of which route and stop a row tells."""
    key = station_tables.van_key(row, depots)
    if key is not None:
        station_tables.check_known(key, vans, row)
    day = values.service_day(row["delivered_date"], row.at("delivered_date"))
    blank = values.is_blank(row["stop_id"])
    stop_id = BLANK_STOP if blank else values.identifier(row["stop_id"], row.at("stop_id"))
    return None if key is None or day is None or stop_id is None else ((*key, day), stop_id)


def _package_row(
    row: Row, which: tuple[RouteKey, str] | None, depots: Mapping[str, Place], max_from_station_m: float
) -> PackageRow | None:
    """Read a row, looking at every cell before giving it up, so that one import names all of its problems."""
    package_id = values.identifier(row["customer_id"], row.at("customer_id"))
    place = values.place(row["dropoff_lat"], row["dropoff_long"], row.at("dropoff_lat"), row.at("dropoff_long"))
    if place is not None and which is not None and (station := which[0][0]) in depots:
        values.check_reach(place, depots[station], row.at("dropoff_lat"), max_from_station_m=max_from_station_m)
    sides = ("depth", "height", "width")
    volume = values.volume_cm3([row[s] for s in sides], [row.at(s) for s in sides])
    service = values.number(row["service_duration"], row.at("service_duration"), at_least=0, at_most=values.DAY_S)
    ends = ("dropoff_tw_start", "dropoff_tw_end")
    window = values.window([row[e] for e in ends], [row.at(e) for e in ends])
    zone = values.text(row["dropoff_zone_id"], row.at("dropoff_zone_id"))
    recorded = values.text(row["scan_status"], row.at("scan_status"))
    if (
        which is None or package_id is None or place is None or volume is None or service is None or zone is None
        or recorded is None
    ):  # fmt: skip
        return None
    package = Package(package_id=package_id, volume_cm3=volume, service_s=service, window=window, recorded=recorded)
    return PackageRow(row, *which, place, zone, package)


def _stops(packages: Iterable[PackageRow]) -> dict[RouteKey, list[Stop]]:
    """Gather the packages of each stop, in the order in which the file first names the stops.

    A stop is one place: the same code at another place on the same route is a problem.
    """
    gathered: dict[RouteKey, dict[str, list[PackageRow]]] = defaultdict(lambda: defaultdict(list))
    for package in packages:
        gathered[package.route][package.stop_id].append(package)
    stops: dict[RouteKey, list[Stop]] = {}
    for key, by_stop in gathered.items():
        stops[key] = []
        for stop_id, here in by_stop.items():
            first = here[0]
            for elsewhere in (p for p in here if p.place != first.place):
                elsewhere.row.at("stop_id").block(
                    f"Stop {quoted(stop_id)} of van {quoted(key[1])} is not where row {first.row.number} has it."
                )
            lat, lng = first.place
            zone = next((p.zone for p in here if p.zone), "")
            stops[key].append(
                Stop(stop_id=stop_id, lat=lat, lng=lng, zone=zone, packages=tuple(p.package for p in here))
            )
    return stops


def _count(departures: Mapping[VanKey, Departure], stops: Mapping[RouteKey, list[Stop]]) -> None:
    """Hold what each van is said to have carried against the packages' table: a table cut by rows shows here only."""
    held: dict[VanKey, list[Stop]] = defaultdict(list)
    for (station, van_id, _), its in stops.items():
        held[station, van_id] += its
    for key, departure in departures.items():
        counts = {"stops": len(held[key]), "packages": sum(len(s.packages) for s in held[key])}
        for column, said in (("stops", departure.stops), ("packages", departure.packages)):
            if said is not None and said != counts[column]:
                departure.row.at(column).block(
                    f"Van {quoted(key[1])} left with {said:g} {column}; the packages' table holds {counts[column]}.",
                    "Get both files again from the same source and import again.",
                )


def _route(
    key: RouteKey, stops: list[Stop], left_out: tuple[LeftOut, ...], place: Place, volume_cm3: float,
    departure: Departure | None,
) -> FoundRoute:  # fmt: skip
    station, van_id, day = key
    return FoundRoute(
        station=station,
        service_day=day,
        station_place=place,
        route_id=departure.route_id if departure is not None else van_id,
        stops=tuple(stops),
        leaves=departure.leaves if departure is not None else None,
        van_id=van_id,
        van_volume_cm3=0.0 if math.isnan(volume_cm3) else volume_cm3,
        order="unordered",
        left_out=left_out,
    )


def _note_blank_stops(packages: Iterable[PackageRow], routes: Mapping[RouteKey, FoundRoute]) -> None:
    """Tell each route once that blank stop ids of it were read as the stop NA."""
    blank: dict[RouteKey, list[Row]] = defaultdict(list)
    for package in packages:
        if values.is_blank(package.row["stop_id"]):
            blank[package.route].append(package.row)
    for key, rows in blank.items():
        note = Findings(rows[0].findings.file)
        note.note(
            f"The stop is blank for {len(rows)} of the packages of van {quoted(key[1])}, here first; "
            f"it was read as the stop {BLANK_STOP}, which table programs take for a missing value.",
            row=rows[0].number,
            column=rows[0].at("stop_id").column,
        )
        routes[key].notes.extend(note.problems)
