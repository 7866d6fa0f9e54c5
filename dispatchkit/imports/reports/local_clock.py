"""What the station's clock showed, as instants: an hour comes twice in autumn, and one is missing in spring."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dispatchkit.imports.problems import Spot
from dispatchkit.imports.sheets import Cell, TableRow
from dispatchkit.imports.sheets.cells import plain
from dispatchkit.imports.sheets.clock import DATE_THEN_TIME, as_time


def zone_of(timezone: str) -> ZoneInfo | None:
    """Name the zone; None where the station has not said in which it lies."""
    return ZoneInfo(timezone) if timezone else None


def shown(row: TableRow, key: str, day: date | None) -> datetime | None:
    """Read a date with a time of day, or a time of day alone on `day`, as the clock showed it.

    Aware where the cell carries a zone, naive otherwise. None where the cell is blank, or there is no day for it.
    """
    alone = time_alone(row.raw(key))
    if alone is None:
        return row.shown(key)
    return None if day is None else datetime.combine(day, alone)


def time_alone(cell: Cell) -> time | None:
    """Read a cell that holds a time of day and no date."""
    dated = isinstance(cell, datetime) or (isinstance(cell, str) and DATE_THEN_TIME.fullmatch(plain(cell).casefold()))
    return None if dated else as_time(cell)


def has_time(cell: Cell) -> bool:
    """Whether a cell says more than a date; a midnight in a spreadsheet does not."""
    if isinstance(cell, datetime):
        return cell.time() != time()
    if isinstance(cell, float):
        return not cell.is_integer()
    return isinstance(cell, str) and ":" in cell


def readings(at: datetime, zone: ZoneInfo) -> tuple[datetime, ...]:
    """Give every instant (UTC) at which the station's clock showed this time: one, two in autumn, none in spring."""
    if at.tzinfo is not None:
        return (at.astimezone(UTC),)
    folds = {at.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    return tuple(sorted(i for i in folds if i.astimezone(zone).replace(tzinfo=None) == at))


def instant(at: datetime | None, zone: ZoneInfo | None, spot: Spot) -> datetime | None:
    """Give the instant of a time that the station's clock showed; of two, the first, with a note.

    None where there is nothing to read, or where it carries no zone and none is known to read it in.
    """
    if at is None:
        return None
    if zone is None:
        return at.astimezone(UTC) if at.tzinfo is not None else None
    found = readings(at, zone)
    if not found:
        return _skipped(at, zone, spot)
    if len(found) > 1:
        _note_twice(at, spot)
    return found[0]


def start_and_end(
    started: datetime | None,
    ended: datetime | None,
    duration_s: float | None,
    zone: ZoneInfo | None,
    spots: tuple[Spot, Spot],
) -> tuple[datetime | None, datetime | None]:
    """Give the instants of a start and an end; where the clock went back, those that the duration asks for."""
    if started is None or ended is None or zone is None:
        return instant(started, zone, spots[0]), instant(ended, zone, spots[1])
    pairs = [(a, b) for a in readings(started, zone) for b in readings(ended, zone) if a <= b]
    if not pairs:
        return instant(started, zone, spots[0]), instant(ended, zone, spots[1])
    if len(pairs) > 1 and duration_s is not None:
        apart = [abs((b - a).total_seconds() - duration_s) for a, b in pairs]
        pairs = [pair for pair, s in zip(pairs, apart, strict=True) if s == min(apart)]
    if len(pairs) > 1:
        _note_twice(started, spots[0])
    return pairs[0]


def can_follow(later: datetime, earlier: datetime, zone: ZoneInfo | None) -> bool:
    """Whether the clock can have shown the one after the other, perhaps because it was put back between them."""
    if (later.tzinfo is None) != (earlier.tzinfo is None):
        return True     # one of them by an unknown clock: nothing speaks against it
    if zone is None or later >= earlier:
        return later >= earlier
    return any(a <= b for a in readings(earlier, zone) for b in readings(later, zone))


def _note_twice(at: datetime, spot: Spot) -> None:
    spot.findings.note(
        f"The clock showed {at:%H:%M} twice on this day, when summer time ended; the first was taken.",
        "Check it where the order of events matters.",
        row=spot.row,
        column=spot.column,
    )


def _skipped(at: datetime, zone: ZoneInfo, spot: Spot) -> datetime:
    """Read a time that the clock skipped as if it had not been put forward yet."""
    instant = at.replace(tzinfo=zone).astimezone(UTC)
    spot.findings.note(
        f"The clock never showed {at:%H:%M} on this day, when summer time began; "
        f"{instant.astimezone(zone):%H:%M} was taken.",
        "Compare it with the source.",
        row=spot.row,
        column=spot.column,
    )
    return instant
