"""What a search for routes comes to. Importing this brings no compiler along."""

from dataclasses import dataclass

from dispatchkit.plan.engine.problem import Routes


@dataclass(frozen=True)
class Found:
    """What a search came to.

    Attributes
    ----------
    now
        The routes as they stand at the end, with which a search goes on while it still puts up with worse ones.
    best
        The best ones seen.
    cost
        Of the best ones, in seconds of driving: the drive, the price of uneven hours, that of stops on no route.
    rounds
        How many times routes were torn and mended.
    """

    now: Routes
    best: Routes
    cost: float
    rounds: int
