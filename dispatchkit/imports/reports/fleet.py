"""Files of the vans: the list of vehicles, and the charge of the electric ones."""

import re
from collections.abc import Iterable

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import Charge, Charges, Vehicle, Vehicles
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.vocabulary import is_one_of
from dispatchkit.imports.sheets import Column, Table, TableRow, columns
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.imports.sheets.values import as_number
from dispatchkit.station.profile import Words

VEHICLES = columns(
    Column("name", ("Vehicle Name", "Vehicle", "Van"), required=True),
    Column("vin", ("VIN", "Vehicle Identification Number")),
    Column("plate", ("License Plate", "License Plate Number", "Licence Plate", "Plate")),
    Column("active", ("Active",)),
    Column("operational", ("operationalStatus",), required=True),
    Column("service_type", ("serviceType",)),
)
"""Columns of VehiclesData, as public parsers of real exports list them."""

CHARGE = columns(
    Column("vin", ("VIN", "Vehicle Identification Number"), required=True),
    Column("charge", ("State of Charge", "SOC", "Battery Level", "Charge Level"), required=True),
    Column(
        "range",
        (
            "Distance to Empty", "Distance to Empty (mi)", "Distance to Empty (km)", "Range", "Range (mi)",
            "Range (km)", "Estimated Range (mi)", "Estimated Range (km)",
        ),
    ),
)
"""Columns of the charge export, as public parsers of real exports list them; it writes miles unless it says km."""

KM_PER_MI = 1.609344
"""International mile, exact by definition of 1959."""

DISTANCE = re.compile(r"(?P<figure>\d[\d.,]*) ?(?P<unit>mi|miles?|km|kilomet(?:er|re)s?)?\.?", re.IGNORECASE)

KM_HEADER = re.compile(r"\bkm\b|\bkilomet", re.IGNORECASE)

FULL_PCT = 100.0


def read_vehicles(table: Table, about: About) -> Vehicles:
    """Read the vans. A name or a VIN that stands twice is a problem; its first row counts."""
    rows_of: dict[str, int] = {}
    found: list[Vehicle] = []
    for row in table.rows:
        name = row.needed("name")
        vehicle = Vehicle(
            row=row.number,
            name=name or "",
            vin=row.vin("vin") or "",
            plate=row.text("plate") or "",
            service_type=row.text("service_type") or "",
            active=row.yes_no("active"),
            grounded=_grounded(row, about.profile.words),
        )
        if name and not _twice(row, vehicle, rows_of):
            found.append(vehicle)
    return Vehicles(
        station=about.station, service_day=about.service_day, as_of=about.as_of, vehicles=tuple(found)
    )


def _grounded(row: TableRow, words: Words) -> bool | None:
    status = row.text("operational")
    if status is None:
        return None
    if is_one_of(status, words.grounded):
        return True
    if not is_one_of(status, words.operational):
        row.at("operational").block(
            f"The status {quoted(status)} is not known.",
            "Add it to 'operational' or 'grounded' in the [words] section of the station profile and import again.",
        )
        return None
    return False


def _twice(row: TableRow, vehicle: Vehicle, rows_of: dict[str, int]) -> bool:
    """Whether the van stands in an earlier row already, by name or by VIN; `rows_of` learns where it stands."""
    twice = False
    for key, value in (("name", vehicle.name), ("vin", vehicle.vin)):
        held = rows_of.setdefault(f"{key} {value.casefold()}", row.number) if value else row.number
        if held != row.number and not twice:
            twice = True
            row.at(key).block(
                f"{quoted(value)} stands in row {held} already.", "Leave the row that is right and import again."
            )
    return twice


def read_charges(table: Table, about: About) -> Charges:
    """Read what electric vans have left. A VIN that stands twice is a problem; its first row counts."""
    found: dict[str, Charge] = {}
    rows = list(table.rows)
    _note_ones(table, rows)
    for row in rows:
        vin = row.vin("vin") if row.needed("vin") else None
        if vin is None:
            continue
        charge = Charge(row=row.number, vin=vin, charge_pct=_charge_pct(row), range_mi=_range_mi(row))
        if (held := found.setdefault(vin, charge)) is not charge:
            row.at("vin").block(
                f"{quoted(vin)} stands in row {held.row} already.", "Leave the newer row and import again."
            )
    return Charges(
        station=about.station, service_day=about.service_day, as_of=about.as_of, charges=tuple(found.values())
    )


def _charge_pct(row: TableRow) -> float | None:
    charge = row.percent("charge")
    if charge is not None and not 0 <= charge <= FULL_PCT:
        row.at("charge").block(f"{quoted(plain(row.raw('charge')))} is no state of charge; it lies from 0 to 100 %.")
        return None
    return charge


def _note_ones(table: Table, rows: Iterable[TableRow]) -> None:
    """Say so where a bare 1 may be 1 % or, as a share, a full battery: nothing in the column tells."""
    heading = table.heading("charge")
    if heading is None:
        return
    figures = {as_number(cell) for row in rows if (cell := row.under(heading)) is not None}
    if figures and figures <= {0, 1} and 1 in figures:
        table.findings.note(
            "The only figures are 0 and 1; 1 was read as 1 %.",
            "Check these vans: it may mean a full battery.",
            column=heading.text,
        )


def _range_mi(row: TableRow) -> float | None:
    """Read the distance to empty in miles: the unit is in the cell, else in the header, else it is miles."""
    cell, heading = row.raw("range"), row.table.heading("range")
    if cell is None or heading is None:
        return None
    written = DISTANCE.fullmatch(plain(cell))
    figure = as_number(written["figure"]) if written else None
    if written is None or figure is None:
        row.at("range").block(f"{quoted(plain(cell))} is not a distance.", "Write it in miles and import again.")
        return None
    unit = written["unit"] or ("km" if KM_HEADER.search(heading.text) else "mi")
    return figure / KM_PER_MI if unit.casefold().startswith("k") else figure


VEHICLES_LIST = ReportKind(source="Vehicles", columns=VEHICLES, read=read_vehicles)
CHARGE_LIST = ReportKind(source="EV charge", columns=CHARGE, read=read_charges)
