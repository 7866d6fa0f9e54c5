"""The day as a whole, as the fold knows it: opened, files, notes, closed."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts.whole_day import DayClosed, DayOpened, DayReopened, FileImported, HandoverWritten, NoteAdded
from dispatchkit.day.rules import Artifacts, Rules


class Course(msgspec.Struct, frozen=True):
    """Where the day stands as a whole. `closed_at` is None while it is open."""

    timezone: str = "UTC"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    report: str = ""
    files: tuple[FileImported, ...] = ()
    notes: tuple[NoteAdded | HandoverWritten, ...] = ()


def _opened(course: Course, fact: DayOpened, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, timezone=fact.timezone, opened_at=fact.at)


def _imported(course: Course, fact: FileImported, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, files=(*course.files, fact))


def _noted(course: Course, fact: NoteAdded | HandoverWritten, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, notes=(*course.notes, fact))


def _closed(course: Course, fact: DayClosed, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, closed_at=fact.at, report=fact.report)


def _reopened(course: Course, _fact: DayReopened, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, closed_at=None)


RULES: Rules = {
    DayOpened: _opened,
    FileImported: _imported,
    NoteAdded: _noted,
    HandoverWritten: _noted,
    DayClosed: _closed,
    DayReopened: _reopened,
}
