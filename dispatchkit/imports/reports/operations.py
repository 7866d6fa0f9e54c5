"""The station's plan of the day, and Cortex exports of how far it is: Day-of-Ops plan, Routes, Itineraries."""

from collections.abc import Iterator

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.readings import DayOfOpsPlan, Itineraries, Itinerary, OpsRoute, RoutesSnapshot, RouteStanding
from dispatchkit.imports.reports.kind import About, ReportKind
from dispatchkit.imports.reports.progress import stops_done
from dispatchkit.imports.sheets import Column, Table, TableRow, columns

CODE = Column("code", ("Route Code", "Route", "Route ID", "Route Name"), required=True)

LONGEST_CODE = 40
"""Characters of a route code; those seen have up to eight."""

DAY_OF_OPS_PLAN = columns(
    Column("dsp", ("DSP", "DSP Code", "DSP Short Code", "Company")),
    CODE,
    Column("service_type", ("Service Type", "Delivery Service Type"), required=True),
    Column("wave", ("Wave", "Wave Time"), required=True),
    Column("staging", ("Staging Location", "Staging", "Stage"), required=True),
    Column("duration", ("Route Duration", "Duration", "Route Duration (min)", "Planned Duration")),
    Column("zones", ("Num Zones", "Zones", "Number of Zones")),
    Column("packages", ("Num Packages", "Packages", "Number of Packages", "Total Packages")),
    Column("commercial", ("Num Commercial Pkgs", "Num Commercial Packages", "Commercial Pkgs", "Commercial Packages")),
)
"""Columns of the Day-of-Ops plan, as public parsers of real exports list them."""

ROUTES = columns(
    CODE,
    Column("dsp", ("DSP", "DSP Code", "DSP Short Code")),
    Column("driver_ids", ("Transporter Id", "Transporter IDs", "DA Transporter ID")),
    Column("driver_names", ("Driver name", "Driver names", "Driver", "Delivery Associate"), required=True),
    Column("progress", ("Route progress", "Progress", "Stops completed"), required=True),
    Column("service_type", ("Delivery service type", "Service Type")),
    Column("stops", ("All stops", "Total stops", "Stops")),
    Column("deliveries", ("Total deliveries", "Deliveries", "All deliveries")),
    Column("departs", ("Planned Departure Time", "Planned departure", "Departure Time")),
)
"""Columns of the Cortex Routes export, as public parsers of real exports list them; it has others as well."""

ITINERARIES = columns(
    CODE,
    Column("returns", ("Planned return to station", "Planned return", "Planned RTS"), required=True),
    Column("stops", ("All Stops", "Total stops", "Stops")),
    Column("packages", ("Total Packages", "All packages", "Packages")),
)
"""Columns of the Cortex Itineraries export, as public parsers of real exports list them."""


def read_day_of_ops(table: Table, about: About) -> DayOfOpsPlan:
    """Read the station's plan, of every DSP that stands in it. A code that a DSP has twice is a problem."""
    routes: dict[tuple[str, str], OpsRoute] = {}
    for row, code in _coded(table):
        dsp = row.text("dsp") or ""
        route = OpsRoute(
            row=row.number,
            code=code,
            dsp=dsp,
            service_type=row.text("service_type") or "",
            wave=row.time("wave"),
            staging=row.text("staging") or "",
            duration_min=row.duration_min("duration"),
            zones=row.whole("zones"),
            packages=row.whole("packages"),
            commercial_packages=row.whole("commercial"),
        )
        held = routes.setdefault((dsp, code), route)
        if held is not route:
            _block_twice(row, code, held.row)
    _note_blank_packages(table)
    return DayOfOpsPlan(
        station=about.station, service_day=about.service_day, as_of=about.as_of, routes=tuple(routes.values())
    )


def _note_blank_packages(table: Table) -> None:
    """Say how many counts are blank: nobody knows them then, and they are not 0."""
    heading = table.heading("packages")
    blank = sum(row.raw("packages") is None for row in table.rows)
    if heading is not None and blank:
        table.findings.note(
            f"The count is blank in {blank} of {len(table.rows)} rows: it is unknown, not 0.",
            "Ask the station for it and import again.",
            column=heading.text,
        )


def read_routes(table: Table, about: About) -> RoutesSnapshot:
    """Read how far each route is, and who is on it. A code that stands twice is a problem."""
    routes: dict[str, RouteStanding] = {}
    for row, code in _coded(table):
        stops = row.whole("stops")
        driver_ids, driver_names = _drivers(row)
        standing = RouteStanding(
            row=row.number,
            code=code,
            dsp=row.text("dsp") or "",
            driver_ids=driver_ids,
            driver_names=driver_names,
            service_type=row.text("service_type") or "",
            stops=stops,
            stops_done=stops_done(row, stops, about.profile.progress),
            deliveries=row.whole("deliveries"),
            departs=row.time("departs"),
        )
        held = routes.setdefault(code, standing)
        if held is not standing:
            _block_twice(row, code, held.row)
    return RoutesSnapshot(
        station=about.station, service_day=about.service_day, as_of=about.as_of, routes=tuple(routes.values())
    )


def read_itineraries(table: Table, about: About) -> Itineraries:
    """Read planned returns. A second row for a route code is a rescue: the stops that somebody else took."""
    found = tuple(
        Itinerary(
            row=row.number,
            code=code,
            returns=row.time("returns"),
            stops=row.whole("stops"),
            packages=row.whole("packages"),
        )
        for row, code in _coded(table)
    )
    return Itineraries(station=about.station, service_day=about.service_day, as_of=about.as_of, itineraries=found)


def _coded(table: Table) -> Iterator[tuple[TableRow, str]]:
    """The rows with a route code; one without is a problem."""
    for row in table.rows:
        if (code := row.needed("code")) is None:
            continue
        if len(code) > LONGEST_CODE:
            row.at("code").block(f"{quoted(code)} is too long for a route code.")
        else:
            yield row, code.upper()


def _drivers(row: TableRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids and names of those on a route, side by side; without one of the columns the other stands alone."""
    driver_ids, names = row.driver_ids("driver_ids"), row.names("driver_names")
    if driver_ids and names and len(driver_ids) != len(names):
        row.at("driver_names").block(
            f"{len(names)} names stand beside {len(driver_ids)} transporter ids; nobody can tell who is who.",
            "Export the file again, or put one name and one id for each person, and import again.",
        )
        return (), ()
    return driver_ids, names


def _block_twice(row: TableRow, code: str, first: int) -> None:
    row.at("code").block(
        f"{quoted(code)} stands in row {first} already.", "Leave the row that is right and import again."
    )


OPERATIONS = (
    ReportKind(source="Day-of-Ops plan", columns=DAY_OF_OPS_PLAN, read=read_day_of_ops),
    ReportKind(source="Routes export", columns=ROUTES, read=read_routes),
    ReportKind(source="Itineraries export", columns=ITINERARIES, read=read_itineraries),
)
"""Reports of the day's operations that come as tables."""
