"""What the plan page has worked out in a process of its own. Light to import: that process imports it too."""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from dispatchkit.day import Day
from dispatchkit.day.pre_load_out import Locks
from dispatchkit.imports.given import OriginalFile
from dispatchkit.pace.past import Past
from dispatchkit.plan.built_draft import BuiltDraft
from dispatchkit.plan.edit import ByHand, Edited
from dispatchkit.plan.effect import RouteEffect, effect
from dispatchkit.plan.ordering import SEED, Order, ordering
from dispatchkit.plan.rebuild import rebuild
from dispatchkit.plan.rebuilding.changed_only import changed_only
from dispatchkit.plan.takers import Offer, offers
from dispatchkit.records import DayKey, Driver, Plan
from dispatchkit.roster.assignment import Assignment
from dispatchkit.station import Station
from dispatchkit.travel.source import calibrated, travel_times


class Held(NamedTuple):
    """A plan in hand with all that a change of it is worked out from.

    Attributes
    ----------
    driver_of
        route_id → driver_id, where somebody is assigned.
    unable
        Routes that no change may touch any more.
    """

    plan: Plan
    station: Station
    timezone: str
    locks: Locks
    driver_of: dict[str, str]
    past: Past
    unable: frozenset[str]

    def by_hand(self, order: Order = Order.AS_LOADED, *, serve_late: bool = False) -> ByHand:
        """The changes that can be made to it."""
        return ByHand(
            self.plan,
            travel=travel_times(self.station, timezone=self.timezone),
            station=self.station,
            locks=self.locks,
            ordering=ordering(order, self.station),
            serve_late=serve_late,
        )


class Wanted(NamedTuple):
    """A change that somebody asks for: a method of `ByHand`, and what it is given.

    Attributes
    ----------
    title
        What it is, for the person.
    order
        How the route that takes stops over, or is ordered by itself, gets its order.
    serve_late
        Whether customers may be reached after their window.
    """

    title: str
    method: Literal["give", "swap", "split", "reorder", "order_anew", "take_off", "share_out", "go_back", "rebuild"]
    arguments: tuple[Any, ...]
    order: Order = Order.AS_LOADED
    serve_late: bool = False


class Proposal(NamedTuple):
    """What would come of a change, on every route that it touches; `said` is told of it besides."""

    edited: Edited
    seen: tuple[RouteEffect, ...]
    said: tuple[str, ...] = ()


def changed(held: Held, wanted: Wanted) -> Proposal:
    """Make the change and show both sides of it; Refused where a rule forbids it."""
    if wanted.method == "rebuild":
        return _rebuilt(held, wanted)
    hands = held.by_hand(wanted.order, serve_late=wanted.serve_late)
    edited: Edited = getattr(hands, wanted.method)(*wanted.arguments)
    seen = effect(
        edited.before, edited.plan, held.station, calibrated(held.station), driver_of=held.driver_of, past=held.past
    )
    return Proposal(edited, seen)


def _rebuilt(held: Held, wanted: Wanted) -> Proposal:
    """Share routes out among those around with the least change, and show both sides of every route that changes."""
    made = rebuild(
        held.plan, held.station, travel_times(held.station, timezone=held.timezone),
        without=wanted.arguments, locks=held.locks, unable=held.unable, keep_order=wanted.order == Order.AS_LOADED,
    )  # fmt: skip
    before, after = changed_only(made.edited)
    drivers = {r: d for r, d in held.driver_of.items() if r in before.route}
    seen = effect(before, after, held.station, calibrated(held.station), driver_of=drivers, past=held.past)
    return Proposal(made.edited, seen, made.sentences)


def is_slow(held: Held, wanted: Wanted) -> bool:
    """Whether a change takes so long that a page would stand still: a solver thinks, or an engine is asked."""
    return wanted.order != Order.AS_LOADED or wanted.method == "rebuild" or bool(held.station.travel.engine)


def offered(held: Held, stop_ids: tuple[str, ...]) -> tuple[Offer, ...]:
    """Who of the routes around could take these stops, the cheapest first."""
    return offers(
        held.by_hand(), stop_ids, held.station, calibrated(held.station),
        driver_of=held.driver_of, past=held.past, unable=held.unable,
    )  # fmt: skip


def assign(day: Day, station: Station) -> Assignment:
    """Drivers and vans for all routes; the solver is imported where it works, and nowhere else."""
    from dispatchkit.roster.assign import assign_day

    return assign_day(day, station=station)


class SoFar(NamedTuple):
    """The best plan that a build has found so far, `elapsed_s` after its beginning."""

    elapsed_s: float
    served: int
    unserved: int
    routes: int
    drive_s: float


def build_routes(
    originals: tuple[OriginalFile, ...], key: DayKey, station: Station, budget_s: float, drivers: dict[str, Driver],
    *, told: Callable[[SoFar], object], enough: Callable[[], bool],
) -> BuiltDraft:  # fmt: skip
    """Build a day's routes anew; the solver and its processes start where it works, and nowhere else."""
    from dispatchkit.run_day.building import built_of_day

    return built_of_day(
        originals, key, station, seed=SEED, budget_s=budget_s, cancelled=enough, drivers=drivers,
        progress=lambda p: told(SoFar(p.elapsed_s, p.served, p.unserved, p.routes, p.drive_s)),
    )  # fmt: skip
