"""The vans that share waiting stops out among themselves, as a problem of their own: only their places are priced."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.objective import Objective
from dispatchkit.plan.engine.problem import Problem, Routes

Seconds = Callable[[Sequence[int]], NDArray[np.floating]]
"""Drive seconds among places, the station first: shape (places, places), from row to column."""

NO_VAN = -1


@dataclass(frozen=True, eq=False)
class Group:
    """Neighbours and the stops that wait for one of them.

    Attributes
    ----------
    vans, places
        Their numbers in the whole problem: those of this one's vans and places, the station first.
    problem, drive_s
        Stops, vans and limits; seconds between all its places.
    routes
        One order per van to begin with.
    home
        The van that each place belongs to; `NO_VAN` for the station and for what belongs to none of these.
    objective
        What counts beside driving.
    """

    vans: tuple[int, ...]
    places: tuple[int, ...]
    problem: Problem
    drive_s: NDArray[np.floating]
    routes: Routes
    home: NDArray[np.int64]
    objective: Objective

    def homeless(self, routes: Routes) -> tuple[int, ...]:
        """Places on none of these routes."""
        held = {place for route in routes for place in route}
        return tuple(place for place in range(1, len(self.places)) if place not in held)

    def moved(self, routes: Routes) -> tuple[int, ...]:
        """Places that belong to a van and have another one, or none, in these routes."""
        kept = {place for van, route in enumerate(routes) for place in route if self.home[place] == van}
        return tuple(p for p in range(1, len(self.places)) if self.home[p] != NO_VAN and p not in kept)

    def cost(self, routes: Routes) -> tuple[int, int, float]:
        """Places on no route, places that changed van, all terms of the objective: in this order less is better."""
        price_s = self.objective.price_s(self.problem, self.drive_s, routes)
        return len(self.homeless(routes)), len(self.moved(routes)), price_s


def gather(
    problem: Problem, routes: Routes, waiting: Sequence[int], vans: Sequence[int], home: Mapping[int, int],
    seconds: Seconds, objective: Objective,
) -> Group:  # fmt: skip
    """Make a problem of these vans, their stops and the waiting ones; `home` is the van that a place belongs to."""
    places = (0, *(place for van in vans for place in routes[van]), *waiting)
    number, own = {place: i for i, place in enumerate(places)}, {van: i for i, van in enumerate(vans)}
    return Group(
        vans=tuple(vans),
        places=places,
        problem=problem.part(places, vans),
        drive_s=seconds(places),
        routes=tuple(tuple(number[place] for place in routes[van]) for van in vans),
        home=np.array([own.get(home.get(place, NO_VAN), NO_VAN) for place in places], dtype=np.int64),
        objective=objective,
    )
