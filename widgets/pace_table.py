"""The pace board's lines as rows of a `Board`: what is shown, and in which words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dispatchkit.day import Day
from dispatchkit.pace.behind_course import Course, behind_courses
from dispatchkit.pace.board import BACK, HEADING_BACK, ON_THE_ROAD, Line
from dispatchkit.pace.breaks import in_words
from dispatchkit.pace.ladder import Rung
from dispatchkit.pace.timetable import timetables
from dispatchkit.plan.legs import Between
from dispatchkit.printable import printable
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between
from widgets.board import Column
from widgets.on_road.behind_line import spark_span_s, sparkline

COLUMNS = (
    Column(key="code", label="Route"),
    Column(key="driver", label="Driver", hide_on_phone=True),
    Column(key="done", label="Done", kind="bar"),
    Column(key="behind", label="Behind", kind="number", numeric=True),
    Column(key="trend", label="Trend", kind="sparkline", numeric=True, hide_on_phone=True),
    Column(key="ends", label="Ends", kind="window", numeric=True, hide_on_phone=True),
    Column(key="by", label="By", kind="number", numeric=True, wide_only=True),
    Column(key="late", label="Late?", kind="number", numeric=True, hide_on_phone=True),
    Column(key="help", label="Help", kind="number", numeric=True, wide_only=True),
    Column(key="step", label="Next step", kind="rung"),
    Column(key="break", label="Break", wide_only=True),
    Column(key="contact", label="Contact", kind="number", numeric=True, wide_only=True),
    Column(key="age", label="Age", kind="age", numeric=True, hide_on_phone=True, old_after_min=10),
)
"""The board's columns.

- done: stops done, expected (black tick) and required (red tick) by now, of all that are the route's;
- behind: stops behind, positive is behind;
- trend: how that was over the day (below the line is behind), and how many stops an hour it loses or gains now;
- ends: when it is back in 5 and in 9 of 10 cases; the strip below shows both around the end of its window;
- by: when the window ends;
- late: chance of being back after it;
- help: driver-minutes to take off so that it is back in time in 8 of 10 cases;
- step: the rung of the response ladder; its reason on a hover and beside the selected route;
- break: taken, owed, or when it is due;
- contact: when the driver was last talked to;
- age: minutes since anything was heard.
"""

STEPS = {
    Rung.ON_PACE: "On pace",
    Rung.WATCH: "Watch",
    Rung.CALL: "Call driver",
    Rung.HELP: "Send help",
    Rung.RESCUE_VAN: "Rescue van",
    Rung.GET_OUT: "Get it out",
}
DRIVER_ID_SHOWN = 6
"""Signs of a transporter id that tell drivers apart on a board; the whole id stands beside the selected route."""


@dataclass(frozen=True, kw_only=True)
class Look:
    """What all rows of one look at the board share.

    Attributes
    ----------
    names
        People's names by transporter id.
    span_s
        The stretch of the day that all sparklines show, epoch seconds.
    least_behind
        So many stops behind have room in a sparkline at least.
    """

    now: datetime
    timezone: str
    service_day: str
    names: Mapping[str, str]
    span_s: tuple[float, float]
    least_behind: int

    def clock(self, at: datetime | None) -> str:
        """An instant as the station's clock shows it."""
        return clock_text(at, self.timezone, self.service_day)


def rung_kind(rung: Rung) -> str:
    """The board's and the map's kind for a rung: ok, watch or act."""
    if rung.height >= Rung.HELP.height:
        return "act"
    return "watch" if rung.height > Rung.ON_PACE.height else "ok"


def rows(
    day: Day, lines: Sequence[Line], *, now: datetime, station: Station, travel: Between, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """The lines of the pace board of `day` at `now` as rows of the `COLUMNS`; none where there are none."""
    if not lines:
        return []
    courses = behind_courses(day, now=now, station=station, tables=timetables(day.plan, travel))
    look = Look(
        now=now, timezone=day.course.timezone, service_day=str(day.key.service_day), names=names,
        span_s=spark_span_s(day, now), least_behind=station.pace.call_behind_count,
    )  # fmt: skip
    return [row(line, courses[line.route_id], look) for line in lines]


def row(line: Line, course: Course, look: Look) -> dict[str, Any]:
    """One line of the pace board as a row; a driver whose name nobody knows has the beginning of the id."""
    earliest, latest, by = map(look.clock, (line.finish_p50, line.finish_p90, line.finish_by))
    out, back = line.state in (ON_THE_ROAD, HEADING_BACK), line.state == BACK
    step = STEPS[line.rung] if line.rung is not Rung.ON_PACE else line.state.capitalize() if not out else "On pace"
    return {
        "id": line.route_id,
        "as_of": look.clock(line.heard_at) if line.stale else None,
        "code": printable(line.code),
        "driver": printable(look.names.get(line.driver_id) or line.driver_id[:DRIVER_ID_SHOWN]),
        "done": {"done": line.done, "expected": line.expected, "required": line.required, "total": line.total},
        "behind": {"text": f"{line.behind:+d}" if out else "–", "sort": line.behind},
        "trend": sparkline(course, look.span_s, look.least_behind) if course.at_s.size else None,
        "ends": {
            "text": earliest if back else f"{earliest}–{latest}",
            "sort": line.finish_p50.timestamp(),
            "title": f"back at {earliest}, window ends {by}" if back
            else f"back by {earliest} in 5 of 10 cases, by {latest} in 9; window ends {by}",
            "from_min": round(seconds_between(line.finish_by, line.finish_p50) / 60),
            "to_min": round(seconds_between(line.finish_by, line.finish_p90) / 60),
        },
        "by": {"text": by, "sort": line.finish_by.timestamp()},
        "late": {"text": f"{line.chance_late:.0%}", "sort": line.chance_late},
        "help": {"text": f"{line.help_min:.0f} min", "sort": line.help_min} if line.help_min else None,
        "step": {"kind": rung_kind(line.rung), "text": step, "title": printable(line.reason)},
        "break": {
            "text": in_words(line.breaks, look.now, look.clock, is_back=back) or "–",
            "sort": line.breaks.owed_s,
        },
        "contact": {
            "text": look.clock(line.contact.at),
            "sort": line.contact.at.timestamp(),
            "title": f"{line.contact.what} {look.clock(line.contact.at)}",
        } if line.contact else None,
        "age": int(line.age_s // 60) if out else None,
    }  # fmt: skip


def summary(lines: Iterable[Line]) -> str:
    """The board in a line: how many routes, and how many of them need what."""
    kept = list(lines)
    kinds = [rung_kind(line.rung) for line in kept]
    back = sum(line.state == "back" for line in kept)
    done, total = sum(line.done for line in kept), sum(line.total for line in kept)
    share = f"{done / total:.0%} done" if total else "no stops"
    return (
        f"{len(kept)} routes · {kinds.count('act')} act · {kinds.count('watch')} watch · "
        f"{kinds.count('ok')} on pace · {back} back · {share}"
    )
