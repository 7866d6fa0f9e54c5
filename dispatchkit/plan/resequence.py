"""A receiving route ordered anew, whatever order it had: where nothing is loaded yet. Behind it stands the solver."""

from collections.abc import Sequence
from functools import partial

from dispatchkit.plan.engine.sequence import sequence
from dispatchkit.plan.insertion import inserted
from dispatchkit.plan.limits import NOTICED_S
from dispatchkit.plan.receiving import Ordering, Receiving


def resequenced(*, seed: int) -> Ordering:
    """Return what orders all stops of a receiving route for the least driving, windows and shift kept if possible.

    The order that they have is kept where the search finds none that is better: a plan's own legs may be shorter than
    the travel model's, and a way that uses them all is hard to beat.
    """
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
    found = [place + 1 for place in order]
    as_they_stand = inserted(taking) if taking.stays else range(1, len(taking.arrives) + 1)
    return found if _is_better(taking, found, as_they_stand) else as_they_stand


def _is_better(taking: Receiving, order: Sequence[int], held: Sequence[int]) -> bool:
    """Whether an order is less late at customers than the one held, or as late and back sooner."""
    now, was = taking.schedule(order), taking.schedule(held)
    less_late_s, shorter_s = float(was.late_s.sum() - now.late_s.sum()), was.back_s - now.back_s
    return less_late_s > NOTICED_S or (less_late_s > -NOTICED_S and shorter_s > NOTICED_S)
