"""Answers of routing engines kept on this machine, named by what was asked."""

import os
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from dispatchkit.errors import WorkbenchError

FOLDER = "travel"
SUFFIX = ".npy"
DAY_S = 24 * 3600


class KeptAnswers:
    """A folder of tables of drive seconds; one file a request, by the SHA-256 of the request.

    Parameters
    ----------
    home
        The program's home folder; the tables lie in a folder of their own there, made when the first one is kept.
    days
        For so long a table counts.
    now
        Seconds since the epoch, for the age of files.
    """

    def __init__(self, home: Path, *, days: float, now: Callable[[], float] = time.time) -> None:
        self.folder = home / FOLDER
        self.days = days
        self._now = now

    @staticmethod
    def digest(question: object) -> str:
        """Name a question: any value that JSON can say. The same one has the same name in every process."""
        return sha256(msgspec.json.encode(question)).hexdigest()

    def get(self, digest: str, shape: tuple[int, int]) -> NDArray[np.float64] | None:
        """Return the table that was kept under a name, or None where there is none that counts."""
        path = self._path(digest)
        try:
            if self._now() - path.stat().st_mtime > self.days * DAY_S:
                return None
            table = np.load(path, allow_pickle=False)
        except (OSError, ValueError, EOFError):
            return None     # not there, or cut off by a full disk: it is asked for again and written anew
        return table.astype(float) if table.shape == shape else None

    def put(self, digest: str, table: NDArray[np.float64]) -> None:
        """Keep a table under a name, whole or not at all."""
        path = self._path(digest)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=path.parent, suffix=".new")
            try:
                with os.fdopen(handle, "wb") as file:
                    np.save(file, table.astype(np.float32), allow_pickle=False)
                Path(new).replace(path)
            finally:
                Path(new).unlink(missing_ok=True)
        except OSError as error:
            raise WorkbenchError(
                f"Drive times cannot be kept in {self.folder}: {error.strerror or error}. Make room there, or choose "
                "another home folder."
            ) from error

    def forget(self, *, all_of_them: bool = False) -> int:
        """Remove the tables that no longer count, or all of them; return how many that were."""
        oldest = self._now() - self.days * DAY_S
        gone = 0
        for path in self.folder.glob(f"*/*{SUFFIX}"):
            if all_of_them or path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
                gone += 1
        return gone

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}{SUFFIX}"
