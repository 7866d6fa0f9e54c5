"""Stops that somebody has chosen for a change of the plan, and how they are said."""

from collections.abc import Callable, Iterable

from dispatchkit.plan.locks import listed, route_of_stop
from dispatchkit.records import Plan
from dispatchkit.times import hours_text


class Selection:
    """Chosen stops of one plan, in its order.

    Parameters
    ----------
    changed
        Called whenever other stops are chosen.
    """

    def __init__(self, changed: Callable[[], object]) -> None:
        self.stop_ids: tuple[str, ...] = ()
        self._changed = changed

    def __bool__(self) -> bool:
        return bool(self.stop_ids)

    def choose(self, plan: Plan, stop_ids: Iterable[str], *, add: bool = False) -> None:
        """Choose these stops, or add them; added ones that are all chosen already are taken out."""
        wanted, held = set(stop_ids), set(self.stop_ids)
        if add:
            wanted = held - wanted if wanted <= held else held | wanted
        self._take(plan, wanted)

    def choose_of(self, plan: Plan, route_id: str, stop_ids: Iterable[str]) -> None:
        """Choose these stops of a route; what is chosen of others stays."""
        own = set(plan.route[route_id].stop_ids)
        self._take(plan, (set(self.stop_ids) - own) | (own & set(stop_ids)))

    def choose_zones(self, plan: Plan) -> None:
        """Choose all stops of the zones of the chosen ones, on the routes that have one of these."""
        self._take(plan, set(self.stop_ids) | in_zones(plan, self.stop_ids))

    def clear(self) -> None:
        """Choose nothing."""
        if self.stop_ids:
            self.stop_ids = ()
            self._changed()

    def keep_to(self, plan: Plan) -> None:
        """Forget stops that this plan does not have."""
        self.stop_ids = tuple(s for s in self.stop_ids if s in plan.stop)

    def _take(self, plan: Plan, wanted: set[str]) -> None:
        ordered = (s for r in plan.routes for s in r.stop_ids if s in wanted)
        on_none = (s for s in plan.stop if s in wanted)
        now = tuple(dict.fromkeys((*ordered, *on_none)))
        if now != self.stop_ids:
            self.stop_ids = now
            self._changed()


def by_route(plan: Plan, stop_ids: Iterable[str]) -> dict[str, list[str]]:
    """route_id → its stops among these; those on no route under an empty text."""
    route_of, found = route_of_stop(plan), dict[str, list[str]]()
    for stop_id in stop_ids:
        found.setdefault(route_of.get(stop_id, ""), []).append(stop_id)
    return found


def on_no_route(plan: Plan) -> set[str]:
    """Stops that no route serves."""
    return plan.stop.keys() - route_of_stop(plan).keys()


def in_zones(plan: Plan, stop_ids: Iterable[str]) -> set[str]:
    """Stops in the zones of these, each on a route that has one of them in that zone."""
    of = by_route(plan, stop_ids)
    zones = {(r, plan.stop[s].zone) for r, own in of.items() for s in own if plan.stop[s].zone}
    return {s for r in of if r for s in plan.route[r].stop_ids if (r, plan.stop[s].zone) in zones}


def words(plan: Plan, stop_ids: Iterable[str]) -> str:
    """What is chosen: "23 stops of CX101, 41 packages, 1 h 05 at the doors"."""
    of = by_route(plan, stop_ids)
    if not of:
        return ""
    stops = [plan.stop[s] for own in of.values() for s in own]
    if len(of) == 1:
        (route_id,) = of
        where = f"of {plan.route[route_id].code}" if route_id else "on no route"
    else:
        each = [f"{len(own)} of {plan.route[r].code}" if r else f"{len(own)} on no route" for r, own in of.items()]
        where = f"({listed(each)})"
    packages = sum(len(s.packages) for s in stops)
    said = [
        f"{len(stops)} {'stop' if len(stops) == 1 else 'stops'} {where}",
        f"{packages} {'package' if packages == 1 else 'packages'}",
        f"{hours_text(sum(s.service_s for s in stops))} at the doors",
    ]
    return ", ".join(said)
