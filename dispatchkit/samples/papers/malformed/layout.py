"""Tables whose rows are good and whose layout is not: titles, two headers, merged cells, other columns."""

from openpyxl.worksheet.worksheet import Worksheet

from dispatchkit.samples.papers import day_of_ops, fleet, people, quality
from dispatchkit.samples.papers.files import Cell, Rows, csv_bytes, workbook
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.malformed.made import Malformed

NO_BREAK = "\N{NO-BREAK SPACE}"
"""A blank that looks like any other and is not one."""


def files(known: Known) -> dict[str, Malformed]:
    """The files of a day whose layout is malformed."""
    return {
        day_of_ops.file_name(known).replace(".xlsx", " - title rows.xlsx"): Malformed(
            workbook({"Sheet1": _under_titles(known)}), "Four rows of titles and notes stand above the header."
        ),
        "VehiclesData - two header rows.xlsx": Malformed(
            workbook({"Vehicles": _with_two_headers(known)}),
            "A row of groups stands above the header, and the header once more in the middle of the rows.",
        ),
        "Schedule - merged cells.xlsx": Malformed(
            workbook({people.SCHEDULE_SHEET: people.schedule_rows(known)}, also=_merge),
            "The first two drivers share one merged name and transporter id: whose the second row is cannot be told.",
        ),
        "DA_Overview - blanks in headers.csv": Malformed(
            csv_bytes(_with_blanks(quality.overview_rows(known))),
            "Headers have blanks behind, before, doubled, and such that do not break a line.",
        ),
        "VehiclesData - unknown and missing columns.xlsx": Malformed(
            workbook({"Vehicles": _with_other_columns(known)}),
            "VIN and operationalStatus are missing, Nickname and Parked at are nobody's columns.",
        ),
    }


def _under_titles(known: Known) -> Rows:
    titles: Rows = [
        (f"Day of Ops Plan {known.station}",),
        (f"Printed for {known.dsp}", None, None, "Page 1 of 1"),
        (),
        ("Please check staging locations with your OTR contact.",),
    ]
    return [*titles, *day_of_ops.rows(known)]


def _with_two_headers(known: Known) -> Rows:
    header, *rows = fleet.vehicles_rows(known)
    groups = ("Vehicle", None, None, "State", None, "Kind")
    middle = len(rows) // 2
    return [groups, header, *rows[:middle], header, *rows[middle:]]


def _merge(sheet: Worksheet) -> None:
    """Merge the name and the id of the first two drivers, below the header and the totals."""
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")


def _with_blanks(rows: Rows) -> Rows:
    header, *others = rows
    ways = ("{} ", " {}", "{}" + NO_BREAK, "{}")
    return [[ways[n % len(ways)].format(str(h).replace(" ", "  ")) for n, h in enumerate(header)], *others]


def _with_other_columns(known: Known) -> Rows:
    dropped = [fleet.VEHICLES_HEADER.index(name) for name in ("VIN", "operationalStatus")]
    kept = [[c for n, c in enumerate(row) if n not in dropped] for row in fleet.vehicles_rows(known)]
    more: list[tuple[Cell, Cell]] = [("Nickname", "Parked at"), *((f"Van {n}", "Lot B") for n in range(1, len(kept)))]
    return [[*row, *added] for row, added in zip(kept, more, strict=True)]
