"""The return detail: packages that came back to the station, with the code that the driver chose."""

import re

import msgspec

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import ReturnedPackage, Returns
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.sheets import Column, Table, TableRow, columns

RETURNS = columns(
    Column("package_id", ("Tracking ID", "Tracking"), required=True),
    Column("name", ("Delivery Associate", "Associate Name"), usual=False),
    Column("driver_id", ("Transporter ID",)),
    Column("impacts_dcr", ("Impact DCR", "DCR Impact")),
    Column("reason", ("RTS Code", "DA Selected RTS Code", "Selected RTS Code"), required=True),
    Column("customer_contact", ("Customer Contact Details", "Additional Information")),
    Column("planned_day", ("Planned Delivery Date",)),
    Column("exemption", ("Exemption Reason",)),
    Column("service_area", ("Service Area",)),
)
"""Columns of the return (RTS) detail, as public parsers list them."""

ROUNDED = re.compile(r"\d+(?:[.,]\d+)?E[+]?\d+", re.IGNORECASE)
"""What a spreadsheet makes of a long figure; its last digits are gone."""


def read_returns(table: Table, about: About) -> Returns:
    """Read packages that came back. A row that stands twice, word for word, is read once, with a note."""
    found: dict[ReturnedPackage, int] = {}
    for row in table.rows:
        package = _package(row)
        if package is None:
            continue
        held = found.setdefault(msgspec.structs.replace(package, row=0), row.number)
        if held != row.number:
            table.findings.note(f"The same row as {held}; it was read once.", row=row.number)
    packages = tuple(msgspec.structs.replace(package, row=number) for package, number in found.items())
    days = {p.planned_day for p in packages}
    return Returns(
        station=about.station,
        service_day=days.pop() if len(days) == 1 else about.service_day if not days else None,
        as_of=about.as_of,
        packages=packages,
    )


def _package(row: TableRow) -> ReturnedPackage | None:
    package_id = row.needed("package_id")
    if package_id is None:
        return None
    if ROUNDED.fullmatch(package_id):
        row.at("package_id").block(
            f"{quoted(package_id)} was a long figure before a spreadsheet rounded it.",
            "Get the file again from its source, and do not save it from a spreadsheet.",
        )
        return None
    return ReturnedPackage(
        row=row.number,
        package_id=package_id,
        driver_id=row.driver_id("driver_id") or "",
        name=row.name("name") or "",
        reason=row.text("reason") or "",
        impacts_dcr=row.yes_no("impacts_dcr"),
        customer_contact=row.text("customer_contact") or "",
        planned_day=row.date("planned_day"),
        exemption=row.text("exemption") or "",
        service_area=row.text("service_area") or "",
    )


RETURN_DETAIL = ReportKind(source="Return detail", columns=RETURNS, read=read_returns)
