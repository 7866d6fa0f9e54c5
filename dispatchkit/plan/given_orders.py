"""Every given route ordered anew, and beside the driver's own order where that was recorded.

Pure, but for the solver behind `sequence`. A route whose driver's order is known is never ordered by habits that were
learned from it: its habits are those of the other routes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.imports.given import GivenRoute, Import
from dispatchkit.plan.challenge_score import challenge_score, nearest_neighbour
from dispatchkit.plan.engine.sequence import ROUNDS, sequence
from dispatchkit.plan.habits import DrivenRoute, Habits, habits_of, learned, sequence_by_habit
from dispatchkit.plan.habits.zones import zone_of
from dispatchkit.plan.intake import first_departure
from dispatchkit.plan.route_schedule import windows_s
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes


class By(StrEnum):
    """What an order was made by."""

    GIVEN = "given"                 # as the source has it
    DRIVING = "driving"             # for the least driving
    LEARNED = "habits of the other routes"
    PROFILE = "habits of the station profile"


@dataclass(frozen=True, eq=False)
class OrderedRoute:
    """A given route with an order.

    Attributes
    ----------
    name
        Of the day and the route: station, date and code.
    route
        As it was given.
    station_id
        What the source calls the station among its stops; the station's code where it says nothing.
    order
        Positions in `route.stops`, in the order to drive.
    by
        What it was made by.
    drive_s
        Driving along it, from the station and back to it.
    score, nearest_score
        The challenge's score of this order, and of nearest neighbour's; None where the driver's order or drive times
        were not recorded.
    """

    name: str
    route: GivenRoute
    station_id: str
    order: tuple[int, ...]
    by: By
    drive_s: float
    score: float | None = None
    nearest_score: float | None = None

    @property
    def positions(self) -> dict[str, int]:
        """Position of each place by the source's own id, the station first: as the challenge has it."""
        own = f"{self.route.code}:"
        stops = [self.route.stops[i].stop_id.removeprefix(own) for i in self.order]
        return {place: position for position, place in enumerate((self.station_id, *stops))}


def ordered_routes(
    days: Sequence[Import],
    station: Station,
    travel: Callable[[Import], TravelTimes],
    *,
    seed: int,
    by_habit: bool = True,
    as_given: bool = False,
    rounds: int = ROUNDS,
) -> Iterator[OrderedRoute]:
    """Order every given route, one after the other.

    Parameters
    ----------
    days
        What readers found.
    station
        Shift, break, and the habits of routes for which there are no others to learn from.
    travel
        Gives the travel times of a day; asked where a route has no recorded ones.
    seed, rounds
        As `sequence` has them.
    by_habit
        As drivers go, where stops have zones; otherwise for the least driving.
    as_given
        Keep the order that the source gives, where it gives one.
    """
    driven = {id(route): _driven(day, route) for day in days for route in day.routes if _is_driven(day, route)}
    for day in days:
        sources = travel(day)
        for route in day.routes:
            drive_s = _matrix(day, route, sources)
            others = [other for key, other in driven.items() if key != id(route) and _has_zones(other)]
            by, order = By.GIVEN, tuple(range(len(route.stops)))
            if not (as_given and route.order == "driven"):
                habits, by = _habits(route, others, station) if by_habit else (None, By.DRIVING)
                order = _ordered(day, route, drive_s, station, habits, seed, rounds)
            yield _told(day, route, order, by, drive_s, scored=id(route) in driven)


def learned_habits(days: Sequence[Import], station: Station) -> Habits:
    """Learn habits from all driven routes, to be kept in a station's profile; ValueError where none has zones."""
    routes = [_driven(day, route) for day in days for route in day.routes if _is_driven(day, route)]
    return learned(routes, strictness=station.habits.strictness_share)


def _is_driven(day: Import, route: GivenRoute) -> bool:
    return route.order == "driven" and route.route_id in day.recorded


def _driven(day: Import, route: GivenRoute) -> DrivenRoute:
    return DrivenRoute(tuple(stop.zone for stop in route.stops), day.recorded[route.route_id].seconds)


def _has_zones(route: DrivenRoute) -> bool:
    return any(zone_of(zone) for zone in route.zones)


def _habits(route: GivenRoute, others: list[DrivenRoute], station: Station) -> tuple[Habits | None, By]:
    if not any(zone_of(stop.zone) for stop in route.stops):
        return None, By.DRIVING
    if not others:
        return habits_of(station), By.PROFILE
    return learned(others, strictness=station.habits.strictness_share), By.LEARNED


def _matrix(day: Import, route: GivenRoute, travel: TravelTimes) -> NDArray[np.float64]:
    if route.route_id in day.recorded:
        return np.asarray(day.recorded[route.route_id].seconds, dtype=float)
    lat = [day.station_lat, *(stop.lat for stop in route.stops)]
    lng = [day.station_lng, *(stop.lng for stop in route.stops)]
    return travel.matrix(np.array(lat, dtype=float), np.array(lng, dtype=float), route.departs_at)


def _ordered(
    day: Import, route: GivenRoute, drive_s: NDArray[np.float64], station: Station, habits: Habits | None, seed: int,
    rounds: int,
) -> tuple[int, ...]:  # fmt: skip
    opens_s, closes_s = windows_s(route.stops, route.departs_at or first_departure(day, station))
    service_s = [stop.service_s for stop in route.stops]
    limits: dict[str, Any] = {
        "opens_s": opens_s, "closes_s": closes_s, "shift_s": station.shift.on_road_limit_s,
        "break_s": station.shift.break_s, "seed": seed, "rounds": rounds,
    }  # fmt: skip
    if habits is None:
        return sequence(drive_s, service_s, **limits)
    return sequence_by_habit(drive_s, service_s, [stop.zone for stop in route.stops], habits, **limits)


def _told(
    day: Import, route: GivenRoute, order: tuple[int, ...], by: By, drive_s: NDArray[np.float64], *, scored: bool
) -> OrderedRoute:
    way = [0, *(i + 1 for i in order)]
    recorded = day.recorded.get(route.route_id)
    driven = range(len(way))    # the stops of a driven route stand in the order in which they were driven
    return OrderedRoute(
        name=f"{day.station}/{day.service_day} {route.code}",
        route=route,
        station_id=recorded.stop_ids[0].removeprefix(f"{route.code}:") if recorded else day.station,
        order=order,
        by=by,
        drive_s=float(drive_s[way, [*way[1:], 0]].sum()),
        score=challenge_score(driven, way, drive_s) if scored else None,
        nearest_score=challenge_score(driven, nearest_neighbour(drive_s), drive_s) if scored else None,
    )
