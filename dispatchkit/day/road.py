"""The road as the day knows it: each route's order, what is served, where the van is, alarms and rescues."""

from datetime import datetime
from functools import cached_property

import msgspec

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import (
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmShelved,
    BreakTaken,
    MessageReceived,
    MessageSent,
    NotDelivered,
    PositionSeen,
    ProgressReported,
    RescueEnded,
    RescueStarted,
    StopServed,
    StopsTransferred,
)
from dispatchkit.day.rules import Artifacts, Rules
from dispatchkit.records import Plan


class OnRoad(msgspec.Struct, frozen=True, dict=True):
    """One route on the road.

    Attributes
    ----------
    order
        Stop ids that are this route's now, done ones first as served or planned, then the rest in their order.
    served
        stop_id → when it was finished. Only stops told one by one; a bare count is in `reported`.
    not_delivered
        package_id → what the driver said.
    reported, position
        The newest of their kind by `at`; exports arrive late and twice.
    break_s
        Seconds of breaks taken so far.
    """

    order: tuple[str, ...] = ()
    served: dict[str, datetime] = {}
    not_delivered: dict[str, NotDelivered] = {}
    last_served: StopServed | None = None
    reported: ProgressReported | None = None
    position: PositionSeen | None = None
    break_s: float = 0.0
    last_break_at: datetime | None = None
    met: StopsTransferred | None = None

    @cached_property
    def done_count(self) -> int:
        """Stops done: those told one by one, or the newest count where it is higher."""
        counted = self.reported.stops_done if self.reported else 0
        return min(len(self.order), max(len(self.served), counted))

    @cached_property
    def remaining(self) -> tuple[str, ...]:
        """Stops still to do, in order. A bare count is taken to be of the first stops in order."""
        open_stops = [s for s in self.order if s not in self.served]
        return tuple(open_stops[len(open_stops) - (len(self.order) - self.done_count) :])

    @cached_property
    def heard_at(self) -> datetime | None:
        """When the route last said anything."""
        heard = [f.at for f in (self.last_served, self.reported, self.position) if f is not None]
        return max(heard, default=None)


class Alarm(msgspec.Struct, frozen=True):
    """An alarm and what became of it."""

    raised: AlarmRaised
    acknowledged_by: str = ""
    shelved_until: datetime | None = None
    cleared_at: datetime | None = None


class RescueUnderWay(msgspec.Struct, frozen=True):
    """A rescue and how far it is."""

    started: RescueStarted
    met_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""


class Road(msgspec.Struct, frozen=True):
    """All routes by id, alarms and rescues by id, messages; and what was said of routes that the plan does not know."""

    routes: dict[str, OnRoad] = {}
    alarms: dict[str, Alarm] = {}
    rescues: dict[str, RescueUnderWay] = {}
    messages: tuple[MessageReceived | MessageSent, ...] = ()
    unknown_routes: dict[str, Fact] = {}


_replace = msgspec.structs.replace
_NOT_STARTED = OnRoad()


def _with_route(road: Road, route_id: str, route: OnRoad) -> Road:
    return _replace(road, routes=road.routes | {route_id: route})


def _stranger(road: Road, fact: Fact, route_id: str) -> Road:
    return _replace(road, unknown_routes=road.unknown_routes | {route_id: fact})


def _plan_committed(road: Road, fact: PlanCommitted, artifacts: Artifacts) -> Road:
    plan = artifacts.record(fact.plan, Plan)
    routes = {r.route_id: _replace(road.routes.get(r.route_id, _NOT_STARTED), order=r.stop_ids) for r in plan.routes}
    return _replace(road, routes=routes)


def _served(road: Road, fact: StopServed, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None or fact.stop_id not in route.order:
        return _stranger(road, fact, fact.route_id)
    held = route.served.get(fact.stop_id)
    if held is not None and held >= fact.at:
        return road
    newest = route.last_served is None or fact.at >= route.last_served.at
    # a stop told again, later, replaces what was said of it
    gone = route.not_delivered
    if fact.not_delivered:
        gone = gone | {p.package_id: p for p in fact.not_delivered}
    route = _replace(
        route,
        served=route.served | {fact.stop_id: fact.at},
        not_delivered=gone,
        last_served=fact if newest else route.last_served,
    )
    return _with_route(road, fact.route_id, route)


def _reported(road: Road, fact: ProgressReported, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None:
        return _stranger(road, fact, fact.route_id)
    if route.reported is not None and route.reported.at >= fact.at:
        return road
    return _with_route(road, fact.route_id, _replace(route, reported=fact))


def _seen(road: Road, fact: PositionSeen, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None:
        return _stranger(road, fact, fact.route_id)
    if route.position is not None and route.position.at >= fact.at:
        return road
    return _with_route(road, fact.route_id, _replace(route, position=fact))


def _break(road: Road, fact: BreakTaken, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None:
        return _stranger(road, fact, fact.route_id)
    if route.last_break_at is not None and route.last_break_at == fact.at:
        return road
    taken = _replace(route, break_s=route.break_s + fact.duration_s, last_break_at=fact.at)
    return _with_route(road, fact.route_id, taken)


def _message(road: Road, fact: MessageReceived | MessageSent, _: Artifacts) -> Road:
    return _replace(road, messages=(*road.messages, fact))


def _alarm_raised(road: Road, fact: AlarmRaised, _: Artifacts) -> Road:
    return _replace(road, alarms=road.alarms | {fact.alarm_id: Alarm(fact)})


def _alarm_changed(road: Road, fact: AlarmAcknowledged | AlarmShelved | AlarmCleared, _: Artifacts) -> Road:
    alarm = road.alarms.get(fact.alarm_id)
    if alarm is None:
        return road
    match fact:
        case AlarmAcknowledged():
            alarm = _replace(alarm, acknowledged_by=fact.by)
        case AlarmShelved():
            alarm = _replace(alarm, shelved_until=fact.until)
        case AlarmCleared():
            alarm = _replace(alarm, cleared_at=fact.at)
    return _replace(road, alarms=road.alarms | {fact.alarm_id: alarm})


def _rescue_started(road: Road, fact: RescueStarted, _: Artifacts) -> Road:
    return _replace(road, rescues=road.rescues | {fact.rescue_id: RescueUnderWay(fact)})


def _transferred(road: Road, fact: StopsTransferred, _: Artifacts) -> Road:
    giver, helper = road.routes.get(fact.route_id), road.routes.get(fact.helper_route_id)
    if giver is None or helper is None:
        return _stranger(road, fact, fact.route_id if giver is None else fact.helper_route_id)
    # what the giver served before they met stays his, whatever was agreed
    given = frozenset(fact.stop_ids) - giver.served.keys()
    after = tuple(s for s in fact.helper_order if s not in giver.served)
    done = tuple(s for s in helper.order if s not in frozenset(after))
    routes = road.routes | {
        fact.route_id: _replace(giver, order=tuple(s for s in giver.order if s not in given), met=fact),
        fact.helper_route_id: _replace(helper, order=(*done, *after), met=fact),
    }
    rescues = road.rescues
    if held := rescues.get(fact.rescue_id):
        rescues = rescues | {fact.rescue_id: _replace(held, met_at=fact.at)}
    return _replace(road, routes=routes, rescues=rescues)


def _rescue_ended(road: Road, fact: RescueEnded, _: Artifacts) -> Road:
    held = road.rescues.get(fact.rescue_id)
    if held is None:
        return road
    ended = _replace(held, ended_at=fact.at, outcome=fact.outcome)
    return _replace(road, rescues=road.rescues | {fact.rescue_id: ended})


RULES: Rules = {
    PlanCommitted: _plan_committed,
    StopServed: _served,
    ProgressReported: _reported,
    PositionSeen: _seen,
    BreakTaken: _break,
    MessageReceived: _message,
    MessageSent: _message,
    AlarmRaised: _alarm_raised,
    AlarmAcknowledged: _alarm_changed,
    AlarmShelved: _alarm_changed,
    AlarmCleared: _alarm_changed,
    RescueStarted: _rescue_started,
    StopsTransferred: _transferred,
    RescueEnded: _rescue_ended,
}
