"""A plan as a problem for the search, with what is locked in it, and so that nothing that is broken already bars. Pure.

A limit that a route breaks as it stands, since its van is too full or its driver out too long, is let go as far as it
is broken and no further: only what a rebuild makes worse is a reason against it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.problem import Problem
from dispatchkit.plan.limits import late_stop_ids, volume_cm3
from dispatchkit.plan.locks import Locks, route_of_stop
from dispatchkit.plan.posing import zones
from dispatchkit.plan.receiving import drive_among
from dispatchkit.plan.route_schedule import route_schedule, windows_s
from dispatchkit.records import Plan, PlannedRoute
from dispatchkit.station import Station
from dispatchkit.times import seconds_between
from dispatchkit.travel.matrix import TravelTimes


class Numbered:
    """The plan's stops as places and its routes as vans, each in the plan's order; place 0 is the station.

    Parameters
    ----------
    plan
        It has to know its places, and to have a route.
    locks
        Stops that stay on their route.

    Attributes
    ----------
    problem
        Windows are counted from the first departure; `strange_s` is infinite where a stop may not change to a route.
    """

    def __init__(self, plan: Plan, station: Station, travel: TravelTimes, locks: Locks) -> None:
        self._plan, self._travel = plan, travel
        self._place = {stop.stop_id: i for i, stop in enumerate(plan.stops, 1)}
        self.first: datetime = min(route.departs_at for route in plan.routes)
        self.problem = self._problem(station, locks)

    def places(self, stop_ids: Sequence[str]) -> tuple[int, ...]:
        """Stops as places."""
        return tuple(self._place[s] for s in stop_ids)

    def stop_ids(self, places: Sequence[int]) -> tuple[str, ...]:
        """Places as stops."""
        return tuple(self._plan.stops[p - 1].stop_id for p in places)

    def seconds(self, places: Sequence[int]) -> NDArray[np.float64]:
        """Drive seconds among places, the station first; legs that the plan drives keep its seconds."""
        return drive_among(self._plan, self.stop_ids(places[1:]), self._travel, self.first)

    def with_margin(self, margin_s: float) -> Problem:
        """The problem with so much time kept free at the end of every shift, as far as a route leaves it free now."""
        out_s = (self._out_s(route) for route in self._plan.routes)
        shifts_s = np.maximum(self.problem.shifts_s - margin_s, np.fromiter(out_s, dtype=float))
        shifts_s = np.maximum(shifts_s, self._break_s + 1.0)
        return replace(self.problem, van_shift_s=tuple(np.minimum(shifts_s, self.problem.shifts_s).tolist()))

    def _problem(self, station: Station, locks: Locks) -> Problem:
        plan, stops = self._plan, self._plan.stops
        opens_s, closes_s = windows_s(stops, self.first)
        late = {s for route in plan.routes for s in late_stop_ids(plan, route)}
        closes_s[[stop.stop_id in late for stop in stops]] = np.nan
        lat, lng = np.array([plan.station_place, *(stop.place for stop in stops)], dtype=float).T
        return Problem(
            lat=lat,
            lng=lng,
            volume=np.array([0.0, *(stop.volume_cm3 for stop in stops)]),
            service_s=np.array([0.0, *(stop.service_s for stop in stops)]),
            opens_s=np.append(np.nan, opens_s),
            closes_s=np.append(np.nan, closes_s),
            van_volume=tuple(_holds_cm3(plan, route, station) for route in plan.routes),
            shift_s=max(self._shift_s(route) for route in plan.routes),
            break_s=self._break_s,
            packages=np.array([0.0, *(float(len(stop.packages)) for stop in stops)]),
            van_leaves_s=tuple(seconds_between(self.first, route.departs_at) for route in plan.routes),
            van_shift_s=tuple(self._shift_s(route) for route in plan.routes),
            zone=zones(stops),
            strange_s=self._barred_s(locks),
        )

    @property
    def _break_s(self) -> float:
        """One break for all: the longest, so that nobody's is too short."""
        return max(route.break_s for route in self._plan.routes)

    def _shift_s(self, route: PlannedRoute) -> float:
        """From departure to the latest return; as long as the route is out already where that is longer."""
        return max(seconds_between(route.departs_at, route.finish_by), self._out_s(route), self._break_s + 1.0)

    def _out_s(self, route: PlannedRoute) -> float:
        """From departure to return as planned, with the longest break."""
        return route_schedule(self._plan, route).back_s + self._break_s - route.break_s

    def _barred_s(self, locks: Locks) -> NDArray[np.float32] | None:
        if not locks.stop_ids:
            return None
        route_of, vans = route_of_stop(self._plan), {r.route_id: van for van, r in enumerate(self._plan.routes)}
        barred_s = np.zeros((len(vans), len(self._plan.stops) + 1), dtype=np.float32)
        for stop_id in locks.stop_ids & route_of.keys():
            own, place = vans[route_of[stop_id]], self._place[stop_id]
            barred_s[:, place] = np.inf
            barred_s[own, place] = 0.0
        return barred_s


def _holds_cm3(plan: Plan, route: PlannedRoute, station: Station) -> float:
    """What the van holds; as much as it carries already where that is more, and endless where nobody says."""
    if route.van_volume_cm3 <= 0:
        return float("inf")
    return max(route.van_volume_cm3 * station.van.load_block_share, volume_cm3(plan, route))
