"""Inspections out of files (DVIC, Whip Around): those of this service day, each once; what failed grounds its van.

A service day lasts until the last return: a post-trip past midnight is of the day that ends with it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import DefectReported, VanGrounded, VanInspected
from dispatchkit.fleet.inspection import POST_TRIP, PRE_TRIP
from dispatchkit.imports.readings import FileRead, Inspection, Inspections
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.names import People
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.intake.vans import van_text
from dispatchkit.times import LASTS, midnight

UNNAMED_DEFECT = "Failed its inspection; the file names no defect"


def take_inspections(sheet: Sheet, batch: Batch, vins: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Take in the inspections of the service day; `vins` are van ids by VIN, `names` people's by transporter id."""
    people = People(names)
    for file, reading in batch.new(Inspections):
        _take(sheet, file, reading, vins, people)


def _take(
    sheet: Sheet, file: FileRead, reading: Inspections, vins: Mapping[str, str], people: People
) -> None:
    is_of_the_day = _of_the_day(sheet, reading)
    fleet = sheet.day.pre_load_out.fleet
    other_days, undated, unsaid, unknown, passed, failed = 0, 0, 0, set[str](), list[str](), list[str]()
    for row in sorted(reading.inspections, key=lambda r: r.at.timestamp() if r.at else 0.0):
        van_id = vins.get(row.van, row.van)
        if row.at is None:
            undated += 1
        elif not is_of_the_day(row.inspection, row.at):
            other_days += 1
        elif fleet is None or van_id not in fleet.van:
            unknown.add(row.van)
        elif row.passed is None:
            unsaid += 1
        elif not _is_known(sheet, van_id, row):
            _tell(sheet, van_id, row, people)
            (passed if row.passed else failed).append(f"{van_text(van_id)}, {row.inspection}" + _found(row))
    if passed:
        sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(passed), 'inspection')} passed", passed)
    if failed:
        sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(failed), 'inspection')} failed", failed)
    name = file.original.name
    if other_days:
        sheet.note(f"{name}: {counted(other_days, 'inspection')} of other days, not taken.")
    if undated:
        sheet.note(f"{name}: {counted(undated, 'inspection')} without a date, not taken.")
    if unsaid:
        sheet.note(f"{name}: {counted(unsaid, 'inspection')} without a result, not taken. Enter them by hand.")
    if unknown:
        sheet.note(f"{name}: inspected, but not in today's fleet: {named(sorted(unknown))}. Import the vehicles list.")


def _of_the_day(sheet: Sheet, reading: Inspections) -> Callable[[str, datetime], bool]:
    """What tells whether an inspection of this kind at this instant is of the service day.

    A pre-trip is of its date. A post-trip is of the day whose trips it ends: from the first pre-trip or departure of
    this day to the first pre-trip of the next one, which comes `LASTS` after midnight at the latest.
    """
    zone, service_day = ZoneInfo(sheet.day.course.timezone), sheet.day.key.service_day
    begins, next_begins = midnight(service_day, zone), midnight(service_day + timedelta(days=1), zone)
    told = [row.at for row in reading.inspections if row.at is not None and row.inspection == PRE_TRIP]
    known = [held.at for held in sheet.day.pre_load_out.inspections.values() if held.inspection == PRE_TRIP]
    left = [departed.at for departed in sheet.day.load_out.departed.values()]
    first = min((at for at in (*told, *known, *left) if begins <= at < next_begins), default=begins)
    last = min((at for at in told if at >= next_begins), default=begins + LASTS)

    def is_of_the_day(inspection: str, at: datetime) -> bool:
        if inspection == POST_TRIP:
            return first <= at < min(last, begins + LASTS)
        return begins <= at < next_begins

    return is_of_the_day


def _is_known(sheet: Sheet, van_id: str, row: Inspection) -> bool:
    """Whether this inspection, or a later one of its kind, stands already."""
    held = sheet.day.pre_load_out.inspections.get((van_id, row.inspection))
    return held is not None and row.at is not None and held.at >= row.at


def _found(row: Inspection) -> str:
    return f": {', '.join(row.defects)}" if row.defects else ""


def _tell(sheet: Sheet, van_id: str, row: Inspection, people: People) -> None:
    at = min(row.at or sheet.at, sheet.at)
    ids = people.ids(row.driver_name)
    driver_id = row.driver_id or (ids[0] if len(ids) == 1 else "")
    defects = row.defects or (() if row.passed else (UNNAMED_DEFECT,))
    facts: list[Fact] = [
        VanInspected(
            at=at,
            by=sheet.by,
            van_id=van_id,
            driver_id=driver_id,
            inspection=row.inspection,
            passed=bool(row.passed),
            defects=defects,
            duration_s=row.duration_s or 0.0,
        )
    ]
    held = sheet.day.pre_load_out.defects.get(van_id, ())
    grounds = not row.passed
    news = [d for d in dict.fromkeys(defects) if d not in held]
    facts += [DefectReported(at=at, by=sheet.by, van_id=van_id, defect=d, grounds=grounds) for d in news]
    if grounds:
        facts.append(VanGrounded(at=at, by=sheet.by, van_id=van_id, why="; ".join(defects)))
    sheet.tell(*facts)
