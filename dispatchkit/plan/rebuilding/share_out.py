"""Waiting stops shared out among neighbours so that as few others as possible change van. Pure.

Every batch of them, such as the stops of one van, goes to the vans around it. What is left over at the end is offered
to more vans once.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dispatchkit.plan.engine.leftover import Limit, find_room
from dispatchkit.plan.engine.objective import DRIVING, Objective
from dispatchkit.plan.engine.problem import Problem, Routes
from dispatchkit.plan.rebuilding.group import Seconds, gather
from dispatchkit.plan.rebuilding.least_change import least_change
from dispatchkit.plan.rebuilding.near import nearest_vans
from dispatchkit.station.rebuild import RebuildRules

WIDER = 2
"""So many times as many vans are asked for stops that are left over."""


@dataclass(frozen=True)
class Shared:
    """What became of the waiting stops.

    Attributes
    ----------
    routes
        One order of places per van.
    moved
        Places that changed van, beside those that waited.
    left
        Places on no route, and what keeps each off the vans around it.
    asked
        Vans that were asked.
    """

    routes: Routes
    moved: tuple[int, ...]
    left: dict[int, Limit]
    asked: tuple[int, ...]

    @property
    def limits(self) -> Counter[Limit]:
        """How many places each limit keeps off."""
        return Counter(self.left.values())


def share_out(
    problem: Problem,
    routes: Routes,
    batches: Sequence[Sequence[int]],
    *,
    able: Collection[int],
    seconds: Seconds,
    rules: RebuildRules,
    objective: Objective = DRIVING,
    keep_order: bool = False,
    seed: int = 1,
) -> Shared:
    """Give waiting stops to the vans around; the same seed gives the same routes on every machine.

    Parameters
    ----------
    problem
        Stops, vans and limits of the whole plan; `strange_s` is infinite where a stop may not change to a van.
    routes
        One order of places per van; they keep their limits, and no waiting stop is on them.
    batches
        Places that wait, those that belong together in one.
    able
        Vans that may be asked.
    seconds
        Asked for the places of those vans only that are asked.
    objective
        What counts beside driving: of the terms the evenness of hours, and that zones stay whole.
    keep_order
        Whether stops that stay on a route keep their order: it is loaded.
    """
    home = {place: van for van, route in enumerate(routes) for place in route}
    now, asked, limits = list(routes), set[int](), dict[int, Limit]()

    def give(waiting: Sequence[int], near_count: int, *, keep_order: bool) -> None:
        vans, enough = nearest_vans(problem, tuple(now), waiting, able, least=near_count, seconds=seconds)
        group = gather(problem, tuple(now), waiting, vans, home, seconds, objective)
        asked.update(vans)
        found = least_change(group, rules, scarce=not enough, keep_order=keep_order, seed=seed)
        for van, route in zip(vans, found, strict=True):
            now[van] = tuple(group.places[p] for p in route)
        for place in group.homeless(found):
            room = find_room(group.problem, group.drive_s, found, place, range(len(vans)))
            limits[group.places[place]] = room if isinstance(room, Limit) else Limit.SEARCH_TIME

    def left() -> list[int]:
        on = {place for route in now for place in route}
        return sorted(p for p in (*home, *(p for batch in batches for p in batch)) if p not in on)

    for batch in batches:
        give(batch, rules.near_count, keep_order=keep_order)
    if (over := left()) and len(asked) < len(able):
        give(over, WIDER * rules.near_count, keep_order=True)   # a few stops: no reason to order that many routes anew
    held = {place: van for van, route in enumerate(now) for place in route}
    return Shared(
        routes=tuple(now),
        moved=tuple(sorted(place for place, van in home.items() if held.get(place) != van)),
        left={place: limits[place] for place in left()},
        asked=tuple(sorted(asked)),
    )
