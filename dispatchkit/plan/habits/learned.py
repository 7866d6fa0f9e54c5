"""Habits learned from routes that were driven: a conditional logit of where drivers went next. Pure.

At each stop a driver had the choice of all stops that were left. How probable a choice was falls with the drive there
and with the kind of step between zones; both weights are those that make the driver's own choices most probable
(D. McFadden, in Frontiers in Econometrics, 1974). Their ratio is what a step counts in seconds of driving.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from dispatchkit.plan.habits.steps import Habits, Step, steps
from dispatchkit.plan.habits.zones import zones_along

SCALE_S = 100.0
"""Unit of driving in the fit, so that all weights are of one size."""

CAUTION = 0.02
"""Price of weights squared: keeps steps that hardly occur from running away."""


@dataclass(frozen=True, eq=False)
class DrivenRoute:
    """A route in the order in which it was driven.

    Attributes
    ----------
    zones
        Name of each stop's zone, in that order; empty where it has none.
    drive_s
        Seconds from row to column in the same order, the station as row 0; shape (stops + 1, stops + 1).
    """

    zones: tuple[str, ...]
    drive_s: NDArray[np.floating]


@dataclass(frozen=True, eq=False)
class _Choice:
    """The stops that were left, the one that was chosen first: how far each is, and what step it takes."""

    drive: NDArray[np.float64]
    step: NDArray[np.int_]


def learned(routes: Sequence[DrivenRoute], *, strictness: float) -> Habits:
    """Learn habits from driven routes; those without zones tell nothing.

    Parameters
    ----------
    strictness
        Multiplies what a step counts. An order is the whole of many steps, each of which is chosen more regularly by
        drivers than one by one: above 1 their habits weigh more than single choices say.

    Raises
    ------
    ValueError
        No route has zones.
    """
    choices = [choice for route in routes for choice in _choices(route)]
    if not choices:
        raise ValueError("No route has zones, so no habits can be learned. Give routes whose stops name their zones.")
    found = minimize(
        _improbability, np.concatenate([[0.0], np.ones(len(Step) - 1)]), args=(choices,), jac=True, method="L-BFGS-B"
    )
    weights_s = SCALE_S * found.x[1:] / np.exp(found.x[0])
    return Habits(*(strictness * max(0.0, float(s)) for s in weights_s))


def _choices(route: DrivenRoute) -> list[_Choice]:
    drive_s = np.asarray(route.drive_s, dtype=float)
    zones = zones_along(route.zones, drive_s)
    if zones is None:
        return []
    step = steps(zones)
    return [_Choice(drive_s[i + 1, i + 2 :] / SCALE_S, step[i, i + 1 :]) for i in range(len(zones) - 2)]


def _improbability(weights: NDArray[np.float64], choices: Sequence[_Choice]) -> tuple[float, NDArray[np.float64]]:
    """Negative logarithm of how probable all choices are, and its slope; the first weight is the drive's logarithm."""
    drive_weight, by_step = np.exp(weights[0]), np.concatenate([[0.0], weights[1:]])
    total, slope = 0.5 * CAUTION * float(weights[1:] @ weights[1:]), np.concatenate([[0.0], CAUTION * weights[1:]])
    for choice in choices:
        effort = drive_weight * choice.drive + by_step[choice.step]
        share = np.exp(effort.min() - effort)
        share /= share.sum()
        total -= float(np.log(max(share[0], np.finfo(float).tiny)))
        share[0] -= 1.0     # what was chosen, less what was to be expected
        slope[0] -= drive_weight * float(share @ choice.drive)
        slope[1:] -= np.bincount(choice.step, weights=share, minlength=len(Step))[1:]
    return total, slope
