"""The next step of each route on its way to a closed shift. Pure."""

from typing import Literal

from dispatchkit.day import Day
from dispatchkit.eos.balance import balance
from dispatchkit.fleet.inspection import POST_TRIP

EosStep = Literal["clear", "back", "debrief", "inspect", "van", "done"]


def next_steps(day: Day) -> dict[str, EosStep]:
    """The first step that each route of the plan still lacks, by route_id.

    A route with open stops is first cleared to return; one that never left is only debriefed. A debrief that leaves a
    difference has to be done again.
    """
    return {route.route_id: _step(day, route.route_id, route.difference) for route in balance(day).routes}


def _step(day: Day, route_id: str, difference: int) -> EosStep:
    eos, left = day.end_of_shift, day.load_out.departed.get(route_id)
    if left is None:
        return "debrief" if difference else "done"
    if route_id not in eos.returned:
        return "back" if route_id in eos.cleared or not day.road.routes[route_id].remaining else "clear"
    if difference or route_id not in eos.debriefed:
        return "debrief"
    if left.van_id in eos.vans:
        return "done"
    return "van" if (left.van_id, POST_TRIP) in day.pre_load_out.inspections else "inspect"
