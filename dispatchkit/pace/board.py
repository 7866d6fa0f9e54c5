"""The pace board: every route's stops done against stops needed by now, its projected finish and what it asks. Pure."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.facts.road import RescueStarted
from dispatchkit.day.remembered import remembered
from dispatchkit.pace.behind_course import Trend, behind_courses
from dispatchkit.pace.breaks import Breaks, breaks
from dispatchkit.pace.contact import Contact, contacts
from dispatchkit.pace.forecast import Finish, project
from dispatchkit.pace.ladder import Rung, reason, reason_overdue, rung
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.report import marks
from dispatchkit.pace.timetable import Timetables, timetables
from dispatchkit.plan.legs import Between
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between

NOT_LEFT, ON_THE_ROAD, HEADING_BACK, BACK = "not left", "on the road", "heading back", "back"
"""The states of a route, as the board shows them."""


class Line(Record, frozen=True):
    """One route on the board.

    Attributes
    ----------
    driver_id, van_id
        Who drives what: as left, else as assigned; empty where nobody is.
    done, total, expected, required
        Stops done, of how many that are the route's now; planned by now; needed by now to end inside the window.
    behind
        `expected` less `done`; positive is behind.
    finish_p50, finish_p80, finish_p90
        By when the route is back in so many of 100 cases; for a route that is back, when it was.
    chance_late
        Chance (0-1) of being back after `finish_by`; 0 or 1 once it is back, 0 where it has no stops and stays here.
    help_min
        Driver-minutes to take off so that it is back in time in 8 of 10 cases.
    heard_at, age_s, stale
        When anything was last heard, the seconds since, and whether that is too old to be drawn as live.
    breaks
        Breaks taken and owed, and when the plan puts them.
    marked
        Why reports of it are kept and not believed, a sentence each; nothing where all are.
    trend
        Where `behind` is heading; None where too little is known, or the route is not on the road.
    contact
        The last contact with its driver; None where there was none.
    """

    route_id: str
    code: str
    driver_id: str
    van_id: str
    state: str
    done: int
    total: int
    expected: int
    required: int
    behind: int
    departed_at: datetime | None
    finish_p50: datetime
    finish_p80: datetime
    finish_p90: datetime
    finish_by: datetime
    chance_late: float
    help_min: float
    rung: Rung
    reason: str
    heard_at: datetime | None
    age_s: float
    stale: bool
    breaks: Breaks
    marked: tuple[str, ...] = ()
    trend: Trend | None = None
    contact: Contact | None = None


@remembered
def pace_board(
    day: Day, *, now: datetime, station: Station, travel: Between, past: Past = NO_PAST
) -> tuple[Line, ...]:
    """Every route of the plan at `now`, those that need a person first."""
    tables = timetables(day.plan, travel)
    lines = (line(day, r.route_id, now=now, station=station, tables=tables, past=past) for r in day.plan.routes)
    return tuple(sorted(lines, key=lambda x: (-x.rung.height, -x.chance_late, -x.behind, x.state == BACK, x.code)))


def line(
    day: Day, route_id: str, *, now: datetime, station: Station, tables: Timetables, past: Past = NO_PAST
) -> Line:
    """One route's line at `now`."""
    planned, route = day.plan.route[route_id], day.road.routes[route_id]
    departed = day.load_out.departed.get(route_id)
    returned_at = day.end_of_shift.returned.get(route_id)
    table = tables.of(day, route_id)
    done, expected, required = route.done_count, table.expected(now), table.required(now)
    heard_at = route.heard_at or (departed.at if departed else None)
    age_s = seconds_between(heard_at, now) if heard_at else 0.0
    state = state_of(day, route_id)
    stale = state in (ON_THE_ROAD, HEADING_BACK) and age_s > station.pace.stale_after_s
    if returned_at is None:
        projection = project(day, route_id, now=now, station=station, tables=tables, past=past)
        finish, help_min = projection.finish, projection.help_min
    else:
        finish, help_min = Finish(mean_at=returned_at, spread_s=0.0, not_before=returned_at), 0.0
    stays = state == NOT_LEFT and not route.remaining
    chance_late = 0.0 if stays else finish.chance_after(planned.finish_by)
    p80 = finish.at(0.8)
    if state == BACK:
        step, why = Rung.ON_PACE, _back(day, finish.mean_at, planned.finish_by)
    else:
        left_s = seconds_between(now, planned.finish_by)
        overdue_s = departure_overdue_s(day, route_id, now)
        coming = help_on_the_way(day, route_id)
        step = rung(
            behind=expected - done,
            chance_late=chance_late,
            left_s=left_s,
            pace=station.pace,
            helped=gave_stops(day, route_id),
            silent=stale,
            help_coming=coming is not None,
            overdue_s=overdue_s,
            stops_left=state != HEADING_BACK,
        )
        if overdue_s > 0:
            why = reason_overdue(
                overdue_s=overdue_s,
                departs_at=_clock(day, planned.departs_at),
                finish_p80=_clock(day, p80),
                finish_by=_clock(day, planned.finish_by),
                chance_late=chance_late,
            )
        else:
            why = reason(
                step,
                behind=expected - done,
                short_of_required=required - done,
                chance_late=chance_late,
                finish_p80=_clock(day, p80),
                finish_by=_clock(day, planned.finish_by),
                help_min=help_min,
                left_s=left_s,
                silent_s=age_s if stale else 0.0,
            )
        if coming is not None:
            helper = day.code(coming.helper_route_id)
            why += f" Help is on the way: {helper} meets it at {_clock(day, coming.meet_at)}."
    return Line(
        route_id=route_id,
        code=planned.code,
        driver_id=departed.driver_id if departed else day.pre_load_out.driver_of.get(route_id, ""),
        van_id=departed.van_id if departed else day.pre_load_out.van_of.get(route_id, ""),
        state=state,
        done=done,
        total=len(route.order),
        expected=expected,
        required=required,
        behind=expected - done,
        departed_at=departed.at if departed else None,
        finish_p50=finish.at(0.5),
        finish_p80=p80,
        finish_p90=finish.at(0.9),
        finish_by=planned.finish_by,
        chance_late=chance_late,
        help_min=help_min,
        rung=step,
        reason=why,
        heard_at=heard_at,
        age_s=age_s,
        stale=stale,
        marked=marks(route),
        trend=behind_courses(day, now=now, station=station, tables=tables)[route_id].trend,
        breaks=breaks(day, route_id, tables),
        contact=contacts(day).get(route_id),
    )


def gave_stops(day: Day, route_id: str) -> bool:
    """Say whether another driver has taken stops of this route over."""
    return any(r.met_at is not None and r.started.route_id == route_id for r in day.road.rescues.values())


def help_on_the_way(day: Day, route_id: str) -> RescueStarted | None:
    """The rescue of this route whose meeting is still to come, if there is one."""
    coming = (
        r.started
        for r in day.road.rescues.values()
        if r.started.route_id == route_id and r.met_at is None and r.ended_at is None
    )
    return next(coming, None)


def state_of(day: Day, route_id: str) -> str:
    """Where a route is: one of the states of the board."""
    if route_id in day.end_of_shift.returned:
        return BACK
    if route_id not in day.load_out.departed:
        return NOT_LEFT
    cleared = route_id in day.end_of_shift.cleared
    return HEADING_BACK if cleared or not day.road.routes[route_id].remaining else ON_THE_ROAD


def departure_overdue_s(day: Day, route_id: str, now: datetime) -> float:
    """Seconds by which the planned departure of a route is past; 0 once it has left, or has nothing to take out."""
    if state_of(day, route_id) != NOT_LEFT or not day.road.routes[route_id].remaining:
        return 0.0
    return max(0.0, seconds_between(day.plan.route[route_id].departs_at, now))


def _back(day: Day, returned_at: datetime, finish_by: datetime) -> str:
    late_s = seconds_between(finish_by, returned_at)
    if late_s > 0:
        return f"Back at {_clock(day, returned_at)}, {late_s / 60:.0f} min after its window."
    return f"Back at {_clock(day, returned_at)}."


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, day.key.service_day.isoformat())
