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
    served_at
        When its last stop was done, or it left the station.
    new_driver
        Whether the driver has no days behind him yet; None where nobody says it.
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
    served_at: datetime
    open_stops: tuple[str, ...]
    done_count: int
    break_s: int
    before_break: frozenset[str]
    new_driver: bool | None = None
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
    served_at = at
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
        served_at=served_at,
        open_stops=route.remaining,
        done_count=len(route.served),
        break_s=break_s,
        before_break=frozenset(before_break(planned, legs)) if break_s else frozenset(),
        new_driver=_is_new(day, departed.driver_id),
    )


def _is_new(day: Day, driver_id: str) -> bool | None:
    """What the roster says of a driver; None where it does not know him, or was invented itself."""
    roster = day.pre_load_out.roster
    driver = roster.driver.get(driver_id) if roster and "drivers" not in day.pre_load_out.invented else None
    return None if driver is None else driver.nursery


def before_break(route: PlannedRoute, legs: Legs) -> tuple[str, ...]:
    """The stops up to the one whose planned end lies nearest to half of the route's planned work."""
    if not route.stop_ids:
        return ()
    service_s = np.array([legs.service_s(s) for s in route.stop_ids])
    done_s = np.cumsum(np.array(route.drive_s[:-1]) + service_s)
    half_s = (float(done_s[-1]) + route.drive_s[-1]) / 2
    return route.stop_ids[: int(np.argmin(np.abs(done_s - half_s))) + 1]
