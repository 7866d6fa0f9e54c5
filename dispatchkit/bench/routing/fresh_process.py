"""Something measured in a fresh process of its own, with the most memory that it and all its children held."""

import time
from collections.abc import Callable
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import TypeVar

import psutil

from dispatchkit.errors import WorkbenchError
from dispatchkit.workers import workers

T = TypeVar("T")

LOOK_S = 0.2
"""Between two looks at the memory; a peak that is shorter may be missed."""

_MB = 1e6


def measured(work: Callable[[], T]) -> tuple[T, float, float]:
    """Run something that can be pickled in a new process.

    Returns
    -------
    tuple
        What it returned; peak_mb: the most that the process and all that it started had of their own (USS) at once,
        in 10⁶ bytes; took_s: wall-clock seconds, the start of the process among them.

    Raises
    ------
    WorkbenchError
        The process ended before its time: killed for want of memory, most of the time.
    """
    peak_mb, began = 0.0, time.monotonic()
    before = _children()
    with workers(1) as executor:
        future = executor.submit(work)
        while wait([future], timeout=LOOK_S).not_done:
            peak_mb = max(peak_mb, sum(map(_own_mb, _children() - before)))
        try:
            return future.result(), round(peak_mb, 1), round(time.monotonic() - began, 2)
        except BrokenProcessPool as error:
            raise WorkbenchError(
                f"The process that was measured ended before its time, when it held {peak_mb:,.0f} MB. What it said "
                "stands above. Where it said nothing, it was killed: look whether the machine has memory enough, and "
                "measure the smaller cases with --only."
            ) from error


def _children() -> set[psutil.Process]:
    return set(psutil.Process().children(recursive=True))


def _own_mb(process: psutil.Process) -> float:
    """Memory of the process alone; nothing for one that ended while we looked."""
    with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
        return float(process.memory_full_info().uss) / _MB
    return 0.0
