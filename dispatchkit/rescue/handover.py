"""What really changes hands when both have met: less than agreed, where both went on meanwhile. Pure."""

from collections.abc import Sequence

from dispatchkit.day.facts.road import RescueStarted


def handed_over(
    agreed: RescueStarted, giver_left: Sequence[str], helper_left: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The stops that change hands, and the helper's order from here on.

    Stops that the giver has served meanwhile stay his. Stops of his own that the helper was to have served before the
    meeting, but has not, come right before the first own stop of the agreed order, where he comes by anyway: going back
    for them first would cost him the way twice. Without an own stop in that order they come last.

    Parameters
    ----------
    giver_left, helper_left
        What both had still to do when they met, in order.
    """
    still, own = frozenset(giver_left), frozenset(helper_left)
    stop_ids = tuple(s for s in agreed.stop_ids if s in still)
    order = [s for s in agreed.helper_order if s in own or s in stop_ids]
    left_over = [s for s in helper_left if s not in frozenset(agreed.helper_order)]
    at = next((k for k, s in enumerate(order) if s in own), len(order))
    return stop_ids, (*order[:at], *left_over, *order[at:])
