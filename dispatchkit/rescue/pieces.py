"""The best piece of a route for one helper: every contiguous piece, at its cheapest place, at once. Pure, exact.

A piece moves as one block in its own order. The windows of its customers are not looked at.
"""

import numpy as np
from numpy.typing import NDArray

from dispatchkit.pace.forecast import STANDARD, Z80, Finish, Projection
from dispatchkit.plan.legs import STATION, Legs
from dispatchkit.records import Plan, Record
from dispatchkit.rescue.meeting import Meeting
from dispatchkit.station.profile import Rescue
from dispatchkit.travel.matrix import TravelTimes

Seconds = NDArray[np.float64]
Places = NDArray[np.int64]

FULL = "no room in the van"
LATE = "would be late themselves"
NO_PIECE = "would come when too little is left"


class Piece(Record, frozen=True):
    """A piece of the giver's order in the helper's hands, and what both routes come to.

    Attributes
    ----------
    over_s
        By how much the giver's P80 still misses its window; 0 where it does not.
    extra_s
        Driver seconds that the rescue costs both together.
    """

    stop_ids: tuple[str, ...]
    helper_order: tuple[str, ...]
    giver_after: Finish
    helper_after: Finish
    over_s: float
    extra_s: float


class _Side(Record, frozen=True):
    """One of both routes, for every piece: planned stop seconds, their noise, expected arrival and its spread."""

    stops_s: Seconds
    noise_s2: Seconds
    mean_s: Seconds
    spread_s: Seconds

    def finish(self, route: Projection, piece: int) -> Finish:
        """The route's finish with this piece."""
        mean_s, stops_s, noise_s2 = (float(x[piece]) for x in (self.mean_s, self.stops_s, self.noise_s2))
        return route.finish_around(mean_s, stops_s=stops_s, noise_s2=noise_s2)


def best_piece(
    plan: Plan,
    giver: Projection,
    helper: Projection,
    met: Meeting,
    *,
    free_cm3: float,
    rescue: Rescue,
    legs: Legs,
    travel: TravelTimes,
) -> Piece | str:
    """The piece that leaves the giver least late, and of those the one that costs least; or why there is none."""
    rest, own = giver.work.stop_ids[met.giver_done :], helper.work.stop_ids[met.helper_done :]
    first, length = _pieces(len(rest), rescue)
    if not len(first):
        return NO_PIECE
    fits = _sums(np.array([plan.stop[s].volume_cm3 for s in rest]), first, length) <= free_cm3
    if not fits.any():
        return FULL
    free_s = met.at_s + rescue.handover_s
    drives = _Drives(legs, travel, met, rest, own)
    giving = _giving(giver, met, first, length, drives, free_s)
    taking, place = _taking(giver, helper, met, first, length, drives, free_s)
    sure = STANDARD.inv_cdf(1 - rescue.helper_late_share)
    in_time = taking.mean_s + sure * taking.spread_s <= helper.finish_by.timestamp()
    possible = np.flatnonzero(fits & in_time)
    if not len(possible):
        return LATE
    over_s = np.maximum(0.0, giving.mean_s + Z80 * giving.spread_s - giver.finish_by.timestamp())
    extra_s = giving.mean_s - giver.mean_s + taking.mean_s - helper.mean_s
    best = int(possible[np.lexsort((extra_s[possible], np.ceil(over_s[possible] / 60)))[0]])
    stop_ids = rest[int(first[best]) : int(first[best] + length[best])]
    p = int(place[best])
    return Piece(
        stop_ids=stop_ids,
        helper_order=(*own[:p], *stop_ids, *own[p:]),
        giver_after=giving.finish(giver, best),
        helper_after=taking.finish(helper, best),
        over_s=float(over_s[best]),
        extra_s=float(extra_s[best]),
    )


def _giving(
    giver: Projection, met: Meeting, first: Places, length: Places, drives: "_Drives", free_s: float
) -> _Side:
    """The giver goes on with the rest of the order; the gap is closed."""
    into, noise_s2 = giver.work.drive_s[met.giver_done :], giver.noise_s2[met.giver_done :]
    each_s = into + giver.work.service_s[met.giver_done :]
    last = first + length - 1
    closing_s, back_s = drives.gap(first, last)
    leg_after_s = np.append(into[1:], 0.0)[last]
    kept_s = float(each_s.sum()) - _sums(each_s, first, length) - leg_after_s + closing_s
    stops_s = giver.stops_s - float(each_s.sum()) + kept_s
    noise = float(giver.noise_s2.sum()) - _sums(noise_s2, first, length)
    return _Side(
        stops_s=stops_s,
        noise_s2=noise,
        mean_s=_median_s(giver, free_s + kept_s * giver.rate, met.giver_done, back_s),
        spread_s=giver.spread_s(stops_s, noise),
    )


def _taking(
    giver: Projection, helper: Projection, met: Meeting, first: Places, length: Places, drives: "_Drives", free_s: float
) -> tuple[_Side, Places]:
    """The helper goes on with the own rest, the block at its cheapest place; and how many own stops come before it."""
    into, service_s = giver.work.drive_s[met.giver_done :], giver.work.service_s[met.giver_done :]
    block_s = _sums(into + service_s, first, length) - into[first]
    added_s, place, back_s = drives.insertion(first, first + length - 1)
    own = slice(met.helper_done, None)
    rest_s = drives.own_drive_s + float(helper.work.service_s[own].sum()) + block_s + added_s
    stops_s = helper.stops_s - float((helper.work.drive_s[own] + helper.work.service_s[own]).sum()) + rest_s
    block_noise = _sums(giver.noise_s2[met.giver_done :], first, length) * (helper.rate / giver.rate) ** 2
    noise = float(helper.noise_s2.sum()) + block_noise
    side = _Side(
        stops_s=stops_s,
        noise_s2=noise,
        mean_s=_median_s(helper, free_s + rest_s * helper.rate, met.helper_done, back_s),
        spread_s=helper.spread_s(stops_s, noise),
    )
    return side, place


def _pieces(left: int, rescue: Rescue) -> tuple[Places, Places]:
    """First place and length of every piece that is worth a meeting and no more than the allowed share."""
    most = int(left * rescue.share)
    lengths = range(rescue.least_stops_count, most + 1)
    first = [np.arange(left - n + 1) for n in lengths]
    length = [np.full(left - n + 1, n) for n in lengths]
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *first]), np.concatenate([none, *length])


def _sums(values: Seconds, first: Places, length: Places) -> Seconds:
    total = np.concatenate([[0.0], np.cumsum(values)])
    sums: Seconds = total[first + length] - total[first]
    return sums


def _median_s(route: Projection, stops_done_s: Seconds, stops: int, back_s: Seconds) -> Seconds:
    """Arrival at the station of a route whose stops are done at an instant: with what a rescue leaves as it is.

    That is the break and the waits that are still to come once so many of the remaining stops are done, and what past
    days add to such a reckoning.
    """
    stands_s = route.break_after_s(stops) + float(route.wait_s[stops:].sum())
    median_s: Seconds = stops_done_s + stands_s + back_s * route.drive_rate + route.usual_delay_s
    return median_s


class _Drives:
    """Drive seconds among the meeting, the giver's rest and the helper's way from the meeting back to the station."""

    def __init__(
        self, legs: Legs, travel: TravelTimes, met: Meeting, rest: tuple[str, ...], own: tuple[str, ...]
    ) -> None:
        places = [legs.place(s) for s in (met.stop_id, *own, STATION, *rest)]
        lat, lng = np.array(places, dtype=float).T
        self.s = travel.matrix(lat, lng, met.at)
        n = len(own) + 2
        self.way, self.rest = np.arange(n), np.arange(n, n + len(rest))
        # what the plan drives anyway keeps the plan's seconds
        way_legs = [legs.leg_s(a, b) for a, b in zip((met.stop_id, *own), (*own, STATION), strict=True)]
        self.way_s = np.array(way_legs, dtype=float)
        self.rest_back_s = np.array([legs.leg_s(s, STATION) for s in (met.stop_id, *rest)], dtype=float)
        self.own_drive_s = float(self.way_s[:-1].sum())
        self._giver_back_s = float(self.rest_back_s[-1])

    def gap(self, first: Places, last: Places) -> tuple[Seconds, Seconds]:
        """Seconds of the giver's leg across each piece (0 where it was the tail), and of the way back after it."""
        tail = last == len(self.rest) - 1
        before = np.concatenate([[0], self.rest])[first]          # the stop of the meeting, or one of the rest
        after = self.rest[np.minimum(last + 1, len(self.rest) - 1)]
        closing: Seconds = np.where(tail, 0.0, self.s[before, after])
        back: Seconds = np.where(tail, self.rest_back_s[first], self._giver_back_s)
        return closing, back

    def insertion(
        self, first: Places, last: Places
    ) -> tuple[Seconds, Places, Seconds]:
        """Cheapest place of each piece: stop seconds added by its two ends, how many own stops precede, way back."""
        into = self.s[np.ix_(self.way[:-1], self.rest)]
        out = self.s[np.ix_(self.rest, self.way[1:])].T
        out[-1] = self.rest_back_s[1:]
        cost = into[:, first] + out[:, last] - self.way_s[:, None]
        place = np.argmin(cost, axis=0)
        tail = place == len(self.way_s) - 1
        picked = np.arange(len(first))
        # at the end of the order the leg out is the way back, which is no stop's time
        added: Seconds = np.where(tail, into[-1, first], cost[place, picked])
        back: Seconds = np.where(tail, self.rest_back_s[1:][last], self.way_s[-1])
        return added, place, back
