"""What `dispatchkit plan check` can be asked about: a day of the store, a folder of data, a plan file with its data."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from dispatchkit.cli.options import desk_at, looked_at
from dispatchkit.doors import earlier_outcomes
from dispatchkit.errors import NotFound, WorkbenchError
from dispatchkit.history import Histories
from dispatchkit.imports import Import, OriginalFile, read_files, read_folder, read_originals
from dispatchkit.imports.plan_file import is_plan_file, read_plan_file
from dispatchkit.log import Log
from dispatchkit.plan.filed import given_vans_cm3, of_file
from dispatchkit.plan.intake import given_plan
from dispatchkit.plan.realism import Finding, Kind, Known, PlanRealism, Severity, check
from dispatchkit.plan.realism.of_day import known_of
from dispatchkit.records import DayKey, Plan, Van
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.source import calibrated, notes, travel_times

SEED = 1
"""Of the order of stops where the source has none: the same data are checked in the same order every time."""

DRAFT = "This is a draft: it is the day's plan only once it has been committed."


def of_day(log: Log, key: DayKey, station: Station, *, at: str = "") -> PlanRealism:
    """Check the plan that a day in the store has in hand: the one that was last given, built, changed or committed.

    `at` is a station time, such as 08:00: then as the day was known by that time.
    """
    travel = calibrated(station)     # the plan has its own drive seconds
    desk = desk_at(log, key, by="check")
    day, _ = looked_at(desk, at)
    digest = day.pre_load_out.in_hand
    if not digest:
        raise NotFound(f"{key} has no plan yet. Import or build routes first.")
    plan = desk.records.record(digest, Plan)
    outcomes = earlier_outcomes(log, key, plan, days=station.realism.past_count)
    known = known_of(day, outcomes=outcomes, past=Histories(log, station, travel).of(day))
    draft = Finding(kind=Kind.UNKNOWN, severity=Severity.NOTE, sentence=DRAFT)
    also = (draft,) if digest != day.pre_load_out.plan_digest else ()
    return check(plan, station, travel, timezone=day.course.timezone, known=known, also=also)


def of_path(path: Path, data: Path | None, station: Station, home: Path | None) -> Iterator[PlanRealism]:
    """Check what lies there: the routes that a source gave, or those of a plan file.

    The data of a plan file are `data`, or else the other files of its folder.
    """
    originals = read_originals(path, max_file_bytes=_most_bytes(station)) if path.is_file() else []
    if originals and is_plan_file(originals[0]):
        yield _of_plan_file(originals[0], path, data, station, home)
        return
    if data is not None:
        raise WorkbenchError(f"{path.name} is no plan file, so it needs no data beside it. Leave {data.name} out.")
    for found in _read(path, station):
        travel = travel_times(station, timezone=found.timezone, folder=home)
        plan = given_plan(found, station, travel, seed=SEED)
        yield check(plan, station, travel, timezone=found.timezone, also=_told(travel, plan))


def plan_of_path(path: Path, data: Path | None, station: Station, home: Path | None) -> Plan:
    """The plan that lies there, of one day: the routes that a source gave, or those of a plan file with its data."""
    originals = read_originals(path, max_file_bytes=_most_bytes(station)) if path.is_file() else []
    if originals and is_plan_file(originals[0]):
        found = _the_one(_data(originals[0], path, data, station), path)
        travel = travel_times(station, timezone=found.timezone, folder=home)
        return of_file(read_plan_file(originals[0]), found, station, travel).plan
    found = data_of_one_day(path, station)
    return given_plan(found, station, travel_times(station, timezone=found.timezone, folder=home), seed=SEED)


def _of_plan_file(
    original: OriginalFile, path: Path, data: Path | None, station: Station, home: Path | None
) -> PlanRealism:
    file = read_plan_file(original)
    found = _the_one(_data(original, path, data, station), path)
    travel = travel_times(station, timezone=found.timezone, folder=home)
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
    return read_files(others, where=path.parent.name, max_from_station_m=station.imports.max_from_station_m)


def data_of_one_day(path: Path, station: Station) -> Import:
    """The data of a folder that holds one day."""
    return _the_one(_read(path, station), path)


def _the_one(days: Sequence[Import], path: Path) -> Import:
    if len(days) > 1:
        named = ", ".join(f"{found.station}/{found.service_day}" for found in days)
        raise WorkbenchError(f"The data of {path.name} hold several days: {named}. Name a folder with one of them.")
    return days[0]


def _read(path: Path, station: Station) -> list[Import]:
    limits = station.imports
    return read_folder(path, max_from_station_m=limits.max_from_station_m, max_file_bytes=_most_bytes(station))


def _most_bytes(station: Station) -> int:
    return int(station.imports.max_file_bytes)
