"""The hourly report, as dispatchers write it to the station: how many are behind, which, why, what is done. Pure."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from statistics import median

from dispatchkit.day import Day
from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.day.road import RescueUnderWay
from dispatchkit.pace.board import BACK, NOT_LEFT, Line
from dispatchkit.pace.ladder import Rung
from dispatchkit.pace.progress import progress
from dispatchkit.pace.timetable import Timetables
from dispatchkit.plan.legs import STATION
from dispatchkit.records import PlannedRoute, Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between

SPREAD_OUT, SLOW, CONNECTION = "spread-out route", "slow pace", "connection issue"
MANY_PACKAGES, MANY_STOPS, OTHER = "high package count", "high stop count", "other"
ROOT_CAUSES = (SPREAD_OUT, SLOW, CONNECTION, MANY_PACKAGES, MANY_STOPS, OTHER)
"""Root causes, in the words of the report."""

PLANNED, SENT, ON_THE_WAY = "rescue planned", "rescue sent", "rescue on the way"
MONITORING, COMPLETE, UNDECIDED = "monitoring", "complete", "not decided yet"
ACTIONS = (PLANNED, SENT, ON_THE_WAY, MONITORING, COMPLETE, UNDECIDED)
"""What is done about a route; the last one is honest about nothing having been decided."""

MIN_PER_S = 1 / 60


class Behind(Record, frozen=True):
    """A route that is behind. `cause_why` and `action_why` are what they were told from, empty where nothing tells.

    `chosen` says that a person chose the cause; "other" that nobody chose is there to be chosen.
    """

    route_id: str
    code: str
    driver: str
    stops_behind: int
    cause: str
    cause_why: str
    action: str
    action_why: str
    chosen: bool = False


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
    chosen: Mapping[str, str] | None = None,
) -> HourlyReport:
    """Report the day at `now`.

    Parameters
    ----------
    board
        The pace board at the same instant; routes keep its order.
    name_of
        driver_id → name.
    chosen
        route_id → root cause, where a person knows better than the figures.
    """
    lines = list(board)
    out = [x for x in lines if x.state not in (NOT_LEFT, BACK)]
    behind = [x for x in out if x.behind >= station.pace.watch_behind_count]
    at_risk = [x for x in out if x not in behind and x.chance_late >= station.pace.watch_late_share]
    usual = _Usual(day, tables)
    routes = tuple(_behind(day, x, now, station, tables, usual, name_of, chosen or {}) for x in behind)
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


class _Usual:
    """What a route of this day usually is: medians over the plan."""

    def __init__(self, day: Day, tables: Timetables) -> None:
        routes = [r for r in day.plan.routes if r.stop_ids]
        self.stops = median(len(r.stop_ids) for r in routes) if routes else 0.0
        self.packages = median(packages_of(day, r.stop_ids) for r in routes) if routes else 0.0
        self.leg_s = median(mean_leg_s(r, tables) for r in routes) if routes else 0.0


def packages_of(day: Day, stop_ids: Iterable[str]) -> int:
    """Packages for these stops."""
    return sum(len(day.plan.stop[s].packages) for s in stop_ids)


def mean_leg_s(route: PlannedRoute, tables: Timetables) -> float:
    """Planned seconds of driving between two stops of a route, without the ways from and to the station."""
    legs = tables.legs.work(STATION, route.stop_ids).drive_s[1:]
    return float(legs.mean()) if legs.size else 0.0


def root_cause(
    day: Day, line: Line, *, station: Station, tables: Timetables, usual: "_Usual"
) -> tuple[str, str]:
    """The root cause that the facts tell, and from what; ("other", why) where they tell none of the usual ones.

    What holds now (nothing heard) comes before what was so from the start (its stops, its packages, its legs).
    """
    rules, planned = station.hourly, day.plan.route[line.route_id]
    if line.stale:
        return CONNECTION, f"nothing heard for {line.age_s * MIN_PER_S:.0f} min"
    known = progress(day, line.route_id, tables, lost_after_s=station.forecast.lost_after_s)
    if known is not None and known.paced_stops >= rules.paced_count and known.planned_s > 0:
        rate = known.worked_s / known.planned_s
        if rate >= 1 + rules.slow_share:
            return SLOW, f"stops take {rate:.2f} times as long as planned"
    stops, packages = len(planned.stop_ids), packages_of(day, planned.stop_ids)
    if stops >= (1 + rules.stops_share) * usual.stops:
        return MANY_STOPS, f"{stops} stops, {usual.stops:.0f} are usual today"
    if packages >= (1 + rules.packages_share) * usual.packages:
        return MANY_PACKAGES, f"{packages} packages, {usual.packages:.0f} are usual today"
    leg_s = mean_leg_s(planned, tables)
    if leg_s >= (1 + rules.spread_share) * usual.leg_s:
        return SPREAD_OUT, f"{leg_s:.0f} s between stops, {usual.leg_s:.0f} s are usual today"
    late_s = seconds_between(planned.departs_at, line.departed_at) if line.departed_at else 0.0
    if late_s > station.alarm.wave_late_s:
        return OTHER, f"left {late_s * MIN_PER_S:.0f} min late"
    return OTHER, ""


def action(day: Day, line: Line, *, now: datetime, station: Station) -> tuple[str, str]:
    """What is done about a route, and from what that is told."""
    mine = [r for r in day.road.rescues.values() if r.started.route_id == line.route_id]
    if mine:
        return _of_rescue(day, max(mine, key=lambda r: r.started.at), now, station)
    taken_on = next(
        (a for a in day.road.alarms.values() if line.route_id in a.raised.route_ids and a.acknowledged_by), None
    )
    needs_help = line.rung in (Rung.HELP, Rung.RESCUE_VAN)
    if taken_on is not None and taken_on.cleared_at is None:
        return PLANNED if needs_help else MONITORING, f"{taken_on.acknowledged_by} is on it"
    return (UNDECIDED, "") if needs_help else (MONITORING, "")


def _of_rescue(day: Day, rescue: RescueUnderWay, now: datetime, station: Station) -> tuple[str, str]:
    started = rescue.started
    helper = day.code(started.helper_route_id)
    if rescue.ended_at is not None:
        if rescue.met_at is not None or rescue.outcome == COMPLETE:
            return COMPLETE, f"{helper} took {_stops(started)}"
        return MONITORING, rescue.outcome
    if rescue.met_at is not None:
        return MONITORING, f"{helper} has taken {_stops(started)}"
    meet = f"{helper} meets it at {_clock(day, started.meet_at)}"
    told = seconds_between(started.at, now) >= station.rescue.notice_s
    return (ON_THE_WAY, meet) if told else (SENT, meet)


def _stops(started: RescueStarted) -> str:
    count = len(started.stop_ids)
    return f"{count} stop" if count == 1 else f"{count} stops"


def _behind(
    day: Day, line: Line, now: datetime, station: Station, tables: Timetables, usual: _Usual,
    name_of: Callable[[str], str], chosen: Mapping[str, str],
) -> Behind:  # fmt: skip
    cause, cause_why = root_cause(day, line, station=station, tables=tables, usual=usual)
    picked = chosen.get(line.route_id, "")
    done, done_why = action(day, line, now=now, station=station)
    return Behind(
        route_id=line.route_id,
        code=line.code,
        driver=name_of(line.driver_id) or line.driver_id or "nobody",
        stops_behind=line.behind,
        cause=picked or cause,
        cause_why="" if picked and picked != cause else cause_why,
        action=done,
        action_why=done_why,
        chosen=bool(picked),
    )


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
