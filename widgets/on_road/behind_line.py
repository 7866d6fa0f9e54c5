"""The course of stops behind as a drawing: above its line of zero a route is ahead, below it behind."""

import math
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from dispatchkit.day import Day
from dispatchkit.pace.behind_course import Course, Trend
from dispatchkit.times import after
from widgets.hour_ticks import hour_ticks
from widgets.plain import markup

WIDTH, HEIGHT = 120, 40
"""Of a board's sparkline, in units of its drawing: half a pixel each."""

WIDE, HIGH, FOOT = 360, 84, 16
"""Of the chart beside the selected route, and what its hours take below."""

HOURS_APART = 2
"""Every other hour has its time below the chart."""

EDGE = 4
"""Left free above and below, so that no line is cut off."""

AHEAD_SHOWN = 8
"""So many stops ahead have room at least, and `call_behind` stops behind: a calm route looks calm."""

SPARK_STEP_S = 2 * 3600.0
"""Sparklines grow by so much of the day at a time: what was drawn stays where it is, and an hour has room."""

NO_TREND, STEADY, LOSING, GAINING = "", "→", "↘", "↗"


class Scale:
    """Where instants and stops behind lie in a drawing.

    Parameters
    ----------
    span_s
        The day from left to right, epoch seconds; the same for all routes, so that an hour stands in one place.
    least_behind
        So many stops behind have room at least.
    """

    def __init__(
        self, course: Course, span_s: tuple[float, float], least_behind: int, width: int, height: int
    ) -> None:
        known = course.behind[~np.isnan(course.behind)]
        self._begin_s, self._width, self._height = span_s[0], width, height
        self._per_s = width / max(1.0, span_s[1] - span_s[0])
        self.top = min(-AHEAD_SHOWN, int(known.min(initial=0)))
        self.bottom = max(least_behind, int(known.max(initial=0)))

    def x(self, at_s: float) -> int:
        """From the left; never outside the drawing."""
        return int(min(self._width, max(0.0, (at_s - self._begin_s) * self._per_s)))

    def y(self, behind: float) -> int:
        """From the top: what is behind lies below."""
        room = self._height - 2 * EDGE
        return EDGE + round((behind - self.top) / (self.bottom - self.top) * room)


def span_of(day: Day) -> tuple[datetime, datetime]:
    """The day on the road: from the first departure, told or planned, to the end of the last window."""
    left, planned = day.load_out.departed, day.plan.routes
    begins = [left[r.route_id].at if r.route_id in left else r.departs_at for r in planned]
    return min(begins), max(r.finish_by for r in planned)


def spark_span_s(day: Day, now: datetime) -> tuple[float, float]:
    """The stretch of the day that all sparklines show at `now`, epoch seconds: in whole steps from its begin on."""
    begin_s = span_of(day)[0].timestamp()
    steps = max(1, math.ceil((now.timestamp() - begin_s) / SPARK_STEP_S))
    return begin_s, begin_s + steps * SPARK_STEP_S


def path(course: Course, scale: Scale) -> str:
    """The course as the data of an SVG path; where nothing was heard the pen is lifted."""
    parts, is_down = [], False
    for at_s, behind in zip(course.at_s.tolist(), course.behind.tolist(), strict=True):
        known = not math.isnan(behind)
        if known:
            parts.append(f"{'L' if is_down else 'M'}{scale.x(at_s)} {scale.y(behind)}")
            parts.append("" if is_down else "h0")     # a figure that stands alone is a dot
        is_down = known
    return "".join(parts)


def sparkline(course: Course, span_s: tuple[float, float], least_behind: int) -> dict[str, Any]:
    """The course as a board's cell.

    Returns
    -------
    dict
        `line`: data of an SVG path in `WIDTH` × `HEIGHT`; `zero`: where on pace lies; `last`: ``[x, y]`` of what was
        heard last, None for a route that has not left; `text`: the trend as an arrow and stops an hour; `title`: the
        same and the course in words; `sort`: stops an hour, None where no trend is known.
    """
    scale = Scale(course, span_s, least_behind, WIDTH, HEIGHT)
    return {
        "line": path(course, scale),
        "zero": scale.y(0),
        "last": last_known(course, scale) if course.at_s.size else None,
        "text": trend_text(course.trend),
        "title": course.words,
        "sort": None if course.trend is None else round(course.trend.per_h, 1),
    }


def trend_text(trend: Trend | None) -> str:
    """A trend as an arrow and stops an hour: "↘ 9" loses nine; empty where none is known."""
    if trend is None:
        return NO_TREND
    if trend.steady:
        return STEADY
    return f"{LOSING if trend.per_h > 0 else GAINING} {abs(trend.per_h):.0f}"


def chart(day: Day, course: Course, span: tuple[datetime, datetime], least_behind: int) -> str:
    """The course as a drawing with hours below it, as markup; empty for a route that has not left."""
    if not course.at_s.size:
        return ""
    zone = ZoneInfo(day.course.timezone)
    scale = Scale(course, (span[0].timestamp(), span[1].timestamp()), least_behind, WIDE, HIGH)
    hours = "".join(
        f'<path class="hour" d="M{scale.x(tick.at_s)} 0V{HIGH}"/>'
        f'<text x="{scale.x(tick.at_s)}" y="{HIGH + FOOT - 3}">{markup(tick.label)}</text>'
        for tick in hour_ticks(after(span[0], 1), after(span[1], -1), zone)[::HOURS_APART]
    )
    (last_x, last_y), zero, words = last_known(course, scale), scale.y(0), markup(course.words)
    return (
        f'<svg class="behind-chart" viewBox="0 0 {WIDE} {HIGH + FOOT}" role="img" aria-label="{words}">'
        f"<title>{words}</title>{hours}"
        f'<path class="zero" d="M0 {zero}H{WIDE}"/><text class="on-pace" x="{WIDE}" y="{zero - 3}">on pace</text>'
        f'<path class="course" d="{path(course, scale)}"/><circle cx="{last_x}" cy="{last_y}" r="4"/></svg>'
    )


def last_known(course: Course, scale: Scale) -> list[int]:
    """Where the last figure lies, from the left and from the top; a route that has left has one."""
    at = int(np.flatnonzero(~np.isnan(course.behind))[-1])
    return [scale.x(float(course.at_s[at])), scale.y(float(course.behind[at]))]
