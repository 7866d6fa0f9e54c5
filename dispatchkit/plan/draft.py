"""The best plan so far while one is being built: it keeps every limit at any moment."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.leftover import Limit, find_room, take_off
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

    Attributes
    ----------
    routes
        One order of places per van.
    unserved
        Stops on no route.
    """

    def __init__(self, problem: Problem, drive_s: NDArray[np.float32], first: Sequence[Sequence[int]]) -> None:
        self.problem = problem
        self.seconds = drive_s
        self.routes: list[tuple[int, ...]] = []
        self.unserved: set[int] = set()
        for van_volume, order in zip(problem.van_volume, first, strict=True):
            stays, off = take_off(problem, drive_s, van_volume, order)
            self.routes.append(stays)
            self.unserved.update(off)
        self.fit_in(())

    @property
    def drive_s(self) -> float:
        """Driving of all vans."""
        return sum(self._drive_s(route) for route in self.routes)

    def pick(self, rng: np.random.Generator, size: int, busy: Collection[Group]) -> Group | None:
        """Choose routes around a random one that nobody is working on, and the unserved stops nearest to them."""
        taken = {v for group in busy for v in group.vans}
        free = np.array([v for v in range(len(self.routes)) if v not in taken])
        if free.size < min(2, len(self.routes)):
            return None
        centre = np.array([self._centre(v) for v in range(len(self.routes))])
        apart = ((centre[free] - centre[rng.choice(free)]) ** 2).sum(axis=1)
        vans = tuple(sorted(free[np.argsort(apart, kind="stable")[:size]].tolist()))
        near = self._nearest(sorted(self._wanted(busy)), centre, vans)
        places = (0, *(p for v in vans for p in self.routes[v]), *near)
        return Group(vans, places, frozenset(near))

    def part(self, group: Group) -> tuple[Problem, NDArray[np.float32], Routes]:
        """Return the group as a problem of its own, with places renumbered."""
        number = {place: i for i, place in enumerate(group.places)}
        routes = tuple(tuple(number[p] for p in self.routes[v]) for v in group.vans)
        return *part_of(self.problem, self.seconds, group.places, group.vans), routes

    def offer(self, group: Group, found: Routes) -> None:
        """Take what was found for a group if it serves more stops, or as many with less driving."""
        routes, off = {}, set(group.places[1:])
        for van, order in zip(group.vans, found, strict=True):
            places = [group.places[i] for i in order]
            routes[van], _ = take_off(self.problem, self.seconds, self.problem.van_volume[van], places)
            off -= set(routes[van])
        before = len(group.unserved), sum(self._drive_s(self.routes[v]) for v in group.vans)
        if (len(off), sum(self._drive_s(route) for route in routes.values())) < before:
            for van, route in routes.items():
                self.routes[van] = route
            self.unserved = (self.unserved - group.unserved) | off

    def fit_in(self, busy: Iterable[Group]) -> None:
        """Put unserved stops where there is room for them, on routes that nobody is working on."""
        busy = tuple(busy)
        taken = {v for group in busy for v in group.vans}
        vans = [v for v in range(len(self.routes)) if v not in taken]
        for stop in sorted(self._wanted(busy)):
            room = find_room(self.problem, self.seconds, self.routes, stop, vans)
            if not isinstance(room, Limit):
                van, position = room
                self.routes[van] = (*self.routes[van][:position], stop, *self.routes[van][position:])
                self.unserved.discard(stop)

    def _wanted(self, busy: Iterable[Group]) -> set[int]:
        """Unserved stops that nobody is looking for a place for."""
        return self.unserved.difference(*(group.unserved for group in busy))

    def _drive_s(self, order: tuple[int, ...]) -> float:
        way = np.array([0, *order, 0])
        return float(self.seconds[way[:-1], way[1:]].sum(dtype=float))

    def _centre(self, van: int) -> tuple[float, float]:
        at = list(self.routes[van]) or [0]
        shrink = np.cos(np.radians(self.problem.lat[0]))
        return float(self.problem.lat[at].mean()), float(self.problem.lng[at].mean() * shrink)

    def _nearest(self, stops: list[int], centre: NDArray[np.float64], vans: tuple[int, ...]) -> list[int]:
        if not stops:
            return []
        shrink = np.cos(np.radians(self.problem.lat[0]))
        place = np.column_stack([self.problem.lat[stops], self.problem.lng[stops] * shrink])
        owner = ((place[:, None, :] - centre[None, :, :]) ** 2).sum(axis=2).argmin(axis=1)
        return [stop for stop, van in zip(stops, owner.tolist(), strict=True) if van in vans]
