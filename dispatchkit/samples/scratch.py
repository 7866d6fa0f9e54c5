"""A store for days that are only lived through to be written down: thrown away after it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from dispatchkit.clock import Clock
from dispatchkit.log import Log, open_log


@contextmanager
def scratch_log(clock: Clock) -> Iterator[Log]:
    """Open an empty store; it and all in it are gone when the block ends."""
    with (
        TemporaryDirectory(prefix="dispatchkit-", ignore_cleanup_errors=True) as folder,
        open_log(Path(folder) / "days.sqlite", clock=clock) as log,
    ):
        yield log
