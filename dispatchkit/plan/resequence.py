"""A receiving route ordered anew, whatever order it had: where nothing is loaded yet. Behind it stands the solver."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from dispatchkit.day.open_day import refuse_if
from dispatchkit.plan.engine.sequence import sequence
from dispatchkit.plan.habits import Habits, sequence_by_habit
from dispatchkit.plan.habits.zones import zone_of
from dispatchkit.plan.insertion import inserted
from dispatchkit.plan.limits import NOTICED_S
from dispatchkit.plan.receiving import Ordering, Receiving


def resequenced(*, seed: int) -> Ordering:
    """Return what orders all stops of a receiving route for the least driving, windows and shift kept if possible.

    The order that they have is kept where the search finds none that is better: a plan's own legs may be shorter than
    the travel model's, and a way that uses them all is hard to beat.
    """
    return partial(_shortest, seed=seed)


def as_drivers_go(habits: Habits, *, seed: int) -> Ordering:
    """Return what orders all stops of a receiving route zone by zone, as drivers go; it may take longer to drive.

    The order that they have is kept where customers would be reached later.
    """
    return partial(_by_habit, habits=habits, seed=seed)


def _shortest(taking: Receiving, *, seed: int) -> Sequence[int]:
    found, held = [place + 1 for place in sequence(*_stops(taking), **_limits(taking, seed))], _as_they_stand(taking)
    sooner = taking.schedule(held).back_s - taking.schedule(found).back_s > NOTICED_S
    less_late_s = _less_late_s(taking, found, held)
    return found if less_late_s > NOTICED_S or (less_late_s > -NOTICED_S and sooner) else held


def _by_habit(taking: Receiving, *, habits: Habits, seed: int) -> Sequence[int]:
    if not any(zone_of(zone) for zone in taking.zones):
        refuse_if([f"No zone of {taking.route.code} has a name such as A-1.2C, which tells how drivers take them. "
                   "Put it in the best order."])  # fmt: skip
    drive_s, service_s, opens_s, closes_s = _stops(taking)
    order = sequence_by_habit(
        drive_s, service_s, taking.zones, habits, opens_s=opens_s, closes_s=closes_s, **_limits(taking, seed)
    )
    found, held = [place + 1 for place in order], _as_they_stand(taking)
    return found if _less_late_s(taking, found, held) > -NOTICED_S else held


def _stops(taking: Receiving) -> tuple[Any, Any, Any, Any]:
    return taking.drive_s, taking.service_s[1:], taking.opens_s[1:], taking.closes_s[1:]


def _limits(taking: Receiving, seed: int) -> dict[str, Any]:
    break_s = taking.route.break_s
    return {"shift_s": max(taking.shift_s, break_s + 1.0), "break_s": break_s, "seed": seed}


def _as_they_stand(taking: Receiving) -> Sequence[int]:
    return inserted(taking) if taking.stays else range(1, len(taking.arrives) + 1)


def _less_late_s(taking: Receiving, order: Sequence[int], held: Sequence[int]) -> float:
    """By how many seconds less an order is late at customers than the one held."""
    return float(taking.schedule(held).late_s.sum() - taking.schedule(order).late_s.sum())
