"""The day as a timeline: what was planned, what became of it and what happened when, a lane for each route or phase."""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import anywidget
import traitlets
from ipywidgets import CallbackDispatcher

from dispatchkit.printable import printable
from widgets.hour_ticks import Tick
from widgets.row_patches import Row, SentRows

STATIC = Path(__file__).parent / "static"

BarKind = Literal["plan", "done", "late", "break"]
EventKind = Literal["departure", "return", "rescue", "alarm", "break", "file"]


@dataclass(frozen=True, kw_only=True)
class Span:
    """The stretch of time that is shown, in seconds since 1970 UTC."""

    begin_s: float
    end_s: float

    def __post_init__(self) -> None:
        if not self.end_s > self.begin_s:
            raise ValueError(f"A timeline from {self.begin_s} to {self.end_s} has no length.")


@dataclass(frozen=True, kw_only=True)
class Bar:
    """Something that lasts. Times in seconds since 1970 UTC.

    Attributes
    ----------
    kind
        ``plan`` is drawn hollow, ``done`` full, ``late`` hatched, ``break`` dotted.
    title
        What it is, as a sentence with its times: for those who hover and for those who cannot see the bar.
    """

    kind: BarKind
    from_s: float
    to_s: float
    title: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that happens at one moment, in seconds since 1970 UTC.

    Attributes
    ----------
    kind
        ``departure``, ``return``, ``rescue`` (a meeting), ``alarm``, ``break`` or ``file`` (one was imported).
    title
        What it is, as a sentence with its time.
    """

    kind: EventKind
    at_s: float
    title: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    """A route, a wave or a phase: one row of the timeline.

    Attributes
    ----------
    id
        Its own among the lanes.
    label
        What stands before it.
    """

    id: str
    label: str
    bars: tuple[Bar, ...] = ()
    events: tuple[Event, ...] = ()


class Timeline(anywidget.AnyWidget):
    """Lanes over the hours of the day, and where now is. Updates move nothing that the reader looks at.

    Parameters
    ----------
    label
        What the timeline is, for those who do not see it.
    when_empty
        Sentence shown when there are no lanes.
    """

    _esm = STATIC / "timeline.js"
    _css = STATIC / "timeline.css"

    label = traitlets.Unicode().tag(sync=True)
    when_empty = traitlets.Unicode("Nothing has happened yet.").tag(sync=True)
    selected = traitlets.Unicode(help="Id of the selected lane, or an empty text.").tag(sync=True)
    span = traitlets.Dict(help="begin_s and end_s, or empty before the first lanes.").tag(sync=True)
    ticks = traitlets.List(traitlets.Dict(), help="at (seconds since 1970 UTC) and label of each hour.").tag(sync=True)
    now_s = traitlets.Float(None, allow_none=True).tag(sync=True)

    def __init__(self, *, label: str, **kwargs: Any) -> None:
        self._sent = SentRows()
        self._selections = CallbackDispatcher()
        super().__init__(label=label, **kwargs)
        self.on_msg(self._heard)

    def show(self, lanes: Iterable[Lane], span: Span, ticks: Iterable[Tick], now_s: float | None) -> None:
        """Show these lanes; only those that changed since the last call are sent.

        Parameters
        ----------
        lanes
            From top to bottom.
        span
            From when to when; what lies outside is cut off.
        ticks
            The hours, as `hour_ticks` reckons them in the station's zone.
        now_s
            Where the line of the present stands, in seconds since 1970 UTC; None on a day that is over.
        """
        with self.hold_sync():
            self.span = asdict(span)
            self.ticks = [{"at": tick.at_s, "label": tick.label} for tick in ticks]
            self.now_s = now_s
        if message := self._sent.show(_row(lane) for lane in lanes):
            self.send(message)

    def on_select(self, callback: Callable[[str], None]) -> None:
        """Call `callback(lane id)` whenever the person chooses a lane, the same one again too."""
        self._selections.register_callback(callback)

    def _heard(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        match content:
            case {"event": "ready"}:
                self.send(self._sent.everything())
            case {"event": "select", "id": str(lane_id)}:
                self.selected = lane_id
                self._selections(lane_id)


def _row(lane: Lane) -> Row:
    """One lane as a row for the browser; words of files and people are spelt out where they do not print."""
    row = asdict(lane)
    for named in (*row["bars"], *row["events"]):
        named["title"] = printable(named["title"])
    return row | {"label": printable(lane.label)}
