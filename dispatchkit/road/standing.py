"""Where a route stands: all that its next step depends on, read off the day."""

from datetime import datetime

import numpy as np

from dispatchkit.day.fold import Day
from dispatchkit.plan.legs import STATION, Legs
from dispatchkit.records import PlannedRoute, Record

Place = tuple[float, float]
"""Latitude and longitude in degrees."""

Where = str | Place
"""A stop's id, `STATION`, or any other place."""


class Standing(Record, frozen=True):
    """A route between two things that it does.

    Attributes
    ----------
    at, where
        When its last thing ended, and where.
    open_stops
        Stops still to do, in order.
    break_s
        Seconds of break still owed.
    before_break
        The break is taken when none of these is open any more.
    """

    route_id: str
    driver_id: str
    at: datetime
    where: Where
    open_stops: tuple[str, ...]
    done_count: int
    break_s: int
    before_break: frozenset[str]
    returned: bool = False

    @property
    def break_due(self) -> bool:
        """Half of the planned work is done, and the break is not taken yet."""
        return self.break_s > 0 and self.done_count > 0 and self.before_break.isdisjoint(self.open_stops)


def standing(day: Day, route_id: str, legs: Legs) -> Standing | None:
    """Where the route stands; None where it has not left, or is back.

    The last of these counts: departure, a stop served, a break taken, a meeting held.
    """
    departed = day.load_out.departed.get(route_id)
    route = day.road.routes.get(route_id)
    if departed is None or route is None or route_id in day.end_of_shift.returned:
        return None
    at: datetime = departed.at
    where: Where = STATION
    if route.last_served is not None and route.last_served.at >= at:
        at, where = route.last_served.at, route.last_served.stop_id
    if route.met is not None and route.met.at >= at:
        at, where = route.met.at, (route.met.lat, route.met.lng)
    if route.last_break_at is not None and route.last_break_at > at:
        at = route.last_break_at
    planned = day.plan.route[route_id]
    break_s = max(0, round(planned.break_s - route.break_s))
    return Standing(
        route_id=route_id,
        driver_id=departed.driver_id,
        at=at,
        where=where,
        open_stops=route.remaining,
        done_count=len(route.served),
        break_s=break_s,
        before_break=frozenset(before_break(planned, legs)) if break_s else frozenset(),
    )


def before_break(route: PlannedRoute, legs: Legs) -> tuple[str, ...]:
    """The stops up to the one whose planned end lies nearest to half of the route's planned work."""
    if not route.stop_ids:
        return ()
    service_s = np.array([legs.service_s(s) for s in route.stop_ids])
    done_s = np.cumsum(np.array(route.drive_s[:-1]) + service_s)
    half_s = (float(done_s[-1]) + route.drive_s[-1]) / 2
    return route.stop_ids[: int(np.argmin(np.abs(done_s - half_s))) + 1]
