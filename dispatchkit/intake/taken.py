"""What came of files that were taken in."""

from typing import Any

from dispatchkit.intake.proposal import Change
from dispatchkit.records import DayKey, Record


class Taken(Record, frozen=True):
    """What came of one station's date in the files.

    Attributes
    ----------
    routes, stops, packages
        Size of the plan that the files hold; 0 where they hold none. Stops without routes are still to be planned.
    vans
        Vans that the files name apart from routes.
    repeated
        The very same files had been imported into this day before; nothing was written.
    committed
        A plan became the day's.
    changes
        What is otherwise now; empty for the public formats, whose size says it.
    facts
        How many were written.
    """

    key: DayKey
    routes: int = 0
    stops: int = 0
    packages: int = 0
    vans: int = 0
    repeated: bool = False
    committed: bool = False
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    facts: int = 0

    @property
    def sentences(self) -> tuple[str, ...]:
        """What to tell the person."""
        if self.repeated:
            return (f"{self.key}: these very files were imported before. Nothing was changed.",)
        return (*self._size(), *(f"{self.key}: {change.text}" for change in self.changes), *self.notes)

    def _size(self) -> tuple[str, ...]:
        if self.stops and not self.routes:
            return (f"{self.key}: {self.stops:,} stops for {self.vans} vans, on no route yet. Build the routes.",)
        if not self.routes:
            return () if self.changes else (f"{self.key}: kept on record; nothing of the day changed.",)
        size = f"{self.key}: {self.routes} routes, {self.stops} stops, {self.packages} packages"
        end = "committed as the day's plan" if self.committed else "kept as a draft; the day's plan stays as it is"
        return (f"{size}, {end}.",)

    def as_printed(self) -> dict[str, Any]:
        """The same for `--json`."""
        return {
            "day": str(self.key),
            "routes": self.routes,
            "stops": self.stops,
            "packages": self.packages,
            "repeated": self.repeated,
            "committed": self.committed,
            "changes": [change.text for change in self.changes],
            "notes": list(self.notes),
            "facts": self.facts,
        }
