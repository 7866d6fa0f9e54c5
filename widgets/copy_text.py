"""A text that a person takes along: copied by one press, saved as a file, or selected by hand."""

from pathlib import Path

import anywidget
import traitlets

from dispatchkit.printable import printable

STATIC = Path(__file__).parent / "static"


class CopyText(anywidget.AnyWidget):
    """A text as it is, with *Copy* and *Save as text*; it says in words what became of either.

    Where the browser lets no page copy (an address without https, other than the machine's own), the text is selected
    for the person to do it. What somebody has selected by hand does not change under the hand.

    Attributes
    ----------
    text
        What is copied: lines of plain text, direction marks spelt out.
    label
        What it is, for those who do not see it.
    file_name
        Under which name it is saved.
    """

    _esm = STATIC / "copy.js"
    _css = STATIC / "copy.css"

    text = traitlets.Unicode().tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    file_name = traitlets.Unicode("report.txt").tag(sync=True)

    def show(self, text: str, *, file_name: str) -> None:
        """Show this text, lines as they are."""
        with self.hold_sync():
            self.text = "\n".join(printable(line) for line in text.splitlines())
            self.file_name = file_name
