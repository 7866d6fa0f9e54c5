"""How a route that takes stops over, or is ordered anew, gets its order: as loaded, the shortest, as drivers go."""

from enum import StrEnum

from dispatchkit.plan.insertion import inserted
from dispatchkit.plan.receiving import Ordering
from dispatchkit.station import Station

SEED = 1
"""Of routes that are ordered anew: the same change is the same plan every time."""


class Order(StrEnum):
    """What somebody asks for."""

    AS_LOADED = "as_loaded"
    SHORTEST = "shortest"
    AS_DRIVERS_GO = "as_drivers_go"


def ordering(order: Order, station: Station) -> Ordering:
    """Return what finds that order; habits are those of the profile."""
    if order == Order.AS_LOADED:
        return inserted
    from dispatchkit.plan.resequence import (  # brings the solver along: only where it is asked
        as_drivers_go,
        resequenced,
    )

    if order == Order.SHORTEST:
        return resequenced(seed=SEED)
    from dispatchkit.plan.habits import habits_of

    return as_drivers_go(habits_of(station), seed=SEED)
