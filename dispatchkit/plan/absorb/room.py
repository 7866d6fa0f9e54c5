"""How much work a route could take on and still be in time, and what room its van has. Pure."""

from collections.abc import Mapping

from dispatchkit.pace.forecast import Projection
from dispatchkit.plan.limits import volume_cm3
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between

HALVINGS = 16
"""Of a shift: down to half a second."""

UNLIMITED_CM3 = float("inf")


class Room(Record, frozen=True):
    """What one route could take on.

    Attributes
    ----------
    work_s
        Planned seconds of more driving and service with which it would still be in time, by the line of the profile
        and by its plan.
    volume_cm3
        What the van still holds; infinite where nobody says what it holds.
    """

    work_s: float
    volume_cm3: float


def rooms(plan: Plan, forecast: Mapping[str, Projection], station: Station) -> dict[str, Room]:
    """The room of every route of the plan, by route id; `forecast` is each one's day as it begins."""
    return {
        r.route_id: Room(
            work_s=_work_s(plan, r, forecast[r.route_id], station), volume_cm3=_volume_cm3(plan, r, station)
        )
        for r in plan.routes
    }


def _work_s(plan: Plan, route: PlannedRoute, forecast: Projection, station: Station) -> float:
    """Most planned work with which the finish still meets its line; what the forecast says of less is never later."""
    least = station.absorb.least_chance_share
    low_s = 0.0
    high_s = seconds_between(route.departs_at, route.finish_by) - route_schedule(plan, route).back_s
    if high_s <= 0 or _late(forecast, 0.0, least):
        return 0.0
    for _ in range(HALVINGS):
        middle_s = (low_s + high_s) / 2
        if _late(forecast, middle_s, least):
            high_s = middle_s
        else:
            low_s = middle_s
    return low_s


def _late(forecast: Projection, more_s: float, least: float) -> bool:
    """Whether so much more work of the same kind would miss `finish_by` too often."""
    stops_s = forecast.stops_s + more_s
    noise_s2 = float(forecast.noise_s2.sum()) * (stops_s / forecast.stops_s if forecast.stops_s > 0 else 1.0)
    finish = forecast.finish_around(forecast.mean_s + more_s * forecast.rate, stops_s=stops_s, noise_s2=noise_s2)
    return finish.at(least) > forecast.finish_by


def _volume_cm3(plan: Plan, route: PlannedRoute, station: Station) -> float:
    if route.van_volume_cm3 <= 0:
        return UNLIMITED_CM3
    return max(0.0, route.van_volume_cm3 * station.van.load_block_share - volume_cm3(plan, route))
