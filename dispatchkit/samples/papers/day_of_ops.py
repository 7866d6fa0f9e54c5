"""The Day-of-Ops plan (DOP): what the station asks of its DSPs this day, a row a route."""

from dispatchkit.records import PlannedRoute
from dispatchkit.samples.papers.files import Rows, workbook
from dispatchkit.samples.papers.known import Known

SHEET = "Solution"

HEADER = (
    "DSP", "Route Code", "Service Type", "Wave", "Staging Location", "Route Duration", "Num Zones", "Num Packages",
    "Num Commercial Pkgs",
)  # fmt: skip
"""Nine columns, as public parsers of real exports list them."""

DURATION_STEP_MIN = 10
"""Real plans give durations in whole tens of minutes (420, 430)."""

NEIGHBOURS = ("BRVO", "HLCN", "PRST", "QVLT", "TNDR", "ZEFR")
"""Invented DSPs that share the station."""


def day_of_ops(known: Known, *, station_wide: bool = False) -> bytes:
    """The workbook; `station_wide` with the routes of every DSP at the station, as some stations send it."""
    return workbook({SHEET: rows(known, station_wide=station_wide)})


def file_name(known: Known) -> str:
    """The usual name of the file."""
    return f"{known.service_day}-{known.station}-CYCLE_1-DSP-DayOfOpsPlan.xlsx"


def rows(known: Known, *, station_wide: bool = False) -> Rows:
    """Header and rows, in the order of the plan; of a station-wide plan mixed by route code."""
    own = [_row(known, route) for route in known.day.plan.routes]
    if not station_wide:
        return [HEADER, *own]
    return [HEADER, *sorted([*own, *_of_neighbours(known)], key=lambda row: (len(str(row[1])), row[1]))]


def _row(known: Known, route: PlannedRoute) -> tuple[str | int, ...]:
    zones = {s.zone.partition(".")[0] for s in known.day.plan.stops_of(route.route_id)} - {""}
    return (
        known.dsp,
        route.code,
        route.service_type,
        known.clock(route.departs_at),
        known.staging[route.route_id],
        round(known.planned_s(route) / 60 / DURATION_STEP_MIN) * DURATION_STEP_MIN,
        max(1, len(zones)),
        known.packages(route),
        known.commercial[route.route_id],
    )


def _of_neighbours(known: Known) -> list[tuple[str | int, ...]]:
    """Routes of the other DSPs: like the own ones, with codes of their own."""
    mine = [_row(known, route) for route in known.day.plan.routes]
    made: list[tuple[str | int, ...]] = []
    for dsp in NEIGHBOURS:
        chance = known.chance("neighbours", dsp)
        for _ in range(chance.randint(38, 54)):
            _, _, service_type, wave, _, duration_min, zones, packages, commercial = chance.choice(mine)
            n = len(made)
            staging = f"STG.{'JKLMNPQR'[n // 40 % 8]}{n // 5 % 8 + 1}.{n % 5 + 1}"
            more = chance.randint(-20, 20)
            made.append(
                (dsp, f"CX{401 + n}", service_type, wave, staging, duration_min, zones,
                 max(1, int(packages) + more), commercial)
            )  # fmt: skip
    return made
