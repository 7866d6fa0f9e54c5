"""A plan changed by hand: stops moved, swapped, taken off and put back; routes split, merged and ordered anew. Pure.

Nothing is kept here. Each change is an `Edited`: the plan that would come of it, to be looked at (`effect`) and then
kept as a fact (`keep`), or forgotten. What a change may not do is Refused in sentences.
"""

import string
from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec.structs import replace

from dispatchkit.day.open_day import refuse_if
from dispatchkit.errors import Refused
from dispatchkit.plan.insertion import inserted
from dispatchkit.plan.limits import changed_routes, volume_blockers, window_blockers
from dispatchkit.plan.locks import NO_LOCKS, Locks, listed, lock_blockers, route_of_stop
from dispatchkit.plan.receiving import Ordering, Receiving, receiving
from dispatchkit.printable import printable
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes

LETTERS = string.ascii_uppercase[1:]
"""What is added to the code of a route for the part that is split off: CX105B of CX105."""


class Change(StrEnum):
    """What was done to a plan, in a word."""

    MOVED = "moved"
    SWAPPED = "swapped"
    SPLIT = "split"
    MERGED = "merged"
    REORDERED = "reordered"
    TAKEN_OFF = "taken off"
    PUT_BACK = "put back"
    SHARED_OUT = "shared out"
    WENT_BACK = "went back"
    REBUILT = "rebuilt"


class Edited(Record, frozen=True):
    """What a change makes of a plan.

    Attributes
    ----------
    stop_ids
        The stops that it was about; for a new order the route's stops.
    to_route_id
        The route that takes them over; empty where there is no such one.
    """

    change: Change
    before: Plan
    plan: Plan
    stop_ids: tuple[str, ...]
    to_route_id: str = ""

    @property
    def route_ids(self) -> tuple[str, ...]:
        """Routes whose work is another now, or that are new or gone; those that are gone first."""
        changed = changed_routes(self.before, self.plan)
        return tuple(sorted(changed, key=lambda r: r in self.plan.route))


class ByHand:
    """The changes that can be made to one plan.

    Parameters
    ----------
    plan
        The draft that is changed.
    travel
        Answers for legs that the plan does not drive yet.
    station
        How full a van may be.
    locks
        What no change may touch.
    ordering
        How a route that takes stops over is ordered: `inserted` keeps its order as it was loaded, `resequenced` does
        not.
    serve_late
        Whether customers may be reached after their window: somebody has decided so.

    Every method raises Refused with all its reasons: an unknown stop or route, something that is locked, a van too
    full, a window that would be missed.
    """

    def __init__(
        self,
        plan: Plan,
        *,
        travel: TravelTimes,
        station: Station,
        locks: Locks = NO_LOCKS,
        ordering: Ordering = inserted,
        serve_late: bool = False,
    ) -> None:
        self.plan = plan
        self._travel, self._station, self._locks = travel, station, locks
        self._ordering, self._serve_late = ordering, serve_late
        self._route_of = route_of_stop(plan)

    def move(self, stop_ids: Sequence[str], to_route_id: str) -> Edited:
        """Give stops, of any routes, to another route."""
        refuse_if((*self._unknown_stops(stop_ids), *self._unknown_routes(to_route_id), *self._on_no_route(stop_ids)))
        if here := [s for s in stop_ids if self._route_of[s] == to_route_id]:
            raise Refused([f"On {self._code(to_route_id)} already: {listed(here)}. Choose another route."])
        routes = self._without(stop_ids) | self._with(to_route_id, stop_ids)
        return self._edited(Change.MOVED, stop_ids, routes, to_route_id)

    def swap(self, stop_ids: Sequence[str], other_stop_ids: Sequence[str]) -> Edited:
        """Exchange stops of one route with stops of another."""
        both = (*stop_ids, *other_stop_ids)
        refuse_if((*self._unknown_stops(both), *self._on_no_route(both)))
        sides = [{self._route_of[s] for s in side} for side in (stop_ids, other_stop_ids)]
        if any(len(side) != 1 for side in sides) or sides[0] == sides[1]:
            raise Refused(["A swap is between two routes: name stops of one route, then stops of the other."])
        (one,), (other,) = sides
        routes = self._with(one, other_stop_ids, without=stop_ids) | self._with(other, stop_ids, without=other_stop_ids)
        return self._edited(Change.SWAPPED, both, routes)

    def split(self, route_id: str, stop_ids: Sequence[str], *, code: str = "") -> Edited:
        """Make a route of its own of some stops of a route, in the order that they have there.

        It leaves when the route does, in such a van, and is called `code`, or as the route with a letter after it.
        """
        refuse_if((*self._unknown_routes(route_id), *self._unknown_stops(stop_ids)))
        held, chosen = self.plan.route[route_id], set(stop_ids)
        if others := sorted(chosen.difference(held.stop_ids)):
            raise Refused([f"Not on {held.code}: {listed(others)}. Name stops of the route that is split."])
        taken = {route.code for route in self.plan.routes} | self.plan.route.keys()
        code = code.strip() or next((c for letter in LETTERS if (c := held.code + letter) not in taken), held.code)
        if code in taken:
            raise Refused([f"There is a route {code} already. Choose another code."])
        if not code.isprintable():
            raise Refused([f"A route cannot be called {printable(code)}. Write letters, digits and signs."])
        going = tuple(s for s in held.stop_ids if s in chosen)
        new = self._route(replace(held, route_id=code, code=code), going)
        return self._edited(Change.SPLIT, going, self._without(going) | {code: new}, code)

    def split_at(self, route_id: str, stops: int, *, code: str = "") -> Edited:
        """Make a route of its own of what comes after the first `stops` stops of a route."""
        refuse_if(self._unknown_routes(route_id))
        held = self.plan.route[route_id]
        most = len(held.stop_ids) - 1
        if most < 1:
            raise Refused([f"{held.code} has too few stops to be split. Choose another route."])
        if not 0 < stops <= most:
            raise Refused([f"{held.code} has {len(held.stop_ids)} stops. Split it after 1 to {most} of them."])
        return self.split(route_id, held.stop_ids[stops:], code=code)

    def merge(self, route_id: str, into_route_id: str) -> Edited:
        """Give all stops of a route to another one; the route is no more."""
        refuse_if(self._unknown_routes(route_id, into_route_id))
        if route_id == into_route_id:
            raise Refused([f"{self._code(route_id)} cannot be merged with itself. Choose another route."])
        going = self.plan.route[route_id].stop_ids
        routes = {route_id: None} | self._with(into_route_id, going)
        return self._edited(Change.MERGED, going, routes, into_route_id)

    def share_out(self, route_id: str, orders: Mapping[str, Sequence[str]]) -> Edited:
        """Give the stops of a route to several, each of which drives its order of `orders`; the route is no more.

        `orders` is route_id → all stops of a taker in order, those that it takes among its own; as `absorb` finds them.
        """
        refuse_if(self._unknown_routes(route_id, *orders))
        going = self.plan.route[route_id].stop_ids
        own = [s for taker in orders for s in self.plan.route[taker].stop_ids]
        given = [s for order in orders.values() for s in order]
        if route_id in orders or sorted(given) != sorted((*own, *going)):
            said = f"To share {self._code(route_id)} out, each of its stops goes to one other route."
            raise Refused([f"{said} Ask again who can take it."])
        routes: dict[str, PlannedRoute | None] = {route_id: None}
        for taker, order in orders.items():
            routes[taker] = self._route(self.plan.route[taker], order)
        return self._edited(Change.SHARED_OUT, going, routes)

    def reorder(self, route_id: str, stop_ids: Sequence[str]) -> Edited:
        """Drive a route in this order; it has to name each of its stops once."""
        refuse_if(self._unknown_routes(route_id))
        held = self.plan.route[route_id]
        if sorted(stop_ids) != sorted(held.stop_ids):
            wrong = sorted(set(stop_ids) ^ set(held.stop_ids)) or [s for s in stop_ids if list(stop_ids).count(s) > 1]
            raise Refused([f"An order of {held.code} names each of its stops once. Look at {listed(wrong)}."])
        return self._edited(Change.REORDERED, stop_ids, {route_id: self._route(held, stop_ids)})

    def order_anew(self, route_id: str) -> Edited:
        """Drive a route in the order that `ordering` finds for its stops."""
        refuse_if(self._unknown_routes(route_id))
        held = self.plan.route[route_id]
        taking = receiving(self.plan, held, (), held.stop_ids, self._travel)
        stop_ids = taking.stop_ids(self._ordering(taking))
        if stop_ids == held.stop_ids:
            raise Refused([f"No better order of {held.code} was found than the one that it has."])
        return self.reorder(route_id, stop_ids)

    def take_off(self, stop_ids: Sequence[str]) -> Edited:
        """Leave stops on no route; they stay in the plan until somebody puts them back."""
        refuse_if((*self._unknown_stops(stop_ids), *self._on_no_route(stop_ids)))
        return self._edited(Change.TAKEN_OFF, stop_ids, self._without(stop_ids))

    def put_back(self, stop_ids: Sequence[str], to_route_id: str) -> Edited:
        """Give stops that are on no route to one."""
        refuse_if((*self._unknown_stops(stop_ids), *self._unknown_routes(to_route_id)))
        if on := [s for s in stop_ids if s in self._route_of]:
            raise Refused([f"On a route already: {listed(on)}. Move them instead."])
        return self._edited(Change.PUT_BACK, stop_ids, self._with(to_route_id, stop_ids), to_route_id)

    def give(self, stop_ids: Sequence[str], to_route_id: str) -> Edited:
        """Give stops to a route, wherever they are: all of one route merge it, those on no route are put back."""
        loose = [s for s in stop_ids if s in self.plan.stop and s not in self._route_of]
        if loose and len(loose) < len(stop_ids):
            raise Refused([f"On no route: {listed(loose)}. Give them to a route by themselves."])
        if loose:
            return self.put_back(stop_ids, to_route_id)
        held = self.plan.route.get(self._route_of.get(next(iter(stop_ids), ""), ""))
        if held is not None and set(held.stop_ids) == set(stop_ids):
            return self.merge(held.route_id, to_route_id)
        return self.move(stop_ids, to_route_id)

    def go_back(self, earlier: Plan) -> Edited:
        """Take an earlier plan of the same stops in hand again; what spoke against it then is no reason here."""
        if other := sorted(self.plan.stop.keys() ^ earlier.stop.keys()):
            raise Refused(
                [f"That plan was made for other stops: {listed(other)}. Commit it as a draft, or build routes anew."]
            )
        if earlier == self.plan:
            raise Refused(["That plan is the one in hand already."])
        refuse_if(lock_blockers(self.plan, earlier, self._locks))
        was, now = self._route_of, route_of_stop(earlier)
        moved = tuple(s for s in self.plan.stop if was.get(s) != now.get(s))
        return Edited(change=Change.WENT_BACK, before=self.plan, plan=earlier, stop_ids=moved)

    def _without(self, stop_ids: Sequence[str]) -> dict[str, PlannedRoute | None]:
        """The routes that lose these stops, without them."""
        going = set(stop_ids)
        losing = dict.fromkeys(self._route_of[s] for s in stop_ids)
        return {r: self._shortened(self.plan.route[r], going) for r in losing}

    def _shortened(self, route: PlannedRoute, going: set[str]) -> PlannedRoute:
        stays = [s for s in route.stop_ids if s not in going]
        if not stays:
            raise Refused([f"That would leave {route.code} without a stop. Merge it with another route instead."])
        return self._route(route, stays)

    def _with(
        self, route_id: str, arriving: Sequence[str], *, without: Sequence[str] = ()
    ) -> dict[str, PlannedRoute | None]:
        """The route with stops that arrive, in the order that `ordering` finds."""
        route = self.plan.route[route_id]
        taking = receiving(self.plan, route, [s for s in route.stop_ids if s not in without], arriving, self._travel)
        return {route_id: _ordered(taking, self._ordering(taking))}

    def _route(self, route: PlannedRoute, stop_ids: Sequence[str]) -> PlannedRoute:
        """The route with these stops, in this order."""
        taking = receiving(self.plan, route, stop_ids, (), self._travel)
        return _ordered(taking, range(1, len(stop_ids) + 1))

    def _edited(
        self, change: Change, stop_ids: Sequence[str], routes: dict[str, PlannedRoute | None], to_route_id: str = ""
    ) -> Edited:
        """Put changed, new (at the end) and gone (None) routes into the plan, or refuse."""
        kept = (routes.get(r.route_id, r) for r in self.plan.routes)
        new = (route for route_id, route in routes.items() if route_id not in self.plan.route)
        plan = replace(self.plan, routes=tuple(r for r in (*kept, *new) if r is not None))
        if plan == self.plan:
            raise Refused(["That changes nothing. Choose other stops, or another order."])
        refuse_if(
            (
                *lock_blockers(self.plan, plan, self._locks),
                *volume_blockers(self.plan, plan, self._station),
                *(() if self._serve_late else window_blockers(self.plan, plan)),
            )
        )
        return Edited(
            change=change, before=self.plan, plan=plan, stop_ids=tuple(stop_ids), to_route_id=to_route_id
        )

    def _unknown_stops(self, stop_ids: Sequence[str]) -> list[str]:
        reasons = [] if stop_ids else ["No stop is named. Choose at least one."]
        if unknown := [s for s in stop_ids if s not in self.plan.stop]:
            reasons.append(f"Not in the plan: {listed(unknown)}. Check the ids.")
        if twice := sorted({s for s in stop_ids if list(stop_ids).count(s) > 1}):
            reasons.append(f"Named twice: {listed(twice)}. Name each stop once.")
        return reasons

    def _on_no_route(self, stop_ids: Sequence[str]) -> list[str]:
        loose = [s for s in stop_ids if s in self.plan.stop and s not in self._route_of]
        return [f"On no route: {listed(loose)}. Put them back on one first."] if loose else []

    def _unknown_routes(self, *route_ids: str) -> list[str]:
        return [
            f"There is no route {route_id} in this plan. Choose one of its routes."
            for route_id in route_ids
            if route_id not in self.plan.route
        ]

    def _code(self, route_id: str) -> str:
        return self.plan.route[route_id].code


def _ordered(taking: Receiving, order: Sequence[int]) -> PlannedRoute:
    """The route with other stops; what the station counted of the old ones does not hold of them."""
    route, stop_ids = taking.route, taking.stop_ids(order)
    counted = route.commercial_packages if set(stop_ids) == set(route.stop_ids) else None
    drive_s = tuple(taking.legs_s(order).tolist())
    return replace(route, stop_ids=stop_ids, drive_s=drive_s, commercial_packages=counted)
