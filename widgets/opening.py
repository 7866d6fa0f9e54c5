"""A page that opens as soon as its day can be read; until then it says why it cannot, and tries again."""

from collections.abc import Callable

import ipywidgets

from widgets import style
from widgets.guard import Guard
from widgets.heartbeat import Heartbeat
from widgets.layout import body
from widgets.status import Status

TRY_EVERY_S = 2.0
"""Between two tries; while they fail the pause doubles up to the heartbeat's longest."""


class Opening(ipywidgets.Box):
    """Shows what `build` returns. Where it raises, the sentence stands there until a later try succeeds.

    Parameters
    ----------
    build
        Reads the day and returns the page.
    """

    def __init__(self, build: Callable[[], ipywidgets.Widget]) -> None:
        self._build = build
        super().__init__()
        self.add_class("opening")
        self._status = Status()
        with Guard(self._status, "opening") as first_try:
            self._open()
        if first_try.failed:
            self._heartbeat = Heartbeat()
            self._heartbeat.follow(self._try_again, TRY_EVERY_S, self._status)
            self.children = [body(style.sheet(), self._status, self._heartbeat)]

    def _open(self) -> None:
        self.children = [self._build()]

    def _try_again(self) -> None:
        self._open()
        self._heartbeat.end()
