"""Routes of the Last Mile Routing Research Challenge (2021): JSON objects with an entry a route.

The format is described in the documentation of the challenge's command line tool, rc-cli.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from dispatchkit.imports import values
from dispatchkit.imports.assembly import FoundRoute
from dispatchkit.imports.given import LeftOut, Order
from dispatchkit.imports.package_entries import packages_by_stop
from dispatchkit.imports.problems import Findings, Problem, Spot, part, quoted, reasons
from dispatchkit.imports.recognition import ChallengeFile, ChallengePiece
from dispatchkit.imports.recorded_routes import driven_order, recorded_times
from dispatchkit.records import Package, Stop

Entry = tuple[object, Spot]
"""What a file holds for a route, and where that stands."""

LACKS = {
    ChallengeFile.SEQUENCES: "The file has no driver's order for this route; its stops stand in no particular order.",
    ChallengeFile.TIMES: "The file has no drive times for this route.",
}
"""What it means where a route is missing from one of the recordings."""


def read(
    pieces: Mapping[str, ChallengePiece], *, max_from_station_m: float
) -> tuple[list[FoundRoute], list[Problem]]:
    """Read the files into routes: in the driver's order where it was recorded, with drive times where they were.

    Returns
    -------
    routes, problems
        The routes mean nothing where a problem blocks.
    """
    findings = {kind: Findings(piece.original.name) for kind, piece in pieces.items()}
    routes = pieces[ChallengeFile.ROUTES].content
    for kind, piece in pieces.items():
        _check_routes_known(piece.content, routes, kind, findings[kind])
    read_routes = []
    for route_id, route in routes.items():
        entries = {
            kind: (piece.content[route_id], findings[kind].at(route_id))
            for kind, piece in pieces.items()
            if route_id in piece.content
        }
        fields = values.as_object(route, findings[ChallengeFile.ROUTES].at(route_id))
        found = _route(route_id, fields, entries, max_from_station_m)
        if found is None:
            continue
        for kind in (kind for kind in LACKS if kind in pieces and kind not in entries):
            found.notes.append(Problem(file=findings[kind].file, column=route_id, message=LACKS[kind], blocks=False))
        read_routes.append(found)
    _check_packages_once(read_routes, findings[ChallengeFile.PACKAGES])
    return read_routes, [problem for each in findings.values() for problem in each.problems]


def _check_routes_known(
    content: Mapping[str, object], routes: Mapping[str, object], kind: str, findings: Findings
) -> None:
    """Packages of an unknown route would be lost; recordings of one are merely left over."""
    for route_id in sorted(content.keys() - routes.keys()):
        if kind == ChallengeFile.PACKAGES:
            findings.block("No route and no stops are given for these packages.", column=route_id)
        else:
            findings.note("The route is not among the routes given; it was left out.", column=route_id)


def _route(
    route_id: str, fields: Mapping[str, object], entries: Mapping[str, Entry], max_from_station_m: float
) -> FoundRoute | None:
    at = entries[ChallengeFile.ROUTES][1]
    known_id = values.identifier(route_id, at)
    station = values.identifier(fields.get("station_code"), at.within("station_code"))
    day = values.service_day(fields.get("date_YYYY_MM_DD"), at.within("date_YYYY_MM_DD"))
    leaves = values.utc_time(fields.get("departure_time_utc"), at.within("departure_time_utc"))
    volume = values.positive(
        fields.get("executor_capacity_cm3"), at.within("executor_capacity_cm3", about=part(route_id))
    )
    stops = values.as_object(fields.get("stops"), at.within("stops"))
    station_stop = _station_stop(stops, at.within("stops"))
    if ChallengeFile.PACKAGES not in entries:
        at.block("No packages are given for this route.", "Add them to the packages' file and import again.")
        return None
    if station_stop is None:
        return None
    notes = Findings(entries[ChallengeFile.PACKAGES][1].findings.file)
    packages = packages_by_stop(*entries[ChallengeFile.PACKAGES], stops.keys() - {station_stop}, notes)
    place = _place(stops[station_stop], at.within("stops").within(station_stop))
    every = {stop_id: stop for stop_id, stop in stops.items() if stop_id != station_stop}
    found = list(_drop_offs(route_id, every, packages, place, at.within("stops"), max_from_station_m))
    wrong = reasons(problem for _, spot in entries.values() for problem in spot.findings.problems)
    drop_offs = [stop for stop in found if part(route_id, stop.stop_id) not in wrong]
    order: Order = "unordered"
    if ChallengeFile.SEQUENCES in entries:
        in_order = driven_order(*entries[ChallengeFile.SEQUENCES], station_stop, stops)
        drop_offs.sort(key=lambda stop: in_order.get(stop.stop_id, 0))
        order = "driven"
    recorded = None
    if ChallengeFile.TIMES in entries:
        recorded = recorded_times(*entries[ChallengeFile.TIMES], (station_stop, *(s.stop_id for s in drop_offs)))
    if known_id is None or station is None or day is None or place is None:
        return None
    return FoundRoute(
        station=station,
        service_day=day,
        station_place=place,
        route_id=route_id,
        stops=tuple(drop_offs),
        leaves=leaves,
        van_id="",
        van_volume_cm3=volume or 0.0,
        order=order,
        recorded=recorded,
        notes=notes.problems,
        left_out=tuple(
            LeftOut(stop_id=s, reason=wrong[part(route_id, s)]) for s in every if part(route_id, s) in wrong
        ),
    )


def _station_stop(stops: Mapping[str, object], spot: Spot) -> str | None:
    """Find the one stop that is the station."""
    stations = [s for s, stop in stops.items() if isinstance(stop, dict) and stop.get("type") == "Station"]
    if len(stations) == 1:
        return stations[0]
    spot.block(f"The route has {len(stations)} stops of the type Station; it must have one.")
    return None


def _place(stop: object, spot: Spot) -> tuple[float, float] | None:
    fields = values.as_object(stop, spot)
    return values.place(fields.get("lat"), fields.get("lng"), spot.within("lat"), spot.within("lng"))


def _drop_offs(
    route_id: str, stops: Mapping[str, object], packages: Mapping[str, tuple[Package, ...]],
    station_place: tuple[float, float] | None, spot: Spot, max_from_station_m: float,
) -> Iterator[Stop]:
    for stop_id, stop in stops.items():
        at = spot.within(stop_id, about=part(route_id, stop_id))
        place = _place(stop, at)
        zone = values.text(stop.get("zone_id"), at.within("zone_id")) if isinstance(stop, dict) else None
        known_id = values.identifier(stop_id, at)
        if place is not None and station_place is not None:
            values.check_reach(place, station_place, at, max_from_station_m=max_from_station_m)
        if not packages.get(stop_id):
            at.block("No package is given for this stop.", "Add its packages, or remove it, and import again.")
        if place is not None and zone is not None and known_id is not None:
            lat, lng = place
            yield Stop(stop_id=stop_id, lat=lat, lng=lng, zone=zone, packages=packages.get(stop_id, ()))


def _check_packages_once(routes: Iterable[FoundRoute], findings: Findings) -> None:
    """A package can be on one route of a day only."""
    seen: dict[tuple[str, date, str], str] = {}
    for route in routes:
        for package in (p for stop in route.stops for p in stop.packages):
            key = (route.station, route.service_day, package.package_id)
            if key in seen:
                findings.block(
                    f"Package {quoted(package.package_id)} is on route {quoted(seen[key])} of the same day as well.",
                    column=route.route_id,
                )
            seen[key] = route.route_id
