"""What taking files in would do to a day: what changes, what it asks, what stands in its way, what it would write."""

from datetime import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Any

import msgspec

from dispatchkit.day.facts import Fact
from dispatchkit.imports.problems import Problem
from dispatchkit.imports.readings import FileRead
from dispatchkit.records import Record


class FileState(StrEnum):
    """What a file is to the day."""

    NEW = "new"
    REPEATED = "repeated"       # taken before, byte for byte; nothing is written
    STALE = "stale"             # an older snapshot than one taken already: kept on record, changes nothing
    UNUSABLE = "unusable"       # nothing of it can be used; its problems say why
    LEFT_OUT = "left out"       # a person said so


class SeenFile(Record, frozen=True):
    """A file of the batch. `source` is what people call such a file; empty where nobody can tell what it is."""

    name: str
    digest: str
    source: str
    state: FileState
    as_of: datetime | None = None
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, file: FileRead, state: FileState) -> "SeenFile":
        """Make one of what a reader found."""
        return cls(
            name=file.original.name,
            digest=file.original.digest,
            source=file.source,
            state=state,
            as_of=file.reading.as_of if file.reading is not None else None,
            problems=file.problems,
        )

    @property
    def why_unusable(self) -> tuple[str, ...]:
        """Sentences that say why nothing of the file can be used, and in which row and column."""
        return tuple(p.placed for p in self.problems if p.blocks) or ("Nobody can tell what it is.",)


class Phase(StrEnum):
    """Under which heading a change is shown; in the order of the day."""

    WHOLE_DAY = "Whole day"
    PRE_LOAD_OUT = "Pre-load-out"
    LOAD_OUT = "Load-out"
    ON_ROAD = "On-road"
    END_OF_SHIFT = "End of shift"


class Change(Record, frozen=True):
    """Something that would be otherwise than it is now: a sentence, how many things it is about, and each of them."""

    phase: Phase
    text: str
    count: int = 1
    details: tuple[str, ...] = ()


class Option(Record, frozen=True):
    """An answer that can be given."""

    id: str
    text: str


class Question(Record, frozen=True):
    """Something that the files leave open and a person has to say. Answer it with the id of an option.

    `text` is a sentence or two; `details` is each of the things that it is about, one a line.
    """

    id: str
    text: str
    options: tuple[Option, ...]
    details: tuple[str, ...] = ()


class Kept(Record, frozen=True):
    """Bytes that a fact would refer to: an original file, what it says, a plan, a roster, a fleet."""

    data: bytes
    media_type: str

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the bytes, as the log names them."""
        return sha256(self.data).hexdigest()

    @classmethod
    def of(cls, record: msgspec.Struct) -> "Kept":
        """Write a record down; the same record has the same digest every time."""
        return cls(data=msgspec.json.encode(record, order="deterministic"), media_type="application/json")


class Detail(Record, frozen=True):
    """Something for the directory about a person or a van: values by field name. None for erasable as long as ours."""

    subject: str
    values: dict[str, str]
    source: str
    erasable_after: datetime | None = None


class Proposal(Record, frozen=True):
    """What taking the files in would do. Nothing has been written.

    Attributes
    ----------
    files
        Each file of the batch and what it is to the day.
    changes
        What would be otherwise, by phase; empty where nothing would.
    questions
        Nothing can be taken while one is open.
    notes
        Worth knowing; changes nothing.
    blockers
        Why nothing can be taken, whatever is answered.
    facts, kept, details
        What would be written: into the log in one append, beside it, and into the directory.
    """

    files: tuple[SeenFile, ...] = ()
    changes: tuple[Change, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    kept: tuple[Kept, ...] = ()
    details: tuple[Detail, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing is asked, nothing blocks, and there is something to write."""
        return not self.questions and not self.blockers and bool(self.facts)

    @property
    def as_shown(self) -> tuple[Any, ...]:
        """What a person decides on: two proposals that show the same are the same to him."""
        return (
            tuple((f.digest, f.state) for f in self.files), self.changes, self.questions, self.notes, self.blockers,
        )  # fmt: skip
