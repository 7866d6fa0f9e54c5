"""Long work in a process of its own, so that the page stays alive: it tells how far it is, and can be ended."""

import asyncio
import atexit
import multiprocessing
import pickle
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from dispatchkit.errors import WorkbenchError
from dispatchkit.workers import end_with_parent

R = TypeVar("R")

KILLED = (
    "The work ended without an answer: its process was stopped, perhaps for want of memory. "
    "Nothing was changed. Try again."
)

ENOUGH = "enough"
"""Said to work that is to come to its end with what it has."""

SO_FAR, WORKED, FAILED = "so far", "worked", "failed"
"""What work says: how far it has come, what it returned, what it raised."""


class Background:
    """One piece of work at a time, in a process that is started for it and ended with it.

    A solver holds the interpreter for as long as it thinks, and brings a hundred megabytes along: neither is for the
    page's own process.
    """

    def __init__(self) -> None:
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        # work may have processes of its own, so it is no daemon: without this the page would wait for it at its end
        atexit.register(self.cancel)

    @property
    def is_working(self) -> bool:
        """Whether something is being worked at."""
        return self._process is not None

    def start(
        self,
        work: Callable[..., R],
        *args: Any,
        done: Callable[[R], object],
        failed: Callable[[BaseException], object],
        so_far: Callable[[Any], object] | None = None,
    ) -> None:
        """Call `work(*args)` elsewhere, then `done(what it returned)` or `failed(what it raised)` here.

        What goes there and back has to be picklable. What was being worked at before is cancelled.

        Parameters
        ----------
        so_far
            For work that tells how far it is: then it is called as ``work(*args, told=…, enough=…)``. What it gives to
            `told` comes here; `enough()` says whether it is to come to its end with what it has.
        """
        self.cancel()
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        self._process = process = spawn.Process(target=_work, args=(theirs, work, args, so_far is not None))
        self._pipe = ours
        process.start()
        theirs.close()  # so that the end of the process is the end of the pipe

        def back(said: tuple[str, Any]) -> None:
            if self._process is not process:  # it was cancelled meanwhile
                return
            what, content = said
            if what == SO_FAR:
                if so_far is not None:
                    so_far(content)
                return
            self.cancel()
            (done if what == WORKED else failed)(content)

        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # without a loop nobody waits for the page: wait for the work
            _listen(ours, back)
            return

        def in_loop(said: tuple[str, Any]) -> None:
            with suppress(RuntimeError):  # the loop is closed: so is the page, and nobody waits
                loop.call_soon_threadsafe(back, said)

        threading.Thread(target=_listen, args=(ours, in_loop), name="background work", daemon=True).start()

    def enough(self) -> None:
        """Ask the work to come to its end with what it has; it ends as usual. Nothing where nothing is worked at."""
        if self._pipe is not None:
            with suppress(OSError):  # it has just ended by itself
                self._pipe.send(ENOUGH)

    def cancel(self) -> None:
        """End the work, if there is any; neither `done` nor `failed` is called for it."""
        process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.terminate()
            process.join()


def _listen(ours: Connection, hear: Callable[[tuple[str, Any]], None]) -> None:
    """Hear what the work says until its answer; a process that was killed gives none, and that is one too."""
    with ours:
        said: tuple[str, Any] = (SO_FAR, None)
        while said[0] == SO_FAR:
            try:
                said = ours.recv()
            except (EOFError, OSError):
                said = FAILED, WorkbenchError(KILLED)
            hear(said)


def _work(theirs: Connection, work: Callable[..., Any], args: tuple[Any, ...], tells: bool) -> None:
    """Work and answer, in the process that was started for it; a page that is gone takes it along."""
    end_with_parent()
    hooks: dict[str, Any] = {}
    if tells:
        enough = threading.Event()
        threading.Thread(target=_wait_for_enough, args=(theirs, enough), daemon=True).start()
        hooks = {"told": lambda content: theirs.send((SO_FAR, content)), "enough": enough.is_set}
    try:
        answer = pickle.dumps((WORKED, work(*args, **hooks)))
    except Exception as error:  # noqa: BLE001 -- whatever the work raised is told to whoever asked for it
        answer = _told(error)
    theirs.send_bytes(answer)
    theirs.close()


def _wait_for_enough(theirs: Connection, enough: threading.Event) -> None:
    with suppress(EOFError, OSError):  # the answer was given, or the page is gone
        if theirs.recv() == ENOUGH:
            enough.set()


def _told(error: Exception) -> bytes:
    """Return what was raised as bytes; what cannot travel goes as its words."""
    try:
        answer = pickle.dumps((FAILED, error))
        pickle.loads(answer)  # noqa: S301 -- our own bytes: some exceptions only fail on the way back
    except Exception:  # noqa: BLE001 -- any fault of a strange exception's own pickling
        return pickle.dumps((FAILED, RuntimeError(f"{type(error).__name__}: {error}")))
    return answer
