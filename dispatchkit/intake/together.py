"""Files in a watched folder that make sense together only: public route data, of which each file holds a part."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.imports import OriginalFile
from dispatchkit.log import Log

Files = Mapping[Path, OriginalFile]


class Together:
    """What of the public route data in a folder was taken, and what waits for its other parts.

    Parameters
    ----------
    take
        Takes files that lie in a folder of this name, all or none; returns why not, and nothing where it worked.
    read
        Reads a file anew; None where it cannot be read any more.
    """

    def __init__(
        self,
        log: Log,
        *,
        take: Callable[[Sequence[OriginalFile], str], tuple[str, ...]],
        read: Callable[[Path], OriginalFile | None],
    ) -> None:
        self._log, self._take, self._read = log, take, read
        self._imported: set[str] | None = None
        self._known: set[Path] = set()
        self._waiting: dict[Path, OriginalFile] = {}

    def forget(self, standing: Mapping[Path, object]) -> None:
        """Forget files that do not stand there any more."""
        self._known &= standing.keys()
        self._waiting = {path: file for path, file in self._waiting.items() if path in standing}

    def take(self, folder: Path, fresh: Files) -> tuple[dict[Path, OriginalFile], tuple[str, ...]]:
        """Take files that have just settled with those that wait; return what waits now, and why.

        What was imported before, before this program was started too, is left aside. Where the rest makes no whole,
        files of the same name ("today.csv.gz", "today.json") are tried, then everything in the folder: somebody may
        have replaced one table of several.
        """
        self._known |= fresh.keys()
        held = {path: file for path, file in self._waiting.items() if path.parent == folder}
        new = {p: file for p, file in (held | dict(fresh)).items() if file.digest not in self._before()}
        why = self._try(folder, new)
        left = dict(new) if why else {}
        for group in _by_name(left):
            if not self._try(folder, group):
                left = {path: file for path, file in left.items() if path not in group}
        if left and self._has_others(folder, left) and not self._try(folder, self._whole(folder, left)):
            left = {}
        self._waiting = {p: file for p, file in self._waiting.items() if p.parent != folder} | left
        return left, why if left else ()

    def _try(self, folder: Path, files: Files) -> tuple[str, ...]:
        if not files:
            return ()
        why = self._take(list(files.values()), folder.name)
        if not why:
            self._before().update(file.digest for file in files.values())
        return why

    def _has_others(self, folder: Path, files: Files) -> bool:
        return any(path.parent == folder and path not in files for path in self._known)

    def _whole(self, folder: Path, files: Files) -> Files:
        others = sorted(path for path in self._known if path.parent == folder and path not in files)
        return {path: file for path in others if (file := self._read(path)) is not None} | dict(files)

    def _before(self) -> set[str]:
        """Digests of every file that any day of the store has imported."""
        if self._imported is None:
            days = [self._log.read(head.key, kinds=[FileImported]) for head in self._log.days()]
            facts = (entry.fact for entries in days for entry in entries)
            self._imported = {fact.original for fact in facts if isinstance(fact, FileImported)}
        return self._imported


def _by_name(files: Files) -> Iterator[dict[Path, OriginalFile]]:
    """Files whose names differ after the first dot only, where there are several of a name and other names too."""
    groups: dict[str, dict[Path, OriginalFile]] = {}
    for path, file in files.items():
        groups.setdefault(path.name.partition(".")[0], {})[path] = file
    yield from (group for group in groups.values() if 1 < len(group) < len(files))
