"""What the store knows that an import needs beside the day itself."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.desk import Desk
from dispatchkit.errors import Damaged, NotFound
from dispatchkit.imports import OriginalFile
from dispatchkit.imports.readings import AnyReading, FileRead
from dispatchkit.imports.reports import read_reports
from dispatchkit.intake.known import PERSON_FIELDS, Known
from dispatchkit.log import Log
from dispatchkit.records import DayKey
from dispatchkit.station import Station

_readings: "msgspec.json.Decoder[AnyReading]" = msgspec.json.Decoder(AnyReading)


def gather(log: Log, desk: Desk) -> Known:
    """Gather people and vans of the directory, the station's zone, and what the day's files said."""
    people: dict[str, dict[str, str]] = {}
    for field in PERSON_FIELDS:
        for subject, value in log.directory.every(field).items():
            people.setdefault(subject, {})[field] = value
    files = desk.day().course.files
    return Known(
        people=people,
        vins={vin: van_id for van_id, vin in log.directory.every("vin").items()},
        timezone=zone_of(log, desk.key),
        earlier=tuple(reading for file in files if (reading := _reading(log, file)) is not None),
    )


def zone_of(log: Log, key: DayKey) -> str:
    """The zone of the day, else that of the station's latest day in the store; empty where none has been opened."""
    days = [head.key for head in log.days() if head.key.station == key.station]
    for nearest in sorted(days, key=lambda k: (k == key, k.service_day), reverse=True):
        course = Desk(log, nearest, by="intake").day().course
        if course.opened_at is not None:
            return course.timezone
    return ""


def read(
    originals: Sequence[OriginalFile], station: Station, zone: str, near: date | None
) -> tuple[FileRead, ...]:
    """Read the files as they are to be understood in `zone`, where the profile does not name the site's.

    Dates without a year are taken to lie close to `near`.
    """
    if zone and not station.site.timezone and _is_zone(zone):
        site = msgspec.structs.replace(station.site, timezone=zone)
        station = msgspec.structs.replace(station, site=site)
    return tuple(read_reports(originals, station=station, near=near))


def _is_zone(name: str) -> bool:
    """Whether a person's answer is a zone at all; opening the day says so where it is not."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True


def _reading(log: Log, file: FileImported) -> AnyReading | None:
    """What a file said when it was taken; None where that was not kept, or has been erased since."""
    if not file.reading:
        return None
    try:
        return _readings.decode(log.artifact(file.reading))
    except NotFound:
        return None
    except msgspec.DecodeError as error:
        raise Damaged(f"What {file.name} said cannot be read any more: {error}. Run `dispatchkit verify`.") from error
