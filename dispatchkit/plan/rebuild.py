"""A plan rebuilt after a van dropped out, a route was cut or stops came in: the least change that serves them. Pure.

The solver stands behind `rebuilding.least_change`. Nothing is kept here: what comes of it is an `Edited`, as of any
change by hand.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from dispatchkit.day.open_day import refuse_if
from dispatchkit.plan.edit import Change, Edited
from dispatchkit.plan.engine.evaluate import TOLERANCE
from dispatchkit.plan.engine.leftover import Limit, sentences
from dispatchkit.plan.engine.objective import Objective
from dispatchkit.plan.limits import volume_blockers, window_blockers
from dispatchkit.plan.locks import NO_LOCKS, Locks, listed, lock_blockers, route_of_stop
from dispatchkit.plan.margin import chance_margin_s, margin_lost
from dispatchkit.plan.rebuilding.of_plan import Numbered
from dispatchkit.plan.rebuilding.share_out import Shared, share_out
from dispatchkit.plan.route_schedule import route_schedule
from dispatchkit.records import Plan, PlannedRoute, Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between
from dispatchkit.travel.matrix import TravelTimes

SEED = 1
"""Of the search: the same change is the same plan every time."""

ON_PURPOSE = "Left out on purpose."
"""Why stops of a route that was cut are on no route, where somebody said so."""

BECAUSE: dict[Limit, str] = {
    Limit.VAN_VOLUME: "No van around has room for it.",
    Limit.SERVICE_TYPE: "No van around may serve it.",
    Limit.PACKAGES: "No van around takes that many packages.",
    Limit.SHIFT: "No driver around has time left in the shift.",
    Limit.WINDOW: "No route around can come while its window is open.",
    Limit.SEARCH_TIME: "There may be room, but none was found in time.",
}
"""Why one stop is on no route."""


class Rebuilt(Record, frozen=True):
    """What a rebuild makes of a plan.

    Attributes
    ----------
    edited
        The plan before and after, as of a change by hand; its stops are those that were given away and that moved.
    out
        Codes of the routes that are no more.
    given
        Stops that needed a route and have one now.
    moved
        Other stops that changed route for that.
    left
        stop_id → why it is on no route.
    limits
        How many of them each limit keeps off; empty where they were left out on purpose.
    asked
        Routes that were asked to help.
    margin_s
        What was to be kept free at the end of each shift.
    without_margin
        Codes of the routes that got stops and have less than that left.
    """

    edited: Edited
    out: tuple[str, ...]
    given: tuple[str, ...]
    moved: tuple[str, ...]
    left: dict[str, str]
    limits: dict[Limit, int]
    asked: tuple[str, ...]
    margin_s: float = 0.0
    without_margin: tuple[str, ...] = ()

    @property
    def moved_share(self) -> float:
        """Stops that changed route for it, of all that had one and kept it (0-1)."""
        stays = sum(len(route.stop_ids) for route in self.edited.plan.routes) - len(self.given)
        return len(self.moved) / stays if stays else 0.0

    @property
    def came(self) -> dict[str, int]:
        """Stops that came to each route, by its code; the one with most first."""
        was = route_of_stop(self.edited.before)
        came = {r.code: sum(was.get(s) != r.route_id for s in r.stop_ids) for r in self.edited.plan.routes}
        return dict(sorted(((code, n) for code, n in came.items() if n), key=lambda item: -item[1]))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a dispatcher has to know of it before it is kept."""
        return tuple(self._said())

    def _said(self) -> Iterator[str]:
        what = f"{listed(list(self.out))} {'is' if len(self.out) == 1 else 'are'} out. " if self.out else ""
        if self.given:
            takers = ", ".join(f"{code} +{n}" for code, n in self.came.items())
            yield f"{what}{_stops(len(self.given))} {'goes' if len(self.given) == 1 else 'go'} to {takers}."
        elif what:
            yield what.strip()
        if self.given:
            others = _stops(len(self.moved), "other ") if self.moved else "No other stop"
            yield f"{others} changed route."
        if self.without_margin:
            why = "stops would have stayed behind, or others changed route"
            yield margin_lost(self.margin_s, self.without_margin, why)
        if self.left and not self.limits:
            yield f"{_stops(len(self.left))} {'is' if len(self.left) == 1 else 'are'} left out, on purpose."
        yield from sentences(Counter(self.limits))


def rebuild_blockers(plan: Plan, without: Sequence[str], loose: Sequence[str], locks: Locks) -> Iterator[str]:
    """Why the plan cannot be rebuilt without these routes and with these stops; nothing when it can."""
    if not (without or loose):
        yield "Nothing has changed. Name the van or the route that drops out, or the stops that came in."
    if unknown := [r for r in without if r not in plan.route]:
        yield f"Not in the plan: {listed(unknown)}. Choose one of its routes."
    if unknown := [s for s in loose if s not in plan.stop]:
        yield f"Not in the plan: {listed(unknown)}. Check the ids."
    if not plan.route.keys() - set(without):
        yield "No route would be left to take the stops. Bring other vans, or build routes anew."
    after = replace(plan, routes=tuple(r for r in plan.routes if r.route_id not in without))
    yield from lock_blockers(plan, after, locks)


def rebuild(
    plan: Plan,
    station: Station,
    travel: TravelTimes,
    *,
    without: Sequence[str] = (),
    loose: Sequence[str] = (),
    leave_out: bool = False,
    locks: Locks = NO_LOCKS,
    unable: Collection[str] = (),
    keep_order: bool = False,
    seed: int = SEED,
) -> Rebuilt:
    """Give the stops of routes that are no more, and stops on no route, to the routes around.

    No limit is broken for it that was kept before. Stops of the other routes stay where they are, unless some would be
    left over otherwise; how many then change route is kept as small as is found. Time for late days is kept free at the
    end of shifts where neither stands against it.

    Parameters
    ----------
    without
        Routes that are no more: their van has dropped out, or they were cut.
    loose
        Stops on no route that are to have one.
    leave_out
        Leave the stops of these routes on no route, on purpose.
    locks
        Stops, routes and orders that stay. A route whose order is locked takes stops only with `keep_order`.
    unable
        Routes that can take nothing more: they are being loaded, or have left.
    keep_order
        Whether every route keeps the order of the stops that stay on it: it is loaded.

    Raises
    ------
    Refused
        With all reasons: nothing to do, an unknown route, something locked, no route left, stops without a place.
    """
    refuse_if(rebuild_blockers(plan, without, loose, locks))
    stays = replace(plan, routes=tuple(r for r in plan.routes if r.route_id not in without))
    batches = [] if leave_out else [plan.route[r].stop_ids for r in without if plan.route[r].stop_ids]
    batches += [tuple(loose)] if loose else []
    if not batches:
        purpose = {s: ON_PURPOSE for r in without for s in plan.route[r].stop_ids}
        return _rebuilt(plan, stays, without, left=purpose)
    if not plan.knows_places:
        refuse_if(["This plan counts stops without saying where they are. Take in routes whose stops have places."])
    able = _able(stays, locks, unable, keep_order=keep_order)
    if not able:
        refuse_if(["No route can take stops: all are locked, are being loaded or have left. Help on the road is a "
                   "rescue."])  # fmt: skip
    numbered = Numbered(stays, station, travel, locks)

    def shared_with(margin_s: float) -> Shared:
        return share_out(
            numbered.with_margin(margin_s),
            tuple(numbered.places(route.stop_ids) for route in stays.routes),
            [numbered.places(batch) for batch in batches],
            able=able,
            seconds=numbered.seconds,
            rules=station.rebuild,
            objective=Objective(balance_s=station.objective.balance_s, zone_s=station.objective.zone_s),
            keep_order=keep_order,
            seed=seed,
        )

    margin_s = chance_margin_s(numbered.problem, station, travel)
    shared = shared_with(margin_s)
    if margin_s > 0 and (shared.left or shared.moved):
        shared = min(shared, shared_with(0.0), key=lambda each: (len(each.left), len(each.moved)))
    made = replace(stays, routes=_routes(stays, numbered, shared))
    refuse_if((*volume_blockers(plan, made, station), *window_blockers(plan, made), *lock_blockers(plan, made, locks)))
    left = {s: BECAUSE[limit] for (s,), limit in ((numbered.stop_ids([p]), why) for p, why in shared.left.items())}
    if leave_out:
        left |= {s: ON_PURPOSE for r in without for s in plan.route[r].stop_ids}
    return _rebuilt(
        plan, made, without, left=left, moved=numbered.stop_ids(shared.moved), limits=dict(shared.limits),
        given=tuple(s for batch in batches for s in batch if s not in left),
        asked=tuple(stays.routes[van].route_id for van in shared.asked), margin_s=margin_s,
    )  # fmt: skip


def _rebuilt(
    plan: Plan, made: Plan, without: Sequence[str], *, left: dict[str, str], given: tuple[str, ...] = (),
    moved: tuple[str, ...] = (), limits: dict[Limit, int] | None = None, asked: tuple[str, ...] = (),
    margin_s: float = 0.0,
) -> Rebuilt:  # fmt: skip
    edited = Edited(change=Change.REBUILT, before=plan, plan=made, stop_ids=(*given, *moved, *left))
    took = [r for r in made.routes if set(r.stop_ids) - set(plan.route[r.route_id].stop_ids)]
    return Rebuilt(
        edited=edited, out=tuple(plan.route[r].code for r in without), given=given, moved=moved, left=left,
        limits=limits or {}, asked=asked, margin_s=margin_s,
        without_margin=tuple(r.code for r in took if _spare_s(made, r) < margin_s - TOLERANCE),
    )  # fmt: skip


def _spare_s(plan: Plan, route: PlannedRoute) -> float:
    """Seconds between the return, as planned, and the end of the shift."""
    return seconds_between(route.departs_at, route.finish_by) - route_schedule(plan, route).back_s


def _able(stays: Plan, locks: Locks, unable: Collection[str], *, keep_order: bool) -> tuple[int, ...]:
    """Routes that may be asked, by their place in the plan."""
    barred = {*unable, *locks.route_ids, *(() if keep_order else locks.orders)}
    return tuple(van for van, route in enumerate(stays.routes) if route.route_id not in barred)


def _routes(stays: Plan, numbered: Numbered, shared: Shared) -> tuple[PlannedRoute, ...]:
    """The plan's routes with their new orders and the seconds of their legs; what did not change stays as it is."""
    made = []
    for route, places in zip(stays.routes, shared.routes, strict=True):
        stop_ids = numbered.stop_ids(places)
        if stop_ids != route.stop_ids:
            drive_s = numbered.seconds((0, *places))
            way = (0, *range(1, len(places) + 1), 0)
            counted = route.commercial_packages if set(stop_ids) == set(route.stop_ids) else None
            legs_s = tuple(float(drive_s[a, b]) for a, b in pairwise(way))
            route = replace(route, stop_ids=stop_ids, drive_s=legs_s, commercial_packages=counted)
        made.append(route)
    return tuple(made)


def _stops(count: int, kind: str = "") -> str:
    return f"1 {kind}stop" if count == 1 else f"{count:,} {kind}stops"
