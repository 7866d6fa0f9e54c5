"""A folder into which files fall: what is unambiguous is taken, what asks or cannot be used waits for a person.

Files of public route data make sense together only: those that lie in one folder are taken as a whole, as soon as all
of them are there. The files themselves are never moved, changed or deleted. Which of them were seen is known from the
log, so that a restart repeats nothing.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple

from dispatchkit.clock import Clock
from dispatchkit.day.facts.whole_day import FileHeld
from dispatchkit.desk import Desk
from dispatchkit.errors import Stale, WorkbenchError
from dispatchkit.imports import OriginalFile, Unreadable, read_originals
from dispatchkit.imports.recognition import DATA_SUFFIXES
from dispatchkit.intake.preview import preview, take
from dispatchkit.intake.proposal import FileState
from dispatchkit.intake.public_data import is_public
from dispatchkit.intake.shown import Preview
from dispatchkit.intake.together import Together
from dispatchkit.log import Log, StoreUnavailable
from dispatchkit.records import DayKey
from dispatchkit.station import Station

Say = Callable[[str], None]

LOOKS_PER_SETTLING = 2
"""How often the folder is looked at while a file settles: growth between two looks is seen."""

MS_PER_S = 1000

OWN_SUFFIX = ".md"
"""Reports that programs write beside the files: nobody's data."""


class _Seen(NamedTuple):
    """How a file stood when it was looked at."""

    size: int
    changed_ns: int


class Inbox:
    """A watched folder.

    Parameters
    ----------
    folder
        Where files fall. Hidden files and reports (`OWN_SUFFIX`) are left alone.
    by
        Who takes them.
    day
        The day that they are for; None lets each file say it.
    answers
        Option ids by question id, as a person gave them in advance.
    commit
        Whether a first plan becomes the day's; else it stays a draft.
    subfolders
        Whether folders in it are looked through too, each with the files of its own.
    say
        Told in a sentence what came of each file.

    Attributes
    ----------
    waiting
        File → why it waits for a person, as sentences.
    """

    def __init__(
        self,
        log: Log,
        folder: Path,
        *,
        by: str,
        station: Station,
        day: DayKey | None = None,
        answers: Mapping[str, str] | None = None,
        commit: bool = True,
        subfolders: bool = False,
        say: Say,
        clock: Clock | None = None,
    ) -> None:
        if not folder.is_dir():
            raise WorkbenchError(f"There is no folder {folder} to watch. Make it, or name another.")
        self._log, self._folder, self._by, self._station = log, folder, by, station
        self._day, self._commit, self._subfolders, self._say, self._clock = day, commit, subfolders, say, clock
        self._answers = dict(answers or {})
        self.waiting: dict[Path, tuple[str, ...]] = {}
        self._standing: dict[Path, _Seen] = {}
        self._done: dict[Path, _Seen] = {}
        self._asking: dict[Path, OriginalFile] = {}
        self._public: set[Path] = set()
        self._told: dict[Path, tuple[str, ...]] = {}
        self._together = Together(log, take=self._whole_went_in, read=self._bytes_of)
        self._in_the_way = ""

    @property
    def is_settled(self) -> bool:
        """Whether every file was looked at as it stands; one that still grows was not."""
        return all(self._done.get(path) == seen for path, seen in self._files())

    def watch(self, stop: Event, *, then: Callable[[], None] | None = None) -> None:
        """Take files as they come until `stop` is set or Ctrl-C is pressed; `then` is called after every look."""
        from watchfiles import watch  # a watcher of its own: only where a folder is watched

        settle_s = self._station.intake.settle_s
        look_every_ms = max(1, round(settle_s * MS_PER_S / LOOKS_PER_SETTLING))
        with suppress(KeyboardInterrupt):
            for _changes in watch(
                self._folder,
                stop_event=stop,
                watch_filter=None,
                recursive=False,
                debounce=look_every_ms,
                rust_timeout=look_every_ms,
                yield_on_timeout=True,
            ):
                self.look()
                if then is not None:
                    then()

    def look(self) -> None:
        """Take what has settled since the last look; what is in the way is said once, and tried again."""
        before = dict(self._done)
        try:
            self._look()
        except (OSError, WorkbenchError) as error:
            self._done = before
            reason = f"{error.strerror}." if isinstance(error, OSError) else str(error)
            if reason != self._in_the_way:
                self._say(f"{self._folder.name} cannot be looked through just now. {reason} It is tried again.")
            self._in_the_way = reason
        else:
            self._in_the_way = ""

    def _look(self) -> None:
        now_ns = time.time_ns()
        standing = dict(self._files())
        settled = [
            path
            for path, seen in standing.items()
            if self._done.get(path) != seen
            and self._standing.get(path) == seen
            and now_ns - seen.changed_ns >= self._station.intake.settle_s * 1e9
        ]
        self._standing = standing
        self._asking = {path: file for path, file in self._asking.items() if path in standing}
        self.waiting = {path: why for path, why in self.waiting.items() if path in standing}
        self._public &= standing.keys()
        self._together.forget(standing)
        fresh = {path: file for path in settled if (file := self._read(path, standing[path])) is not None}
        public = {path for path, file in fresh.items() if is_public([file])}
        self._public |= public
        for folder in sorted({path.parent for path in public}):
            self._take_together(folder, {path: fresh[path] for path in public if path.parent == folder})
        if reports := {path: file for path, file in fresh.items() if path not in public and not self._is_beside(path)}:
            self._take(reports)

    def _is_beside(self, path: Path) -> bool:
        """Whether a file only lies beside the public route data of a folder of its own, such as a licence."""
        of_data = any(path.parent == other.parent for other in self._public)
        return path.parent != self._folder and of_data and path.suffix.casefold() not in DATA_SUFFIXES

    def _files(self) -> Iterator[tuple[Path, _Seen]]:
        for path in sorted(self._paths()):
            try:
                stat = path.stat()
            except OSError:
                continue        # gone since the folder was listed
            if path.is_file() and not path.name.startswith(".") and path.suffix != OWN_SUFFIX:
                yield path, _Seen(stat.st_size, stat.st_mtime_ns)

    def _paths(self) -> Iterator[Path]:
        for path in self._folder.iterdir():
            if self._subfolders and path.is_dir() and not path.name.startswith("."):
                yield from path.iterdir()
            else:
                yield path

    def _take_together(self, folder: Path, fresh: Mapping[Path, OriginalFile]) -> None:
        """Take the public route data of a folder, with what waited for it."""
        waits, why = self._together.take(folder, fresh)
        if any(self._told.get(path) != why for path in waits):
            self._say(f"{folder.name}: not taken yet. {' '.join(why)}")
        of_folder = {path for path in self._public if path.parent == folder}
        self._release(of_folder)
        self._told = {path: told for path, told in self._told.items() if path not in of_folder}
        self._told |= dict.fromkeys(waits, why)
        self.waiting |= dict.fromkeys(waits, why)

    def try_again(self) -> None:
        """Look anew at public route data that waits: what was in its way may be gone, such as a silent engine."""
        for path in self._public.intersection(self.waiting):
            self._done.pop(path, None)

    def _release(self, paths: Iterable[Path]) -> None:
        """Nobody has to look at these any more."""
        for path in paths:
            self.waiting.pop(path, None)

    def _read(self, path: Path, seen: _Seen) -> OriginalFile | None:
        self._done[path] = seen
        self._release([path])
        return self._bytes_of(path)

    def _bytes_of(self, path: Path) -> OriginalFile | None:
        try:
            return read_originals(path, max_file_bytes=int(self._station.imports.max_file_bytes))[0]
        except Unreadable as unreadable:
            self.waiting[path] = (unreadable.problems[0].message,)
            self._say(f"{path.name} cannot be read. {unreadable.problems[0].message}")
            return None

    def _take(self, fresh: dict[Path, OriginalFile]) -> None:
        """Take files together with those that ask, since one may answer another; what still asks is held."""
        waiting = {path: file for path, file in self._asking.items() if path not in fresh}
        usable = {path: file for path, file in fresh.items() if not self._unusable(path, file)}
        if not usable:
            return
        together = waiting | usable
        self._release(together)
        if len(together) > 1 and self._went_in(list(together.values())):
            self._asking = {}
            return
        left = together
        while taken := {path for path, file in left.items() if self._went_in([file])}:
            left = {path: file for path, file in left.items() if path not in taken}     # one may have answered another
        self._asking = left
        for path, file in left.items():
            self._hold(path, file, self._preview([file]))

    def _unusable(self, path: Path, file: OriginalFile) -> bool:
        """Hold a file of which nothing can be used."""
        shown = self._preview([file])
        if all(seen.state is not FileState.UNUSABLE for seen in shown.files):
            return False
        self._asking.pop(path, None)
        self._hold(path, file, shown)
        return True

    def _went_in(self, files: Sequence[OriginalFile]) -> bool:
        """Take files if nothing is asked and nothing blocks; say whether they are in."""
        try:
            return not self._try(files)
        except WorkbenchError as error:
            self._say(f"{', '.join(file.name for file in files)}: {error}")
            return False

    def _whole_went_in(self, files: Sequence[OriginalFile], where: str) -> tuple[str, ...]:
        """Take files that make a whole; return why not. What may be otherwise at the next look is raised."""
        try:
            return self._try(files, where)
        except (StoreUnavailable, Stale):
            raise
        except WorkbenchError as error:
            return (str(error),)

    def _try(self, files: Sequence[OriginalFile], where: str = "the files") -> tuple[str, ...]:
        """Take files if nothing is asked and nothing blocks, and say what changed; return why not."""
        shown = self._preview(files, where=where)
        why = _why_not(shown)
        if not why and shown.can_be_taken:
            for day in take(self._log, shown, by=self._by, clock=self._clock):
                for sentence in day.sentences:
                    self._say(sentence)
        return why

    def _preview(self, files: Sequence[OriginalFile], *, where: str = "the files") -> Preview:
        return preview(
            self._log, files, by=self._by, station=self._station, day=self._day, answers=self._answers,
            commit=self._commit, where=where, clock=self._clock,
        )  # fmt: skip

    def _hold(self, path: Path, file: OriginalFile, shown: Preview) -> None:
        """Write down, once, that a file waits for a person; where no day is known, only say it."""
        why = _why_not(shown)
        self.waiting[path] = why
        key = shown.key or self._day
        if key is not None:
            desk = Desk(self._log, key, by=self._by, clock=self._clock)
            if file.digest in desk.day().course.held:
                return
            self._log.put_artifact(file.data, "application/octet-stream")
            desk.observe([FileHeld(at=desk.clock.now(), by=self._by, name=file.name, original=file.digest, why=why)])
        self._say(f"{file.name} waits for you: {' '.join(why)}")


def _why_not(shown: Preview) -> tuple[str, ...]:
    """What blocks and what is asked; nothing where the files can be taken as they are."""
    return (*shown.blockers, *(question.text for question in shown.questions))
