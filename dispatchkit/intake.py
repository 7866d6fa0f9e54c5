"""Files come in: read them, keep the originals, draft a plan, and commit it where the day has none yet.

The one way from a folder to a day, for the command line, the app and a whole day run headless.
"""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from dispatchkit import course
from dispatchkit.clock import Clock
from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.desk import Desk
from dispatchkit.imports import Import, OriginalFile, read_folder
from dispatchkit.log import Log
from dispatchkit.plan import commit as plans
from dispatchkit.plan.intake import given_plan
from dispatchkit.records import DayKey, Plan, Record
from dispatchkit.station import Station
from dispatchkit.travel.calibrated import CalibratedTravel

ORIGINAL_TYPE = "application/octet-stream"


class Taken(Record, frozen=True):
    """What came of one station's date in the files.

    Attributes
    ----------
    repeated
        The very same files had been imported into this day before; nothing was written.
    committed
        The plan became the day's.
    """

    key: DayKey
    routes: int
    stops: int
    packages: int
    repeated: bool
    committed: bool
    notes: tuple[str, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell the person."""
        if self.repeated:
            return (f"{self.key}: these very files were imported before. Nothing was changed.",)
        size = f"{self.key}: {self.routes} routes, {self.stops} stops, {self.packages} packages"
        end = "committed as the day's plan" if self.committed else "kept as a draft; the day's plan stays as it is"
        return (f"{size}, {end}.", *self.notes)

    def as_printed(self) -> dict[str, Any]:
        """The same for `--json`."""
        return {
            "day": str(self.key),
            "routes": self.routes,
            "stops": self.stops,
            "packages": self.packages,
            "repeated": self.repeated,
            "committed": self.committed,
            "notes": list(self.notes),
        }


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
    found = read_days(data, station)
    travel = CalibratedTravel()
    plans_given = [given_plan(f, station, travel, seed=0) for f in found]
    desks = [Desk(log, DayKey(f.station, f.service_day), by=by, clock=clock) for f in found]
    news = [desk.day() for desk, f in zip(desks, found, strict=True) if not already_imported(desk.day(), f.originals)]
    refuse_if(reason for day in news for reason in closed_blockers(day))
    return [_take(desk, f, plan, commit) for desk, f, plan in zip(desks, found, plans_given, strict=True)]


def _take(desk: Desk, found: Import, plan: Plan, commit: bool) -> Taken:
    repeated = already_imported(desk.day(), found.originals)
    committed = False
    if not repeated:
        take_files(desk, found)
        digest = draft(desk, plan)
        committed = commit and desk.day().pre_load_out.plan is None
        if committed:
            desk.decide(plans.commit, digest=digest, plan=plan)
    return Taken(
        key=desk.key,
        routes=len(plan.routes),
        stops=len(plan.stops),
        packages=plan.package_count,
        repeated=repeated,
        committed=committed,
        notes=tuple(str(p) for p in found.problems),
    )


def already_imported(day: Day, originals: Iterable[OriginalFile]) -> bool:
    """Say whether every one of these files, byte for byte, has been imported into this day."""
    held = {f.original for f in day.course.files}
    return all(original.digest in held for original in originals)


def take_files(desk: Desk, found: Import) -> None:
    """Open the day where it is new, and keep the original files as they came."""
    if desk.day().course.opened_at is None:
        desk.decide(course.open_day, timezone=found.timezone)
    for original in found.originals:
        desk.log.put_artifact(original.data, ORIGINAL_TYPE)
    desk.decide(files_imported, found=found)


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
