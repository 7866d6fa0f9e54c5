"""Stops shared out among the vans: compact areas that no van is too full for. The start of every built plan."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from dispatchkit.geo import plane_m
from dispatchkit.plan.engine.problem import Problem, Routes
from dispatchkit.plan.engine.sequence import insertion_order

STARTS, MANY = (2, 8), 20_000
"""How many sets of first centres are tried, at least and at most: as many as come to so many pieces in all. They differ
by 2 % of driving (a real station day of 25 vans), and take seconds where there are many pieces."""

FULL = 0.95
"""Share of volume and of time up to which a van is filled by estimate: the rest is for what estimates miss."""

LUMPS_A_VAN = 6
"""A zone that is to stay whole is shared out in one piece where at least so many of its size make a van's load."""

_ROUNDS = 300
_SETTLED_AFTER = 200    # rounds after which the centres stay and only the borders move
_HELPED_EVERY, _IDLE = 5, 0.6    # rounds; and the share of the mean load below which a van takes from the fullest one
_NEIGHBOURS = 2         # a stop on a good route is driven to from one near neighbour and left for another,
_LEG_FACTOR = 1.25      # but rarely from the two nearest: 1.18–1.37 on 25 routes of a real station day


def one_by_one(tasks: Sequence[Callable[[], Routes]]) -> Sequence[Routes]:
    """Run tasks here."""
    return [task() for task in tasks]


Run = Callable[[Sequence[Callable[[], Routes]]], Sequence[Routes]]
"""How several tasks are run: one by one, or side by side."""


def cluster(
    problem: Problem, drive_s: NDArray[np.floating], seed: int, *, run: Run = one_by_one, whole_zones: bool = False
) -> Routes:
    """Share all stops out among the vans, in no order; limits are kept by estimate, so a few may still be broken.

    Only as many vans as are needed go out, the largest first: each has to drive there and back.

    Parameters
    ----------
    problem
        Stops, vans and limits. Windows are not looked at.
    drive_s
        Seconds between all places, shape (places, places).
    seed
        Of the first centres.
    run
        How the tries are run, of which the one with the least driving and the least beyond the limits is taken.
    whole_zones
        Leave the stops of a sort zone together, unless it is so large that vans could not be filled with such pieces.

    Returns
    -------
    Routes
        Places per van, in the order of the vans; a van may stay empty.
    """
    if problem.stops == 0:
        return ((),) * len(problem.van_volume)
    work_s = problem.service_s[1:] + _leg_s(drive_s)
    stem_s = 2 * drive_s[0, 1:].astype(float)
    vans = _needed(problem, work_s, stem_s)
    part = replace(problem.part(range(problem.stops + 1), vans), strange_s=None)
    lumps = _Lumps.of(part, work_s, stem_s, zone=problem.zone if whole_zones else None)
    starts = int(np.clip(MANY // len(lumps.place), *STARTS))
    found = run([partial(_shared_out, part, lumps, (seed, start)) for start in range(starts)])
    best = min(found, key=lambda areas: _cost_s(part, drive_s, areas))
    areas: list[tuple[int, ...]] = [()] * len(problem.van_volume)
    for van, area in zip(vans, best, strict=True):
        areas[van] = area
    return tuple(areas)


def _needed(problem: Problem, work_s: NDArray[np.float64], stem_s: NDArray[np.float64]) -> list[int]:
    """The vans that have room and time for everything, the largest first; all of them where they have not."""
    vans = np.argsort(-np.asarray(problem.van_volume), kind="stable")
    room = np.cumsum(np.asarray(problem.van_volume)[vans])
    packages = np.cumsum(problem.room_packages[vans])
    time_s = np.cumsum(np.maximum(problem.shifts_s[vans] - problem.break_s - stem_s.mean(), 1.0))
    enough = (
        (room * FULL >= problem.volume[1:].sum())
        & (packages * FULL >= problem.packages[1:].sum())
        & (time_s * FULL >= work_s.sum())
    )
    count = int(np.argmax(enough)) + 1 if enough.any() else len(vans)
    return sorted(vans[:count].tolist())


@dataclass(frozen=True)
class _Lumps:
    """What is shared out in one piece: a zone's stops, or a single one.

    Attributes
    ----------
    of_stop
        The lump of each stop, shape (stops,).
    place, stops, volume, work_s, stem_s
        Of each lump: its middle in metres, shape (lumps, 2); how many stops; what they take up; the seconds that they
        keep a van; the way there and back.
    """

    of_stop: NDArray[np.int64]
    place: NDArray[np.float64]
    stops: NDArray[np.int64]
    volume: NDArray[np.float64]
    work_s: NDArray[np.float64]
    stem_s: NDArray[np.float64]

    @classmethod
    def of(
        cls, problem: Problem, work_s: NDArray[np.float64], stem_s: NDArray[np.float64],
        zone: NDArray[np.int64] | None,
    ) -> "_Lumps":  # fmt: skip
        """Make lumps of stops; single ones where no zone is given, or where a zone is too large."""
        of_stop = np.arange(problem.stops)
        if zone is not None:
            zones, at, stops = np.unique(zone[1:], return_inverse=True, return_counts=True)
            whole = (zones >= 0) & (stops * LUMPS_A_VAN * len(problem.van_volume) <= problem.stops)
            of_stop = np.unique(np.where(whole[at], problem.stops + at, of_stop), return_inverse=True)[1]
        stops = np.bincount(of_stop)

        def total(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return np.bincount(of_stop, values).astype(float)

        def mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
            return total(values) / stops

        place = plane_m(problem.lat, problem.lng)[1:]
        return cls(
            of_stop=of_stop, place=np.column_stack([mean(place[:, 0]), mean(place[:, 1])]), stops=stops,
            volume=total(problem.volume[1:]), work_s=total(work_s), stem_s=mean(stem_s),
        )  # fmt: skip


def _shared_out(problem: Problem, lumps: _Lumps, seed: tuple[int, int]) -> Routes:
    """Share out from one set of random centres.

    A power diagram: each lump goes to the van whose centre is nearest, where a van that is too full counts as farther
    away. Areas of a power diagram are convex, so they do not overlap.
    """
    rng, place, vans = np.random.default_rng(seed), lumps.place, len(problem.van_volume)
    room = np.maximum(np.asarray(problem.van_volume, dtype=float), 1e-9)
    centre = _spread(place, vans, rng)
    stride = ((place - place.mean(axis=0)) ** 2).sum(axis=1).mean() / vans
    step, moved, farther = np.full(vans, stride), np.zeros(vans), np.zeros(vans)
    best, best_fill = np.zeros(len(place), dtype=int), np.inf
    for i in range(_ROUNDS):
        apart = _apart(place, centre)
        van = np.argmin(apart + farther, axis=1)
        way_s = lumps.stem_s[np.argmin(apart, axis=0)]
        time_s = np.maximum(problem.shifts_s - problem.break_s - way_s, 1.0)
        fill = np.maximum(np.bincount(van, lumps.volume, vans) / room, np.bincount(van, lumps.work_s, vans) / time_s)
        if i >= _SETTLED_AFTER and fill.max() < best_fill:
            best, best_fill = van, fill.max()
        # A van that is too full moves away, one that is not comes back to where it really is: in longer steps while
        # it goes on in one direction, in shorter ones once it has swung over. Where all vans are full, evenly.
        move = np.where(fill > max(FULL, float(fill.mean())), 1.0, np.where(farther > 0, -1.0, 0.0))
        step = np.clip(step * np.where(move == moved, 1.2, 0.5), stride / 500, stride * 4)
        farther, moved = np.maximum(0.0, farther + step * move), move
        if i < _SETTLED_AFTER:
            held = np.bincount(van, lumps.stops, vans)
            sums = np.column_stack([np.bincount(van, place[:, axis] * lumps.stops, vans) for axis in (0, 1)])
            centre[held > 0] = sums[held > 0] / held[held > 0, None]
            idle, full = int(fill.argmin()), int(fill.argmax())
            if i % _HELPED_EVERY == _HELPED_EVERY - 1 and fill[idle] < _IDLE * fill.mean():
                # left with nothing between its neighbours, it would stay so: it begins again where most is to be done
                centre[idle], farther[idle] = place[rng.choice(np.flatnonzero(van == full))], farther[full]
    of_stop = best[lumps.of_stop]
    return tuple(tuple((np.flatnonzero(of_stop == v) + 1).tolist()) for v in range(vans))


def _cost_s(problem: Problem, drive_s: NDArray[np.floating], areas: Routes) -> float:
    """Seconds of driving, with what lies beyond a limit counted as if it were driven for."""
    cost_s = 0.0
    for van, stops in enumerate(areas):
        if not stops:
            continue
        at = np.array([0, *stops])
        way = at[[0, *insertion_order(drive_s[np.ix_(at, at)]), 0]]
        route_s = float(drive_s[way[:-1], way[1:]].sum(dtype=float))
        work_s = route_s + float(problem.service_s[at[1:]].sum()) + problem.break_s
        over = max(0.0, float(problem.volume[at[1:]].sum()) / max(problem.van_volume[van], 1e-9) - 1)
        cost_s += route_s + max(0.0, work_s - problem.shifts_s[van]) + over * problem.shifts_s[van]
    return cost_s


def _leg_s(drive_s: NDArray[np.floating]) -> NDArray[np.float64]:
    """Seconds of driving that each stop will cost, estimated from its nearest neighbours, shape (stops,)."""
    among = drive_s[1:, 1:]
    near = min(_NEIGHBOURS, among.shape[0] - 1)
    if near < 1:
        return np.zeros(among.shape[0])
    nearest = np.partition(among, near, axis=1)[:, : near + 1]      # itself among them, at 0
    result: NDArray[np.float64] = nearest.sum(axis=1, dtype=float) / near * _LEG_FACTOR
    return result


def _spread(place: NDArray[np.float64], vans: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """First centres, far from each other (k-means++), shape (vans, 2)."""
    centre = place[[int(rng.integers(len(place)))]]
    for _ in range(vans - 1):
        apart = _apart(place, centre).min(axis=1)
        chance = apart / apart.sum() if apart.sum() > 0 else None
        centre = np.vstack([centre, place[int(rng.choice(len(place), p=chance))]])
    return centre


def _apart(place: NDArray[np.float64], centre: NDArray[np.float64]) -> NDArray[np.float64]:
    """Squared distance of every stop from every centre, shape (stops, centres)."""
    squared: NDArray[np.float64] = (place**2).sum(axis=1)[:, None] - 2 * place @ centre.T + (centre**2).sum(axis=1)
    return np.maximum(squared, 0.0)
