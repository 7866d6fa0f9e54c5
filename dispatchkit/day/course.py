"""The day as a whole, as the fold knows it: opened, files, notes, closed."""

from datetime import datetime

import msgspec

from dispatchkit.day.facts.whole_day import (
    DayClosed,
    DayOpened,
    DayReopened,
    FileHeld,
    FileImported,
    FileLetGo,
    HandoverWritten,
    NoteAdded,
)
from dispatchkit.day.rules import Artifacts, Rules


class Course(msgspec.Struct, frozen=True):
    """Where the day stands as a whole. `closed_at` is None while it is open.

    `held` are files that wait for a person, by digest, until one is imported or let go.
    """

    timezone: str = "UTC"
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    report: str = ""
    files: tuple[FileImported, ...] = ()
    held: dict[str, FileHeld] = {}
    notes: tuple[NoteAdded | HandoverWritten, ...] = ()


def _opened(course: Course, fact: DayOpened, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, timezone=fact.timezone, opened_at=fact.at)


def _imported(course: Course, fact: FileImported, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, files=(*course.files, fact), held=_without(course, fact.original))


def _held(course: Course, fact: FileHeld, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, held=course.held | {fact.original: fact})


def _let_go(course: Course, fact: FileLetGo, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, held=_without(course, fact.original))


def _without(course: Course, digest: str) -> dict[str, FileHeld]:
    return {held: fact for held, fact in course.held.items() if held != digest}


def _noted(course: Course, fact: NoteAdded | HandoverWritten, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, notes=(*course.notes, fact))


def _closed(course: Course, fact: DayClosed, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, closed_at=fact.at, report=fact.report)


def _reopened(course: Course, _fact: DayReopened, _: Artifacts) -> Course:
    return msgspec.structs.replace(course, closed_at=None)


RULES: Rules = {
    DayOpened: _opened,
    FileImported: _imported,
    FileHeld: _held,
    FileLetGo: _let_go,
    NoteAdded: _noted,
    HandoverWritten: _noted,
    DayClosed: _closed,
    DayReopened: _reopened,
}
