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

CellKind = Literal["text", "number", "bar", "rung", "sign", "age", "window", "sparkline", "acts"]


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
        ``text`` and ``number``: a text or number, or ``{"text": what is shown, "sort": what it is ordered by, "title":
        what it says in full, may be left out}``;
        ``bar``: ``{"done", "expected", "required", "total"}`` in stops, the middle two may be None;
        ``rung`` and ``sign``: ``{"kind": "ok" | "watch" | "act" | "old", "text"}``, drawn with its sign ✓ ● ▲ ◷; a rung
        is a step of the response ladder, a sign any other state;
        ``age``: whole minutes since the figure was true;
        ``window``: ``{"text", "sort", "title", "from_min", "to_min"}``: a stretch of time in minutes after the end of a
        window, drawn under its text as a strip around that end;
        ``sparkline``: ``{"line", "zero", "last", "text", "title", "sort"}`` as `widgets.on_road.behind_line.sparkline`
        makes it: the line drawn, and a few words beside it;
        ``acts``: buttons, a list of ``{"id", "label", "title", "disabled"}``: `title` says more, and of a button that
        is off (`disabled` may be left out) why it is.
    numeric
        Right-aligned; the first press on its heading puts the largest first.
    hide_on_phone
        Whether a narrow screen leaves it out.
    wide_only
        Whether only a wide board shows it; on any other the person asks for more columns.
    old_after_min
        An age of this many minutes or more is said in words; None never does.
    """

    key: str
    label: str
    kind: CellKind = "text"
    numeric: bool = False
    hide_on_phone: bool = False
    wide_only: bool = False
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
    selectable
        ``one``: a press chooses a row. ``many``: rows have marks besides, so that one decision can be about several;
        Shift marks all rows from the one that was marked last.
    when_empty
        Sentence shown when there are no rows.
    order_name
        What the order is called in which the rows come, such as "by need".
    """

    _esm = STATIC / "board.js"
    _css = STATIC / "board.css"

    columns = traitlets.List(traitlets.Dict(), read_only=True).tag(sync=True)
    label = traitlets.Unicode().tag(sync=True)
    filterable = traitlets.Bool(True).tag(sync=True)
    when_empty = traitlets.Unicode("Nothing here.").tag(sync=True)
    order_name = traitlets.Unicode("by need").tag(sync=True)
    selectable = traitlets.Enum(["one", "many"], "one").tag(sync=True)
    selected = traitlets.Unicode(help="Id of the selected row, or an empty text.").tag(sync=True)
    marked = traitlets.List(traitlets.Unicode(), help="Ids of the marked rows, in the order of need.").tag(sync=True)

    def __init__(self, columns: Iterable[Column], *, label: str, **kwargs: Any) -> None:
        self.set_trait("columns", [asdict(column) for column in columns])
        self._sent = SentRows()
        self._selections = CallbackDispatcher()
        self._acts = CallbackDispatcher()
        self._marks = CallbackDispatcher()
        super().__init__(label=label, **kwargs)
        self.on_msg(self._heard)

    def show(self, rows: Iterable[Row]) -> None:
        """Show these rows, what needs a person first; only what changed since the last call is sent.

        A row's ``as_of``, a time of day, says that its figures are as old as that: it stands beside the row's name, and
        the figures are drawn muted. Rows whose figures are live have None there, or nothing.

        A row that goes takes its mark with it: nobody decides about what they no longer see.
        """
        if message := self._sent.show(rows):
            self.send(message)
        known = self._sent.ids()
        if any(row_id not in known for row_id in self.marked):
            self._mark([row_id for row_id in self.marked if row_id in known])

    def on_select(self, callback: Callable[[str], None]) -> None:
        """Call `callback(row id)` whenever the person chooses a row, the same one again too."""
        self._selections.register_callback(callback)

    def on_act(self, callback: Callable[[str, str], None]) -> None:
        """Call `callback(row id, act id)` when a button in a row is pressed; it stays off until that is done."""
        self._acts.register_callback(callback)

    def on_marked(self, callback: Callable[[list[str]], None]) -> None:
        """Call `callback(ids of the marked rows)` whenever marks change, also when a marked row goes."""
        self._marks.register_callback(callback)

    def _mark(self, row_ids: list[str]) -> None:
        self.marked = row_ids
        self._marks(row_ids)

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        match content:
            case {"event": "ready"}:
                self.send(self._sent.everything())
            case {"event": "select", "id": str(row_id)}:
                self.selected = row_id
                self._selections(row_id)
            case {"event": "act", "row": str(row_id), "act": str(act_id)}:
                if row_id in self._sent.ids():
                    self._acts(row_id, act_id)
                self.send({"op": "acted", "row": row_id, "act": act_id})
            case {"event": "mark", "ids": list(row_ids)} if self.selectable == "many":
                self._mark([row_id for row_id in self._sent.ids() if row_id in row_ids])
