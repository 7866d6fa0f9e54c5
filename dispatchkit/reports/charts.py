"""Pictures of a day as SVG text: how the stops went, and when the routes were back. Drawn without a screen."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.dates import DateFormatter
from matplotlib.figure import Figure

from dispatchkit.printable import printable

INK, QUIET, LATE = "#17202c", "#8f9baa", "#b3261e"
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "dispatchkit",
    "svg.fonttype": "none",
    "font.family": "sans-serif",
    "font.size": 9,
    "text.parse_math": False,  # a dollar sign in a route code is a dollar sign
}


def progress_chart(planned: Sequence[datetime], done: Sequence[datetime], timezone: str) -> str:
    """Stops done over the day against the plan, both cumulated, as SVG; instants in the station's zone."""
    zone = ZoneInfo(timezone)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(7, 2.6), layout="constrained")
        axes = figure.add_subplot()
        for instants, colour, style, name in ((planned, QUIET, "--", "planned"), (done, INK, "-", "done")):
            ordered = np.array(sorted(instants), dtype=object)
            axes.step(ordered, np.arange(1, len(ordered) + 1), style, color=colour, where="post", label=name)
        axes.xaxis.set_major_formatter(DateFormatter("%H:%M", tz=zone))  # type: ignore[no-untyped-call]
        axes.set_ylabel("stops")
        axes.set_ylim(bottom=0)
        axes.legend(frameon=False, loc="upper left")
        axes.spines[["top", "right"]].set_visible(False)
        return _svg(figure)


def finish_chart(routes: pd.DataFrame, timezone: str) -> str:
    """When each route was back against the end of its window, as SVG; needs the columns of `routes_frame`."""
    back = routes.dropna(subset=["returned_at"]).sort_values("returned_at")
    zone = ZoneInfo(timezone)
    with mpl.rc_context(SETTINGS):
        figure = Figure(figsize=(7, max(1.6, 0.16 * len(back) + 0.8)), layout="constrained")
        axes = figure.add_subplot()
        places = np.arange(len(back))
        late = back["late_min"].to_numpy() > 0
        axes.hlines(places, back["departed_at"], back["returned_at"], color=QUIET, linewidth=1)
        axes.plot(back["finish_by"], places, "|", color=INK, markersize=8, label="window ends")
        for mask, colour, sign, name in ((~late, INK, "o", "back in time"), (late, LATE, "^", "back late")):
            axes.plot(back["returned_at"][mask], places[mask], sign, color=colour, markersize=4, label=name)
        axes.set_yticks(places, [printable(code) for code in back["code"]])
        axes.tick_params(axis="y", labelsize=7)
        axes.xaxis.set_major_formatter(DateFormatter("%H:%M", tz=zone))  # type: ignore[no-untyped-call]
        axes.legend(frameon=False, ncols=3, loc="upper center", bbox_to_anchor=(0.5, -0.06))
        axes.spines[["top", "right"]].set_visible(False)
        return _svg(figure)


def _svg(figure: Figure) -> str:
    drawn = io.StringIO()
    figure.savefig(drawn, format="svg", metadata={"Date": None})
    return drawn.getvalue()[drawn.getvalue().index("<svg") :]
