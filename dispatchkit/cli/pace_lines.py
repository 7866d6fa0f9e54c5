"""The pace board on a command line: its lines as rows of a table, and as keys for programs."""

from datetime import UTC, datetime
from typing import Any

import msgspec
import numpy as np

from dispatchkit.day import Day
from dispatchkit.pace.ages import ages
from dispatchkit.pace.behind_course import Course
from dispatchkit.pace.board import BACK, Line
from dispatchkit.pace.breaks import in_words
from dispatchkit.pace.explain import Why
from dispatchkit.times import clock_text

COLUMNS = (
    "route", "driver", "state", "done", "expected", "behind", "trend", "P50", "P90", "by", "late", "help", "break",
    "contact", "age", "do",
)  # fmt: skip


def as_row(day: Day, line: Line, now: datetime, names: dict[str, str]) -> tuple[object, ...]:
    """One line of the board at `now` in the order of `COLUMNS`; `names` are people's by transporter id."""

    def clock(at: datetime) -> str:
        return clock_text(at, day.course.timezone, str(day.key.service_day))

    done = ages(day.road.routes[line.route_id], now).done
    age = "–" if done.age_s is None else f"{done.age_s / 60:.0f} min{' old' if line.stale else ''}"
    return (
        line.code, names.get(line.driver_id, line.driver_id), line.state, f"{line.done}/{line.total}", line.expected,
        line.behind, line.trend.words if line.trend else "–", clock(line.finish_p50), clock(line.finish_p90),
        clock(line.finish_by), f"{line.chance_late:.0%}", f"{line.help_min:.0f} min",
        in_words(line.breaks, now, clock, is_back=line.state == BACK) or "–",
        clock(line.contact.at) if line.contact else "–", age, str(line.rung),
    )  # fmt: skip


def as_keys(
    day: Day, line: Line, now: datetime, names: dict[str, str], course: Course, reasons: tuple[Why, ...]
) -> dict[str, Any]:
    """One line of the board at `now` for a program; instants in UTC as ISO 8601.

    Returns
    -------
    dict
        The attributes of `Line`, where `trend` is ``{"per_h", "steady", "words"}`` or None, `breaks` is ``{"taken_s",
        "owed_s", "due_at"}`` and `contact` is ``{"at", "what"}`` or None. Besides:
        `driver`: the name, empty where none is known; `ages`: of each figure, as in `Ages`;
        `course`: ``[[instant, stops behind], …]`` since the departure, None where nothing was heard;
        `why`: ``[{"what", "minutes", "share_pct"}, …]`` of a route that is not on pace, the heaviest first.
    """
    known = zip(course.at_s.tolist(), course.behind.tolist(), strict=True)
    return {
        **msgspec.to_builtins(line),
        "marked": list(line.marked),
        "trend": msgspec.to_builtins(line.trend) | {"words": line.trend.words} if line.trend else None,
        "contact": msgspec.to_builtins(line.contact),
        "driver": names.get(line.driver_id, ""),
        "ages": msgspec.to_builtins(ages(day.road.routes[line.route_id], now)),
        "course": [[_in_utc(at_s), None if np.isnan(behind) else int(behind)] for at_s, behind in known],
        "why": msgspec.to_builtins(reasons),
    }


def _in_utc(at_s: float) -> str:
    text: str = msgspec.to_builtins(datetime.fromtimestamp(at_s, UTC))
    return text
