"""The next step of each route at the dock, and taking the same kind of step for several routes at once. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.open_day import refuse_if
from dispatchkit.fleet.inspection import PRE_TRIP, inspect
from dispatchkit.fleet.ready import van_blockers
from dispatchkit.loadout import depart
from dispatchkit.loadout.waves import wave_of

StepName = Literal["crew", "arrive", "inspect", "mend", "load", "loaded", "wave", "brief", "depart", "out"]

WAITS: dict[StepName, str] = {
    "crew": "needs a driver and a van",
    "arrive": "waits for its driver",
    "inspect": "waits for the DVIC of its van",
    "mend": "cannot leave with its van",
    "load": "waits to be loaded",
    "loaded": "is being loaded",
    "wave": "is in no wave",
    "brief": "waits for the stand-up of its wave",
    "depart": "is ready to leave",
    "out": "has left",
}
"""What a route does while its next step is this one."""


def next_step(day: Day, route_id: str) -> StepName:
    """The first step that the route still lacks; "out" once it has left. The order is that of a morning at the dock."""
    before, load = day.pre_load_out, day.load_out
    if route_id in load.departed:
        return "out"
    driver_id, van_id = before.driver_of.get(route_id), before.van_of.get(route_id)
    if driver_id is None or van_id is None:
        return "crew"
    if driver_id not in load.arrived:
        return "arrive"
    if (van_id, PRE_TRIP) not in before.inspections:
        return "inspect"
    if any(van_blockers(day, van_id)):
        return "mend"
    if route_id not in load.loading:
        return "load"
    if route_id not in load.loaded:
        return "loaded"
    wave = wave_of(day, route_id)
    if not wave:
        return "wave"
    return "depart" if wave in load.briefings else "brief"


def step_blockers(day: Day, step: StepName, route_ids: Sequence[str]) -> Iterator[str]:
    """Why this step cannot be taken for all of these routes at once: it is not the next one of some of them."""
    if not route_ids:
        yield "No route is chosen. Mark at least one."
    if step not in TAKES:
        yield "This step needs a look at each route. Take it one by one."
        return
    for route_id in route_ids:
        if (is_next := next_step(day, route_id)) != step:
            yield f"{day.code(route_id)} {WAITS[is_next]}."


def take(day: Day, *, step: StepName, route_ids: Sequence[str], at: datetime, by: str) -> list[Fact]:
    """Take the same step for these routes, all or none: here, loading, loaded with the planned count, or gone."""
    refuse_if(step_blockers(day, step, route_ids))
    return [fact for route_id in route_ids for fact in TAKES[step](day, route_id, at, by)]


def _arrive(day: Day, route_id: str, at: datetime, by: str) -> list[Fact]:
    return depart.arrived(day, driver_id=day.pre_load_out.driver_of[route_id], at=at, by=by)


def _pass(day: Day, route_id: str, at: datetime, by: str) -> list[Fact]:
    before = day.pre_load_out
    van_id, driver_id = before.van_of[route_id], before.driver_of[route_id]
    return inspect(day, van_id=van_id, driver_id=driver_id, inspection=PRE_TRIP, at=at, by=by)


def _load(day: Day, route_id: str, at: datetime, by: str) -> list[Fact]:
    return depart.start_loading(day, route_id=route_id, at=at, by=by)


def _loaded(day: Day, route_id: str, at: datetime, by: str) -> list[Fact]:
    packages = sum(len(stop.packages) for stop in day.plan.stops_of(route_id))
    return depart.finish_loading(day, route_id=route_id, packages=packages, at=at, by=by)


def _depart(day: Day, route_id: str, at: datetime, by: str) -> list[Fact]:
    return depart.depart(day, route_id=route_id, at=at, by=by)


TAKES = {"arrive": _arrive, "inspect": _pass, "load": _load, "loaded": _loaded, "depart": _depart}
"""Steps that can be taken by one press: nothing has to be asked when all is as planned and nothing was found."""
