"""Lists of people that do not say who is meant: names turned round, one id for two, formulas for names."""

from dispatchkit.samples.names import first_and_last
from dispatchkit.samples.papers import people
from dispatchkit.samples.papers.files import Cell, Rows, csv_bytes, workbook
from dispatchkit.samples.papers.known import Known
from dispatchkit.samples.papers.malformed.made import Malformed

FORMULAS = (
    '=HYPERLINK("https://example.com","Open me")', "=1+1", "@SUM(1,1)", "+1+1", "-1-1", "=cmd|'/C calc'!A0",
)  # fmt: skip
"""What a spreadsheet would run when it opens the file; harmless here, and each a way that others were harmed."""


def files(known: Known) -> dict[str, Malformed]:
    """The malformed lists of people of a day."""
    rows = [list(row) for row in people.associates_rows(known)]
    return {
        "AssociateData - last name first.csv": Malformed(
            csv_bytes([rows[0], *([_last_first(row[0]), *row[1:]] for row in rows[1:])]),
            "Names are written Last, First, and First Last everywhere else.",
        ),
        "AssociateData - one id twice.csv": Malformed(
            csv_bytes([*rows[:2], [rows[2][0], rows[1][1], *rows[2][2:]], *rows[3:]]),
            "The first two associates have one transporter id: an id is one person.",
        ),
        "AssociateData - formulas.csv": Malformed(
            csv_bytes(_with_formulas(rows)), "Some names are formulas that a spreadsheet would run: text, nothing else."
        ),
        "Schedule - of last week.xlsx": Malformed(
            workbook({people.SCHEDULE_SHEET: people.schedule_rows(known, weeks_off=-1)}),
            "The schedule of the week before: nobody on it is rostered for the day.",
        ),
    }


def _last_first(name: Cell) -> str:
    first, last = first_and_last(str(name))
    return f"{last}, {first}"


def _with_formulas(rows: list[list[Cell]]) -> Rows:
    header, *people_rows = rows
    return [header, *([FORMULAS[n], *row[1:]] if n < len(FORMULAS) else row for n, row in enumerate(people_rows))]
