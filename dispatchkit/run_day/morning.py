"""The morning: who comes, vans inspected, waves briefed and loaded, departures."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from dispatchkit import course
from dispatchkit.errors import Refused
from dispatchkit.fleet import inspection
from dispatchkit.fleet.inspection import PRE_TRIP
from dispatchkit.loadout import depart, waves
from dispatchkit.records import PlannedRoute
from dispatchkit.road.departures import departure_slip_s, pre_trip
from dispatchkit.roster import attendance
from dispatchkit.run_day import on_road
from dispatchkit.run_day.night import cover
from dispatchkit.run_day.shift import Due, Shift
from dispatchkit.times import after

CALLED_OUT = "Called out excused"


def load_out(
    shift: Shift, *, send_help: bool = True, held_s: Mapping[str, float] | None = None, also: Sequence[Due] = ()
) -> None:
    """Bring every route to its departure. What a rule refuses is written down as a note, and the route stays.

    Early waves drive while later ones are at the dock, so the road is watched meanwhile; `send_help` as in
    `on_road.drive`.

    Parameters
    ----------
    held_s
        route_id → seconds for which something holds the route back at the dock, beyond what chance does.
    also
        What else happens this morning.
    """
    plan = shift.day.plan
    shift.desk.decide(waves.set_waves, waves=waves.plan_waves(plan, shift.station))
    first = min(r.departs_at for r in plan.routes)
    at_dock = [due for route in plan.routes for due in _route(shift, route, (held_s or {}).get(route.route_id, 0.0))]
    shift.play(
        [
            Due(after(first, -shift.station.simulator.call_out_before_s), lambda: _attendance(shift)),
            *also,
            *_briefings(shift),
            *at_dock,
            *_looks(shift, first, max(due.at for due in at_dock), send_help),
        ]
    )


def _looks(shift: Shift, first: datetime, last: datetime, send_help: bool) -> Iterator[Due]:
    at = first + shift.step
    while at < last:
        yield Due(at, partial(on_road.look, shift, at, send_help=send_help))
        at += shift.step


def _attendance(shift: Shift) -> None:
    """Hear from everybody on the roster who has not been heard of; cover the routes of those who do not come."""
    roster, heard = shift.day.pre_load_out.roster, shift.day.pre_load_out.attendance
    for driver in roster.drivers if roster else ():
        if driver.driver_id in heard:
            continue
        absent = not driver.standby and shift.chance.happens(
            shift.station.simulator.absence_share, "absence", driver.driver_id
        )
        if absent:
            shift.desk.decide(attendance.call_out, driver_id=driver.driver_id, attendance=CALLED_OUT)
        else:
            shift.desk.decide(attendance.confirm, driver_id=driver.driver_id)
    cover(shift)


def _briefings(shift: Shift) -> Iterator[Due]:
    topics = shift.station.wave.briefing
    for i, wave in enumerate(shift.day.load_out.waves.values()):
        first = min(shift.day.plan.route[r].departs_at for r in wave.route_ids)
        topic = topics[i % len(topics)]
        yield Due(
            after(first, -shift.station.shift.before_departure_s),
            lambda wave=wave, topic=topic: shift.desk.decide(waves.brief, wave=wave.wave, topic=topic),  # type: ignore[misc]
        )


def _route(shift: Shift, route: PlannedRoute, held_s: float) -> Iterator[Due]:
    """What happens to one route at the dock. A recorded departure is kept; a planned one slips as chance has it.

    Driver and van are ready in time also where something holds the route back.
    """
    leaves = route.departs_at
    if shift.day.plan.origin == "built" or shift.source == "simulated":
        leaves = after(leaves, departure_slip_s(route.route_id, shift.chance))
    ready = after(leaves, -shift.station.shift.before_departure_s)
    leaves = after(leaves, held_s)
    loads_s = shift.station.wave.loading_s
    packages = sum(len(s.packages) for s in shift.day.plan.stops_of(route.route_id))
    route_id = route.route_id
    yield Due(ready, lambda: _at_dock(shift, lambda: _arrive_and_inspect(shift, route_id)))
    yield Due(
        after(leaves, -loads_s - 60),
        lambda: _at_dock(shift, lambda: shift.desk.decide(depart.start_loading, route_id=route_id)),
    )
    yield Due(
        after(leaves, -60),
        lambda: _at_dock(shift, lambda: shift.desk.decide(depart.finish_loading, route_id=route_id, packages=packages)),
    )
    yield Due(leaves, lambda: _at_dock(shift, lambda: shift.desk.decide(depart.depart, route_id=route_id)))


def _at_dock(shift: Shift, act: Callable[[], object]) -> None:
    """Do it; where a rule refuses, write the reasons down and leave the route at the station."""
    try:
        act()
    except Refused as refused:
        shift.desk.decide(course.note, text=str(refused))


def _arrive_and_inspect(shift: Shift, route_id: str) -> None:
    """The driver comes and walks round the van; a van that fails is replaced until one passes or none is left."""
    driver_id = shift.day.pre_load_out.driver_of.get(route_id)
    if driver_id is None:
        raise Refused([f"{shift.day.code(route_id)} has nobody to drive it."])
    shift.desk.decide(depart.arrived, driver_id=driver_id)
    while (van_id := shift.day.pre_load_out.van_of.get(route_id)) is not None:
        found = pre_trip(van_id, driver_id, at=shift.clock.now(), chance=shift.chance, by=shift.desk.by)
        shift.desk.decide(
            inspection.inspect,
            van_id=van_id,
            driver_id=driver_id,
            inspection=PRE_TRIP,
            defects=tuple((defect, True) for defect in found.defects),
            duration_s=found.duration_s,
        )
        if found.passed:
            return
        cover(shift)
        if shift.day.pre_load_out.van_of.get(route_id) == van_id:
            raise Refused([f"{shift.day.code(route_id)} has no van: {van_id} failed its inspection, none is spare."])
