"""How far the routes of a day were at an instant in it: what an export made then would have said."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.road import RescueUnderWay
from dispatchkit.records import Record


class Standing(Record, frozen=True):
    """A route at an instant: stops and packages in all, and done; done is None where nobody had said.

    `helper_ids` are routes that have taken stops of this one over by then.
    """

    stops: int
    packages: int
    stops_done: int | None
    packages_done: int | None
    helper_ids: tuple[str, ...] = ()


def met_by(day: Day, at: datetime) -> list[RescueUnderWay]:
    """The rescues whose meeting was over by then, in the order of their meetings."""
    met = [(r.met_at, r) for r in day.road.rescues.values() if r.met_at is not None and r.met_at <= at]
    return [rescue for _, rescue in sorted(met, key=lambda m: m[0])]


def handed_over(day: Day, rescue: RescueUnderWay) -> tuple[str, ...]:
    """The stops that changed hands: those agreed, less those that the giver did before they met."""
    giver = day.road.routes[rescue.started.route_id]
    return tuple(s for s in rescue.started.stop_ids if s in giver.gave and s not in giver.order)


def orders_at(day: Day, at: datetime) -> dict[str, tuple[str, ...]]:
    """route_id → the stops that were the route's at that instant, hand-overs until then taken into account."""
    orders = {r.route_id: r.stop_ids for r in day.plan.routes}
    for rescue in met_by(day, at):
        moved = frozenset(handed_over(day, rescue))
        giver, helper = rescue.started.route_id, rescue.started.helper_route_id
        orders[helper] = (*orders[helper], *(s for s in orders[giver] if s in moved))
        orders[giver] = tuple(s for s in orders[giver] if s not in moved)
    return orders


def standings(day: Day, at: datetime) -> dict[str, Standing]:
    """How far every route of the plan was, by its id."""
    helpers: dict[str, tuple[str, ...]] = {}
    for rescue in met_by(day, at):
        giver = rescue.started.route_id
        helpers[giver] = tuple(dict.fromkeys((*helpers.get(giver, ()), rescue.started.helper_route_id)))
    return {
        route_id: _standing(day, route_id, order, at, helpers.get(route_id, ()))
        for route_id, order in orders_at(day, at).items()
    }


def _standing(day: Day, route_id: str, order: tuple[str, ...], at: datetime, helper_ids: tuple[str, ...]) -> Standing:
    stop = day.plan.stop
    done = _done(day, route_id, order, at)
    told = day.road.routes[route_id].left_over
    return Standing(
        stops=len(order),
        packages=sum(len(stop[s].packages) for s in order),
        stops_done=None if done is None else len(done),
        packages_done=None if done is None else sum(len(stop[s].packages) - len(told.get(s, ())) for s in done),
        helper_ids=helper_ids,
    )


def _done(day: Day, route_id: str, order: tuple[str, ...], at: datetime) -> tuple[str, ...] | None:
    """The stops done by then, a bare count taken to be of the first open ones; None where nobody had said."""
    route, left = day.road.routes[route_id], day.load_out.departed.get(route_id)
    if left is None or left.at > at:
        return ()
    served = [s for s in order if s in route.served and route.served[s] <= at]
    counted = route.reported.stops_done if route.reported is not None and route.reported.at <= at else None
    if counted is None and not route.served:
        return None
    open_stops = [s for s in order if s not in served]
    return (*served, *open_stops[: max(0, (counted or 0) - len(served))])
