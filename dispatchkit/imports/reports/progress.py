"""How far a route is, in stops, from the forms in which exports write it."""

import re

from dispatchkit.imports.problems import quoted
from dispatchkit.imports.reports.vocabulary import is_one_of
from dispatchkit.imports.sheets import TableRow
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.station.profile import ProgressWords

OF_ALL = re.compile(
    r"(?P<done>\d+) ?(?:/|of|out of) ?(?P<all>\d+)(?: ?stops?)?(?: ?\(?\d+(?:[.,]\d+)? ?%\)?)?", re.IGNORECASE
)
"""87/173, 87 of 173, 87 of 173 stops (50%)."""


def stops_done(row: TableRow, stops: int | None, words: ProgressWords) -> int | None:
    """Read the column "progress" in stops.

    Parameters
    ----------
    stops
        All stops of the route; None where the file does not say.

    Returns
    -------
    int or None
        None where the cell is blank, names no number ("In progress"), or counts something else than stops.
    """
    cell = row.raw("progress")
    if cell is None:
        return None
    text = plain(cell)
    if counted := OF_ALL.fullmatch(text):
        return _of_all(row, int(counted["done"]), int(counted["all"]), stops)
    if is_one_of(text, words.not_started):
        return 0
    if is_one_of(text, words.done):
        return stops
    if is_one_of(text, words.under_way):
        return None
    return _share_of(row, text, stops)


def _of_all(row: TableRow, done: int, counted: int, stops: int | None) -> int | None:
    if done > counted:
        row.at("progress").block(f"{done} of {counted} is more than there is.")
        return None
    if stops is not None and counted != stops:
        row.table.findings.note(
            f"The progress counts {counted}, but the route has {stops} stops; it was not taken for stops.",
            row=row.number, column=row.at("progress").column,
        )  # fmt: skip
        return None
    return done


def _share_of(row: TableRow, text: str, stops: int | None) -> int | None:
    """Stops by a percentage. A bare figure counts as a share only in a column of shares: 50 could be stops."""
    heading = row.table.heading("progress")
    bare = not text.endswith("%") and text != "0"
    if bare and not (heading is not None and row.table.in_shares(heading.place)):
        row.at("progress").block(
            f"{quoted(text)} tells neither stops nor a share.", 'Write it as "87/173" or "50%" and import again.'
        )
        return None
    done_pct = row.percent("progress")
    if done_pct is None:
        return None
    if not 0 <= done_pct <= 100:
        row.at("progress").block(f"{quoted(text)} is not between 0 and 100 %.")
        return None
    return None if stops is None else round(stops * done_pct / 100)
