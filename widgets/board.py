"""The board: a table of rows that follows the day without ever losing its reader's place."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import anywidget
import traitlets
from ipywidgets import CallbackDispatcher

from widgets.row_patches import Row, SentRows

STATIC = Path(__file__).parent / "static"

CellKind = Literal["text", "number", "bar", "rung", "age"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a board.

    Attributes
    ----------
    key
        Where a row has the value.
    label
        What the heading says.
    kind
        What a value is, and how it is drawn (a value may always be None: nothing known):
        ``text`` and ``number``: a text or number, or ``{"text": what is shown, "sort": what it is ordered by}``;
        ``bar``: ``{"done", "expected", "required", "total"}`` in stops, the middle two may be None;
        ``rung``: ``{"kind": "ok" | "watch" | "act", "text"}``, drawn with its sign ✓ ● ▲;
        ``age``: whole minutes since the figure was true.
    numeric
        Right-aligned; the first press on its heading puts the largest first.
    hide_on_phone
        Whether a narrow screen leaves it out.
    old_after_min
        An age of this many minutes or more is said in words; None never does.
    """

    key: str
    label: str
    kind: CellKind = "text"
    numeric: bool = False
    hide_on_phone: bool = False
    old_after_min: float | None = None


class Board(anywidget.AnyWidget):
    """Rows in the order of need; the person may sort, filter and select, and updates keep all of it.

    Parameters
    ----------
    columns
        From left to right; the first one names the row.
    label
        What the table is, for those who do not see it.
    filterable
        Whether there is a box to filter rows by their text.
    when_empty
        Sentence shown when there are no rows.
    """

    _esm = STATIC / "board.js"
    _css = STATIC / "board.css"

    columns = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    filterable = traitlets.Bool(True).tag(sync=True)
    when_empty = traitlets.Unicode("Nothing here.").tag(sync=True)
    selected = traitlets.Unicode(help="Id of the selected row, or an empty text.").tag(sync=True)

    def __init__(self, columns: Iterable[Column], *, label: str, **kwargs: Any) -> None:
        self.set_trait("columns", [asdict(column) for column in columns])
        self._sent = SentRows()
        self._selections = CallbackDispatcher()
        super().__init__(label=label, **kwargs)
        self.on_msg(self._heard)

    def show(self, rows: Iterable[Row]) -> None:
        """Show these rows, what needs a person first; only what changed since the last call is sent."""
        if message := self._sent.show(rows):
            self.send(message)

    def on_select(self, callback: Callable[[str], None]) -> None:
        """Call `callback(row id)` whenever the person chooses a row, the same one again too."""
        self._selections.register_callback(callback)

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        match content:
            case {"event": "ready"}:
                self.send(self._sent.everything())
            case {"event": "select", "id": str(row_id)}:
                self.selected = row_id
                self._selections(row_id)
