"""Inspections out of files (DVIC, Whip Around): those of this service day, each once; what failed grounds its van."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import DefectReported, VanGrounded, VanInspected
from dispatchkit.imports.readings import FileRead, Inspection, Inspections
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.names import People
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.intake.vans import van_text

UNNAMED_DEFECT = "Failed its inspection; the file names no defect"


def take_inspections(sheet: Sheet, batch: Batch, vins: Mapping[str, str], names: Mapping[str, str]) -> None:
    """Take in the inspections of the service day; `vins` are van ids by VIN, `names` people's by transporter id."""
    people = People(names)
    for file, reading in batch.new(Inspections):
        _take(sheet, file, reading, vins, people)


def _take(
    sheet: Sheet, file: FileRead, reading: Inspections, vins: Mapping[str, str], people: People
) -> None:
    zone = ZoneInfo(sheet.day.course.timezone)
    fleet = sheet.day.pre_load_out.fleet
    other_days, undated, unsaid, unknown, passed, failed = 0, 0, 0, set[str](), list[str](), list[str]()
    for row in sorted(reading.inspections, key=lambda r: r.at.timestamp() if r.at else 0.0):
        van_id = vins.get(row.van, row.van)
        if row.at is None:
            undated += 1
        elif row.at.astimezone(zone).date() != sheet.day.key.service_day:
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
