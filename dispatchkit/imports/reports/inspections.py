"""Inspections of vans before and after the trip: the DVIC export, and Whip Around's."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import Inspection, Inspections
from dispatchkit.imports.reports import local_clock
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.vocabulary import begins_with_one_of, is_one_of
from dispatchkit.imports.sheets import Column, Table, TableRow, columns
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.imports.sheets.identities import as_vin, first_last
from dispatchkit.station.profile import Words

DVIC = columns(
    Column("day", ("start_date",)),
    Column("dsp", ("dsp", "DSP Code")),
    Column("station", ("station", "Station Code")),
    Column("driver_id", ("transporter_id",)),
    Column("driver_name", ("transporter_name",)),
    Column("van", ("vin", "Vehicle Name"), required=True),
    Column("fleet_type", ("fleet_type",)),
    Column("inspection", ("inspection_type",), required=True),
    Column("status", ("inspection_status",)),
    Column("started", ("start_time",), required=True),
    Column("ended", ("end_time",)),
    Column("duration", ("duration", "Duration (s)", "duration_seconds")),
    Column("defects", ("defects", "Defects Found"), usual=False),
)
"""Columns of the DVIC export, as public parsers list them."""

WHIP_AROUND = columns(
    Column("number", ("Inspection ID",), usual=False),
    Column("form", ("Form", "Form name"), required=True),
    Column("occurred", ("Date inspection occurred", "Inspection date"), required=True),
    Column("van", ("Asset name", "Asset"), required=True),
    Column("first_name", ("Driver first name",)),
    Column("last_name", ("Driver last name",)),
)
"""Columns of Whip Around's inspections export, as public parsers of real exports list them."""

TO_THE_MINUTE_S = 60.0
TO_THE_SECOND_S = 1.5
"""How far a duration may lie from the difference of two clock times that are written so finely."""


def read_dvic(table: Table, about: About) -> Inspections:
    """Read the DVIC export. Inspections that are neither before nor after a trip are noted and left out."""
    zone = local_clock.zone_of(about.profile.site.timezone)
    rows = list(table.rows)
    found = [i for row in rows if (i := _dvic(row, about, zone)) is not None]
    stations = {code for row in rows if (code := row.text("station"))}
    station = stations.pop() if len(stations) == 1 else about.station
    return _inspections("DVIC", station, about, found)


def read_whip_around(table: Table, about: About) -> Inspections:
    """Read Whip Around's export. Forms that are neither before nor after a trip are noted and left out."""
    zone = local_clock.zone_of(about.profile.site.timezone)
    found = [i for row in table.rows if (i := _whip_around(row, about, zone)) is not None]
    return _inspections("Whip Around", about.station, about, found)


def _inspections(form: str, station: str, about: About, found: Iterable[Inspection]) -> Inspections:
    inspections = tuple(found)
    days = {i.day for i in inspections}
    day = days.pop() if len(days) == 1 else about.service_day if not days else None
    return Inspections(form=form, station=station, service_day=day, as_of=about.as_of, inspections=inspections)


def _dvic(row: TableRow, about: About, zone: ZoneInfo | None) -> Inspection | None:
    words = about.profile.words
    inspection, van = _when(row, "inspection", words), row.needed("van")
    if not inspection or not van:
        return None
    day = row.date("day")
    started, ended = _times(row, day, zone)
    duration_s = row.duration_s("duration")
    spots = row.at("started"), row.at("ended")
    began_at, ended_at = local_clock.start_and_end(started, ended, duration_s, zone, spots)
    elapsed_s = _elapsed_s(began_at, ended_at) if zone else _elapsed_s(started, ended)
    return Inspection(
        row=row.number,
        inspection=inspection,
        van=as_vin(van) or van,
        driver_id=row.driver_id("driver_id") or "",
        driver_name=row.name("driver_name") or "",
        day=day or (started.date() if started else None),
        at=ended_at or began_at,
        passed=_passed(row, words),
        duration_s=_checked_duration(row, duration_s, elapsed_s, (started, ended)),
        defects=_defects(row),
    )


def _whip_around(row: TableRow, about: About, zone: ZoneInfo | None) -> Inspection | None:
    inspection, van = _when(row, "form", about.profile.words), row.needed("van")
    if not inspection or not van or not row.needed("occurred"):
        return None
    occurred = row.shown("occurred") if local_clock.has_time(row.raw("occurred")) else None
    names = [name for key in ("first_name", "last_name") if (name := row.text(key))]
    return Inspection(
        row=row.number,
        inspection=inspection,
        van=as_vin(van) or van,
        driver_name=first_last(" ".join(names)),
        day=occurred.date() if occurred else row.date("occurred"),
        at=local_clock.instant(occurred, zone, row.at("occurred")),
    )


def _when(row: TableRow, key: str, words: Words) -> str:
    """Tell "pre-trip" from "post-trip"; empty, with a problem or a note, where it is neither."""
    text = row.needed(key)
    if text is None:
        return ""
    if begins_with_one_of(text, words.pre_trip):
        return "pre-trip"
    if begins_with_one_of(text, words.post_trip):
        return "post-trip"
    row.table.findings.note(
        f"{quoted(text)} is neither a pre-trip nor a post-trip inspection; left out.",
        "If it is one, add how it begins to 'pre_trip' or 'post_trip' in the [words] section of the station profile.",
        row=row.number,
        column=row.at(key).column,
    )
    return ""


def _passed(row: TableRow, words: Words) -> bool | None:
    status = row.text("status")
    if status is None or is_one_of(status, words.unjudged):
        return None
    if is_one_of(status, words.passed):
        return True
    if not is_one_of(status, words.failed):
        row.at("status").block(
            f"The status {quoted(status)} is not known.",
            "Add it to 'passed', 'failed' or 'unjudged' in the [words] section of the station profile.",
        )
        return None
    return False


def _defects(row: TableRow) -> tuple[str, ...]:
    parts = (row.text("defects") or "").replace("|", ";").split(";")
    return tuple(part.strip() for part in parts if part.strip())


def _times(row: TableRow, day: date | None, zone: ZoneInfo | None) -> tuple[datetime | None, datetime | None]:
    """Read start and end as the clock showed them; times without a date stand on `day`, or end in the night after."""
    started = local_clock.shown(row, "started", day)
    ended = local_clock.shown(row, "ended", started.date() if started else day)
    if started is None or ended is None or local_clock.can_follow(ended, started, zone):
        return started, ended
    if local_clock.time_alone(row.raw("ended")) is not None:
        return started, ended + timedelta(days=1)
    row.table.findings.note(
        "It ends before it began.", "Check it with the driver.", row=row.number, column=row.at("ended").column
    )
    return started, ended


def _elapsed_s(started: datetime | None, ended: datetime | None) -> float | None:
    """Seconds from start to end; None where either is unknown, or the end lies before the start."""
    if started is None or ended is None or (started.tzinfo is None) != (ended.tzinfo is None):
        return None
    elapsed_s = (ended - started).total_seconds()
    return elapsed_s if elapsed_s >= 0 else None


def _checked_duration(
    row: TableRow, duration_s: float | None, elapsed_s: float | None, shown: tuple[datetime | None, datetime | None]
) -> float | None:
    """Hold the duration to start and end. It counts as the file has it; without one, the difference does."""
    if elapsed_s is None or duration_s is None:
        return duration_s if duration_s is not None else elapsed_s
    fine = any(at is not None and at.second for at in shown)
    allowed_s = TO_THE_SECOND_S if fine else TO_THE_MINUTE_S
    if plain(row.raw("duration")).count(":") == 1 and abs(duration_s / 60 - elapsed_s) <= allowed_s:
        return duration_s / 60      # "1:23" were minutes and seconds
    if abs(duration_s - elapsed_s) > allowed_s:
        row.table.findings.note(
            f"The duration is {duration_s:g} s, but from start to end it is {elapsed_s:g} s; the duration counts.",
            "Check the inspection with the driver.",
            row=row.number,
            column=row.at("duration").column,
        )
    return duration_s


DVIC_LIST = ReportKind(source="DVIC", columns=DVIC, read=read_dvic)
WHIP_AROUND_LIST = ReportKind(source="Whip Around", columns=WHIP_AROUND, read=read_whip_around)
