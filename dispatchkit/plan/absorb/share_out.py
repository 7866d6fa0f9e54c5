"""A route's stops shared out among its neighbours: each goes where it costs least and there is room. Pure.

It is a screening: what passes is worked through exactly afterwards (`hypothesis`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.absorb.room import Room
from dispatchkit.plan.insertion import Way
from dispatchkit.plan.receiving import Receiving
from dispatchkit.records import Record, Stop


class Share(Record, frozen=True):
    """What one neighbour would take, and all its stops in the order to drive with the seconds of its legs."""

    taking: Receiving
    stop_ids: tuple[str, ...]
    order: tuple[str, ...]
    drive_s: tuple[float, ...]

    @property
    def route_id(self) -> str:
        """Who takes it."""
        return self.taking.route.route_id


class Shared(Record, frozen=True):
    """How far sharing out came: who takes what, and the stops that found no room with what they lacked."""

    shares: tuple[Share, ...]
    no_time: tuple[str, ...] = ()
    no_volume: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every stop found room."""
        return not (self.no_time or self.no_volume)


def share_out(
    stops: Sequence[Stop],
    takings: Sequence[Receiving],
    rooms: Mapping[str, Room],
    *,
    most_takers: int,
    least_stops: int,
) -> Shared:
    """Share stops out among routes, each of which receives them all (`Receiving.arrives`, in the order of `stops`).

    Where more than `most_takers` would take some, those who would take least are left out and all is shared out again;
    so is one who would take fewer than `least_stops`, if it works without him.
    """
    takers, found = list(takings), None
    while True:
        shared, taken = _shared_out(stops, takers, rooms)
        if shared.complete and len(shared.shares) <= most_takers:
            found = shared
        by_size = sorted(range(len(takers)), key=lambda j: taken[j], reverse=True)
        stay = [j for j in by_size[:most_takers] if taken[j] >= min(least_stops, len(stops))]
        if len(stay) == len(shared.shares) or not stay:
            return found or shared
        takers = [takers[j] for j in sorted(stay)]


def _shared_out(
    stops: Sequence[Stop], takers: Sequence[Receiving], rooms: Mapping[str, Room]
) -> tuple[Shared, list[int]]:
    ways = [Way(t) for t in takers]
    work_s = np.array([rooms[t.route.route_id].work_s for t in takers])
    free_cm3 = np.array([rooms[t.route.route_id].volume_cm3 for t in takers])
    service_s, volume_cm3 = (np.array([getattr(s, name) for s in stops]) for name in ("service_s", "volume_cm3"))
    has = np.full(len(stops), -1)
    cost_s = np.array([way.extra_s for way in ways])
    while (extra_s := float(cost_s.min(initial=np.inf))) < np.inf:
        j, stop = divmod(int(np.argmin(cost_s)), len(stops))
        if extra_s + service_s[stop] > work_s[j] or volume_cm3[stop] > free_cm3[j]:
            ways[j].leave_out(stop)
        elif ways[j].settle(stop):
            ways[j].insert(stop)
            work_s[j] -= extra_s + service_s[stop]
            free_cm3[j] -= volume_cm3[stop]
            has[stop] = j
            for way in ways:
                way.leave_out(stop)
            cost_s[:, stop] = np.inf
        cost_s[j] = ways[j].extra_s
    left = np.flatnonzero(has < 0).tolist()
    shares = tuple(_share(t, ways[j], stops, has == j) for j, t in enumerate(takers) if (has == j).any())
    no_volume = [i for i in left if not (volume_cm3[i] <= free_cm3).any()]
    return (
        Shared(
            shares=shares,
            no_time=tuple(stops[i].stop_id for i in left if i not in no_volume),
            no_volume=tuple(stops[i].stop_id for i in no_volume),
        ),
        [int((has == j).sum()) for j in range(len(takers))],
    )


def _share(taking: Receiving, way: Way, stops: Sequence[Stop], mine: NDArray[np.bool_]) -> Share:
    order = way.order
    return Share(
        taking=taking,
        stop_ids=tuple(s.stop_id for s, yes in zip(stops, mine, strict=True) if yes),
        order=taking.stop_ids(order),
        drive_s=tuple(taking.legs_s(order).tolist()),
    )
