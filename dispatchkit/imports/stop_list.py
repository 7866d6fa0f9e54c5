"""A day as one table of stops, with its vans and limits beside it: stops that nobody has put on routes yet.

`NAME.csv` (or `NAME.csv.gz`) has a row a stop, the station first: `stop_id, lat, lon, volume, service_s, opens_s,
closes_s`, and may have `packages` (how many), `zone` and `service_type` (of the vans that may come). `NAME.json` has
`vans`, `van_volume` and `shift_s`, and may have `break_s`, `stops` (how many there are), `station`, `service_day`
(YYYY-MM-DD) and `departs_at` (HH:MM at the station). `vans` is how many there are, or a list of vans, each with what is
its own: `van_id, volume, departs_at, shift_s, packages, service_type`, and of its driver the `zones` that he knows and
whether he is new (`nursery`). Volumes are in one unit, whichever it is; service may start between `opens_s` and
`closes_s`, seconds after `departs_at`.
"""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import tzfpy

from dispatchkit.imports import tables, values
from dispatchkit.imports.given import Import, LeftOut
from dispatchkit.imports.problems import Findings, Problem, quoted, reasons
from dispatchkit.imports.recognition import LimitsPiece, TablePiece
from dispatchkit.imports.stop_list_limits import Limits, read_limits
from dispatchkit.imports.tables import Row
from dispatchkit.records import Package, Stop, Window
from dispatchkit.times import after

SUFFIXES = (".gz", ".csv", ".tsv", ".json")

MOST_PACKAGES = 10_000
"""More packages for one stop than this is a slip."""


def name_of(name: str) -> str:
    """What a list and its limits have in common: the name without what says how it is written."""
    for suffix in SUFFIXES:
        name = name[: -len(suffix)] if name.casefold().endswith(suffix) else name
    return name


def read(
    lists: Sequence[TablePiece], limits: Sequence[LimitsPiece], *, max_from_station_m: float
) -> tuple[list[Import], list[Problem]]:
    """Read every list with its limits: those of the same name, or the only ones there are.

    Returns
    -------
    imports, problems
        The imports mean nothing where a problem blocks that is about more than one stop.
    """
    beside = {name_of(piece.original.name): piece for piece in limits}
    made, problems = [], []
    for piece in sorted(lists, key=lambda p: p.original.name):
        findings, name = Findings(piece.original.name), name_of(piece.original.name)
        its = limits[0] if len(lists) == len(limits) == 1 else beside.get(name)
        if its is None:
            findings.block(
                f"Its vans and limits are missing: {name}.json with vans, van_volume and shift_s.",
                "Put that file beside it and import again.",
            )
        else:
            at = Findings(its.original.name)
            found = read_limits(its.content, at, name=name)
            day = _day(piece, its, found, findings, max_from_station_m) if found else None
            made += [day] if day else []
            problems += at.problems
        problems += findings.problems
    return made, problems


def _day(
    piece: TablePiece, beside: LimitsPiece, limits: Limits, findings: Findings, max_from_station_m: float
) -> Import | None:
    rows = tables.rows(piece.table, findings)
    if not rows:
        return None
    place = values.place(rows[0]["lat"], rows[0]["lon"], rows[0].at("lat"), rows[0].at("lon"))
    timezone = tzfpy.get_tz(place[1], place[0]) if place else ""
    if place is None or not timezone:
        findings.block("The first row is the station, and it lies in no known time zone.", row=rows[0].number)
        return None
    zone = ZoneInfo(timezone)
    leaves = limits.leaves(limits.departs_at, zone)
    named = _named_once(rows[1:], findings)
    stops = {
        about: _stop(row, about, place, leaves, limits.shift_s, max_from_station_m) for about, row in named.items()
    }
    wrong = reasons(findings.problems)
    if limits.stops is not None and limits.stops != len(named):
        findings.note(f"{beside.original.name} says {limits.stops:,} stops; the table holds {len(named):,}.")
    usable = tuple(stop for about, stop in stops.items() if stop is not None and about not in wrong)
    types = {stop.stop_id: named[stop.stop_id]["service_type"] for stop in usable}
    return Import(
        station=limits.station,
        service_day=limits.service_day,
        station_lat=place[0],
        station_lng=place[1],
        timezone=timezone,
        routes=(),
        source="stop list",
        originals=(piece.original, beside.original),
        rows=len(rows) - 1,
        problems=tuple(p for p in findings.problems if not p.blocks),
        loose=usable,
        own_vans=limits.given_vans(zone),
        left_out=tuple(LeftOut(stop_id=about, reason=reason) for about, reason in wrong.items()),
        stated=limits.stated,
        needs={stop_id: service_type for stop_id, service_type in types.items() if service_type},
    )


def _named_once(rows: Sequence[Row], findings: Findings) -> dict[str, Row]:
    """Rows by the id of their stop. A row that stands twice is read once; another stop of the same id goes by its row.

    So does a stop without an id, since its customer waits all the same.
    """
    first: dict[str, Row] = {}
    read: dict[frozenset[tuple[str, str]], Row] = {}
    named: dict[str, Row] = {}
    for row in rows:
        same = read.setdefault(frozenset(row.cells.items()), row)
        if same is not row:
            findings.note(f"The row is the same as row {same.number}; it was read once.", row=row.number)
            continue
        stop_id = row["stop_id"]
        held = first.setdefault(stop_id, row)
        about = stop_id if held is row and stop_id else f"{stop_id} (row {row.number})".lstrip()
        named[about] = msgspec.structs.replace(row, about=about)
        if held is not row and stop_id:
            named[about].at("stop_id").block(
                f"Stop {quoted(stop_id)} stands in row {held.number} already, and not the same.",
                "Give one of them an id of its own and import again.",
            )
    return named


def _stop(
    row: Row, stop_id: str, station: tuple[float, float], leaves: datetime, shift_s: float, max_from_station_m: float
) -> Stop | None:
    known_id = values.identifier(row["stop_id"], row.at("stop_id"))
    place = values.place(row["lat"], row["lon"], row.at("lat"), row.at("lon"))
    if place is not None:
        values.check_reach(place, station, row.at("lat"), max_from_station_m=max_from_station_m)
    volume = values.number(row["volume"], row.at("volume"), at_least=0)
    service_s = values.number(row["service_s"], row.at("service_s"), at_least=0, at_most=values.DAY_S)
    window = _window(row, leaves, shift_s)
    count, zone = row["packages"] or "1", values.text(row["zone"], row.at("zone"))
    packages = values.number(count, row.at("packages"), at_least=1, at_most=MOST_PACKAGES)
    service_type = values.text(row["service_type"], row.at("service_type"))
    if known_id is None or place is None or volume is None or service_s is None or packages is None:
        return None
    if zone is None or service_type is None:
        return None
    every = int(packages)
    parcel = Package(package_id=stop_id, volume_cm3=volume / every, service_s=service_s / every, window=window)
    names = [stop_id] if every == 1 else [f"{stop_id}/{n}" for n in range(1, every + 1)]
    parcels = tuple(msgspec.structs.replace(parcel, package_id=name) for name in names)
    return Stop(stop_id=stop_id, lat=place[0], lng=place[1], zone=zone, packages=parcels)


def _window(row: Row, leaves: datetime, shift_s: float) -> Window | None:
    """Read when service may start. As long as the shift is no window: whoever is out at all is out in it."""
    opens_s, closes_s = (
        values.number(row[end], row.at(end), at_least=-values.DAY_S, at_most=2 * values.DAY_S)
        for end in ("opens_s", "closes_s")
    )
    if opens_s is None or closes_s is None:
        return None
    opens, closes = after(leaves, opens_s), after(leaves, closes_s)
    if closes <= opens:
        row.at("closes_s").block(f"The window closes at {closes_s:g} s, but opens at {opens_s:g} s.")
        return None
    return None if opens_s <= 0 and closes_s >= shift_s else Window(opens=opens, closes=closes)
