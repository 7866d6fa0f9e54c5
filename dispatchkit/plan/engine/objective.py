"""What makes one set of routes better than another: named terms, all of them in seconds of driving. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatchkit.geo import plane_m
from dispatchkit.plan.engine.problem import Problem, Routes, along_s

SECONDS_PER_H, M_PER_KM = 3600.0, 1_000.0


@dataclass(frozen=True)
class Objective:
    """What is asked for beside little driving. With nothing said, driving alone counts.

    What a van costs at a stop because its driver does not know the place, or because it may not go there, is part of
    the problem (`Problem.strange_s`), as is which driver is new (`Problem.van_share`).

    Attributes
    ----------
    balance_s
        Price of the hours squared by which a van's work differs from its fair share, in seconds of driving: evens the
        hours out between the vans that go out.
    zone_s
        Price of a stop that is not served by the van which serves most of its zone.
    compact_s_per_km
        Price of each kilometre by which a stop is farther from the middle of its own route than from that of another.
    """

    balance_s: float = 0.0
    zone_s: float = 0.0
    compact_s_per_km: float = 0.0

    def fair_s(self, problem: Problem, drive_s: NDArray[np.floating], routes: Routes) -> NDArray[np.float64]:
        """Each van's fair share of the work as the routes stand, in seconds, shape (vans,).

        What all vans that go out work is shared out in proportion to their shares.
        """
        out = [van for van, route in enumerate(routes) if route]
        work_s = sum(problem.work_s(drive_s, routes[van]) for van in out)
        fair_s: NDArray[np.float64] = problem.shares * work_s / max(float(problem.shares[out].sum()), 1e-9)
        return fair_s

    def strange_s(self, problem: Problem, routes: Routes) -> NDArray[np.float32] | None:
        """What it costs to have a van serve a place, as the routes stand: shape (vans, places); None for nothing.

        Where the middle of a route is, follows from the routes.
        """
        if not self.compact_s_per_km:
            return problem.strange_s
        farther_s = np.float32(self.compact_s_per_km) * _farther_km(problem, routes)
        return farther_s if problem.strange_s is None else problem.strange_s + farther_s

    def price_s(self, problem: Problem, drive_s: NDArray[np.floating], routes: Routes) -> float:
        """All terms of a set of routes together, driving among them."""
        cost_s, fair_s = self.zone_s * strays(problem.zone, routes), self.fair_s(problem, drive_s, routes)
        strange_s = self.strange_s(problem, routes)
        for van, route in enumerate(routes):
            if route:
                unfair_h = (problem.work_s(drive_s, route) - fair_s[van]) / SECONDS_PER_H
                cost_s += along_s(drive_s, route) + self.balance_s * unfair_h**2
                cost_s += 0.0 if strange_s is None else float(strange_s[van, list(route)].sum(dtype=float))
        return cost_s


DRIVING = Objective()
"""Little driving, and nothing else."""


def strays(zone: NDArray[np.int64] | None, routes: Routes) -> int:
    """How many stops are not on the van that has most stops of their zone; places without a zone stray nowhere."""
    if zone is None or not routes:
        return 0
    there = [zone[list(route)] for route in routes]
    held = [np.bincount(zones[zones >= 0], minlength=int(zone.max(initial=-1)) + 1) for zones in there]
    return int((np.sum(held, axis=0) - np.max(held, axis=0)).sum())


def _farther_km(problem: Problem, routes: Routes) -> NDArray[np.float32]:
    """Kilometres by which each van's middle is farther from a place than the nearest one; shape (vans, places)."""
    place = plane_m(problem.lat, problem.lng) / M_PER_KM
    middle = np.array([place[list(route)].mean(axis=0) if route else [np.nan, np.nan] for route in routes])
    apart = np.sqrt(((place[None, :, :] - middle[:, None, :]) ** 2).sum(axis=2))
    if np.isnan(apart).all():
        return np.zeros(apart.shape, dtype=np.float32)
    farther: NDArray[np.float32] = np.nan_to_num(apart - np.nanmin(apart, axis=0), nan=0.0).astype(np.float32)
    return farther
