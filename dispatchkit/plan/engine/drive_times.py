"""The seconds between all places, where several processes can read them: too many to hand over with every task."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Between = Callable[[Sequence[int]], NDArray[np.float32]]
"""From places to the seconds between them, shape (places, places)."""


def here(drive_s: NDArray[np.float32]) -> Between:
    """The seconds between some places, for this process."""
    return partial(_between, drive_s)


@contextmanager
def for_others(drive_s: NDArray[np.float32]) -> Iterator[Between]:
    """Leave the seconds in a file as long as the block runs, for processes of this machine."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "drive_s.npy"
        np.save(file, drive_s)
        yield partial(_between_in, str(file))


def _between(drive_s: NDArray[np.float32], places: Sequence[int]) -> NDArray[np.float32]:
    at = np.asarray(places, dtype=int)
    return np.ascontiguousarray(drive_s[np.ix_(at, at)])


def _between_in(file: str, places: Sequence[int]) -> NDArray[np.float32]:
    return _between(np.load(file, mmap_mode="r"), places)
