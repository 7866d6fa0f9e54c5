"""Long work in a process of its own, so that the page stays alive: it says that it works, and can be cancelled."""

import asyncio
import multiprocessing
import os
import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from dispatchkit.errors import WorkbenchError

R = TypeVar("R")

KILLED = (
    "The work ended without an answer: its process was stopped, perhaps for want of memory. "
    "Nothing was changed. Try again."
)


class Background:
    """One piece of work at a time, in a process that is started for it and ended with it.

    A solver holds the interpreter for as long as it thinks, and brings a hundred megabytes along: neither is for the
    page's own process.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None

    @property
    def is_working(self) -> bool:
        """Whether something is being worked at."""
        return self._process is not None

    def start(
        self, work: Callable[..., R], *args: Any, done: Callable[[R], object], failed: Callable[[BaseException], object]
    ) -> None:
        """Call `work(*args)` elsewhere, then `done(what it returned)` or `failed(what it raised)` here.

        What goes there and back has to be picklable. What was being worked at before is cancelled.
        """
        self.cancel()
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe(duplex=False)
        self._process = process = spawn.Process(target=_work, args=(theirs, work, args), daemon=True)
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe

        def back(answer: tuple[bool, Any]) -> None:
            if self._process is not process:  # it was cancelled meanwhile
                return
            self.cancel()
            worked, what = answer
            (done if worked else failed)(what)

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # without a loop nobody waits for the page: wait for the work
            back(_answer(ours))
            return

        def listen() -> None:
            answer = _answer(ours)
            with suppress(RuntimeError):  # the loop is closed: so is the page, and nobody waits
                loop.call_soon_threadsafe(back, answer)

        threading.Thread(target=listen, name="background work", daemon=True).start()

    def cancel(self) -> None:
        """End the work, if there is any; neither `done` nor `failed` is called for it."""
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.join()


def _answer(ours: Connection) -> tuple[bool, Any]:
    """Wait for the answer; a process that was killed gives none, and that is one too."""
    with ours:
        try:
            answer: tuple[bool, Any] = ours.recv()
        except (EOFError, OSError):
            return False, WorkbenchError(KILLED)
    return answer


def _work(theirs: Connection, work: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """Work and answer, in the process that was started for it; a page that is gone takes it along."""
    threading.Thread(target=_end_with_page, daemon=True).start()
    try:
        answer = pickle.dumps((True, work(*args)))
    except Exception as error:  # noqa: BLE001 -- whatever the work raised is told to whoever asked for it
        answer = _told(error)
    theirs.send_bytes(answer)
    theirs.close()


def _told(error: Exception) -> bytes:
    """Return what was raised as bytes; what cannot travel goes as its words."""
    try:
        answer = pickle.dumps((False, error))
        pickle.loads(answer)  # noqa: S301 -- our own bytes: some exceptions only fail on the way back
    except Exception:  # noqa: BLE001 -- any fault of a strange exception's own pickling
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer


def _end_with_page() -> None:
    page = multiprocessing.parent_process()
    if page is not None:
        wait([page.sentinel])
        os._exit(1)
