"""Processes that work for this one: they end with it, whatever becomes of it, and leave Ctrl-C to it."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait

_POLL_S = 0.01


@contextmanager
def workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give so many spawned processes, and end them on leaving, in the middle of their work too.

    Ctrl-C in a terminal goes to every program in it: the workers take no notice, so that whoever started them decides.
    """
    others = set(active_children())
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_start)
    try:
        with _no_interrupt():
            for _ in range(count):
                pool.submit(os.getpid)      # a worker starts with its first task: all of them now
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        mine = set(active_children()) - others
        for worker in mine:
            worker.terminate()
        # the pool's own thread waits for them too: where it is first, it knows an instant before us that they are dead
        while any(worker.is_alive() for worker in mine):
            time.sleep(_POLL_S)


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone, even where that one was killed."""
    threading.Thread(target=_wait_for_parent, name="ends with its parent", daemon=True).start()


def _wait_for_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _start() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold Ctrl-C back for a moment: what is started meanwhile holds it back for good, from its first instruction."""
    if not hasattr(signal, "pthread_sigmask"):      # on Windows there is that moment in which a worker hears it
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
