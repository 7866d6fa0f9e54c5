"""Why a route will be late, in shares: what pushes its finish past what the plan allowed for. Pure.

Each cause is counted in minutes; what speeds the route up, or is over already, is no cause. The shares add up to 100 %.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.pace.board import BACK, Line
from dispatchkit.pace.forecast import project
from dispatchkit.pace.ladder import Rung
from dispatchkit.pace.past import NO_PAST, Doors, Past
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

    Counted are: the late departure; service and driving so far, by area, beyond the plan; time that was lost at one go;
    longer breaks than planned; waits for windows to come; areas to come whose doors take longer on other days too; what
    the pace learned makes of the stops that are left; and a plan that is longer than the window.
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
    causes |= _so_far(day, route_id, tables, station.forecast.lost_after_s)
    stops = len(rest.work.stop_ids)
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
    """Explain a line of the board that is not on pace; nothing for one that is, or is back."""
    on_pace = line.rung is Rung.ON_PACE and line.chance_late < station.pace.watch_late_share
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


def in_words(reasons: Sequence[Why]) -> str:
    """Put reasons into a sentence; empty where there are none."""
    if not reasons:
        return ""
    return "Late because: " + ", ".join(f"{r.what} ({r.share_pct} %)" for r in reasons) + "."


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


def _so_far(day: Day, route_id: str, tables: Timetables, lost_after_s: float) -> dict[str, float]:
    """Seconds beyond the plan by area, of the stretches that are done; what was lost at one go stands by itself."""
    route, legs = day.road.routes[route_id], tables.legs
    departed_at = day.load_out.departed[route_id].at
    by_area: defaultdict[str, float] = defaultdict(float)
    lost_s = 0.0
    before, before_at = STATION, departed_at
    for stop_id, at in sorted(route.served.items(), key=lambda served: served[1]):
        rested_s = sum(s for ended, s in route.breaks.items() if before_at < ended <= at)
        over_s = seconds_between(before_at, at) - rested_s - legs.leg_s(before, stop_id) - legs.service_s(stop_id)
        if over_s > lost_after_s:
            lost_s += over_s
        else:
            by_area[tables.area[stop_id]] += over_s
        before, before_at = stop_id, at
    slow = sorted(((s, area) for area, s in by_area.items() if s > LEAST_S), reverse=True)
    found = {f"slow service in {area}" if area else "slow service so far": s for s, area in slow[:AREAS_NAMED]}
    gained_s = sum(s for s in by_area.values() if s < 0)
    others_s = sum(s for s, _ in slow[AREAS_NAMED:]) + gained_s
    found["slow service in other areas"] = others_s
    found[f"{lost_s / 60:.0f} min lost at one go"] = lost_s
    return found
