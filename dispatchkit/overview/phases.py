"""Where the day stands: plan, load-out, road and close, how far each of them is and what holds it up. Pure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from dispatchkit.day import Day
from dispatchkit.day.open_day import known_route_blockers
from dispatchkit.eos.close import close_blockers, out_blockers
from dispatchkit.loadout.depart import crew_blockers, departure_blockers
from dispatchkit.overview.grouped import counted, grouped
from dispatchkit.overview.routes import here, out
from dispatchkit.pace.alarms import standing_at
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text

PhaseName = Literal["plan", "load_out", "road", "close"]
"""The phases of a day, which are also the pages on which they are worked."""

State = Literal["done", "now", "ahead"]

TITLES: dict[PhaseName, str] = {"plan": "Plan", "load_out": "Load-out", "road": "Road", "close": "Close"}
"""The phases in their order, as people say them."""


class Phase(Record, frozen=True):
    """One phase of the day.

    Attributes
    ----------
    title
        As people say it: "Plan", "Load-out", "Road", "Close".
    state
        "ahead" until its work can begin, "now" while it goes on, "done". Several can be "now": while the last wave
        loads, the first is on the road. Every phase of a closed day is "done".
    says
        How far it is, in a few words: "38 routes, 2 without a driver", "31 of 38 left".
    blockers
        Sentences: what blocks the next step, as the rooms say it, those alike told as one. Only of a phase that is
        "now": what blocks one that is ahead is the phase before it.
    """

    name: PhaseName
    title: str
    state: State
    says: str
    blockers: tuple[str, ...] = ()


def phases(day: Day, *, now: datetime, station: Station) -> tuple[Phase, ...]:
    """The four phases of the day at `now`, in their order."""
    if day.course.closed_at is not None:
        return _closed(day)
    return _plan(day), _load_out(day), _road(day, now), _close(day, station)


def _phase(day: Day, name: PhaseName, state: State, says: str, blockers: Iterable[str] = ()) -> Phase:
    told = grouped(blockers, day) if state == "now" else ()
    return Phase(name=name, title=TITLES[name], state=state, says=says, blockers=told)


def _closed(day: Day) -> tuple[Phase, ...]:
    at = clock_text(day.course.closed_at, day.course.timezone, day.key.service_day.isoformat())
    routes = len(day.plan.routes) if day.pre_load_out.plan else 0
    says = (
        counted(routes, "route"),
        f"{len(day.load_out.departed)} of {routes} left",
        f"{len(day.end_of_shift.returned)} back",
        f"Closed at {at}",
    )
    return tuple(_phase(day, name, "done", said) for name, said in zip(TITLES, says, strict=True))


def _plan(day: Day) -> Phase:
    before = day.pre_load_out
    if before.plan is None:
        drafts = len(before.drafts)
        says = f"No plan yet, {counted(drafts, 'draft')} to commit" if drafts else "No plan yet"
        return _phase(day, "plan", "now", says, known_route_blockers(day, ""))
    still = here(day)
    lacking = [s for route_id in still for s in crew_blockers(day, route_id)]
    no_driver, no_van = (sum(r not in held for r in still) for held in (before.driver_of, before.van_of))
    says = ", ".join(
        (
            counted(len(before.plan.routes), "route"),
            *([f"{no_driver} without a driver"] if no_driver else ()),
            *([f"{no_van} without a van"] if no_van else ()),
        )
    )
    return _phase(day, "plan", "now" if lacking else "done", says, lacking)


def _load_out(day: Day) -> Phase:
    plan, load = day.pre_load_out.plan, day.load_out
    if plan is None:
        return _phase(day, "load_out", "ahead", "")
    still = here(day)
    says = f"{len(load.departed)} of {len(plan.routes)} left"
    if not still:
        return _phase(day, "load_out", "done", says)
    begun = bool(load.arrived or load.loading or load.departed) or not any(
        s for route_id in still for s in crew_blockers(day, route_id)
    )
    blocked = (s for route_id in still for s in departure_blockers(day, route_id))
    return _phase(day, "load_out", "now" if begun else "ahead", says, blocked)


def _road(day: Day, now: datetime) -> Phase:
    if day.pre_load_out.plan is None or (not day.load_out.departed and here(day)):
        return _phase(day, "road", "ahead", "")
    on_road = out(day)
    if not on_road and not here(day):
        return _phase(day, "road", "done", f"{len(day.end_of_shift.returned)} back")
    at_risk = {r for alarm in standing_at(day, now) for r in alarm.raised.route_ids}.intersection(on_road)
    says = f"{len(on_road)} on the road" + (f", {len(at_risk)} at risk" if at_risk else "")
    return _phase(day, "road", "now", says, out_blockers(day))


def _close(day: Day, station: Station) -> Phase:
    eos, plan = day.end_of_shift, day.pre_load_out.plan
    if plan is None or (not eos.returned and (here(day) or out(day))):
        return _phase(day, "close", "ahead", "")
    to_debrief = {*day.load_out.departed, *here(day), *eos.debriefed}
    says = f"{len(eos.debriefed)} of {len(to_debrief)} debriefed"
    return _phase(day, "close", "now", says, close_blockers(day, station))
