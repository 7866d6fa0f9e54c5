"""What is known of a route's progress: where it stands, since when, and how fast it has been today. Pure."""

import math
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

import numpy as np

from dispatchkit.day import Day
from dispatchkit.day.road import OnRoad
from dispatchkit.pace.factors import Array, leg_s2
from dispatchkit.pace.past import Doors
from dispatchkit.pace.timetable import Timetables
from dispatchkit.plan.legs import STATION
from dispatchkit.records import Record
from dispatchkit.times import seconds_between


class Paced(NamedTuple):
    """Stretches that tell a driver's pace, each array as long as there are stretches; see `factors.Stretches`."""

    drive_s: Array
    service_s: Array
    drive_s2: Array
    service_s2: Array
    took_s: Array


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
    paced_stops, paced
        Stops that tell the driver's pace, and the stretches in which they do: one a stop, or one for a bare count.
        Their service is what the doors of each area are known to take, where that was asked for.
    paced_areas
        The area of each of these stretches; empty where the plan names none, or a count goes over several.
    """

    last_stop_id: str
    place: tuple[float, float] | None
    since: datetime
    quiet_until: datetime
    paced_stops: int
    paced: Paced
    paced_areas: tuple[str, ...] = ()

    @cached_property
    def planned_s(self) -> float:
        """Seconds that the plan gave the stops that tell the pace."""
        return float(self.paced.drive_s.sum() + self.paced.service_s.sum())

    @cached_property
    def worked_s(self) -> float:
        """Seconds that they took."""
        return float(self.paced.took_s.sum())


def progress(
    day: Day, route_id: str, tables: Timetables, *, lost_after_s: float, short_leg_s: float = math.inf,
    doors: Doors | None = None,
) -> Progress | None:  # fmt: skip
    """Read a route's progress off the day; None while it has not left.

    Parameters
    ----------
    lost_after_s
        A stretch that took this much longer than planned is lost time, not the driver's pace.
    short_leg_s
        Longer legs are sums of legs like this one; matters for how sure a pace is, not for what it is.
    doors
        What the doors of each area take this driver on other days; as planned where it is left out.
    """
    departed = day.load_out.departed.get(route_id)
    if departed is None:
        return None
    route = day.road.routes[route_id]
    since, quiet_until = _since(day, route, departed.at)
    place = None
    if route.met is not None and route.met.at >= since:
        place, since = (route.met.lat, route.met.lng), route.met.at
    if route.served:
        rows, areas = _pace_of_stops(route, departed.at, tables, lost_after_s, doors)
        paced_stops, paced = len(rows), _paced(rows, short_leg_s)
    else:
        paced_stops, paced, areas = _pace_of_count(route, departed.at, tables, short_leg_s, doors)
    return Progress(
        last_stop_id=_last_stop(route),
        place=place,
        since=since,
        quiet_until=max(since, quiet_until),
        paced_stops=paced_stops,
        paced=paced,
        paced_areas=areas,
    )


def _since(day: Day, route: OnRoad, departed_at: datetime) -> tuple[datetime, datetime]:
    told = [departed_at, *(at for at in (route.last_break_at,) if at is not None)]
    if route.last_served is not None:
        told.append(route.last_served.at)
    since = max(told)
    if route.reported is not None and route.reported.stops_done > len(route.served):
        counted = max(since, route.reported.at)
        return counted, counted
    if route.heard_at is not None and _told_one_by_one(day, route):
        return since, route.heard_at     # a source that tells every stop says with each sign of life: no further one
    return since, since if route.reported is None else route.reported.at


def _told_one_by_one(day: Day, route: OnRoad) -> bool:
    """Say whether its stops are told one by one, or will be: none is yet, no count either, and other routes' are."""
    return bool(route.served) or (route.reported is None and any(r.served for r in day.road.routes.values()))


def _last_stop(route: OnRoad) -> str:
    if route.last_served is not None and len(route.served) == route.done_count:
        return route.last_served.stop_id
    first_open = route.order.index(route.remaining[0]) if route.remaining else len(route.order)
    return route.order[first_open - 1] if first_open else STATION


def _pace_of_stops(
    route: OnRoad, departed_at: datetime, tables: Timetables, lost_after_s: float, doors: Doors | None
) -> tuple[list[tuple[float, float, float]], tuple[str, ...]]:
    """Drive and service as they are known, and real seconds, of the stretches that tell the pace; and their areas.

    There is no break in them, no meeting, no wait for a window, no time lost.
    """
    legs, opens_s = tables.legs, tables.opens_s
    aside = [at.timestamp() for at in (route.last_break_at, route.met.at if route.met else None) if at is not None]
    rows: list[tuple[float, float, float]] = []
    areas: list[str] = []
    before, before_s = STATION, departed_at.timestamp()
    for stop_id, at in sorted(route.served.items(), key=lambda served: served[1]):
        at_s = at.timestamp()
        leg_s, service_s = legs.leg_s(before, stop_id), legs.service_s(stop_id)
        took_s = at_s - before_s
        waited = opens_s[stop_id] > before_s + leg_s     # not a number, and so not: no window
        interrupted = waited or any(before_s < moment_s <= at_s for moment_s in aside)
        if took_s - leg_s - service_s <= lost_after_s and not interrupted:
            areas.append(area := tables.area[stop_id])
            rows.append((leg_s, service_s if doors is None else service_s * doors[area], took_s))
        before, before_s = stop_id, at_s
    return rows, tuple(areas)


def _paced(rows: list[tuple[float, float, float]], short_leg_s: float) -> Paced:
    drive_s, service_s, took_s = np.array(rows, dtype=float).reshape(-1, 3).T
    return Paced(drive_s, service_s, leg_s2(drive_s, short_leg_s), service_s**2, took_s)


def _pace_of_count(
    route: OnRoad, departed_at: datetime, tables: Timetables, short_leg_s: float, doors: Doors | None
) -> tuple[int, Paced, tuple[str, ...]]:
    """One stretch from the departure to the report, less breaks and hand-overs that were told."""
    if route.reported is None or not route.done_count:
        return 0, _paced([], short_leg_s), ()
    done = route.order[: route.done_count]
    work = tables.legs.work(STATION, done)
    areas = [tables.area[stop_id] for stop_id in done]
    service_s = work.service_s if doors is None else work.service_s * [doors[area] for area in areas]
    away_s = route.break_s
    if route.met is not None and route.met.at <= route.reported.at:
        away_s += route.met.handover_s
    worked_s = max(0.0, seconds_between(departed_at, route.reported.at) - away_s)
    one = (work.drive_s, service_s, leg_s2(work.drive_s, short_leg_s), service_s**2, np.array([worked_s]))
    return len(done), Paced(*(x.sum(keepdims=True) for x in one)), (areas[0] if len(set(areas)) == 1 else "",)
