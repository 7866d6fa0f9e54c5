"""The hourly report, as dispatchers write it to the station: how many are behind, which, why, what is done. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts.road import ActionNamed, RootCauseNamed
from dispatchkit.pace.action import action
from dispatchkit.pace.board import BACK, NOT_LEFT, Line
from dispatchkit.pace.named import named_action, named_cause, who_and_when
from dispatchkit.pace.root_cause import Usual, packages_of, root_cause, usual_route
from dispatchkit.pace.timetable import Timetables
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text


class Behind(Record, frozen=True):
    """A route that is behind.

    Attributes
    ----------
    cause, cause_why
        Root cause in the station's words, and what it was told from; the latter is empty where nothing tells.
    action, action_why
        What is done about it, likewise.
    cause_by, action_by
        Who named it, and empty where it is what the figures tell. "other" that nobody named is there to be named.
    """

    route_id: str
    code: str
    driver: str
    stops_behind: int
    cause: str
    cause_why: str
    action: str
    action_why: str
    cause_by: str
    action_by: str


class HourlyReport(Record, frozen=True):
    """The day at an instant. Each route on the road is in one of `in_progress`, `at_risk` and `behind`.

    Attributes
    ----------
    package_pct
        Packages of stops that are done, in percent of all packages of the plan.
    text
        The whole report, as it is pasted into a message.
    """

    at: datetime
    in_progress: int
    at_risk: int
    behind: int
    not_left: int
    back: int
    package_pct: float
    routes: tuple[Behind, ...]
    text: str


def hourly(
    day: Day,
    board: Iterable[Line],
    *,
    now: datetime,
    station: Station,
    tables: Timetables,
    name_of: Callable[[str], str],
) -> HourlyReport:
    """Report the day at `now`. What a dispatcher named comes before what the figures tell, with who says so.

    Parameters
    ----------
    board
        The pace board at the same instant; routes keep its order.
    name_of
        driver_id → name.
    """
    lines = list(board)
    out = [x for x in lines if x.state not in (NOT_LEFT, BACK)]
    behind = [x for x in out if x.behind >= station.pace.watch_behind_count]
    at_risk = [x for x in out if x not in behind and x.chance_late >= station.pace.watch_late_share]
    normal = usual_route(day, tables)
    routes = tuple(_behind(day, x, now, station, tables, normal, name_of) for x in behind)
    counts = {
        "in_progress": len(out) - len(behind) - len(at_risk),
        "at_risk": len(at_risk),
        "behind": len(behind),
        "not_left": sum(x.state == NOT_LEFT for x in lines),
        "back": sum(x.state == BACK for x in lines),
    }
    package_pct = _package_pct(day)
    return HourlyReport(
        at=now, **counts, package_pct=package_pct, routes=routes, text=_text(day, now, counts, package_pct, routes)
    )


def _behind(
    day: Day, line: Line, now: datetime, station: Station, tables: Timetables, normal: Usual,
    name_of: Callable[[str], str],
) -> Behind:  # fmt: skip
    cause, cause_why = root_cause(day, line, station=station, tables=tables, usual=normal)
    done, done_why = action(day, line, now=now, station=station)
    cause_by = action_by = ""
    if said := named_cause(day, line.route_id):
        cause_why = _says(day, said, said.note or (cause_why if said.cause == cause else ""))
        cause, cause_by = said.cause, said.by
    if told := named_action(day, line.route_id):
        done, done_why, action_by = told.action, _says(day, told), told.by
    return Behind(
        route_id=line.route_id,
        code=line.code,
        driver=name_of(line.driver_id) or line.driver_id or "nobody",
        stops_behind=line.behind,
        cause=cause,
        cause_why=cause_why,
        action=done,
        action_why=done_why,
        cause_by=cause_by,
        action_by=action_by,
    )


def _says(day: Day, named: RootCauseNamed | ActionNamed, why: str = "") -> str:
    said = who_and_when(day, named)
    return f"{why}; {said}" if why else said


def _package_pct(day: Day) -> float:
    total = day.plan.package_count
    left = sum(packages_of(day, route.remaining) for route in day.road.routes.values())
    return round(100 * (total - left) / total, 1) if total else 0.0


def _text(
    day: Day, now: datetime, counts: Mapping[str, int], package_pct: float, routes: tuple[Behind, ...]
) -> str:
    head = f"{day.key.station} {day.key.service_day:%d %b} {_clock(day, now)}"
    sums = (
        f"In progress {counts['in_progress']} | At risk {counts['at_risk']} | Behind {counts['behind']} | "
        f"Package progress {package_pct:.0f} %"
    )
    rest = [f"Not left {counts['not_left']}"] if counts["not_left"] else []
    rest += [f"Back {counts['back']}"] if counts["back"] else []
    blocks = [
        f"{r.code} | {r.driver} | {r.stops_behind} BEHIND\n"
        f"Root cause: {_with_why(r.cause, r.cause_why)}\nAction: {_with_why(r.action, r.action_why)}"
        for r in routes
    ]
    return "\n".join([head, sums, *([" | ".join(rest)] if rest else []), *("\n" + b for b in blocks)])


def _with_why(what: str, why: str) -> str:
    return f"{what} ({why})" if why else what


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, str(day.key.service_day))
