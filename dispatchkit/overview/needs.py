"""What needs a person now, in all phases: one need per cause, the most urgent first; nothing when all is well. Pure."""

from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.overview.close_needs import close_needs
from dispatchkit.overview.load_out_needs import load_out_needs
from dispatchkit.overview.need import Need
from dispatchkit.overview.plan_needs import plan_needs
from dispatchkit.overview.road_needs import road_needs
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.plan.legs import Between
from dispatchkit.station import Station

__all__ = ["Need", "needs"]

KINDS = ("act", "msg", "watch")
"""What somebody has to do comes before whom somebody has to answer, and that before what somebody has to know."""


def needs(
    day: Day, *, now: datetime, station: Station, travel: Between, past: Past = NO_PAST
) -> tuple[Need, ...]:
    """What needs a person at `now`: first what to do, by when it still helps; who waits for an answer; what to know.

    Nothing on a closed day. Where no instant is known, what a later phase asks comes before what an earlier one asks:
    it is about vans that are out.
    """
    if day.course.closed_at is not None:
        return ()
    found = (
        *road_needs(day, now=now, station=station, travel=travel, past=past),
        *load_out_needs(day, now=now, station=station),
        *plan_needs(day, now=now, station=station),
        *close_needs(day, now=now, station=station),
    )
    return tuple(sorted(found, key=_urgency))


def _urgency(need: Need) -> tuple[int, float]:
    return KINDS.index(need.kind), need.helps_until.timestamp() if need.helps_until else float("inf")
