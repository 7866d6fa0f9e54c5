"""Where and when a helper meets the driver who needs help. Pure.

The driver goes on with his stops; they meet at the one that he will then be at. Breaks come where the plan has them.
"""

from datetime import UTC, datetime

import numpy as np

from dispatchkit.pace.forecast import Projection
from dispatchkit.plan.legs import STATION, Legs
from dispatchkit.records import Place, Record

TRIES = 6
"""How often the place is looked for anew because the driver has gone on while the helper drives."""


class Meeting(Record, frozen=True):
    """A meeting as it is expected.

    Attributes
    ----------
    at_s
        When both are there, epoch seconds.
    stop_id
        The driver's stop at which they meet; he serves it first.
    giver_done, helper_done
        How many of their remaining stops both have served by then.
    """

    at_s: float
    stop_id: str
    lat: float
    lng: float
    giver_done: int
    helper_done: int

    @property
    def at(self) -> datetime:
        """When both are there."""
        return datetime.fromtimestamp(self.at_s, UTC)


def place_at(route: Projection, at_s: float, legs: Legs) -> tuple[int, float, Place]:
    """Where a route can be interrupted from an instant on: stops served by then, when, and where (latitude, longitude).

    A driver ends the stop that he is at. One who is done stands at his last stop until the way back is over, and at the
    station from then on.
    """
    done = route.done_at_s
    served = int(np.searchsorted(done, at_s, side="left")) + 1
    if served <= len(done):
        return served, float(done[served - 1]), legs.known_place(route.work.stop_ids[served - 1])
    last = legs.known_place(route.work.stop_ids[-1]) if len(done) else route.place
    return len(done), at_s, last if last and at_s < route.mean_s else legs.known_place(STATION)


def meeting(giver: Projection, helper: Projection, *, from_s: float, legs: Legs) -> Meeting | None:
    """The earliest meeting once both know, from `from_s` (epoch seconds) on; None where the driver is done by then."""
    helper_done, leaves_s, place = place_at(helper, from_s, legs)
    there_s = from_s
    for _ in range(TRIES):
        at = int(np.searchsorted(giver.done_at_s, there_s, side="left"))
        if at >= len(giver.done_at_s):
            return None
        stop_id = giver.work.stop_ids[at]
        there_s = leaves_s + legs.from_place_s(*place, stop_id)
        if there_s <= giver.done_at_s[at]:
            break
    lat, lng = legs.known_place(stop_id)
    return Meeting(
        at_s=max(there_s, float(giver.done_at_s[at])),
        stop_id=stop_id,
        lat=lat,
        lng=lng,
        giver_done=at + 1,
        helper_done=helper_done,
    )
