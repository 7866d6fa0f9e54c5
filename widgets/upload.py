"""Files from a person's own disk: sent in small pieces, read all together, and what was found told file by file."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal, NamedTuple

import anywidget
import traitlets
from ipywidgets import CallbackDispatcher

from dispatchkit.printable import printable
from widgets.row_patches import Row, SentRows

STATIC = Path(__file__).parent / "static"

CHUNK_BYTES = 256 * 1024
"""A piece of a file: far below what a websocket takes in one message (10 MB by default), and progress is seen."""

MOST_PROBLEMS_SHOWN = 50
"""Problems of one file that the page lists; nobody reads more, and the rest is counted."""

FileState = Literal["waiting", "reading", "ok", "question", "refused"]


class UploadedFile(NamedTuple):
    """A file as it arrived. Two may have the same name."""

    name: str
    data: bytes


@dataclass(frozen=True, kw_only=True)
class ProblemShown:
    """Something in a file that could not be taken in.

    Attributes
    ----------
    row
        Row of the file, or None where it is about the whole.
    column
        Heading of the column, or empty.
    message
        What is wrong, as a sentence.
    fix
        What to do about it, as a sentence.
    """

    row: int | None
    column: str
    message: str
    fix: str


@dataclass(frozen=True, kw_only=True)
class FileShown:
    """What became of one file.

    Attributes
    ----------
    state
        ``waiting``, ``reading``, ``ok``, ``question`` (it needs an answer) or ``refused``.
    sentence
        What it is and what was found.
    """

    name: str
    state: FileState
    sentence: str
    problems: tuple[ProblemShown, ...] = ()


class Arriving:
    """A file of which pieces have come."""

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.data = bytearray()

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here."""
        return len(self.data) == self.size


class Upload(anywidget.AnyWidget):
    """Drop files here, or choose them: several at once, each with its progress.

    A batch is handed over when all its files are here, those that were cancelled left out. What is broken off leaves
    nothing: pieces are in memory only, and a new batch lets go of an unfinished one.

    Parameters
    ----------
    max_file_bytes
        Larger files are not sent; a sentence says so.
    accept
        Endings that the file chooser offers, ``(".xlsx", ".csv")``; dropped files may have any, since names are changed
        by hand.
    label
        What the files are.
    max_files
        How many may come at once.
    """

    _esm = STATIC / "upload.js"
    _css = STATIC / "upload.css"

    label = traitlets.Unicode("Files").tag(sync=True)
    accept = traitlets.List(traitlets.Unicode()).tag(sync=True)
    max_file_bytes = traitlets.Int().tag(sync=True)
    max_files = traitlets.Int(40).tag(sync=True)
    chunk_bytes = traitlets.Int(CHUNK_BYTES, read_only=True).tag(sync=True)

    def __init__(self, *, max_file_bytes: int, accept: Iterable[str] = (), **kwargs: Any) -> None:
        if not max_file_bytes > 0:
            raise ValueError(f"Files of at most {max_file_bytes} bytes hold nothing. Allow more.")
        self._sent = SentRows()
        self._files = CallbackDispatcher()
        self._batch = ""
        self._arriving: dict[str, Arriving] = {}
        super().__init__(max_file_bytes=max_file_bytes, accept=list(accept), **kwargs)
        self.on_msg(self._heard)

    def on_files(self, callback: Callable[[list[UploadedFile]], None]) -> None:
        """Call `callback(files)` once for each batch, with all its files in the order in which they were chosen."""
        self._files.register_callback(callback)

    def show(self, files: Iterable[FileShown]) -> None:
        """Show what became of these files, in their order; what a person has opened stays open."""
        if message := self._sent.show(_row(i, file) for i, file in enumerate(files)):
            self.send(message)

    def clear(self) -> None:
        """Show no files, and let go of what has not arrived yet."""
        self._let_go()
        self.show(())
        self.send({"op": "clear"})

    def _let_go(self) -> None:
        self._batch = ""
        self._arriving = {}

    def _heard(self, _widget: object, content: dict[str, Any], buffers: list[memoryview]) -> None:
        match content:
            case {"event": "ready"}:
                self.send(self._sent.everything())
            case {"event": "begin", "batch": str(batch), "files": list(files)}:
                self._begin(batch, files)
            case {"event": "chunk", "batch": str(batch), "file": str(file_id), "at": int(at)} if len(buffers) == 1:
                self._take(batch, file_id, at, buffers[0])
            case {"event": "cancel", "batch": self._batch, "file": str(file_id)}:
                self._arriving.pop(file_id, None)
                self._hand_over_when_whole()

    def _begin(self, batch: str, files: list[Any]) -> None:
        self._let_go()
        for file in files[: self.max_files]:
            match file:
                case {"id": str(file_id), "name": str(name), "size": int(size)} if 0 <= size <= self.max_file_bytes:
                    self._arriving[file_id] = Arriving(name, size)
        self._batch = batch
        self.send({"op": "begun", "batch": batch})
        self._hand_over_when_whole()

    def _take(self, batch: str, file_id: str, at: int, piece: memoryview) -> None:
        """Add a piece to its file; a file that is not expected, or a piece that does not fit, ends that file."""
        file = self._arriving.get(file_id) if batch == self._batch else None
        fits = file is not None and at == len(file.data) and 0 < len(piece) <= min(CHUNK_BYTES, file.size - at)
        if file is None or not fits:
            self._arriving.pop(file_id, None)
            self.send({"op": "broken", "batch": batch, "file": file_id})
        else:
            file.data += piece
            self.send({"op": "taken", "batch": batch, "file": file_id, "bytes": len(file.data)})
        self._hand_over_when_whole()

    def _hand_over_when_whole(self) -> None:
        if not self._batch or not all(file.is_whole for file in self._arriving.values()):
            return
        files = [UploadedFile(file.name, bytes(file.data)) for file in self._arriving.values()]
        batch = self._batch
        self._let_go()
        if files:
            self._files(files)
        self.send({"op": "read", "batch": batch})


def _row(i: int, file: FileShown) -> Row:
    """One file as a row for the browser: its place is its id, since names may come twice."""
    problems = [asdict(problem) for problem in file.problems[:MOST_PROBLEMS_SHOWN]]
    for problem in problems:
        problem.update({key: printable(problem[key]) for key in ("column", "message", "fix")})
    return {
        "id": str(i),
        "name": printable(file.name),
        "state": file.state,
        "sentence": printable(file.sentence),
        "problems": problems,
        "problem_count": len(file.problems),
    }
