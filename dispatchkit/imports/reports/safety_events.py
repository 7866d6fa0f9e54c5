"""Safety events: what cameras and sensors reported of a driver, and what a review made of it."""

import msgspec

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import SafetyEvent, SafetyEvents
from dispatchkit.imports.reports import local_clock
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.sheets import Column, Table, TableRow, columns
from dispatchkit.imports.sheets.identities import as_vin

EVENTS = columns(
    Column("day", ("Date", "Event Date")),
    Column("name", ("Delivery Associate", "Associate Name", "Driver")),
    Column("driver_id", ("Transporter ID",)),
    Column("event_id", ("Event ID",), required=True),
    Column("at", ("Date Time", "Event Time")),
    Column("vin", ("VIN",)),
    Column("impact", ("Program Impact", "Impact")),
    Column("metric", ("Metric Type", "Metric"), required=True),
    Column("submetric", ("Metric Subtype",)),
    Column("source", ("Source",)),
    Column("video", ("Video Link", "Video")),
    Column("review", ("Review Details", "Review")),
)
"""Columns of the safety events, as public parsers list them."""


def read_safety_events(table: Table, about: About) -> SafetyEvents:
    """Read safety events. Links are text and never opened. An event id that stands twice is a problem."""
    zone = local_clock.zone_of(about.profile.site.timezone)
    found: dict[str, SafetyEvent] = {}
    for row in table.rows:
        event_id = row.needed("event_id")
        if event_id is None:
            continue
        event = _event(row, event_id)
        shown = local_clock.shown(row, "at", event.day)
        event = msgspec.structs.replace(
            event,
            day=event.day or (shown.date() if shown else None),
            at=local_clock.instant(shown, zone, row.at("at")),
        )
        held = found.setdefault(event_id, event)
        if held is event:
            continue
        if msgspec.structs.replace(event, row=held.row) == held:
            table.findings.note(f"The same row as {held.row}; it was read once.", row=row.number)
        else:
            row.at("event_id").block(f"{quoted(event_id)} stands in row {held.row} already, with other details.")
    return SafetyEvents(station=about.station, as_of=about.as_of, events=tuple(found.values()))


def _event(row: TableRow, event_id: str) -> SafetyEvent:
    van = row.text("vin") or ""
    return SafetyEvent(
        row=row.number,
        event_id=event_id,
        day=row.date("day"),
        driver_id=row.driver_id("driver_id") or "",
        name=row.name("name") or "",
        vin=as_vin(van) or van,
        impact=row.text("impact") or "",
        metric=row.text("metric") or "",
        submetric=row.text("submetric") or "",
        source=row.text("source") or "",
        video=row.text("video") or "",
        review=row.text("review") or "",
    )


EVENTS_LIST = ReportKind(source="Safety events", columns=EVENTS, read=read_safety_events)
