"""Long work in a process of its own, so that the page stays alive: it says that it works, and can be cancelled."""

import asyncio
import multiprocessing
from collections.abc import Callable
from typing import Any, TypeVar

R = TypeVar("R")


class Background:
    """One piece of work at a time, in a process that is started for it and ended with it.

    A solver holds the interpreter for as long as it thinks, and brings a hundred megabytes along: neither is for the
    page's own process.
    """

    def __init__(self) -> None:
        self._pool: Any = None

    @property
    def is_working(self) -> bool:
        """Whether something is being worked at."""
        return self._pool is not None

    def start(
        self, work: Callable[..., R], *args: Any, done: Callable[[R], object], failed: Callable[[BaseException], object]
    ) -> None:
        """Call `work(*args)` elsewhere, then `done(what it returned)` or `failed(what it raised)` here.

        What goes there and back has to be picklable. What was being worked at before is cancelled.
        """
        self.cancel()
        self._pool = pool = multiprocessing.get_context("spawn").Pool(1)
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # without a loop nobody waits for the page: wait for the work
            self._wait(pool.apply_async(work, args), done, failed)
            return

        def back(tell: Callable[[Any], object], what: Any) -> None:
            if self._pool is pool:  # else it was cancelled meanwhile
                self.cancel()
                tell(what)

        pool.apply_async(
            work,
            args,
            callback=lambda result: loop.call_soon_threadsafe(back, done, result),
            error_callback=lambda error: loop.call_soon_threadsafe(back, failed, error),
        )

    def cancel(self) -> None:
        """End the work, if there is any; neither `done` nor `failed` is called for it."""
        if self._pool is not None:
            self._pool.terminate()
            self._pool = None

    def _wait(self, result: Any, done: Callable[[R], object], failed: Callable[[BaseException], object]) -> None:
        try:
            value = result.get()
        except Exception as error:  # noqa: BLE001 -- whatever the work raised is told to whoever asked for it
            self.cancel()
            failed(error)
        else:
            self.cancel()
            done(value)
