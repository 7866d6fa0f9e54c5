"""Why a route will be late, in shares: what pushes its finish past what the plan allowed for. Pure.

Each cause is counted in minutes; what speeds the route up, or is over already, is no cause. The shares add up to 100 %.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.road import OnRoad
from dispatchkit.pace.board import BACK, Line, gave_stops, help_on_the_way
from dispatchkit.pace.forecast import project
from dispatchkit.pace.ladder import Rung
from dispatchkit.pace.past import NO_PAST, Doors, Past
from dispatchkit.pace.progress import Progress
from dispatchkit.pace.timetable import Timetables
from dispatchkit.pace.today import today
from dispatchkit.plan.legs import STATION, Work
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between

LEAST_S = 60.0
"""Less than a minute is no reason."""

AREAS_NAMED = 2
"""Slow areas that are named one by one."""


class Why(Record, frozen=True):
    """A reason: in words that stand after "late because", the minutes that it costs, and its share in percent."""

    what: str
    minutes: float
    share_pct: int


def explain_late(
    day: Day, route_id: str, *, now: datetime, station: Station, tables: Timetables, past: Past = NO_PAST
) -> tuple[Why, ...]:
    """Say why a route will be later than planned, the heaviest reason first; nothing where it will not be.

    Counted are: the late departure; service and driving so far beyond the plan, by area, or of a bare count as a whole;
    time that was lost at one go; meetings; what it is at and does not end; longer breaks than planned; waits for
    windows; areas to come whose doors take longer on other days too; what the pace learned makes of the stops that are
    left; and a plan that is longer than the window.
    """
    told = today(day, station.forecast, tables, past)
    known = told.progress[route_id]
    planned = day.plan.route[route_id]
    departed = day.load_out.departed.get(route_id)
    if known is None or departed is None:
        late_s = seconds_between(planned.departs_at, now)
        return shares({f"has not left, {late_s / 60:.0f} min after its plan": late_s})
    rest = project(day, route_id, now=now, station=station, tables=tables, past=past)
    left_late_s = seconds_between(planned.departs_at, departed.at)
    drive_s, service_s = float(rest.work.drive_s.sum()) + rest.work.back_s, float(rest.work.service_s.sum())
    causes: dict[str, float] = {f"left {left_late_s / 60:.0f} min late": left_late_s}
    causes |= _so_far(day, route_id, known, tables, station.forecast.lost_after_s)
    stops, running_min = len(rest.work.stop_ids), seconds_between(known.since, now) / 60
    running = f"no further stop heard of for {running_min:.0f} min" if stops else (
        f"not back {running_min:.0f} min after its last stop"
    )
    causes[running] = rest.starts_s - known.since.timestamp()
    causes |= _slow_on_most_days(rest.work, told.doors[route_id], tables)
    causes[f"slow at the door on the {stops} stops ahead"] = service_s * (rest.service_rate - 1)
    causes["slow driving ahead"] = drive_s * (rest.drive_rate - 1)
    early = int((rest.wait_s > 0).sum())
    causes[f"waits for windows of {early} customer{'s' if early > 1 else ''} ahead"] = float(rest.wait_s.sum())
    causes["longer breaks than planned"] = day.road.routes[route_id].break_s - planned.break_s
    work_s = sum(planned.drive_s) + sum(map(tables.legs.service_s, planned.stop_ids)) + planned.break_s
    causes["more work than its window holds"] = work_s - seconds_between(planned.departs_at, planned.finish_by)
    return shares(causes)


def explain_line(
    day: Day, line: Line, *, now: datetime, station: Station, tables: Timetables, past: Past = NO_PAST
) -> tuple[Why, ...]:
    """Explain a line of the board that is not on pace; nothing for one that is, or is silent only, or is back."""
    watched = line.rung.height <= Rung.WATCH.height and help_on_the_way(day, line.route_id) is None
    behind = line.behind >= station.pace.watch_behind_count and not gave_stops(day, line.route_id)
    on_pace = watched and not behind and line.chance_late < station.pace.watch_late_share
    if on_pace or line.state == BACK:
        return ()
    return explain_late(day, line.route_id, now=now, station=station, tables=tables, past=past)


def shares(causes: dict[str, float]) -> tuple[Why, ...]:
    """Turn seconds by cause into whole percents that add up to 100, the heaviest first; less than a minute is none."""
    held = sorted(((s, what) for what, s in causes.items() if s >= LEAST_S), reverse=True)
    total = sum(s for s, _ in held)
    exact = [100 * s / total for s, _ in held]
    whole = [int(x) for x in exact]
    # what rounding down left over goes to those that lost most by it
    by_loss = sorted(range(len(held)), key=lambda k: whole[k] - exact[k])
    for k in by_loss[: 100 - sum(whole)]:
        whole[k] += 1
    return tuple(
        Why(what=what, minutes=round(s / 60, 1), share_pct=pct) for (s, what), pct in zip(held, whole, strict=True)
    )


def heading(line: Line) -> str:
    """What a line's reasons are reasons of: a late finish, or one inside its window that is later than planned."""
    return "Late because" if line.finish_p80 > line.finish_by else "Slower than planned because"


def in_words(line: Line, reasons: Sequence[Why]) -> str:
    """Put a line's reasons into a sentence; empty where there are none."""
    if not reasons:
        return ""
    return f"{heading(line)}: " + ", ".join(f"{r.what} ({r.share_pct} %)" for r in reasons) + "."


def _slow_on_most_days(work: Work, doors: Doors, tables: Timetables) -> dict[str, float]:
    """Seconds beyond the plan by area of the stops that are left, where its doors take longer on other days."""
    by_area: defaultdict[str, float] = defaultdict(float)
    for stop_id, service_s in zip(work.stop_ids, work.service_s, strict=True):
        by_area[tables.area[stop_id]] += float(service_s) * (1 - 1 / doors[tables.area[stop_id]])
    slow = sorted(((s, area) for area, s in by_area.items() if s > 0), reverse=True)
    found = {
        f"{area} takes {100 * (doors[area] - 1):.0f} % longer than planned on most days": s
        for s, area in slow[:AREAS_NAMED]
    }
    found["other areas that take longer than planned on most days"] = sum(s for s, _ in slow[AREAS_NAMED:])
    return found


def _so_far(
    day: Day, route_id: str, known: Progress, tables: Timetables, lost_after_s: float
) -> dict[str, float]:
    """Seconds beyond the plan of what is done: by area, and by themselves waits, meetings and what was lost at one go.

    Stops of a bare count beyond those told one by one are one stretch; nobody knows what befell the route in it.
    """
    route, legs = day.road.routes[route_id], tables.legs
    by_area: defaultdict[str, float] = defaultdict(float)
    lost_s = waited_s = met_s = 0.0
    before, before_at = STATION, day.load_out.departed[route_id].at
    for stop_id, at in sorted(route.served.items(), key=lambda served: served[1]):
        leg_s, rested_s = legs.leg_s(before, stop_id), _rested_s(route, before_at, at)
        over_s = seconds_between(before_at, at) - rested_s - leg_s - legs.service_s(stop_id)
        early_s = tables.opens_s[stop_id] - before_at.timestamp() - rested_s - leg_s
        wait_s = min(early_s, over_s) if early_s > 0 and over_s > 0 else 0.0     # not a number: it has no window
        waited_s, over_s = waited_s + wait_s, over_s - wait_s
        if route.met is not None and before_at < route.met.at <= at:
            met_s += over_s
        elif over_s > lost_after_s:
            lost_s += over_s
        else:
            by_area[tables.area[stop_id]] += over_s
        before, before_at = stop_id, at
    found = _by_area(by_area)
    counted = [s for s in route.order if s not in route.served][: route.done_count - len(route.served)]
    if counted and route.reported is not None:
        work, at = legs.work(before, counted), route.reported.at
        handover_s = route.met.handover_s if route.met is not None and before_at < route.met.at <= at else 0.0
        took_s = seconds_between(before_at, at) - _rested_s(route, before_at, at) - handover_s
        which = "last" if route.served else "first"
        found[f"slow on the {which} {len(counted)} stops"] = took_s - (work.total_s - work.back_s)
        met_s, before_at = met_s + handover_s, at
    if known.place is not None:
        met_s += seconds_between(before_at, known.since) - _rested_s(route, before_at, known.since)
    found["waits for windows of customers so far"] = waited_s
    found["a meeting with another driver"] = met_s
    found[f"{lost_s / 60:.0f} min lost at one go"] = lost_s
    return found


def _rested_s(route: OnRoad, after: datetime, until: datetime) -> float:
    return sum(s for ended, s in route.breaks.items() if after < ended <= until)


def _by_area(by_area: Mapping[str, float]) -> dict[str, float]:
    slow = sorted(((s, area) for area, s in by_area.items() if s > LEAST_S), reverse=True)
    found = {f"slow service in {area}" if area else "slow service so far": s for s, area in slow[:AREAS_NAMED]}
    gained_s = sum(s for s in by_area.values() if s < 0)
    found["slow service in other areas"] = sum(s for s, _ in slow[AREAS_NAMED:]) + gained_s
    return found
