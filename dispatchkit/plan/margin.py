"""How much before its limit a route must be planned back, so that the day has a chance to keep the limit. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from dispatchkit.pace.forecast import Finish
from dispatchkit.plan.engine.problem import Problem
from dispatchkit.plan.legs import Between
from dispatchkit.plan.locks import listed
from dispatchkit.plan.realism.morning import projections
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.records import Package, Plan, PlannedRoute, Stop
from dispatchkit.station import Station
from dispatchkit.times import after, seconds_between

_LEAVES = datetime(2000, 1, 1, 15, tzinfo=UTC)      # any: the forecast of a whole route knows no time of day


def chance_margin_s(problem: Problem, station: Station, travel: Between) -> float:
    """Seconds to keep free at the end of every shift of a problem, as `margin_s` reckons them for its usual route."""
    vans = len(problem.van_volume)
    return margin_s(
        stops=round(problem.stops / vans), service_s=float(problem.service_s[1:].mean()),
        shift_s=float(np.median(problem.shifts_s)), station=station, travel=travel,
    )  # fmt: skip


def margin_lost(margin_s: float, codes: Sequence[str], why: str) -> str:
    """Say on which routes a margin could not be kept, and what it would have cost."""
    return f"The margin of {margin_s / 60:.0f} min for late days could not be kept on {listed(list(codes))}: {why}."


def margin_s(*, stops: int, service_s: float, shift_s: float, station: Station, travel: Between) -> float:
    """Seconds to keep free at the end of a shift for `station.objective.chance_share` of all days to end within it.

    Reckoned on a route such as the day's will be: so many stops with so much service each, and driving for the rest of
    the shift. 0 where nobody asks for a chance, or such a route has no time to drive.

    Parameters
    ----------
    stops, service_s
        Stops of such a route, and planned seconds at each.
    travel
        What the forecast asks for legs that the plan does not hold.
    """
    aim, break_s = station.objective.chance_share, station.shift.break_s
    drive_s = (shift_s - break_s - stops * service_s) / (stops + 1)
    if not 0 < aim < 1 or stops < 1 or drive_s <= 0:
        return 0.0
    names = tuple(str(n) for n in range(stops))
    route = PlannedRoute(
        route_id="such", code="such", stop_ids=names, drive_s=(drive_s,) * (stops + 1), departs_at=_LEAVES,
        finish_by=after(_LEAVES, shift_s), break_s=break_s,
    )  # fmt: skip
    plan = Plan(
        station="such", service_day=_LEAVES.date(), routes=(route,),
        stops=tuple(Stop(stop_id=name, packages=(Package(package_id=name, service_s=service_s),)) for name in names),
    )  # fmt: skip
    finish: Finish = projections(plan, station, travel)[route.route_id].finish
    late_s = seconds_between(after(_LEAVES, route_schedule(plan, route).back_s), finish.at(aim))
    return float(np.clip(late_s, 0.0, shift_s - break_s))
