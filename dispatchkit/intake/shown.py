"""What a person is shown before files are taken, with all that taking them needs."""

from collections.abc import Sequence
from typing import Self

import msgspec

from dispatchkit.imports import Import
from dispatchkit.imports.readings import FileRead
from dispatchkit.intake.batch import WHY_SHOWN
from dispatchkit.intake.proposal import Change, FileState, Option, Phase, Proposal, Question, SeenFile
from dispatchkit.records import DayKey, Record
from dispatchkit.station import Station


class Asked(Record, frozen=True):
    """How a preview was asked for: answers by question id, and whether a first plan becomes the day's."""

    station: Station
    answers: dict[str, str] = msgspec.field(default_factory=dict)
    commit: bool = True

    @property
    def about_the_day(self) -> dict[str, str]:
        """The answers to what is asked once the day is known."""
        return {question: answer for question, answer in self.answers.items() if question != "day"}


class Preview(Record, frozen=True):
    """What taking files in would do; nothing has been written.

    Attributes
    ----------
    proposal
        All that it would do: files, changes, questions, notes and blockers are at hand on the preview itself.
    key
        The day that the files go to; None while that is a question, and for public route data, which may hold several.
    version
        Of the day, as it was looked at.
    read
        What the files say.
    days
        Public route data: each station's date in it.
    asked
        How it was asked for.
    """

    proposal: Proposal
    asked: Asked
    key: DayKey | None = None
    version: int = 0
    read: tuple[FileRead, ...] = ()
    days: tuple[Import, ...] = ()

    def on_opened_day(self) -> Self:
        """The same preview once its day has been opened: that is no change any more, and its zone no answer."""
        changes = tuple(change for change in self.changes if change.phase is not Phase.WHOLE_DAY)
        answers = {question: answer for question, answer in self.asked.answers.items() if question != "timezone"}
        return msgspec.structs.replace(
            self,
            proposal=msgspec.structs.replace(self.proposal, changes=changes),
            asked=msgspec.structs.replace(self.asked, answers=answers),
        )

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing is asked, nothing blocks, and there is something to write."""
        proposal = self.proposal
        public = bool(self.days and proposal.changes) and not proposal.questions and not proposal.blockers
        return public or proposal.can_be_taken

    @property
    def files(self) -> tuple[SeenFile, ...]:
        """Each file of the batch and what it is to the day."""
        return self.proposal.files

    @property
    def changes(self) -> tuple[Change, ...]:
        """What would be otherwise than it is now, by phase; empty where nothing would."""
        return self.proposal.changes

    @property
    def questions(self) -> tuple[Question, ...]:
        """What a person has to say first."""
        return self.proposal.questions

    @property
    def notes(self) -> tuple[str, ...]:
        """What is worth knowing and changes nothing."""
        return self.proposal.notes

    @property
    def blockers(self) -> tuple[str, ...]:
        """Why nothing can be taken, whatever is answered."""
        return self.proposal.blockers


def without_day(read: Sequence[FileRead], days: Sequence[DayKey], asked: Asked) -> Preview:
    """A preview that only asks which day the files are for, or says that nothing names one."""
    files = tuple(
        SeenFile.of(file, FileState.UNUSABLE if file.reading is None else FileState.NEW) for file in read
    )
    questions: tuple[Question, ...] = ()
    unusable = (f for f in files if f.state is FileState.UNUSABLE)
    blockers = tuple(" ".join((f"{f.name} cannot be used.", *f.why_unusable[:WHY_SHOWN])) for f in unusable)
    if days:
        options = tuple(Option(id=str(day), text=str(day)) for day in days)
        text = "The files, or the files and you, are not of one day. Which day are they for?"
        questions, blockers = (Question(id="day", text=text, options=options),), ()
    elif not files or len(blockers) < len(files):
        blockers += ("No file says which station and day it is for. Say which day, as STATION/YYYY-MM-DD.",)
    proposal = Proposal(files=files, questions=questions, blockers=blockers)
    return Preview(proposal=proposal, asked=asked, read=tuple(read))
