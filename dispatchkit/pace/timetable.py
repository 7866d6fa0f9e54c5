"""When each stop of a route should be done: by its plan, and at the latest. Pure.

- expected(now): stops whose planned completion, shifted to the actual departure, is ≤ now.
- required(now): stops whose latest completion, counted back from `finish_by` over the planned remaining work with the
  way back, is ≤ now.

A rescue changes both. Stops given away leave the giver's timetable, the others keep their instants: the time of those
given away is what the giver catches up with. The helper's order after the meeting is planned anew from the meeting.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dispatchkit.day import Day
from dispatchkit.day.facts.road import RescueStarted, StopsTransferred
from dispatchkit.pace.past import area_of
from dispatchkit.pace.same import Same
from dispatchkit.plan.engine.schedule import Schedule, schedule
from dispatchkit.plan.legs import STATION, Between, Legs, Work
from dispatchkit.records import Plan, PlannedRoute, Record

PLANS_KEPT = 4
"""Plans whose timetables are kept at a time: the day's own, a branch of it, and what is being compared."""

ROUTES_KEPT = 2_000
"""Timetables kept for one plan; a route has one for each change of its order."""


class Timetable(Record, frozen=True):
    """A route's planned and latest completions, epoch seconds, each sorted."""

    planned_s: NDArray[np.float64]
    latest_s: NDArray[np.float64]

    def expected(self, now: datetime) -> int:
        """Stops that should be done by `now` by the plan, shifted to the actual departure."""
        return int(np.searchsorted(self.planned_s, now.timestamp(), side="right"))

    def required(self, now: datetime) -> int:
        """Stops that must be done by `now`: with fewer, the route cannot end inside its window at planned pace."""
        return int(np.searchsorted(self.latest_s, now.timestamp(), side="right"))


class Joined(Record, frozen=True):
    """A meeting at which a helper took stops over: when it ended, where, and in which order the helper goes on."""

    at_s: float
    lat: float
    lng: float
    order: tuple[str, ...]


class Timetables:
    """Timetables of a plan's routes, each worked out once for every departure and order that it has had.

    Attributes
    ----------
    legs
        Drive and service seconds of the plan.
    opens_s
        stop_id → when its customers' window opens, epoch seconds; not a number where there is none.
    area
        stop_id → the area that it lies in, as earlier days know areas; empty where the plan names no zone.
    """

    def __init__(self, plan: Plan, travel: Between) -> None:
        self.legs = Legs(plan, travel)
        self.opens_s = {s.stop_id: s.window.opens.timestamp() if s.window else np.nan for s in plan.stops}
        self.area = {s.stop_id: area_of(s.zone) for s in plan.stops}
        self._plan = plan
        self._areas = {r.route_id: self._shares(r) for r in plan.routes}
        self._planned = {r.route_id: self._schedule(r) for r in plan.routes}
        self._made = lru_cache(maxsize=ROUTES_KEPT)(self._make)

    def of(self, day: Day, route_id: str) -> Timetable:
        """The route's timetable as the day stands: from its actual departure, else from the planned one."""
        departed = day.load_out.departed.get(route_id)
        departs_at = departed.at if departed else self._plan.route[route_id].departs_at
        order = day.road.routes[route_id].order
        return self._made(route_id, departs_at.timestamp(), order, _joined(day, route_id))

    def all_of(self, day: Day, route_id: str) -> tuple[tuple[float, Timetable], ...]:
        """Every timetable that the route has had and from when it held, epoch seconds; the last is that of `of`.

        A route that met another has a new one from the meeting on. The first holds from the departure, told or planned.
        """
        departed = day.load_out.departed.get(route_id)
        departs_s = (departed.at if departed else self._plan.route[route_id].departs_at).timestamp()
        met_at = _meetings(day, route_id)
        if not met_at:
            return ((departs_s, self.of(day, route_id)),)
        order, joined = self._plan.route[route_id].stop_ids, tuple[Joined, ...]()
        held = [(departs_s, self._made(route_id, departs_s, order, joined))]
        gave = day.road.routes[route_id].gave
        for at, met in met_at:
            if met.helper_route_id == route_id:
                after = frozenset(met.helper_order)
                order = (*(s for s in order if s not in after), *met.helper_order)
                joined = (*joined, _as_joined(at, met))
            else:
                given = gave.intersection(met.stop_ids)
                order = tuple(s for s in order if s not in given)
            held.append((at.timestamp(), self._made(route_id, departs_s, order, joined)))
        return (*held[:-1], (held[-1][0], self.of(day, route_id)))

    def break_due_s(self, day: Day, route_id: str) -> float | None:
        """When the plan puts the break, shifted to the actual departure; epoch seconds, None where it plans none."""
        planned, departed = self._planned[route_id], day.load_out.departed.get(route_id)
        if planned.break_after is None:
            return None
        departs_at = departed.at if departed else self._plan.route[route_id].departs_at
        return departs_at.timestamp() + float(planned.done_s[planned.break_after])

    def before_break(self, route_id: str) -> frozenset[str]:
        """The stops that the plan puts before the break; all of them where it plans none."""
        stop_ids, after = self._plan.route[route_id].stop_ids, self._planned[route_id].break_after
        return frozenset(stop_ids if after is None else stop_ids[: after + 1])

    def areas(self, route_id: str) -> tuple[tuple[str, float], ...]:
        """The areas of a planned route, each with its share (0-1) of the planned service."""
        return self._areas[route_id]

    def windows_s(self, stop_ids: Sequence[str], start_s: float) -> NDArray[np.float64]:
        """Openings of the stops' windows in seconds after `start_s` (epoch seconds)."""
        return np.array([self.opens_s[s] for s in stop_ids], dtype=float) - start_s

    def _shares(self, route: PlannedRoute) -> tuple[tuple[str, float], ...]:
        service_s: dict[str, float] = {}
        for stop_id in route.stop_ids:
            service_s[self.area[stop_id]] = service_s.get(self.area[stop_id], 0.0) + self.legs.service_s(stop_id)
        whole_s = sum(service_s.values())
        return tuple((area, s / whole_s if whole_s > 0 else 1 / len(service_s)) for area, s in service_s.items())

    def _schedule(self, route: PlannedRoute) -> Schedule:
        service_s = [self.legs.service_s(s) for s in route.stop_ids]
        opens_s = self.windows_s(route.stop_ids, route.departs_at.timestamp())
        return schedule(route.drive_s, service_s, opens_s, break_s=route.break_s)

    def _make(self, route_id: str, departs_s: float, order: tuple[str, ...], joined: tuple[Joined, ...]) -> Timetable:
        route = self._plan.route[route_id]
        done_s = dict(zip(route.stop_ids, (departs_s + self._planned[route_id].done_s).tolist(), strict=True))
        for meeting in joined:
            done_s |= self._planned_after(meeting)
        # a stop that came without a meeting that the day knows of is due with the stop before it in the order
        due_s, planned = departs_s, []
        for stop_id in order:
            due_s = done_s.get(stop_id, due_s)
            planned.append(due_s)
        return Timetable(
            planned_s=np.sort(np.array(planned, dtype=float)),
            latest_s=self._latest_s(order, route.break_s, route.finish_by.timestamp()),
        )

    def _planned_after(self, meeting: Joined) -> dict[str, float]:
        work = work_from(self.legs, (meeting.lat, meeting.lng), meeting.order)
        opens_s = self.windows_s(meeting.order, meeting.at_s)
        planned = schedule(np.append(work.drive_s, work.back_s), work.service_s, opens_s)
        return dict(zip(meeting.order, (meeting.at_s + planned.done_s).tolist(), strict=True))

    def _latest_s(self, order: Sequence[str], break_s: float, finish_by_s: float) -> NDArray[np.float64]:
        """Counted back over drive, service and break; a wait for a window is no work."""
        work = self.legs.work(STATION, order)
        planned = schedule(np.append(work.drive_s, work.back_s), work.service_s, break_s=break_s)
        latest: NDArray[np.float64] = np.sort(finish_by_s - (planned.back_s - planned.done_s))
        return latest


def timetables(plan: Plan, travel: Between) -> Timetables:
    """The timetables of a plan under a travel model, the same object again for the same two."""
    return _kept(Same(plan), Same(travel))


@lru_cache(maxsize=PLANS_KEPT)
def _kept(plan: Same, travel: Same) -> Timetables:
    return Timetables(plan.held, travel.held)  # type: ignore[arg-type]


def _joined(day: Day, route_id: str) -> tuple[Joined, ...]:
    """The meetings at which this route took stops over, in the order in which they were held."""
    held = _meetings(day, route_id)
    return tuple(_as_joined(at, fact) for at, fact in held if fact.helper_route_id == route_id)


def _meetings(day: Day, route_id: str) -> list[tuple[datetime, RescueStarted | StopsTransferred]]:
    """The meetings that this route was at, in the order in which they were held.

    Of the last one it is what really changed hands, of those before it what was agreed.
    """
    last = day.road.routes[route_id].met
    held: list[tuple[datetime, RescueStarted | StopsTransferred]] = [
        (r.met_at, r.started)
        for r in day.road.rescues.values()
        if r.met_at is not None and route_id in (r.started.route_id, r.started.helper_route_id)
        if last is None or r.started.rescue_id != last.rescue_id
    ]
    if last is not None:
        held.append((last.at, last))
    return sorted(held, key=lambda x: x[0])


def _as_joined(at: datetime, fact: RescueStarted | StopsTransferred) -> Joined:
    lat, lng = _place(fact)
    return Joined(at_s=at.timestamp(), lat=lat, lng=lng, order=fact.helper_order)


def _place(fact: RescueStarted | StopsTransferred) -> tuple[float, float]:
    return (fact.meet_lat, fact.meet_lng) if isinstance(fact, RescueStarted) else (fact.lat, fact.lng)


def work_from(legs: Legs, place: tuple[float, float], stop_ids: Sequence[str]) -> Work:
    """The work along `stop_ids` from anywhere (latitude, longitude), and back to the station."""
    if not stop_ids:
        return Work(stop_ids=(), drive_s=np.zeros(0), service_s=np.zeros(0), back_s=legs.from_place_s(*place, STATION))
    first, rest = stop_ids[0], legs.work(stop_ids[0], stop_ids[1:])
    return Work(
        stop_ids=tuple(stop_ids),
        drive_s=np.concatenate([[legs.from_place_s(*place, first)], rest.drive_s]),
        service_s=np.concatenate([[legs.service_s(first)], rest.service_s]),
        back_s=rest.back_s,
    )
