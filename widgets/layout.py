"""The bones of every page: a body, three columns, and panels with a heading."""

from typing import Any

import ipywidgets

from widgets.plain import markup


class Panel(ipywidgets.VBox):
    """A part of the page with a heading and a quiet note beside it.

    Parameters
    ----------
    heading
        What the panel is about.
    *children
        What stands in it, from top to bottom; those named in `grow` share the height that is left.
    """

    def __init__(self, heading: str, *children: ipywidgets.Widget, grow: ipywidgets.DOMWidget | None = None) -> None:
        self._head = ipywidgets.HTML()
        if grow is not None:
            grow.add_class("grow")
        super().__init__([self._head, *children])
        self.add_class("panel")
        self.show(heading)

    def show(self, heading: str, note: str = "") -> None:
        """Say these words in the head, as they are and never as markup."""
        beside = f"<span>{markup(note)}</span>" if note else ""
        self._head.value = f'<div class="panel-head"><h2>{markup(heading)}</h2>{beside}</div>'


def stacked(*panels: Panel) -> ipywidgets.VBox:
    """Return panels that share one column, one below the other; the first takes the height that is left."""
    one = ipywidgets.VBox(panels)
    one.add_class("stacked")
    return one


def columns(*panels: ipywidgets.Widget) -> ipywidgets.Box:
    """Return the panels side by side: what needs a person, how is everyone, what about this one.

    On a phone they stand one below the other, in the same order.
    """
    side_by_side = ipywidgets.Box(panels)
    side_by_side.add_class("columns")
    return side_by_side


def body(*parts: Any) -> ipywidgets.VBox:
    """Return the page below its header: lines such as the status, and one `columns` for the height that is left."""
    whole = ipywidgets.VBox(parts)
    whole.add_class("page-body")
    return whole
