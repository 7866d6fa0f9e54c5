"""A part of the page that is put away until somebody opens it."""

from typing import Any

import ipywidgets

from widgets.guard import guarded
from widgets.layout import Panel
from widgets.status import Status


class Drawer(Panel):
    """A panel over the right side of the page; closed at first. What is closed is not worked out."""

    def __init__(self, heading: str, *children: ipywidgets.Widget, grow: ipywidgets.DOMWidget | None = None) -> None:
        super().__init__(heading, *children, grow=grow)
        self._openers: list[ipywidgets.ToggleButton] = []
        self.add_class("drawer")
        self.layout.display = "none"

    @property
    def is_open(self) -> bool:
        """Whether it is to be seen."""
        return bool(self.layout.display != "none")

    def opener(self, label: str, status: Status) -> ipywidgets.ToggleButton:
        """Return a button that opens and closes it."""
        made = ipywidgets.ToggleButton(description=label, tooltip=f"{label}: open or close")

        def turn(change: dict[str, Any]) -> None:
            self.layout.display = None if change["new"] else "none"
            if change["new"]:
                self.opened()

        made.observe(guarded(status, turn), "value")
        self._openers.append(made)
        return made

    def close_drawer(self) -> None:
        """Put it away."""
        for button in self._openers:
            button.value = False

    def opened(self) -> None:
        """Work out what it shows; called whenever somebody opens it."""
