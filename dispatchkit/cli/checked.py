"""What `dispatchkit plan check` can be asked about: a day of the store, a folder of data, a plan file with its data."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dispatchkit.cli.options import desk_at, looked_at
from dispatchkit.errors import NotFound, WorkbenchError
from dispatchkit.imports import Import, OriginalFile, read_files, read_folder, read_originals
from dispatchkit.imports.plan_file import PlanFile, is_plan_file, read_plan_file
from dispatchkit.in_hand import checked
from dispatchkit.log import Log
from dispatchkit.plan.filed import given_vans_cm3, of_file, unusable
from dispatchkit.plan.intake import given_plan
from dispatchkit.plan.realism import Finding, Kind, Known, PlanRealism, Severity, check
from dispatchkit.records import DayKey, Plan, Van
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.of_day import travel_of
from dispatchkit.travel.source import notes

SEED = 1
"""Of the order of stops where the source has none: the same data are checked in the same order every time."""


def of_day(log: Log, key: DayKey, station: Station, *, at: str = "") -> PlanRealism:
    """Check the plan that a day in the store has in hand: the one that was last given, built, changed or committed.

    `at` is a station time, such as 08:00: then as the day was known by that time.
    """
    day, _ = looked_at(desk_at(log, key, by="check"), at)
    return checked(log, day, station)


def of_path(
    path: Path, data: Path | None, station: Station, home: Path | None, *, asked: str | None = None
) -> Iterator[PlanRealism]:
    """Check what lies there: the routes that a source gave, or those of a plan file.

    The data of a plan file are `data`, or else the other files of its folder. `asked` is the source of travel times
    that a person asked for; the profile has it already.
    """
    originals = _originals(path, station)
    if originals and is_plan_file(originals[0]):
        yield _of_plan_file(originals[0], path, data, station, home, asked)
        return
    if data is not None:
        raise WorkbenchError(f"{path.name} is no plan file, so it needs no data beside it. Leave {data.name} out.")
    for found in _read(path, station):
        travel = travel_of(found, station, folder=home, asked=asked)
        plan = given_plan(found, station, travel, seed=SEED)
        also = (*unusable(found), *_told(travel, plan))
        yield check(plan, station, travel, timezone=found.timezone, also=also)


def plan_of_path(path: Path, data: Path | None, station: Station, home: Path | None) -> Plan:
    """The plan that lies there, of one day: the routes that a source gave, or those of a plan file with its data."""
    originals = _originals(path, station)
    if originals and is_plan_file(originals[0]):
        file, found = _with_data(originals[0], path, data, station)
        return of_file(file, found, station, travel_of(found, station, folder=home)).plan
    found = data_of_one_day(path, station)
    return given_plan(found, station, travel_of(found, station, folder=home), seed=SEED)


def file_with_data(path: Path, data: Path | None, station: Station) -> tuple[PlanFile, Import]:
    """A plan file, and the day of its data that it is meant for."""
    originals = _originals(path, station)
    if not originals:
        raise NotFound(f"{path.name} is a folder. Name the plan file in it.")
    return _with_data(originals[0], path, data, station)


def _originals(path: Path, station: Station) -> list[OriginalFile]:
    """The files that a path to one names: a stop list comes with its limits; none of a folder."""
    return read_originals(path, max_file_bytes=_most_bytes(station)) if path.is_file() else []


def _with_data(original: OriginalFile, path: Path, data: Path | None, station: Station) -> tuple[PlanFile, Import]:
    file = read_plan_file(original)
    return file, _meant(file, _data(original, path, data, station), path)


def _of_plan_file(
    original: OriginalFile, path: Path, data: Path | None, station: Station, home: Path | None, asked: str | None
) -> PlanRealism:
    file, found = _with_data(original, path, data, station)
    travel = travel_of(found, station, folder=home, asked=asked)
    filed = of_file(file, found, station, travel)
    vans = {van_id: Van(van_id=van_id, volume_cm3=cm3) for van_id, cm3 in given_vans_cm3(found).items()}
    known = Known(
        van_of={route.route_id: vans[route.van_id] for route in file.routes if route.van_id in vans},
        vans=tuple(vans.values()),
        stated_back_at={route.route_id: route.finishes_at for route in file.routes if route.finishes_at},
    )
    also = (*filed.findings, *_told(travel, filed.plan))
    return check(filed.plan, station, travel, timezone=found.timezone, known=known, also=also)


def _told(travel: TravelTimes, plan: Plan) -> tuple[Finding, ...]:
    """What the source of travel times did otherwise than asked."""
    said = notes(travel, plan.stops, plan.station_place)
    return tuple(Finding(kind=Kind.UNKNOWN, severity=Severity.NOTE, sentence=sentence) for sentence in said)


def _data(original: OriginalFile, path: Path, data: Path | None, station: Station) -> list[Import]:
    if data is not None:
        return _read(data, station)
    beside = read_originals(path.parent, max_file_bytes=_most_bytes(station))
    others = [file for file in beside if file.digest != original.digest and not is_plan_file(file)]
    if not others:
        raise NotFound(f"{path.name} is a plan and its data are not beside it. Name their folder after it.")
    where, most_m = path.parent.name, station.imports.max_from_station_m
    return read_files(others, where=where, max_from_station_m=most_m, leave_out=True)


def data_of_one_day(path: Path, station: Station, day: DayKey | None = None) -> Import:
    """The data of a folder that holds one day, or of the day that is asked for; what cannot be used is left out."""
    days = _read(path, station)
    if day is None:
        return _the_one(days, path, "Say with --day which one, or name a folder or file with one of them.")
    for found in days:
        if _key(found) == day:
            return found
    raise NotFound(f"{path.name} holds {_named(days)}, and not {day}.")


def _meant(file: PlanFile, days: Sequence[Import], path: Path) -> Import:
    """The day that a plan file is for: the only one that has just its stops, or that knows all of them."""
    told_of = {stop_id for route in file.routes for stop_id in route.stops} | {u.stop_id for u in file.unserved}
    held = [{*(stop.stop_id for stop in day.stops), *(stop.stop_id for stop in day.left_out)} for day in days]
    for fits in ([told_of == stop_ids for stop_ids in held], [told_of <= stop_ids for stop_ids in held]):
        if sum(fits) == 1:
            return days[fits.index(True)]
    return _the_one(days, path, "Name the folder or file with its own data after it.")


def _the_one(days: Sequence[Import], path: Path, otherwise: str) -> Import:
    if len(days) > 1:
        raise WorkbenchError(f"The data of {path.name} hold several days: {_named(days)}. {otherwise}")
    return days[0]


def _named(days: Sequence[Import]) -> str:
    return ", ".join(str(_key(found)) for found in days)


def _key(found: Import) -> DayKey:
    return DayKey(found.station, found.service_day)


def _read(path: Path, station: Station) -> list[Import]:
    limits = station.imports
    return read_folder(
        path, max_from_station_m=limits.max_from_station_m, max_file_bytes=_most_bytes(station), leave_out=True
    )  # fmt: skip


def _most_bytes(station: Station) -> int:
    return int(station.imports.max_file_bytes)
