"""Our own judgement of a set of routes, whatever made them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.problem import Problem
from dispatchkit.plan.schedule import schedule

TOLERANCE = 1e-6
"""Seconds or volume units below which a figure is rounding, not a broken limit."""


@dataclass(frozen=True)
class RouteFigures:
    """What one van's route costs and by how much it breaks its limits.

    Attributes
    ----------
    drive_s
        Driving, station to station.
    hours
        From departure to return, with service, waits and break; 0 for an empty route.
    overload
        Volume beyond what the van holds.
    late_s
        Sum over stops of how long after closing they are served.
    overtime_s
        Time beyond the shift.
    """

    drive_s: float = 0.0
    hours: float = 0.0
    overload: float = 0.0
    late_s: float = 0.0
    overtime_s: float = 0.0

    @property
    def feasible(self) -> bool:
        """Whether no limit is broken."""
        return max(self.overload, self.late_s, self.overtime_s) <= TOLERANCE


@dataclass(frozen=True)
class Evaluation:
    """A whole plan's figures: the sums over its routes, and what became of each stop.

    Attributes
    ----------
    routes
        Figures of each van's route, in the order of the vans.
    missing, duplicated
        Stops on no route; stops that stand on routes more than once.
    surplus
        Routes for which there is no van.
    """

    routes: tuple[RouteFigures, ...]
    missing: tuple[int, ...]
    duplicated: tuple[int, ...]
    surplus: int

    @property
    def drive_s(self) -> float:
        """Driving of all vans."""
        return sum(r.drive_s for r in self.routes)

    @property
    def overload(self) -> float:
        """Volume beyond what the vans hold."""
        return sum(r.overload for r in self.routes)

    @property
    def late_s(self) -> float:
        """How long after closing stops are served, all together."""
        return sum(r.late_s for r in self.routes)

    @property
    def overtime_s(self) -> float:
        """Time beyond the shift, all vans together."""
        return sum(r.overtime_s for r in self.routes)

    @property
    def hours(self) -> tuple[float, ...]:
        """Hours of each van from departure to return."""
        return tuple(r.hours for r in self.routes)

    @property
    def feasible(self) -> bool:
        """Whether every stop is served once and no limit is broken."""
        return not (self.missing or self.duplicated or self.surplus) and all(r.feasible for r in self.routes)


def evaluate_route(
    problem: Problem, drive_s: NDArray[np.floating], van_volume: float, order: Sequence[int]
) -> RouteFigures:
    """Judge one route; `drive_s` has shape (places, places)."""
    if not order:
        return RouteFigures()
    at = np.asarray(order, dtype=int)
    way = np.concatenate([[0], at, [0]])
    legs = drive_s[way[:-1], way[1:]].astype(float)
    times = schedule(
        legs, problem.service_s[at], problem.opens_s[at], problem.closes_s[at], break_s=problem.break_s
    )
    return RouteFigures(
        drive_s=float(legs.sum()),
        hours=times.back_s / 3600,
        overload=max(0.0, float(problem.volume[at].sum()) - van_volume),
        late_s=float(times.late_s.sum()),
        overtime_s=max(0.0, times.back_s - problem.shift_s),
    )


def evaluate(problem: Problem, drive_s: NDArray[np.floating], routes: Sequence[Sequence[int]]) -> Evaluation:
    """Judge a plan: one order of places per van, in the order of the vans; the station is left out.

    Parameters
    ----------
    problem
        Stops, vans and limits.
    drive_s
        Seconds between all places, shape (places, places), from row to column.
    routes
        Orders of places. Vans beyond the last route stay; a route beyond the last van is surplus and has no room.
    """
    seen = np.bincount(np.array([p for route in routes for p in route], dtype=int), minlength=problem.stops + 1)
    if seen.size > problem.stops + 1 or seen[0]:
        raise ValueError(f"A route holds the station or a place beyond {problem.stops}; only stops can be served.")
    volumes = (*problem.van_volume, *[0.0] * (len(routes) - len(problem.van_volume)))
    return Evaluation(
        routes=tuple(evaluate_route(problem, drive_s, v, r) for v, r in zip(volumes, routes, strict=False)),
        missing=tuple((np.flatnonzero(seen[1:] == 0) + 1).tolist()),
        duplicated=tuple((np.flatnonzero(seen[1:] > 1) + 1).tolist()),
        surplus=sum(1 for route in routes[len(problem.van_volume) :] if route),
    )
