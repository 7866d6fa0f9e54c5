"""The line that tells a person what just happened."""

from pathlib import Path

import anywidget
import traitlets

from dispatchkit.printable import printable

STATIC = Path(__file__).parent / "static"


class Status(anywidget.AnyWidget):
    """One line, read aloud politely when it changes, with a sign beside its colour (✓ ● ▲).

    Attributes
    ----------
    kind
        ``ok``, ``warn`` or ``error``.
    text
        What the line says, shown as it is and never as markup, direction marks spelt out; empty when it says nothing.
    """

    _esm = STATIC / "status.js"

    kind = traitlets.Enum(["ok", "warn", "error"], "ok").tag(sync=True)
    text = traitlets.Unicode().tag(sync=True)

    def ok(self, text: str) -> None:
        """Say that something was done."""
        self._say("ok", text)

    def warn(self, text: str) -> None:
        """Say that something was refused, or needs a look."""
        self._say("warn", text)

    def error(self, text: str) -> None:
        """Say that something failed."""
        self._say("error", text)

    def clear(self) -> None:
        """Say nothing."""
        self._say("ok", "")

    def _say(self, kind: str, text: str) -> None:
        with self.hold_sync():  # one message, so that no one hears the new text under the old sign
            self.kind, self.text = kind, printable(text)
