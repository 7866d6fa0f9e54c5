"""How a search cools down: how much worse a plan may be than the one before it, less and less. Pure."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.problem import Routes

HOT_LEGS, COLD_LEGS = 2.0, 0.1
"""How many usual legs of driving a plan may be worse, on average: at first, and at the end."""

EPOCHS, LONGEST_EPOCH_S = 12, 5.0
"""How often routes are shared out anew among those who work on them, and how long one share is worked on at most."""

UNHURRIED_S = 0.008
"""Seconds of search a stop below which it starts cooler: it would not come down in time."""

LEAST_S = 0.3
"""Less is not worth handing routes over."""


def usual_leg_s(drive_s: NDArray[np.floating], routes: Routes) -> float:
    """Mean seconds from a stop to the next one; those from and to the station only where no route has two stops.

    Where routes are short, most of the driving is to the first stop and from the last: with that counted, searches of
    the X instances began and ended two to six times too hot and came out 0.7 % longer.
    """
    between = [drive_s[list(route[:-1]), list(route[1:])] for route in routes if len(route) > 1]
    legs = between or [drive_s[0, list(route)] for route in routes if route]
    return float(np.concatenate(legs).mean(dtype=float)) if legs else 0.0


@dataclass(frozen=True)
class Cooling:
    """The time from the first plan to the end of the search.

    Attributes
    ----------
    leg_s
        A usual leg between stops.
    stops
        How many there are.
    began, until
        Instants, in seconds of the build's clock.
    at_once
        How many shares are worked on at a time.
    """

    leg_s: float
    stops: int
    began: float
    until: float
    at_once: int

    @property
    def lasts_s(self) -> float:
        """Seconds of search."""
        return max(self.until - self.began, LEAST_S)

    @property
    def epoch_s(self) -> float:
        """Seconds between two times at which the routes are shared out."""
        return min(LONGEST_EPOCH_S, self.lasts_s / EPOCHS)

    def heat_s(self, now: float) -> float:
        """Seconds of driving by which a plan may be worse at this instant, on average."""
        haste = min(1.0, self.at_once * self.lasts_s / max(1, self.stops) / UNHURRIED_S)
        share = min(1.0, (now - self.began) / self.lasts_s)
        above: float = max(1.0, haste * HOT_LEGS / COLD_LEGS) ** (1.0 - share)
        return self.leg_s * COLD_LEGS * above
