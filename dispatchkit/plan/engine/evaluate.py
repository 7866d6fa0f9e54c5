"""Our own judgement of a set of routes, whatever made them. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.problem import Problem
from dispatchkit.plan.engine.schedule import schedule

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
        Time beyond the van's shift.
    surplus_packages
        Packages beyond those that the van takes.
    forbidden
        Stops that this van may not serve.
    """

    drive_s: float = 0.0
    hours: float = 0.0
    overload: float = 0.0
    late_s: float = 0.0
    overtime_s: float = 0.0
    surplus_packages: float = 0.0
    forbidden: int = 0

    @property
    def feasible(self) -> bool:
        """Whether no limit is broken."""
        broken = max(self.overload, self.late_s, self.overtime_s, self.surplus_packages)
        return broken <= TOLERANCE and not self.forbidden


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
    problem: Problem, drive_s: NDArray[np.floating], van: int, order: Sequence[int]
) -> RouteFigures:
    """Judge one van's route; `drive_s` has shape (places, places)."""
    if not order:
        return RouteFigures()
    at = np.asarray(order, dtype=int)
    way = np.concatenate([[0], at, [0]])
    legs = drive_s[way[:-1], way[1:]].astype(float)
    leaves_s = float(problem.leaves_s[van])
    times = schedule(
        legs, problem.service_s[at], problem.opens_s[at] - leaves_s, problem.closes_s[at] - leaves_s,
        break_s=problem.break_s,
    )  # fmt: skip
    return RouteFigures(
        drive_s=float(legs.sum()),
        hours=times.back_s / 3600,
        overload=max(0.0, float(problem.volume[at].sum()) - problem.van_volume[van]),
        late_s=float(times.late_s.sum()),
        overtime_s=max(0.0, times.back_s - float(problem.shifts_s[van])),
        surplus_packages=max(0.0, float(problem.packages[at].sum()) - float(problem.room_packages[van])),
        forbidden=0 if problem.strange_s is None else int(np.isinf(problem.strange_s[van, at]).sum()),
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
        Orders of places. Vans beyond the last route stay; a route beyond the last van is surplus and is not judged.
    """
    seen = np.bincount(np.array([p for route in routes for p in route], dtype=int), minlength=problem.stops + 1)
    if seen.size > problem.stops + 1 or seen[0]:
        raise ValueError(f"A route holds the station or a place beyond {problem.stops}; only stops can be served.")
    vans = len(problem.van_volume)
    return Evaluation(
        routes=tuple(evaluate_route(problem, drive_s, van, order) for van, order in enumerate(routes[:vans])),
        missing=tuple((np.flatnonzero(seen[1:] == 0) + 1).tolist()),
        duplicated=tuple((np.flatnonzero(seen[1:] > 1) + 1).tolist()),
        surplus=sum(1 for route in routes[vans:] if route),
    )
