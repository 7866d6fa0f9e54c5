"""Public route data comes in: read it, keep the originals, draft a plan, and commit it where the day has none yet.

The way for the challenge's and a station day's files, for the command line, the app and a whole day run headless.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from dispatchkit import course
from dispatchkit.clock import Clock
from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.desk import Desk
from dispatchkit.imports import Import, OriginalFile, read_folder
from dispatchkit.intake.sheet import Sheet
from dispatchkit.intake.taken import Taken
from dispatchkit.log import Log
from dispatchkit.plan import commit as plans
from dispatchkit.plan.intake import given_plan
from dispatchkit.records import DayKey, Plan
from dispatchkit.roles import Role
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.source import notes, travel_times

ORIGINAL_TYPE = "application/octet-stream"


def read_days(data: Path, station: Station) -> list[Import]:
    """Read a folder or file within the station profile's limits; `Unreadable` with every problem found."""
    limits = station.imports
    return read_folder(data, max_from_station_m=limits.max_from_station_m, max_file_bytes=int(limits.max_file_bytes))


def bring_in(
    log: Log, data: Path, *, by: str, station: Station, commit: bool = True, clock: Clock | None = None
) -> list[Taken]:
    """Import a folder: every station-date in it, or nothing at all where anything in it cannot be used.

    Raises
    ------
    Unreadable
        With every problem of the files.
    Refused
        Where one of the days is closed, and these files are not the ones that it was made of.
    """
    return take_days(log, read_days(data, station), by=by, station=station, commit=commit, clock=clock)


def take_days(
    log: Log,
    found: Sequence[Import],
    *,
    by: str,
    station: Station,
    commit: bool = True,
    clock: Clock | None = None,
    role: Role = Role.LEAD,
) -> list[Taken]:
    """Take in what a folder was found to hold, each station's date as a day of its own; Refused as `bring_in` is."""
    sources = [travel_times(station, timezone=f.timezone) for f in found]
    plans_given = [
        given_plan(f, station, travel, seed=0) if f.routes else None for f, travel in zip(found, sources, strict=True)
    ]
    desks = [Desk(log, DayKey(f.station, f.service_day), by=by, clock=clock, role=role) for f in found]
    news = [desk.day() for desk, f in zip(desks, found, strict=True) if not already_imported(desk.day(), f.originals)]
    refuse_if(reason for day in news for reason in closed_blockers(day))
    given = zip(desks, found, plans_given, sources, strict=True)
    return [_take(desk, f, plan, station, travel, commit=commit) for desk, f, plan, travel in given]


def _take(
    desk: Desk, found: Import, plan: Plan | None, station: Station, travel: TravelTimes, *, commit: bool
) -> Taken:
    repeated, before = already_imported(desk.day(), found.originals), desk.day().version
    committed = False
    if not repeated:
        _open_and_keep(desk, found)
        committed = commit and plan is not None and desk.day().pre_load_out.plan is None
        if plan is not None:
            desk.records.put(plan)
        desk.decide(_given, found=found, plan=plan, commit=committed, station=station)
    return Taken(
        key=desk.key,
        routes=len(found.routes),
        stops=len(found.stops),
        packages=sum(len(stop.packages) for stop in found.stops),
        vans=len(found.own_vans),
        repeated=repeated,
        committed=committed,
        notes=(
            *(str(p) for p in found.problems),
            *(notes(travel, plan.stops, plan.station_place) if plan is not None else ()),
        ),
        facts=desk.day().version - before,
    )


def _given(
    day: Day, *, found: Import, plan: Plan | None, commit: bool, station: Station, at: datetime, by: str
) -> list[Fact]:
    """Record files and draft, and commit the plan where that is wanted: all of it or nothing, and undone as one.

    Stops that the source puts on no route make no plan yet: their files are kept until somebody builds one.
    """
    sheet = Sheet(day, answers={}, station=station, at=at, by=by)
    sheet.tell(*files_imported(day, found=found, at=at, by=by))
    if plan is not None:
        digest = sheet.keep(plan)
        if sheet.decide(plans.give_routes, plan=plan, digest=digest) and commit:
            sheet.decide(plans.commit, digest=digest, plan=plan)
    refuse_if(sheet.blockers)
    return sheet.facts


def already_imported(day: Day, originals: Iterable[OriginalFile]) -> bool:
    """Say whether every one of these files, byte for byte, has been imported into this day."""
    held = {f.original for f in day.course.files}
    return all(original.digest in held for original in originals)


def take_files(desk: Desk, found: Import) -> None:
    """Open the day where it is new, and keep the original files as they came."""
    _open_and_keep(desk, found)
    desk.decide(files_imported, found=found)


def _open_and_keep(desk: Desk, found: Import) -> None:
    if desk.day().course.opened_at is None:
        desk.decide(course.open_day, timezone=found.timezone)
    for original in found.originals:
        desk.log.put_artifact(original.data, ORIGINAL_TYPE)


def files_imported(day: Day, *, found: Import, at: datetime, by: str) -> list[Fact]:
    """Record that these files were read. Rows and problems are the whole import's, and stand with its first file."""
    refuse_if(closed_blockers(day))
    return [
        FileImported(
            at=at,
            by=by,
            name=original.name,
            original=original.digest,
            source=found.source,
            rows=found.rows if i == 0 else 0,
            problems=len(found.problems) if i == 0 else 0,
        )
        for i, original in enumerate(found.originals)
    ]


def draft(desk: Desk, plan: Plan) -> str:
    """Keep a given plan as a draft of the day; return its digest."""
    digest = desk.records.put(plan)
    desk.decide(plans.give_routes, plan=plan, digest=digest)
    return digest
