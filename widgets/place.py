"""The person's place on the page: the focus is never lost, and on a phone the page goes where the answer is."""

from pathlib import Path

import anywidget
import traitlets

STATIC = Path(__file__).parent / "static"


class Place(anywidget.AnyWidget):
    """Shows nothing. Gives the focus back to a button that was off for a moment; where it is gone, to its panel.

    Attributes
    ----------
    panels
        CSS selector of what may stand in for a button that is gone: never another button, so that a second press of
        Enter does nothing.
    """

    _esm = STATIC / "place.js"

    panels = traitlets.Unicode(".item, .panel, .day-line, .page-body").tag(sync=True)

    def go_to(self, selector: str) -> None:
        """Where the panels stand below each other, scroll to the first element of this CSS selector."""
        self.send({"op": "go", "to": selector})
