"""The person's place on the page: no focus is lost, a phone goes where the answer is, a reload finds the same."""

from pathlib import Path
from typing import Any

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

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._remembered: dict[str, str | None] = {}
        self.on_msg(self._heard)

    def go_to(self, selector: str) -> None:
        """Where the panels stand below each other, scroll to the first element of this CSS selector."""
        self.send({"op": "go", "to": selector})

    def focus(self, selector: str) -> None:
        """Give the focus to the first element of this CSS selector, as when what stood over it was put away."""
        self.send({"op": "focus", "to": selector})

    def remember(self, **query: str | None) -> None:
        """Write what is chosen into the page's address, so that a reload finds it: ``remember(route="CX101")``.

        The address's other parameters stay, but for the token: addresses are passed on. None or an empty
        text takes a parameter out.
        """
        if "token" in query:
            raise ValueError("A token is never kept in the address: addresses are passed on.")
        self._remembered |= query
        self.send({"op": "remember", "query": query})

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        if content.get("event") == "ready" and self._remembered:  # what was chosen before the browser was there
            self.send({"op": "remember", "query": self._remembered})
