"""The road as the day knows it: each route's order, what is served, where the van is, alarms and rescues."""

from datetime import datetime
from functools import cached_property

import msgspec

from dispatchkit.day.alarm import Alarm, AlarmChange, changed
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.pre_load_out import PlanCommitted
from dispatchkit.day.facts.road import (
    ActionNamed,
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    AlarmShelved,
    BreakTaken,
    MessageReceived,
    MessageSent,
    NotDelivered,
    PositionSeen,
    ProgressReported,
    RescueEnded,
    RescueStarted,
    RootCauseNamed,
    StopServed,
    StopsTransferred,
)
from dispatchkit.day.named import Named, said
from dispatchkit.day.rules import Artifacts, Rules
from dispatchkit.records import Plan

Report = ProgressReported | PositionSeen | StopServed
"""What sources tell of a route, and what may therefore be wrong."""


class OnRoad(msgspec.Struct, frozen=True, dict=True):
    """One route on the road.

    Attributes
    ----------
    order
        Stop ids that are this route's now, done ones first as served or planned, then the rest in their order.
    served
        stop_id → when it was finished. Only stops told one by one; a bare count is in `reported`.
    left_over
        stop_id → what the driver said of packages that he took along again when he was last there.
    reported, position
        The newest of their kind by `at`; exports arrive late and twice.
    reports
        When a believed count of stops was true → the report, late ones too.
    seen_at
        When positions were told, in the order in which they came.
    breaks
        When each break ended → its seconds.
    gave
        Stops that were once this route's and changed hands at a meeting.
    doubted
        Kind of fact → the newest report of it that is kept and not believed; gone as soon as a newer one is.
    """

    order: tuple[str, ...] = ()
    served: dict[str, datetime] = {}
    left_over: dict[str, tuple[NotDelivered, ...]] = {}
    last_served: StopServed | None = None
    reported: ProgressReported | None = None
    position: PositionSeen | None = None
    reports: dict[datetime, ProgressReported] = {}
    seen_at: tuple[datetime, ...] = ()
    breaks: dict[datetime, float] = {}
    met: StopsTransferred | None = None
    gave: frozenset[str] = frozenset()
    doubted: dict[str, Report] = {}

    @cached_property
    def not_delivered(self) -> dict[str, NotDelivered]:
        """package_id → what the driver said of it."""
        return {told.package_id: told for stop in self.left_over.values() for told in stop}

    @cached_property
    def break_s(self) -> float:
        """Seconds of breaks taken so far."""
        return sum(self.breaks.values())

    @cached_property
    def last_break_at(self) -> datetime | None:
        """When the last break ended."""
        return max(self.breaks, default=None)

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


class RescueUnderWay(msgspec.Struct, frozen=True):
    """A rescue and how far it is."""

    started: RescueStarted
    met_at: datetime | None = None
    ended_at: datetime | None = None
    outcome: str = ""


class Road(msgspec.Struct, frozen=True):
    """All routes by id, alarms and rescues by id, messages; and what was said of routes that the plan does not know.

    `named` is what dispatchers said of routes that are behind, by route id.
    """

    routes: dict[str, OnRoad] = {}
    alarms: dict[str, Alarm] = {}
    named: dict[str, Named] = {}
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


def _doubted(road: Road, route: OnRoad, fact: Report) -> Road:
    """Keep a report beside what is known; it moves nothing."""
    held = route.doubted.get(fact.kind)
    if held is not None and held.at >= fact.at:
        return road
    return _with_route(road, fact.route_id, _replace(route, doubted=route.doubted | {fact.kind: fact}))


def _still_doubted(route: OnRoad, believed: Report) -> dict[str, Report]:
    """Doubts that a report leaves: an older doubted one of its kind is answered by it."""
    held = route.doubted.get(believed.kind)
    if held is None or held.at > believed.at:
        return route.doubted
    return {kind: report for kind, report in route.doubted.items() if kind != believed.kind}


def _served(road: Road, fact: StopServed, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is not None and not fact.doubts and fact.stop_id in route.gave:
        road = _kept_after_all(road, fact)
        route = road.routes[fact.route_id]
    if fact.doubts and route is not None:
        return _doubted(road, route, fact)
    if route is None or fact.stop_id not in route.order:
        return _stranger(road, fact, fact.route_id)
    held = route.served.get(fact.stop_id)
    if held is not None and held >= fact.at:
        return road
    newest = route.last_served is None or fact.at >= route.last_served.at
    # a stop told again, later, replaces what was said of it
    left_over = route.left_over
    if fact.not_delivered:
        left_over = left_over | {fact.stop_id: fact.not_delivered}
    elif fact.stop_id in left_over:
        left_over = {s: told for s, told in left_over.items() if s != fact.stop_id}
    route = _replace(
        route,
        served=route.served | {fact.stop_id: fact.at},
        left_over=left_over,
        last_served=fact if newest else route.last_served,
        doubted=_still_doubted(route, fact),
    )
    return _with_route(road, fact.route_id, route)


def _kept_after_all(road: Road, fact: StopServed) -> Road:
    """Give a stop back to the route that served it although it was to hand it over; the news came after the meeting."""
    route = road.routes[fact.route_id]
    holder_id = next((r for r, other in road.routes.items() if fact.stop_id in other.order), fact.route_id)
    holder = road.routes[holder_id]
    if holder_id == fact.route_id or fact.stop_id in holder.served:
        return road
    at = route.order.index(route.remaining[0]) if route.remaining else len(route.order)
    return _replace(
        road,
        routes=road.routes
        | {
            holder_id: _replace(holder, order=tuple(s for s in holder.order if s != fact.stop_id)),
            fact.route_id: _replace(route, order=(*route.order[:at], fact.stop_id, *route.order[at:])),
        },
    )


def _reported(road: Road, fact: ProgressReported, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None:
        return _stranger(road, fact, fact.route_id)
    if fact.doubts:
        return _doubted(road, route, fact)
    if fact.at in route.reports:
        return road
    route = _replace(route, reports=route.reports | {fact.at: fact})
    if route.reported is None or route.reported.at < fact.at:
        route = _replace(route, reported=fact, doubted=_still_doubted(route, fact))
    return _with_route(road, fact.route_id, route)


def _seen(road: Road, fact: PositionSeen, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None:
        return _stranger(road, fact, fact.route_id)
    if fact.doubts:
        return _doubted(road, route, fact)
    if fact.at in route.seen_at:
        return road
    route = _replace(route, seen_at=(*route.seen_at, fact.at))
    if route.position is None or route.position.at < fact.at:
        route = _replace(route, position=fact, doubted=_still_doubted(route, fact))
    return _with_route(road, fact.route_id, route)


def _break(road: Road, fact: BreakTaken, _: Artifacts) -> Road:
    route = road.routes.get(fact.route_id)
    if route is None:
        return _stranger(road, fact, fact.route_id)
    if fact.at in route.breaks:
        return road
    return _with_route(road, fact.route_id, _replace(route, breaks=route.breaks | {fact.at: fact.duration_s}))


def _message(road: Road, fact: MessageReceived | MessageSent, _: Artifacts) -> Road:
    return _replace(road, messages=(*road.messages, fact))


def _alarm_raised(road: Road, fact: AlarmRaised, _: Artifacts) -> Road:
    return _replace(road, alarms=road.alarms | {fact.alarm_id: Alarm(fact)})


def _alarm_changed(road: Road, fact: AlarmChange, _: Artifacts) -> Road:
    alarm = road.alarms.get(fact.alarm_id)
    if alarm is None:
        return road
    return _replace(road, alarms=road.alarms | {fact.alarm_id: changed(alarm, fact)})


def _named(road: Road, fact: RootCauseNamed | ActionNamed, _: Artifacts) -> Road:
    held = road.named.get(fact.route_id, Named())
    return _replace(road, named=road.named | {fact.route_id: said(held, fact)})


def _rescue_started(road: Road, fact: RescueStarted, _: Artifacts) -> Road:
    return _replace(road, rescues=road.rescues | {fact.rescue_id: RescueUnderWay(fact)})


def _transferred(road: Road, fact: StopsTransferred, _: Artifacts) -> Road:
    giver, helper = road.routes.get(fact.route_id), road.routes.get(fact.helper_route_id)
    if giver is None or helper is None:
        return _stranger(road, fact, fact.route_id if giver is None else fact.helper_route_id)
    # what the giver served before they met stays his, whatever was agreed, and nobody gives what he does not have
    stop_ids = tuple(s for s in fact.stop_ids if s in giver.order and s not in giver.served)
    given = frozenset(stop_ids)
    theirs = given.union(helper.order)
    after = tuple(s for s in dict.fromkeys((*fact.helper_order, *stop_ids)) if s in theirs)
    done = tuple(s for s in helper.order if s not in frozenset(after))
    met = _replace(fact, stop_ids=stop_ids, helper_order=after)
    left = tuple(s for s in giver.order if s not in given)
    routes = road.routes | {
        fact.route_id: _replace(giver, order=left, met=met, gave=giver.gave | given),
        fact.helper_route_id: _replace(helper, order=(*done, *after), met=met),
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
    AlarmReopened: _alarm_changed,
    RootCauseNamed: _named,
    ActionNamed: _named,
    RescueStarted: _rescue_started,
    StopsTransferred: _transferred,
    RescueEnded: _rescue_ended,
}
