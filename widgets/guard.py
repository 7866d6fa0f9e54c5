"""One guard around every callback: what goes wrong reaches the person as a sentence and the log as a traceback.

ipywidgets swallows what a callback raises; without the guard a person would press a button and see nothing happen.
"""

import logging
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import ParamSpec

import ipywidgets

from dispatchkit.errors import WorkbenchError
from widgets.status import Status

log = logging.getLogger(__name__)

P = ParamSpec("P")


class Guard:
    """Context in which nothing is swallowed and nothing breaks the page.

    Attributes
    ----------
    failed
        Whether the last use ended in an exception.
    """

    def __init__(self, status: Status, what: str) -> None:
        self.failed = False
        self._status = status
        self._what = what
        self._said = ""

    def __enter__(self) -> "Guard":
        self.failed = False
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        self.failed = isinstance(error, Exception)
        if error is None and self._said and self._status.text == self._said:
            self._status.clear()  # what kept failing works again: do not leave its sentence standing
        if isinstance(error, WorkbenchError):
            self._status.warn(str(error))
        elif isinstance(error, Exception):
            error_id = secrets.token_hex(3)
            log.error("Exception in callback %s, error %s", self._what, error_id, exc_info=error)
            self._status.error(
                "That did not work: a fault in the program, not in what you did. "
                "Look at the day before you try again. "
                f"Whoever looks after the program finds it in the log as error {error_id}."
            )
        self._said = self._status.text if self.failed else ""
        return self.failed


@contextmanager
def busy(buttons: tuple[ipywidgets.Button, ...]) -> Iterator[None]:
    """Keep buttons from being pressed in the browser meanwhile.

    Only the browser is told. The buttons' own `disabled` stays what the panel says it is, so that a panel may turn its
    button off (or on) while it works, and is taken at its word afterwards.
    """
    for button in buttons:
        if button.comm is not None:
            button.comm.send({"method": "update", "state": {"disabled": True}, "buffer_paths": []})
    try:
        yield
    finally:
        for button in buttons:
            button.send_state("disabled")


def guarded(status: Status, callback: Callable[P, object], *buttons: ipywidgets.Button) -> Callable[P, None]:
    """Return `callback` with the guard around it.

    A WorkbenchError is shown as the sentence it is. Anything else is shown as a sentence with an id, and logged with
    its traceback under that id. The button that was pressed, and `buttons`, are off in the browser until it is done.
    """
    what = getattr(callback, "__qualname__", repr(callback))

    def call(*args: P.args, **kwargs: P.kwargs) -> None:
        pressed = tuple(arg for arg in args if isinstance(arg, ipywidgets.Button))
        status.clear()
        with busy((*pressed, *buttons)), Guard(status, what):
            callback(*args, **kwargs)

    return call
