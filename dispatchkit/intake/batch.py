"""The files of one batch, sorted: new, taken before, older than what was taken, unusable, or left out by a person."""

from collections.abc import Iterator, Sequence, Set
from datetime import datetime
from typing import TypeVar

import msgspec

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.imports.readings import (
    AnyReading,
    Associates,
    Charges,
    DayOfOpsPlan,
    FileRead,
    Itineraries,
    Reading,
    RouteSheets,
    RoutesSnapshot,
    Schedule,
    Vehicles,
)
from dispatchkit.intake.known import Known
from dispatchkit.intake.proposal import FileState, Kept, SeenFile
from dispatchkit.intake.sheet import LEAVE, Sheet
from dispatchkit.records import DayKey

SNAPSHOTS = (RoutesSnapshot, Itineraries, Charges, Vehicles, Associates, Schedule)
"""Exported again and again: an older one says nothing that a newer one has not said better."""

ABOUT_A_DAY = (DayOfOpsPlan, RoutesSnapshot, Itineraries, RouteSheets)
"""Kinds that are about one service day as a whole; the others hold dates of their own, or none."""

ABOUT_A_FILE = ("unusable", "elsewhere", "other-dsp", "codes", "stale", "twice")
"""What is asked about one file: ids go on with what a question calls the file. Each can be answered with leaving it."""

WHY_SHOWN = 3
"""Problems of a file that a sentence spells out; all of them stand beside the file."""

ID_SIGNS = 8
"""Signs of a file's digest that tell it from the others of a batch."""

R = TypeVar("R", bound=Reading)


def short(file: FileRead) -> str:
    """What a question calls a file: its name may hold anything."""
    return file.original.digest[:ID_SIGNS]


class Batch:
    """The files of a batch and what each is to the day."""

    def __init__(self, day: Day, files: Sequence[FileRead], known: Known) -> None:
        self.files = tuple(files)
        self._day, self._earlier = day, known.earlier
        self._left_out: frozenset[str] = frozenset()
        self.states = _states(day, self.files, self._left_out)

    def __iter__(self) -> Iterator[tuple[FileRead, FileState]]:
        """Every file with its state."""
        return zip(self.files, self.states, strict=True)

    @property
    def taken(self) -> tuple[FileRead, ...]:
        """Files that will be on the day's record."""
        return tuple(f for f, state in self if state in (FileState.NEW, FileState.STALE))

    def leave_out(self, file: FileRead) -> None:
        """Drop a file, since a person said so; the others are then what they are without it."""
        self._left_out |= {file.original.digest}
        self.states = _states(self._day, self.files, self._left_out)

    def is_alone(self, file: FileRead) -> bool:
        """Whether nothing could be taken without this file."""
        return not any(f.reading is not None for f, state in self if f is not file and state is not FileState.LEFT_OUT)

    def new(self, kind: type[R]) -> list[tuple[FileRead, R]]:
        """New files of a kind with their readings."""
        return [(f, f.reading) for f, state in self if state is FileState.NEW and isinstance(f.reading, kind)]

    def earlier(self, kind: type[R]) -> list[R]:
        """Readings of a kind that the day took before."""
        return [r for r in self._earlier if isinstance(r, kind)]

    def every(self, kind: type[R]) -> list[R]:
        """All readings of a kind: those taken earlier, then the new ones."""
        return [*self.earlier(kind), *(r for _, r in self.new(kind))]

    def newest(self, kind: type[R]) -> R | None:
        """The reading of a kind that was true last, as far as anybody can tell; the last one that came, else."""
        newest: R | None = None
        for reading in self.every(kind):
            if newest is None or newest.as_of is None or reading.as_of is None or reading.as_of >= newest.as_of:
                newest = reading
        return newest

    def seen(self) -> tuple[SeenFile, ...]:
        """The files as a person is shown them."""
        return tuple(SeenFile.of(file, state) for file, state in self)


def _states(day: Day, files: Sequence[FileRead], left_out: Set[str]) -> tuple[FileState, ...]:
    held = {f.original for f in day.course.files}
    newest: dict[str, datetime] = {}
    for taken in day.course.files:
        if taken.as_of is not None:     # a name that speaks of later than it was taken is wrong, and holds nothing up
            was_true = min(taken.as_of, taken.at)
            newest[taken.source] = max(was_true, newest.get(taken.source, was_true))
    for file in (f for f in files if f.original.digest not in left_out):
        reading = file.reading
        if isinstance(reading, SNAPSHOTS) and reading.as_of is not None:
            before = newest.get(file.source)
            newest[file.source] = reading.as_of if before is None else max(before, reading.as_of)
    first_of = _one_of_each(files)
    states = []
    for file in files:
        reading = file.reading
        before = newest.get(file.source)
        if file.original.digest in left_out:
            states.append(FileState.LEFT_OUT)
        elif file.original.digest in held or first_of[file.original.digest] is not file:
            states.append(FileState.REPEATED)
        elif reading is None:
            states.append(FileState.UNUSABLE)
        elif isinstance(reading, SNAPSHOTS) and _is_older(reading.as_of, before):
            states.append(FileState.STALE)
        else:
            states.append(FileState.NEW)
    return tuple(states)


def _one_of_each(files: Sequence[FileRead]) -> dict[str, FileRead]:
    """Of files that are the same byte for byte, the one whose name has the latest instant; it alone is read."""
    kept: dict[str, FileRead] = {}
    for file in files:
        before = kept.setdefault(file.original.digest, file)
        if before.reading and file.reading and _is_older(before.reading.as_of, file.reading.as_of):
            kept[file.original.digest] = file
    return kept


def _is_older(at: datetime | None, than: datetime | None) -> bool:
    return at is not None and than is not None and at < than


def sort_out(sheet: Sheet, batch: Batch) -> None:
    """Drop what a person left out; ask about files that cannot be used, or are of another station or day."""
    for file in batch.files:
        if any(sheet.leaves(f"{what}-{short(file)}") for what in ABOUT_A_FILE):
            batch.leave_out(file)
    for file, state in batch:
        if state is FileState.UNUSABLE:
            _stop_if_unusable(sheet, batch, file)
        elif state in (FileState.NEW, FileState.STALE) and file.reading is not None:
            _ask_if_elsewhere(sheet, file, file.reading)
        if state is FileState.REPEATED:
            sheet.note(f"{file.original.name} was read already, byte for byte; it changes nothing.")
        elif state is FileState.STALE:
            sheet.note(f"{file.original.name} is older than what was imported: kept on record, it changes nothing.")


def stop(
    sheet: Sheet, batch: Batch, file: FileRead, what: str, why: str, *, advice: str = "", details: Sequence[str] = ()
) -> None:
    """Say why a file cannot be taken: that blocks where it is alone; else the others can be taken without it.

    Parameters
    ----------
    what
        One of `ABOUT_A_FILE`.
    advice
        What to do about it where it is alone.
    """
    if batch.is_alone(file):
        sheet.block(" ".join(filter(None, (why, *details[:WHY_SHOWN], advice))))
    else:
        text = f"{why} Take the other files without it?"
        sheet.ask(f"{what}-{short(file)}", text, {LEAVE: "Leave this file out"}, details)


def _stop_if_unusable(sheet: Sheet, batch: Batch, file: FileRead) -> None:
    seen = SeenFile.of(file, FileState.UNUSABLE)
    stop(sheet, batch, file, "unusable", f"{seen.name} cannot be used.", details=seen.why_unusable)


def _ask_if_elsewhere(sheet: Sheet, file: FileRead, reading: Reading) -> None:
    here = sheet.day.key
    said = []
    if reading.station and reading.station.upper() != here.station.upper():
        said.append(f"station {reading.station}")
    if isinstance(reading, ABOUT_A_DAY) and reading.service_day not in (None, here.service_day):
        said.append(f"{reading.service_day}")
    if said:
        sheet.ask(
            f"elsewhere-{short(file)}",
            f"{file.original.name} says it is of {' and '.join(said)}, not of {here}. Is it for this day all the same?",
            {"take": f"Take it as a file of {here}", LEAVE: "Leave this file out"},
        )


def file_facts(sheet: Sheet, batch: Batch) -> list[FileImported]:
    """Record each file with what it says; originals and readings are kept beside."""
    facts = []
    for file in batch.taken:
        reading = file.reading
        if reading is None:
            continue
        original = Kept(data=file.original.data, media_type="application/octet-stream")
        sheet.kept[original.digest] = original
        facts.append(
            FileImported(
                at=sheet.at,
                by=sheet.by,
                name=file.original.name,
                original=file.original.digest,
                source=file.source,
                rows=_rows(reading),
                problems=sum(p.blocks for p in file.problems),
                reading=sheet.keep(reading),
                as_of=reading.as_of,
            )
        )
    return facts


def _rows(reading: AnyReading) -> int:
    """Rows of a reading: its one tuple of records."""
    values = (getattr(reading, field) for field in reading.__struct_fields__)
    return next((len(v) for v in values if isinstance(v, tuple) and v and isinstance(v[0], msgspec.Struct)), 0)


def days_of(files: Sequence[FileRead], here: DayKey | None, chosen: str) -> tuple[DayKey, ...]:
    """Which days the files can be for, the person's own first.

    Parameters
    ----------
    here
        The day that the person is on.
    chosen
        The day that he answered; empty where he did not.

    Returns
    -------
    tuple of DayKey
        One where it is clear or was answered, several where it is a question, none where nothing tells.
    """
    days = [here] if here is not None else []
    for file in files:
        reading = file.reading
        if isinstance(reading, ABOUT_A_DAY) and reading.station and reading.service_day is not None:
            own = DayKey(reading.station, reading.service_day)
            if all((own.station, own.service_day) != (d.station, d.service_day) for d in days):
                days.append(own)
    return tuple([d for d in days if str(d) == chosen] or days)
