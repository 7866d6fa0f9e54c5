"""A receiving route ordered anew, whatever order it had: where nothing is loaded yet. Behind it stands the solver."""

from collections.abc import Sequence
from functools import partial

from dispatchkit.plan.receiving import Ordering, Receiving
from dispatchkit.plan.sequence import sequence


def resequenced(*, seed: int) -> Ordering:
    """Return what orders all stops of a receiving route for the least driving, windows and shift kept if possible."""
    return partial(_ordered, seed=seed)


def _ordered(taking: Receiving, *, seed: int) -> Sequence[int]:
    order = sequence(
        taking.drive_s,
        taking.service_s[1:],
        taking.opens_s[1:],
        taking.closes_s[1:],
        shift_s=max(taking.shift_s, taking.route.break_s + 1.0),
        break_s=taking.route.break_s,
        seed=seed,
    )
    return [place + 1 for place in order]
