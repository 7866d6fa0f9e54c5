"""Files of lines, plain or compressed (gzip): told apart by their bytes when read, by their name when written."""

import gzip
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from dispatchkit.errors import Damaged

SUFFIX = ".gz"

MOST_BYTES = 2**30
"""What a compressed file may hold: far above a store of many days, far below what fills a machine's memory."""

_START = b"\x1f\x8b"


def packed(path: Path, lines: Iterable[bytes]) -> bytes:
    """The lines, each ended, as the bytes of a file with this name; the same lines are the same bytes every time."""
    content = b"".join(line + b"\n" for line in lines)
    return gzip.compress(content, mtime=0) if path.suffix == SUFFIX else content


def starts_with(path: Path, start: bytes) -> bool:
    """Say whether what the file holds begins so; False for one that cannot be unpacked."""
    try:
        with _opened(path) as file:
            return file.read(len(start)) == start
    except (gzip.BadGzipFile, zlib.error, EOFError):
        return False


def lines_of(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file, with their ends.

    Raises
    ------
    Damaged
        Where a compressed file is cut short, was changed, or holds more than `MOST_BYTES`.
    OSError
        Where it cannot be read.
    """
    left = MOST_BYTES
    try:
        with _opened(path) as file:
            while line := file.readline(left):
                yield line
                left -= len(line)
                if left <= 0:
                    raise Damaged(f"{path.name} holds more than {MOST_BYTES >> 20} MB. It is no file of days.")
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Damaged(f"{path.name} was cut short or changed ({error}). Have the file made anew.") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        is_packed = file.read(len(_START)) == _START
        file.seek(0)
        if not is_packed:
            yield file
            return
        with gzip.GzipFile(fileobj=file) as unpacked:
            yield unpacked   # type: ignore[misc]  # it reads as any file does
