"""The best plan so far while one is being built: it keeps every limit at any moment."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dispatchkit.geo import plane_m
from dispatchkit.plan.engine.leftover import put_in_turn, take_off
from dispatchkit.plan.engine.objective import DRIVING, Objective
from dispatchkit.plan.engine.problem import Problem, Routes, along_s


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
    """A draft as it stood: its routes, the stops on none of them, and what it costs.

    Attributes
    ----------
    drive_s
        Driving of all vans.
    cost
        Stops on no route, then driving with all that is priced beside it: less is better.
    """

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
        self._place = plane_m(problem.lat, problem.lng)
        self.routes: list[tuple[int, ...]] = []
        self.unserved: set[int] = set()
        self._left_before: float = math.inf
        for van, order in enumerate(first):
            stays, off = take_off(problem, drive_s, van, order)
            self.routes.append(stays)
            self.unserved.update(off)

    def kept(self) -> Kept:
        """The draft as it stands now."""
        return self._kept(self.routes, sorted(self.unserved))

    def _kept(self, routes: Sequence[tuple[int, ...]], unserved: Sequence[int]) -> Kept:
        held = tuple(routes)
        cost = len(unserved), self.objective.price_s(self.problem, self.seconds, held)
        return Kept(held, tuple(unserved), sum(along_s(self.seconds, route) for route in held), cost)

    def shares(self, rng: np.random.Generator, parts: int) -> list[Group]:
        """Share all routes out among so many: neighbours together, cut across in a direction drawn by chance."""
        out = self._may_go_out()
        turn = rng.uniform(0, 2 * np.pi)
        along = np.argsort(self._centres(out) @ np.array([np.cos(turn), np.sin(turn)]), kind="stable")
        stops = np.cumsum([len(self.routes[out[v]]) for v in along])
        part = np.clip((stops - 1) * parts // max(1, int(stops[-1])), 0, parts - 1)      # idle vans may come first
        groups = [tuple(sorted(out[v] for v in along[part == k])) for k in range(parts) if (part == k).any()]
        near = self._nearest(sorted(self.unserved), groups)
        return [
            Group(own, (0, *(p for v in own for p in self.routes[v]), *unserved), frozenset(unserved))
            for own, unserved in zip(groups, near, strict=True)
        ]

    def part(self, group: Group) -> tuple[Problem, Routes]:
        """Return the group as a problem of its own, with places renumbered."""
        number = {place: i for i, place in enumerate(group.places)}
        routes = tuple(tuple(number[p] for p in self.routes[v]) for v in group.vans)
        priced = replace(self.problem, strange_s=self.objective.strange_s(self.problem, tuple(self.routes)))
        return priced.part(group.places, group.vans), routes

    def take(self, group: Group, found: Routes) -> None:
        """Put what was found for a group in the place of its routes, less what breaks a limit."""
        off = set(group.places[1:])
        for van, order in zip(group.vans, found, strict=True):
            places = [group.places[i] for i in order]
            self.routes[van], _ = take_off(self.problem, self.seconds, van, places)
            off -= set(self.routes[van])
        self.unserved = (self.unserved - set(group.places)) | off

    def fitted(self) -> Kept:
        """The draft with its unserved stops where there is room for them, dear as that may be."""
        routes = list(self.routes)
        left = put_in_turn(self.problem, self.seconds, routes, sorted(self.unserved))
        return self._kept(routes, [stop for stop, _ in left])

    def _centres(self, vans: Sequence[int]) -> NDArray[np.float64]:
        """Where the middle of each van's route is, shape (vans, 2); an idle van stands at the station."""
        return np.array([self._place[list(self.routes[van]) or [0]].mean(axis=0) for van in vans])

    def _may_go_out(self) -> list[int]:
        """The vans that may have a route. Where hours are to be even, none is sent out for that alone: only when there
        is no getting on with the stops that are unserved.
        """
        stuck, self._left_before = len(self.unserved) >= self._left_before, max(1, len(self.unserved))
        stay = self.objective.balance_s > 0 and not stuck and any(self.routes)
        return [van for van, route in enumerate(self.routes) if route or not stay]

    def _nearest(self, stops: list[int], groups: list[tuple[int, ...]]) -> list[list[int]]:
        """The stops of each group: those whose nearest route is one of its."""
        if not stops:
            return [[] for _ in groups]
        vans = sorted(van for group in groups for van in group)
        apart = ((self._place[stops][:, None, :] - self._centres(vans)[None, :, :]) ** 2).sum(axis=2)
        owner = [vans[i] for i in apart.argmin(axis=1)]
        return [[s for s, van in zip(stops, owner, strict=True) if van in group] for group in groups]
