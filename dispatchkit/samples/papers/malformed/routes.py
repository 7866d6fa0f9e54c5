"""Plans and exports of Cortex whose figures or codes cannot be right."""

from collections.abc import Callable
from datetime import datetime

from dispatchkit.samples.papers import cortex, day_of_ops
from dispatchkit.samples.papers.files import Cell, Rows, workbook
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.malformed.made import Malformed

OTHER_DSP = "QVLT"
CHANGED_EVERY = 4
"""One code in four is another one: well over the tenth from which an import has to ask."""

MISTYPED = ("1l2", "ca. 300", "18O", "--", "2 1 4")
"""Counts as hands type them: a small L for a one, an O for a nought."""


def files(known: Known) -> dict[str, Malformed]:
    """The malformed plans and exports of a day."""
    plan, last = _plan_rows(known), max(r.finish_by for r in known.day.plan.routes)
    packages = day_of_ops.HEADER.index("Num Packages")
    return {
        _plan(known, "another DSP"): Malformed(
            _book([[OTHER_DSP, *row[1:]] for row in plan]),
            f"Every route is {OTHER_DSP}'s: a station-wide plan without a row for this DSP.",
        ),
        _export(known, "Routes", last, "other codes"): Malformed(
            _routes(known, last, _with_other_codes),
            "A quarter of the route codes are not those of the plan: perhaps the export of another day or station.",
        ),
        _plan(known, "blank counts"): Malformed(
            _book([_with(row, packages, None) if n % 2 else row for n, row in enumerate(plan)]),
            "Every second count of packages is blank: nobody knows it, and it is not 0.",
        ),
        _plan(known, "text in numbers"): Malformed(
            _book([_with(row, packages, MISTYPED[n]) if n < len(MISTYPED) else row for n, row in enumerate(plan)]),
            "Counts of packages are typed by hand: 1l2, ca. 300, 18O.",
        ),
        _export(known, "Routes", last, "two ids for one name"): Malformed(
            _routes(known, last, _with_a_nameless_second),
            "On the first route two transporter ids stand beside one name: who is who cannot be told.",
        ),
        _export(known, "Itineraries", last, "rescued route twice"): Malformed(
            workbook({"Itineraries": _with_second_rows(known, last)}),
            "The first route stands there twice: the short row is what a rescuer took over, not another route.",
        ),
    }


def _plan(known: Known, what: str) -> str:
    return day_of_ops.file_name(known).replace(".xlsx", f" - {what}.xlsx")


def _export(known: Known, export: str, at: datetime, what: str) -> str:
    return cortex.snapshot_name(known, export, at).replace(".xlsx", f" - {what}.xlsx")


def _plan_rows(known: Known) -> list[list[Cell]]:
    return [list(row) for row in day_of_ops.rows(known)[1:]]


def _book(rows: list[list[Cell]]) -> bytes:
    return workbook({day_of_ops.SHEET: [day_of_ops.HEADER, *rows]})


def _with(row: list[Cell], place: int, value: Cell) -> list[Cell]:
    return [*row[:place], value, *row[place + 1 :]]


def _routes(known: Known, at: datetime, spoil: Callable[[list[list[Cell]]], list[list[Cell]]]) -> bytes:
    header, *rows = cortex.routes_rows(known, at)
    return workbook({"Routes": [header, *spoil([list(row) for row in rows])]})


def _with_other_codes(rows: list[list[Cell]]) -> list[list[Cell]]:
    return [_with(row, 0, f"CX{901 + n}") if n % CHANGED_EVERY == 0 else row for n, row in enumerate(rows)]


def _with_a_nameless_second(rows: list[list[Cell]]) -> list[list[Cell]]:
    ids, names = map(cortex.ROUTES_HEADER.index, ("Transporter Id", "Driver name"))
    first, second, *others = rows
    (driver_id, name), (second_id, _) = (
        [str(row[place]).partition(cortex.PAIRED)[0] for place in (ids, names)] for row in (first, second)
    )
    spoilt = _with(_with(first, ids, f"{driver_id}{cortex.PAIRED}{second_id}"), names, name)
    return [spoilt, second, *others]


def _with_second_rows(known: Known, at: datetime) -> Rows:
    header, first, *others = cortex.itineraries_rows(known, at)
    stops, packages = header.index("All Stops"), header.index("Total Packages")
    taken = _with(_with(list(first), stops, 27), packages, 41)
    return [header, taken, first, *others]
