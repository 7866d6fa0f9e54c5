"""What a plan does not say yet, said by files: no disagreement, so nobody is asked. Pure."""

from collections.abc import Callable, Set

import msgspec

from dispatchkit.day import Day
from dispatchkit.records import Plan, PlannedRoute
from dispatchkit.station import Station
from dispatchkit.times import after

COUNTED = "counted"
"""What `Plan.travel` says of a plan whose stops are counted and have no place."""


def filled_in(day: Day, wanted: Plan, station: Station) -> Plan:
    """The day's plan, with what it leaves open as the other one has it: nothing that it says is touched.

    Open are blank texts and counts; the wave of a route that no wave of the day has; the departure of a counted route
    for which no wave was told; and its return, where that is only the profile's limit on the road.
    """
    now = day.plan
    theirs = {route.code: route for route in wanted.routes}
    in_waves = {route_id for wave in day.load_out.waves.values() for route_id in wave.route_ids}

    def filled(route: PlannedRoute) -> PlannedRoute:
        other = theirs.get(route.code)
        if other is None:
            return route
        if now.travel == COUNTED:
            route = _told_by(route, other, station)
        elif not route.wave and route.route_id not in in_waves and _leave_together(route, other):
            route = msgspec.structs.replace(route, wave=other.wave)
        return msgspec.structs.replace(
            route,
            service_type=route.service_type or other.service_type,
            staging=route.staging or other.staging,
            commercial_packages=(
                other.commercial_packages if route.commercial_packages is None else route.commercial_packages
            ),
        )

    return _each(now, filled)


def called_as_before(now: Plan, wanted: Plan) -> Plan:
    """The second plan, with departures to the same minute, and the names of their waves, as the first one has them."""
    ours = {route.code: route for route in now.routes}

    def named(route: PlannedRoute) -> PlannedRoute:
        held = ours.get(route.code)
        if held is None or not _leave_together(held, route):
            return route
        return msgspec.structs.replace(route, wave=held.wave, departs_at=held.departs_at)

    return _each(wanted, named)


def plan_of(now: Plan, wanted: Plan, codes: Set[str]) -> Plan:
    """The first plan, with the routes of these codes as the second one has them."""
    theirs = {route.code: route for route in wanted.routes if route.code in codes}
    chosen = [(wanted, theirs[r.code]) if r.code in theirs else (now, r) for r in now.routes]
    return msgspec.structs.replace(
        now,
        routes=tuple(route for _, route in chosen),
        stops=tuple(stop for plan, route in chosen for stop in plan.stops_of(route.route_id)),
    )


def _told_by(route: PlannedRoute, other: PlannedRoute, station: Station) -> PlannedRoute:
    """A counted route with the other's wave and return, where its own were assumed."""
    if route.finish_by == after(route.departs_at, station.shift.on_road_limit_s):
        route = msgspec.structs.replace(route, finish_by=other.finish_by)
    return route if route.wave else msgspec.structs.replace(route, wave=other.wave, departs_at=other.departs_at)


def _each(plan: Plan, change: Callable[[PlannedRoute], PlannedRoute]) -> Plan:
    return msgspec.structs.replace(plan, routes=tuple(map(change, plan.routes)))


def _leave_together(route: PlannedRoute, other: PlannedRoute) -> bool:
    """Whether a clock shows both departures alike, to the minute."""
    return route.departs_at.replace(second=0, microsecond=0) == other.departs_at.replace(second=0, microsecond=0)
