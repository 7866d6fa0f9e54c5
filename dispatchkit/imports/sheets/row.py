"""A row of a table: its cells by column, each read once; blank is None, and what cannot be read is a problem."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import msgspec

from dispatchkit.imports.problems import CORRECT, Spot, quoted
from dispatchkit.imports.sheets import clock, dates, identities, values
from dispatchkit.imports.sheets.cells import ERRORS, Cell, is_blank, plain
from dispatchkit.imports.sheets.header import Heading

if TYPE_CHECKING:
    from dispatchkit.imports.sheets.table import Table

T = TypeVar("T")


class TableRow(msgspec.Struct, frozen=True):
    """A row.

    Every reading of a cell returns None, without a problem, where the cell is blank or the file lacks the column, and
    None with a problem where it holds what cannot be meant. Ask for `needed` where a blank is a problem too.

    Attributes
    ----------
    number
        The row as a spreadsheet shows it.
    cells
        All cells of the row, in the file's order.
    """

    table: "Table"
    number: int
    cells: tuple[Cell, ...]

    def at(self, key: str) -> Spot:
        """Name a cell, by the header that the file itself has for the column."""
        heading = self.table.heading(key)
        return self.table.findings.at(heading.text if heading else key, self.number)

    def under(self, heading: Heading) -> Cell:
        """Take a cell of any column as it stands, a schedule's date say; None where it is blank."""
        cell = self.cells[heading.place] if heading.place < len(self.cells) else None
        return None if is_blank(cell) else cell

    def raw(self, key: str) -> Cell:
        """Take a cell as it stands; None where it is blank. A failed formula is a problem, and no value."""
        heading = self.table.heading(key)
        cell = self.under(heading) if heading else None
        if isinstance(cell, str) and plain(cell).upper() in ERRORS:
            self.at(key).block(f"The cell shows {plain(cell)}: its formula failed.")
            return None
        return cell

    def text(self, key: str) -> str | None:
        """Read text on one line, such as a code, a phone number or a label."""
        return self._read(key, values.as_text, "holds a control character")

    def needed(self, key: str) -> str | None:
        """Read text that the row means nothing without."""
        heading = self.table.heading(key)
        if heading is None or self.under(heading) is None:
            self.at(key).block("The value is missing.", "Fill it in and import again.")
            return None
        return self.text(key)

    def listed(self, key: str) -> tuple[str, ...]:
        """Read texts that stand side by side, joined by pipes; an empty place stays an empty text."""
        text = self.text(key)
        return () if text is None else tuple(part.strip() for part in text.split("|"))

    def number_of(self, key: str, *, at_least: float = 0) -> float | None:
        """Read a number that is not below `at_least`."""
        return self._at_least(at_least, self._read(key, values.as_number, "is not a number"), key)

    def whole(self, key: str, *, at_least: int = 0) -> int | None:
        """Read a whole number that is not below `at_least`: stops, packages."""
        return self._at_least(at_least, self._read(key, values.as_whole, "is not a whole number"), key)

    def percent(self, key: str) -> float | None:
        """Read a share as percent, 0 to 100 and beyond: "50%", 50, or 0.5 in a column that writes shares."""
        heading = self.table.heading(key)
        shares = heading is not None and self.table.in_shares(heading.place)
        return self._read(key, lambda cell: values.as_percent(cell, in_shares=shares), "is not a percentage")

    def date(self, key: str) -> dt.date | None:
        """Read a date, however it is written; which figure is the month is decided by the whole column."""
        return self._read(key, lambda cell: self._day(key, cell), "is not a date", "Write it as YYYY-MM-DD.")

    def time(self, key: str) -> dt.time | None:
        """Read a time of day by the station's clock."""
        return self._read(key, clock.as_time, "is not a time of day", "Write it as HH:MM.")

    def shown(self, key: str) -> dt.datetime | None:
        """Read a date with a time of day as a clock showed it; aware only where the cell names a zone."""
        return self._read(
            key,
            lambda cell: clock.as_shown(cell, lambda day: self._day(key, day)),
            "is not a date and time",
            "Write it as YYYY-MM-DD HH:MM.",
        )

    def duration_min(self, key: str) -> float | None:
        """Read a duration whose bare figures are minutes, such as a route's 430."""
        seconds = self._read(key, lambda cell: clock.as_duration_s(cell, bare_s=60), "is not a duration")
        return None if seconds is None else seconds / 60

    def duration_s(self, key: str) -> float | None:
        """Read a duration whose bare figures are seconds."""
        return self._read(key, lambda cell: clock.as_duration_s(cell, bare_s=1), "is not a duration")

    def yes_no(self, key: str) -> bool | None:
        """Read yes or no, true or false, Y or N, 1 or 0, active or inactive."""
        return self._read(key, values.as_yes_no, "is neither yes nor no")

    def name(self, key: str) -> str | None:
        """Read a person's name, as "First Last" whichever way round the file has it."""
        text = self.text(key)
        return None if text is None else identities.first_last(text)

    def names(self, key: str) -> tuple[str, ...]:
        """Read the names of several people, joined by pipes."""
        return tuple(map(identities.first_last, self.listed(key)))

    def driver_id(self, key: str) -> str | None:
        """Read a transporter id."""
        return self._read(
            key, identities.as_driver_id, "is not a transporter id (a capital letter and 12 or 13 letters or digits)"
        )

    def driver_ids(self, key: str) -> tuple[str, ...]:
        """Read the transporter ids of several people, joined by pipes; one that is none of them is a problem."""
        found = []
        for part in self.listed(key):
            driver_id = identities.as_driver_id(part) if part else ""
            if driver_id is None:
                self.at(key).block(f"{quoted(part)} is not a transporter id.")
            found.append(driver_id or "")
        return tuple(found)

    def vin(self, key: str) -> str | None:
        """Read a vehicle identification number: 17 digits and capital letters without I, O and Q."""
        return self._read(key, identities.as_vin, "is not a VIN (17 letters and digits without I, O and Q)")

    def _day(self, key: str, cell: Cell) -> dt.date | None:
        heading = self.table.heading(key)
        if heading is None:
            return None
        return dates.as_date(cell, self.table.order(heading.place), near=self.table.customs.near)

    def _read(self, key: str, reader: Callable[[Cell], T | None], complaint: str, fix: str = CORRECT) -> T | None:
        cell = self.raw(key)
        if cell is None:
            return None
        value = reader(cell)
        if value is None:
            self.at(key).block(f"{quoted(plain(cell))} {complaint}.", fix)
        return value

    def _at_least(self, least: float, figure: T | None, key: str) -> T | None:
        if isinstance(figure, int | float) and figure < least:
            self.at(key).block(f"{quoted(figure)} is too low; the least possible is {least:g}.")
            return None
        return figure
