"""Stops put into a route whose own order stays, as it was loaded: each where it costs least and is in time. Pure.

Cheapest insertion (Rosenkrantz, Stearns and Lewis, 1977): of all stops that wait, the one with the least extra driving
goes in next. Windows are kept by forward time slack (Savelsbergh, 1992): how much later a stop may be reached before
it, or any stop after it, is served too late.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.receiving import Receiving

Array = NDArray[np.float64]
Places = NDArray[np.intp]

ROUNDING_S = 1e-6
"""Seconds below which two costs are the same."""


class Way:
    """A receiving route into which its arriving stops are put one after the other.

    Costs are worked out lazily: after an insertion only the legs that are new are looked at, so what is kept of a stop
    is the least that it can cost. What it does cost, and whether everybody would be in time, is looked at when its turn
    comes (`settle`). In time is about customers: how long the driver is out is for others to judge.

    Attributes
    ----------
    extra_s
        What each arriving stop costs at least in seconds of driving, shape (arriving,); once it is settled what it does
        cost, with waiting for its window. Infinite where `settle` has found no place at which everybody is in time, and
        for stops that are on the way already or went elsewhere.
    """

    def __init__(self, taking: Receiving) -> None:
        self._taking, self._drive_s, self._first = taking, taking.drive_s, len(taking.stays) + 1
        self._way = np.arange(self._first)      # the station, then the stops on the way in their order
        arriving = len(taking.arrives)
        self._open = np.arange(arriving)
        self.extra_s = np.full(arriving, np.inf)
        self._behind = np.zeros(arriving, dtype=np.intp)
        self._leaves_s, self._slack_s = (np.full(len(self._drive_s), s) for s in (0.0, np.inf))
        self._closes_s = np.where(np.isnan(taking.closes_s), np.inf, taking.closes_s)
        late_anyway = self._way[1:][taking.schedule(self._way[1:]).late_s > 0]
        self._closes_s[late_anyway] = np.inf
        self._look_at(self._open)
        self._work_through()

    @property
    def order(self) -> list[int]:
        """The places on the way, the station left out."""
        order: list[int] = self._way[1:].tolist()
        return order

    def settle(self, arriving: int) -> bool:
        """Say whether a stop really costs `extra_s` and all are in time; where not, look for its cheapest such place.

        False where `extra_s` of the stop has changed by that: another may be cheaper now.
        """
        here, then = self._legs()
        at = np.flatnonzero(here == self._behind[arriving])
        if self._cost_s(arriving, here[at], then[at])[0] <= self.extra_s[arriving] + ROUNDING_S:
            return True
        cost_s = self._cost_s(arriving, here, then)
        best = int(np.argmin(cost_s))
        self.extra_s[arriving], self._behind[arriving] = cost_s[best], here[best]
        return False

    def insert(self, arriving: int) -> None:
        """Put a stop into the place that `extra_s` is about."""
        place, before = self._first + arriving, int(self._behind[arriving])
        position = int(np.flatnonzero(self._way == before)[0])
        after = int(self._way[(position + 1) % len(self._way)])
        self._way = np.concatenate([self._way[: position + 1], [place], self._way[position + 1 :]])
        self.leave_out(arriving)
        stops = self._first + self._open
        for a, b in ((before, place), (place, after)):
            extra_s = self._drive_s[a, stops] + self._drive_s[stops, b] - self._drive_s[a, b]
            less = extra_s < self.extra_s[self._open]
            self.extra_s[self._open[less]], self._behind[self._open[less]] = extra_s[less], a
        self._work_through()

    def leave_out(self, arriving: int) -> None:
        """Ask no more for a stop: it is on the way now, or went elsewhere."""
        self._open = self._open[self._open != arriving]
        self.extra_s[arriving] = np.inf

    def insert_anyhow(self) -> None:
        """Put the first stop that still waits where it costs least driving, whoever is late then."""
        self._look_at(self._open[:1])
        self.insert(int(self._open[0]))

    def _legs(self) -> tuple[Places, Places]:
        return self._way, np.append(self._way[1:], 0)

    def _look_at(self, arriving: Places) -> None:
        """Find the cheapest place of these stops among all legs."""
        (here, then), stops = self._legs(), self._first + arriving
        extra_s = self._drive_s[np.ix_(here, stops)] + self._drive_s[np.ix_(stops, then)].T
        extra_s -= self._drive_s[here, then][:, None]
        best = np.argmin(extra_s, axis=0)
        self.extra_s[arriving] = extra_s[best, np.arange(len(arriving))]
        self._behind[arriving] = here[best]

    def _work_through(self) -> None:
        """When the van leaves each place on the way, and how much later it may reach it."""
        taking, order = self._taking, self._way[1:]
        known = taking.schedule(order)
        waited_s = np.cumsum(known.wait_s)
        until_s = waited_s + self._closes_s[order] - known.arrive_s - known.wait_s
        latest_s = np.minimum.accumulate(until_s[::-1])[::-1]
        self._slack_s[order] = latest_s - waited_s + known.wait_s
        self._leaves_s[order] = known.done_s
        if known.break_after is not None:
            self._leaves_s[order[known.break_after]] += taking.route.break_s

    def _cost_s(self, arriving: int, here: Places, then: Places) -> Array:
        """Seconds of driving and waiting of a stop on each of these legs; infinite where somebody would be late."""
        taking, place = self._taking, self._first + arriving
        into_s = self._drive_s[here, place]
        cost_s: Array = into_s + self._drive_s[place, then] - self._drive_s[here, then]
        arrives_s, opens_s, closes_s = self._leaves_s[here] + into_s, taking.opens_s[place], taking.closes_s[place]
        if not np.isnan(opens_s):
            cost_s = cost_s + np.maximum(0.0, opens_s - arrives_s)
        late = cost_s + taking.service_s[place] > self._slack_s[then]
        if not np.isnan(closes_s):
            late |= arrives_s > closes_s
        return np.where(late, np.inf, cost_s)


def inserted(taking: Receiving) -> Sequence[int]:
    """Keep the order of the stops that stay, and put each that arrives where it costs least and all are in time.

    A stop for which there is no such place goes where it costs least.
    """
    way = Way(taking)
    while len(way.order) < len(taking.stays) + len(taking.arrives):
        cheapest = int(np.argmin(way.extra_s))
        if way.extra_s[cheapest] == np.inf:
            way.insert_anyhow()
        elif way.settle(cheapest):
            way.insert(cheapest)
    return way.order
