"""The best plan so far while one is being built: it keeps every limit at any moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.leftover import Limit, find_room, take_off
from dispatchkit.plan.objective import DRIVING, Objective
from dispatchkit.plan.problem import Problem, Routes


def part_of(
    problem: Problem, drive_s: NDArray[np.float32], places: Sequence[int], vans: Sequence[int]
) -> tuple[Problem, NDArray[np.float32]]:
    """Return the problem of these places (the station first) and vans, and the seconds between them."""
    return problem.part(places, vans), drive_s[np.ix_(places, places)]


@dataclass(frozen=True)
class Group:
    """Routes that somebody is improving together, with the unserved stops that may join them.

    Attributes
    ----------
    vans
        Whose routes these are.
    places
        The station, the stops of those routes, then the unserved stops: the numbering of the group's own problem.
    unserved
        The unserved ones among them.
    """

    vans: tuple[int, ...]
    places: tuple[int, ...]
    unserved: frozenset[int]


@dataclass(frozen=True)
class Kept:
    """A draft as it stood: its routes, the stops on none of them, and what it cost."""

    routes: Routes
    unserved: tuple[int, ...]
    drive_s: float
    cost: tuple[int, float]


class Draft:
    """Routes that keep every limit, and the stops that are on none of them yet.

    Parameters
    ----------
    problem
        Stops, vans and limits.
    drive_s
        Seconds between all places, shape (places, places).
    first
        An order of places per van to begin with; what breaks a limit is taken off.
    objective
        What else counts beside driving.

    Attributes
    ----------
    routes
        One order of places per van.
    unserved
        Stops on no route.
    """

    def __init__(
        self,
        problem: Problem,
        drive_s: NDArray[np.float32],
        first: Sequence[Sequence[int]],
        objective: Objective = DRIVING,
    ) -> None:
        self.objective = objective
        self.problem = problem
        self.seconds = drive_s
        self.routes: list[tuple[int, ...]] = []
        self.unserved: set[int] = set()
        for van, order in enumerate(first):
            stays, off = take_off(problem, drive_s, van, order)
            self.routes.append(stays)
            self.unserved.update(off)
        self.fit_in()

    @property
    def drive_s(self) -> float:
        """Driving of all vans."""
        return sum(self._drive_s(route) for route in self.routes)

    @property
    def cost(self) -> tuple[int, float]:
        """Stops on no route, then driving with all that is priced beside it: less is better."""
        return len(self.unserved), self.objective.price_s(self.problem, self.seconds, tuple(self.routes))

    def kept(self) -> Kept:
        """The draft as it stands now."""
        return Kept(tuple(self.routes), tuple(sorted(self.unserved)), self.drive_s, self.cost)

    def shares(self, rng: np.random.Generator, parts: int) -> list[Group]:
        """Share all routes out among so many: neighbours together, cut across in a direction drawn by chance."""
        centre = np.array([self._centre(v) for v in range(len(self.routes))])
        turn = rng.uniform(0, 2 * np.pi)
        along = np.argsort(centre @ np.array([np.cos(turn), np.sin(turn)]), kind="stable")
        stops = np.cumsum([len(self.routes[v]) for v in along])
        part = np.minimum((stops - 1) * parts // max(1, int(stops[-1])), parts - 1)
        vans = [tuple(sorted(along[part == k].tolist())) for k in range(parts)]
        near = self._nearest(sorted(self.unserved), centre, [v for v in vans if v])
        return [
            Group(own, (0, *(p for v in own for p in self.routes[v]), *unserved), frozenset(unserved))
            for own, unserved in zip([v for v in vans if v], near, strict=True)
        ]

    def part(self, group: Group) -> tuple[Problem, NDArray[np.float32], Routes]:
        """Return the group as a problem of its own, with places renumbered."""
        number = {place: i for i, place in enumerate(group.places)}
        routes = tuple(tuple(number[p] for p in self.routes[v]) for v in group.vans)
        priced = replace(self.problem, strange_s=self.objective.strange_s(self.problem, tuple(self.routes)))
        return *part_of(priced, self.seconds, group.places, group.vans), routes

    def take(self, group: Group, found: Routes) -> None:
        """Put what was found for a group in the place of its routes, less what breaks a limit."""
        off = set(group.places[1:])
        for van, order in zip(group.vans, found, strict=True):
            places = [group.places[i] for i in order]
            self.routes[van], _ = take_off(self.problem, self.seconds, van, places)
            off -= set(self.routes[van])
        self.unserved = (self.unserved - set(group.places)) | off

    def fit_in(self) -> None:
        """Put unserved stops where there is room for them."""
        for stop in sorted(self.unserved):
            room = find_room(self.problem, self.seconds, self.routes, stop, range(len(self.routes)))
            if not isinstance(room, Limit):
                van, position = room
                self.routes[van] = (*self.routes[van][:position], stop, *self.routes[van][position:])
                self.unserved.discard(stop)

    def _drive_s(self, order: tuple[int, ...]) -> float:
        way = np.array([0, *order, 0])
        return float(self.seconds[way[:-1], way[1:]].sum(dtype=float))

    def _centre(self, van: int) -> tuple[float, float]:
        at = list(self.routes[van]) or [0]
        shrink = np.cos(np.radians(self.problem.lat[0]))
        return float(self.problem.lat[at].mean()), float(self.problem.lng[at].mean() * shrink)

    def _nearest(
        self, stops: list[int], centre: NDArray[np.float64], groups: list[tuple[int, ...]]
    ) -> list[list[int]]:
        """The stops of each group: those whose nearest route is one of its."""
        if not stops:
            return [[] for _ in groups]
        shrink = np.cos(np.radians(self.problem.lat[0]))
        place = np.column_stack([self.problem.lat[stops], self.problem.lng[stops] * shrink])
        owner = ((place[:, None, :] - centre[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        return [[s for s, van in zip(stops, owner.tolist(), strict=True) if van in group] for group in groups]
