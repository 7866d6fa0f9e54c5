"""What is known of a route's progress: where it stands, since when, and how fast it has been today. Pure."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.road import OnRoad
from dispatchkit.pace.timetable import Timetables
from dispatchkit.plan.legs import STATION, Legs
from dispatchkit.records import Record
from dispatchkit.times import seconds_between


class Progress(Record, frozen=True):
    """A route that has left, as far as anybody knows.

    Attributes
    ----------
    last_stop_id, place
        The last stop known to be done, `STATION` before the first. `place` (latitude, longitude) instead where the van
        last stood at a meeting; None otherwise.
    since
        When it was done there: the last completion, or the end of the break or meeting after it, or the departure. For
        a bare count of stops the time of the report stands for it, since no completion is known.
    quiet_until
        Up to then nothing more has been done, as far as the source tells.
    paced_stops, planned_s, worked_s
        Stops that tell the driver's pace, the seconds the plan gave them, and the seconds they took.
    """

    last_stop_id: str
    place: tuple[float, float] | None
    since: datetime
    quiet_until: datetime
    paced_stops: int
    planned_s: float
    worked_s: float


def progress(day: Day, route_id: str, tables: Timetables, *, lost_after_s: float) -> Progress | None:
    """Read a route's progress off the day; None while it has not left.

    Parameters
    ----------
    lost_after_s
        A stretch that took this much longer than planned is lost time, not the driver's pace.
    """
    departed = day.load_out.departed.get(route_id)
    if departed is None:
        return None
    route = day.road.routes[route_id]
    since, quiet_until = _since(route, departed.at)
    place = None
    if route.met is not None and route.met.at >= since:
        place, since = (route.met.lat, route.met.lng), route.met.at
    if route.served:
        paced_stops, planned_s, worked_s = _pace_of_stops(route, departed.at, tables, lost_after_s)
    else:
        paced_stops, planned_s, worked_s = _pace_of_count(route, departed.at, tables.legs)
    return Progress(
        last_stop_id=_last_stop(route),
        place=place,
        since=since,
        quiet_until=max(since, quiet_until),
        paced_stops=paced_stops,
        planned_s=planned_s,
        worked_s=worked_s,
    )


def _since(route: OnRoad, departed_at: datetime) -> tuple[datetime, datetime]:
    told = [departed_at, *(at for at in (route.last_break_at,) if at is not None)]
    if route.last_served is not None:
        told.append(route.last_served.at)
    since = max(told)
    if route.reported is not None and route.reported.stops_done > len(route.served):
        counted = max(since, route.reported.at)
        return counted, counted
    if route.served and route.heard_at is not None:
        return since, route.heard_at     # a source that tells every stop says with each sign of life: no further one
    return since, since if route.reported is None else route.reported.at


def _last_stop(route: OnRoad) -> str:
    if route.last_served is not None and len(route.served) == route.done_count:
        return route.last_served.stop_id
    first_open = route.order.index(route.remaining[0]) if route.remaining else len(route.order)
    return route.order[first_open - 1] if first_open else STATION


def _pace_of_stops(
    route: OnRoad, departed_at: datetime, tables: Timetables, lost_after_s: float
) -> tuple[int, float, float]:
    """Sum up the stretches that tell the pace: no break in them, no meeting, no wait for a window, no time lost."""
    legs = tables.legs
    aside = [at for at in (route.last_break_at, route.met.at if route.met else None) if at is not None]
    paced_stops, planned_s, worked_s = 0, 0.0, 0.0
    before, before_at = STATION, departed_at
    for stop_id, at in sorted(route.served.items(), key=lambda served: served[1]):
        leg_s = legs.leg_s(before, stop_id)
        planned, worked = leg_s + legs.service_s(stop_id), seconds_between(before_at, at)
        waited = tables.opens_s[stop_id] > before_at.timestamp() + leg_s     # not a number, and so not: no window
        interrupted = waited or any(before_at < moment <= at for moment in aside)
        if worked - planned <= lost_after_s and not interrupted:
            paced_stops, planned_s, worked_s = paced_stops + 1, planned_s + planned, worked_s + worked
        before, before_at = stop_id, at
    return paced_stops, planned_s, max(0.0, worked_s)


def _pace_of_count(route: OnRoad, departed_at: datetime, legs: Legs) -> tuple[int, float, float]:
    """One stretch from the departure to the report, less breaks and hand-overs that were told."""
    if route.reported is None or not route.done_count:
        return 0, 0.0, 0.0
    done = route.order[: route.done_count]
    work = legs.work(STATION, done)
    away_s = route.break_s
    if route.met is not None and route.met.at <= route.reported.at:
        away_s += route.met.handover_s
    worked_s = seconds_between(departed_at, route.reported.at) - away_s
    return len(done), work.total_s - work.back_s, max(0.0, worked_s)
