"""The heartbeat: the page knows whether its process lives, and the process whether anyone is looking."""

import asyncio
import inspect
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeAlias

import anywidget
import traitlets
from ipywidgets import CallbackDispatcher

from widgets.guard import Guard
from widgets.status import Status

STATIC = Path(__file__).parent / "static"

THROTTLE_S = 60
"""Browsers let the timers of a hidden tab run once a minute; a shorter patience would take hidden for gone."""

LONGEST_PAUSE_S = 30
"""How far apart the tries of a failing loop may come: soon enough to recover unseen, too seldom to flood the log."""

Step: TypeAlias = Callable[[], Awaitable[None] | None]


class Heartbeat(anywidget.AnyWidget):
    """Pings from the browser, pongs from the process, and loops that run only while the browser answers.

    Without it a closed laptop leaves a process that polls for ever, and a dead process leaves a page of dead figures.

    Parameters
    ----------
    period_s
        Seconds between pings; after three without an answer the page says that the connection is lost.
    gone_after_s
        Seconds without a ping after which nobody is looking; more than 60, as hidden tabs are throttled to that.
    time_text
        Tells the station's time as ``HH:MM`` for "What you see is from …"; the browser's own clock when not given.
    monotonic
        Seconds from a clock that never jumps.
    """

    _esm = STATIC / "heartbeat.js"
    _css = STATIC / "heartbeat.css"

    period_ms = traitlets.Int().tag(sync=True)

    def __init__(
        self,
        *,
        period_s: float = 5,
        gone_after_s: float = 150,
        time_text: Callable[[], str] | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        if not gone_after_s > THROTTLE_S:
            raise ValueError(f"gone_after_s is {gone_after_s}; hidden tabs answer every {THROTTLE_S} s only: use more.")
        if not period_s > 0:
            raise ValueError(f"A ping every {period_s} s cannot be; use more than 0.")
        super().__init__(period_ms=round(period_s * 1000))
        self.is_alive = False
        self._gone_after_s = gone_after_s
        self._time_text = time_text
        self._monotonic = monotonic
        self._seen_at_s = 0.0
        self._alive = CallbackDispatcher()
        self._gone = CallbackDispatcher()
        self._loops: list[tuple[Step, float, Guard]] = []
        self._tasks: list[asyncio.Task[None]] = []
        self.on_msg(self._heard)

    def on_alive(self, callback: Callable[[], None]) -> None:
        """Call `callback()` when a browser answers for the first time, or again after it was gone."""
        self._alive.register_callback(callback)

    def on_gone(self, callback: Callable[[], None]) -> None:
        """Call `callback()` when no browser has answered for `gone_after_s`."""
        self._gone.register_callback(callback)

    def follow(self, step: Step, every_s: float, status: Status) -> None:
        """Call `step` again and again while a browser answers; end when it is gone, go on when it is back.

        Parameters
        ----------
        step
            A function or coroutine function without arguments: one look at the day.
        every_s
            Seconds between the end of one look and the next. While looks fail the pause doubles, up to 30 s.
        status
            Where a failing look is told to the person.
        """
        if not every_s > 0:
            raise ValueError(f"A look every {every_s} s cannot be; use more than 0.")
        loop = (step, every_s, Guard(status, getattr(step, "__qualname__", repr(step))))
        self._loops.append(loop)
        if self.is_alive:
            self._tasks.append(asyncio.ensure_future(self._run(*loop)))

    def end(self) -> None:
        """End the loops for good, and the widget in the browser too."""
        self.is_alive = False
        for task in self._tasks:
            task.cancel()
        self._tasks = []
        self.close()

    def check(self) -> None:
        """Notice that the browser is gone, if it is. Called by the watch; there is no need to call it by hand."""
        if self.is_alive and self._monotonic() - self._seen_at_s > self._gone_after_s:
            self.is_alive = False
            for task in self._tasks:
                task.cancel()
            self._tasks = []
            self._gone()

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("event") != "ping":
            return
        self._seen_at_s = self._monotonic()
        self.send({"op": "pong", "time": None if self._time_text is None else self._time_text()})
        if not self.is_alive:
            self.is_alive = True
            self._tasks = [asyncio.ensure_future(self._run(*loop)) for loop in self._loops]
            self._tasks.append(asyncio.ensure_future(self._watch()))
            self._alive()

    async def _watch(self) -> None:
        while self.is_alive:
            await asyncio.sleep(self.period_ms / 1000)
            self.check()

    async def _run(self, step: Step, every_s: float, guard: Guard) -> None:
        pause_s = every_s
        while self.is_alive:
            with guard:
                looked = step()
                if inspect.isawaitable(looked):
                    await looked
            pause_s = min(pause_s * 2, max(every_s, LONGEST_PAUSE_S)) if guard.failed else every_s
            await asyncio.sleep(pause_s)
