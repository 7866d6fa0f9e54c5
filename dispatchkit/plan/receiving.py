"""A route that takes stops over: who stays, who arrives, and the seconds among them. Pure."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.schedule import Schedule, schedule
from dispatchkit.plan.route_schedule import windows_s
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.times import seconds_between
from dispatchkit.travel.matrix import TravelTimes


class Receiving(Record, frozen=True):
    """What is needed to find an order for a route's stops with those that join it.

    Arrays have one value per place: the station, the stops that stay in their order, then those that arrive.

    Attributes
    ----------
    drive_s
        Seconds from row to column, shape (places, places): the plan's own where it drives that leg, else the travel
        model's, and the plan's mean leg where a place is unknown; never more than a route's own way between the two.
    service_s
        Planned seconds at the stop; the station's is 0.
    opens_s, closes_s
        Windows in seconds after departure, not a number where there is none.
    shift_s
        From departure to the latest return.
    zones
        Name of each stop's sort zone, those that stay first; empty where it has none.
    """

    route: PlannedRoute
    stays: tuple[str, ...]
    arrives: tuple[str, ...]
    drive_s: NDArray[np.float64]
    service_s: NDArray[np.float64]
    opens_s: NDArray[np.float64]
    closes_s: NDArray[np.float64]
    shift_s: float
    zones: tuple[str, ...] = ()

    def stop_ids(self, order: Sequence[int]) -> tuple[str, ...]:
        """Stop ids of an order of places."""
        named = (*self.stays, *self.arrives)
        return tuple(named[place - 1] for place in order)

    def legs_s(self, order: Sequence[int] | NDArray[np.intp]) -> NDArray[np.float64]:
        """Seconds of each leg of an order of places, from the station and back to it."""
        way = np.array([0, *order, 0])
        legs_s: NDArray[np.float64] = self.drive_s[way[:-1], way[1:]]
        return legs_s

    def schedule(self, order: Sequence[int] | NDArray[np.intp]) -> Schedule:
        """Work an order of places through."""
        at = np.asarray(order, dtype=int)
        return schedule(
            self.legs_s(order), self.service_s[at], self.opens_s[at], self.closes_s[at], break_s=self.route.break_s
        )


Ordering = Callable[[Receiving], Sequence[int]]
"""Finds an order of all places of a receiving route, the station left out."""


def receiving(
    plan: Plan,
    route: PlannedRoute,
    stays: Sequence[str],
    arrives: Sequence[str],
    travel: TravelTimes,
    *,
    drive_s: NDArray[np.float64] | None = None,
) -> Receiving:
    """Gather what is known of `route` with the stops `stays`, in this order, and `arrives`.

    `drive_s` are the seconds among them, as `drive_among` gives them, where somebody has them already.
    """
    stops = [plan.stop[s] for s in (*stays, *arrives)]
    opens_s, closes_s = windows_s(stops, route.departs_at)
    return Receiving(
        route=route,
        stays=tuple(stays),
        arrives=tuple(arrives),
        drive_s=drive_among(plan, (*stays, *arrives), travel, route.departs_at) if drive_s is None else drive_s,
        service_s=np.array([0.0, *(s.service_s for s in stops)]),
        opens_s=np.append(np.nan, opens_s),
        closes_s=np.append(np.nan, closes_s),
        shift_s=seconds_between(route.departs_at, route.finish_by),
        zones=tuple(stop.zone for stop in stops),
    )


def drive_among(
    plan: Plan, stop_ids: Sequence[str], travel: TravelTimes, depart_at: datetime | None = None
) -> NDArray[np.float64]:
    """Drive seconds among the station and these stops, shape (stops + 1, stops + 1), the station first.

    Between two stops of one route never more than its own way takes, past those in between: without a stop, a route is
    not driven longer than with it, whatever the travel model says of its roads.
    """
    number = {stop_id: i for i, stop_id in enumerate(("", *stop_ids))}
    places = [plan.station_place, *(plan.stop[s].place for s in stop_ids)]
    known = np.array([i for i, place in enumerate(places) if place is not None], dtype=int)
    stands_in_s = mean_leg_s(plan) if None in places else 0.0
    seconds = np.full((len(places), len(places)), stands_in_s)
    if known.size:
        lat, lng = np.array([place for place in places if place is not None], dtype=float).T
        seconds[np.ix_(known, known)] = travel.matrix(lat, lng, depart_at)
    np.fill_diagonal(seconds, 0.0)
    for route in plan.routes:
        if not number.keys().isdisjoint(route.stop_ids):
            _drive_past(seconds, number, route)
            for (a, b), leg_s in zip(pairwise(("", *route.stop_ids, "")), route.drive_s, strict=True):
                if a in number and b in number:
                    seconds[number[a], number[b]] = leg_s
    return seconds


def _drive_past(seconds: NDArray[np.float64], number: Mapping[str, int], route: PlannedRoute) -> None:
    """Lower `seconds` to what the route's own way takes from each of its stops that are numbered to each later one."""
    way = ("", *route.stop_ids, "")
    known = [k for k, stop_id in enumerate(way) if stop_id in number]
    into_s = np.concatenate([[0.0], np.cumsum(route.drive_s)])
    here, there = np.array(known[:-1]), np.array(known[1:])
    along_s = np.where(there > here[:, None], into_s[there] - into_s[here][:, None], np.inf)
    block = np.ix_([number[way[k]] for k in here], [number[way[k]] for k in there])
    seconds[block] = np.minimum(seconds[block], along_s)


def mean_leg_s(plan: Plan) -> float:
    """Mean seconds of the plan's legs; 0 where it has none."""
    legs = sum(len(route.drive_s) for route in plan.routes)
    return sum(sum(route.drive_s) for route in plan.routes) / legs if legs else 0.0
