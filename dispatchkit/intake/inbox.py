"""A folder into which files fall: what is unambiguous is taken, what asks or cannot be used waits for a person.

The files themselves are never moved, changed or deleted. Which of them were seen is known from the log, so that a
restart repeats nothing.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import NamedTuple

from dispatchkit.clock import Clock
from dispatchkit.day.facts.whole_day import FileHeld
from dispatchkit.desk import Desk
from dispatchkit.errors import WorkbenchError
from dispatchkit.imports import OriginalFile, Unreadable, read_originals
from dispatchkit.intake.preview import preview, take
from dispatchkit.intake.proposal import FileState
from dispatchkit.intake.shown import Preview
from dispatchkit.log import Log
from dispatchkit.records import DayKey
from dispatchkit.station import Station

Say = Callable[[str], None]

LOOKS_PER_SETTLING = 2
"""How often the folder is looked at while a file settles: growth between two looks is seen."""

MS_PER_S = 1000


class _Seen(NamedTuple):
    """How a file stood when it was looked at."""

    size: int
    changed_ns: int


class Inbox:
    """A watched folder.

    Parameters
    ----------
    folder
        Where files fall. Subfolders and hidden files are left alone.
    by
        Who takes them.
    day
        The day that they are for; None lets each file say it.
    say
        Told in a sentence what came of each file.
    """

    def __init__(
        self,
        log: Log,
        folder: Path,
        *,
        by: str,
        station: Station,
        day: DayKey | None = None,
        say: Say,
        clock: Clock | None = None,
    ) -> None:
        if not folder.is_dir():
            raise WorkbenchError(f"There is no folder {folder} to watch. Make it, or name another.")
        self._log, self._folder, self._by, self._station = log, folder, by, station
        self._day, self._say, self._clock = day, say, clock
        self._standing: dict[Path, _Seen] = {}
        self._done: dict[Path, _Seen] = {}
        self._asking: dict[Path, OriginalFile] = {}
        self._in_the_way = ""

    def watch(self, stop: Event) -> None:
        """Take files as they come until `stop` is set or Ctrl-C is pressed."""
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
        if settled:
            self._take({path: file for path in settled if (file := self._read(path, standing[path])) is not None})

    def _files(self) -> Iterator[tuple[Path, _Seen]]:
        for path in sorted(self._folder.iterdir()):
            try:
                stat = path.stat()
            except OSError:
                continue        # gone since the folder was listed
            if path.is_file() and not path.name.startswith("."):
                yield path, _Seen(stat.st_size, stat.st_mtime_ns)

    def _read(self, path: Path, seen: _Seen) -> OriginalFile | None:
        self._done[path] = seen
        try:
            return read_originals(path, max_file_bytes=int(self._station.imports.max_file_bytes))[0]
        except Unreadable as unreadable:
            self._say(f"{path.name} cannot be read. {unreadable.problems[0].message}")
            return None

    def _take(self, fresh: dict[Path, OriginalFile]) -> None:
        """Take files together with those that ask, since one may answer another; what still asks is held."""
        waiting = {path: file for path, file in self._asking.items() if path not in fresh}
        usable = {path: file for path, file in fresh.items() if not self._unusable(path, file)}
        if not usable:
            return
        together = waiting | usable
        if len(together) > 1 and self._went_in(list(together.values())):
            self._asking = {}
            return
        left = together
        while taken := {path for path, file in left.items() if self._went_in([file])}:
            left = {path: file for path, file in left.items() if path not in taken}     # one may have answered another
        self._asking = left
        for file in left.values():
            self._hold(file, self._preview([file]))

    def _unusable(self, path: Path, file: OriginalFile) -> bool:
        """Hold a file of which nothing can be used."""
        shown = self._preview([file])
        if all(seen.state is not FileState.UNUSABLE for seen in shown.files):
            return False
        self._asking.pop(path, None)
        self._hold(file, shown)
        return True

    def _went_in(self, files: Sequence[OriginalFile]) -> bool:
        """Take files if nothing is asked and nothing blocks; say what changed."""
        shown = self._preview(files)
        if shown.questions or shown.blockers:
            return False
        if shown.can_be_taken:
            try:
                taken = take(self._log, shown, by=self._by, clock=self._clock)
            except WorkbenchError as error:
                self._say(f"{', '.join(file.name for file in files)}: {error}")
                return False
            for day in taken:
                for sentence in day.sentences:
                    self._say(sentence)
        return True

    def _preview(self, files: Sequence[OriginalFile]) -> Preview:
        return preview(self._log, files, by=self._by, station=self._station, day=self._day, clock=self._clock)

    def _hold(self, file: OriginalFile, shown: Preview) -> None:
        """Write down, once, that a file waits for a person; where no day is known, only say it."""
        why = (*shown.blockers, *(question.text for question in shown.questions))
        key = shown.key or self._day
        if key is not None:
            desk = Desk(self._log, key, by=self._by, clock=self._clock)
            if file.digest in desk.day().course.held:
                return
            self._log.put_artifact(file.data, "application/octet-stream")
            desk.observe([FileHeld(at=desk.clock.now(), by=self._by, name=file.name, original=file.digest, why=why)])
        self._say(f"{file.name} waits for you: {' '.join(why)}")
