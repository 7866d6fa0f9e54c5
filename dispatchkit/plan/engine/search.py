"""Routes made better by tearing and mending: what `ruin` works on, made of a problem and taken from it again."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.break_time import solver_windows
from dispatchkit.plan.engine.found import Found
from dispatchkit.plan.engine.problem import LEFT_FACTOR, Problem, Routes
from dispatchkit.plan.engine.ruin import NEAR, ROUND, SPARE, search, set_up
from dispatchkit.plan.engine.tours import ENDLESS_S, NOWHERE, Aims, Best, Copy, Left, Places, Tours

AT_A_TIME = 2_000
"""Rounds between two looks at the clock: some hundredths of a second."""


def improve(
    problem: Problem,
    drive_s: NDArray[np.floating],
    routes: Routes,
    *,
    seed: int,
    heat_s: Callable[[], float | None],
    even: float = 0.0,
    fair_s: NDArray[np.float64] | None = None,
    zone_s: float = 0.0,
) -> Found:
    """Search from `routes`, which keep their limits; stops may be missing.

    Parameters
    ----------
    problem, drive_s
        Stops, vans, limits, what it costs to have a van serve a place, and the seconds between all places, shape
        (places, places).
    routes
        One order per van.
    seed
        Of the search's random numbers.
    heat_s
        Asked every `AT_A_TIME` rounds: by how many seconds of driving a plan may be worse than the one before it (on
        average); None ends the search.
    even, fair_s
        Price of the hours squared by which a van's work differs from what is fair, in seconds of driving; nothing is
        fair where nothing is said.
    zone_s
        Price of a stop that is not on the van which holds most of its zone, in seconds of driving.
    """
    rng = np.random.default_rng(seed)
    drive = np.ascontiguousarray(drive_s, dtype=np.float32)
    if problem.stops < 2:
        return Found(routes, routes, 0.0, 0)
    places, round_ = _places(problem, drive, routes)
    aims = _aims(problem, drive, even, fair_s, zone_s)
    tours, left = _tours(problem, routes, zones=int(places.zone.max()) + 1)
    cost = set_up(places, aims, tours, left)
    copy, costs, rounds = _copy(tours), np.array([cost, cost]), 0
    best = Best(tours.order.copy(), tours.stops.copy(), np.zeros(len(routes), dtype=np.bool_))
    while (hot_s := heat_s()) is not None:
        search(places, aims, tours, copy, best, left, round_, costs, rng, AT_A_TIME, max(hot_s, 1e-6))
        rounds += AT_A_TIME
    return Found(_orders(tours.order, tours.stops), _orders(best.order, best.stops), float(costs[1]), rounds)


def warm_up() -> None:
    """Load or compile the search, which takes seconds the first time on a machine."""
    line = np.arange(4.0)
    tiny = Problem(
        lat=line, lng=line, volume=line, service_s=line, opens_s=line * np.nan, closes_s=line * np.nan,
        van_volume=(9.0,), shift_s=99.0,
    )  # fmt: skip
    heat = iter([1.0])
    improve(tiny, np.abs(line[:, None] - line), ((1, 2, 3),), seed=0, heat_s=lambda: next(heat, None))


def nearest(drive_s: NDArray[np.float32], count: int) -> NDArray[np.int32]:
    """Nearest stops of each place by driving time, the nearest first; shape (places, count), the station left out."""
    apart = drive_s + drive_s.T
    np.fill_diagonal(apart, np.inf)
    apart[:, 0] = np.inf
    count = min(count, drive_s.shape[0] - 2)
    some = np.argpartition(apart, count - 1, axis=1)[:, :count]
    order = np.argsort(np.take_along_axis(apart, some, 1), axis=1, kind="stable")
    return np.ascontiguousarray(np.take_along_axis(some, order, 1), dtype=np.int32)


def _places(problem: Problem, drive_s: NDArray[np.float32], routes: Routes) -> tuple[Places, NDArray[np.int32]]:
    round_ = nearest(drive_s, ROUND)
    near, row = np.ascontiguousarray(round_[:, :NEAR]), np.arange(drive_s.shape[0])[:, None]
    opens, closes = solver_windows(problem, drive_s, routes)
    places = Places(
        drive_s=drive_s,
        into_s=np.ascontiguousarray(drive_s.T),
        opens_s=opens.astype(np.float32),
        closes_s=np.minimum(closes, ENDLESS_S).astype(np.float32),
        service_s=problem.service_s.astype(np.float32),
        volume=problem.volume.astype(float),
        needs=_needs(problem),
        near=near,
        to_near_s=np.ascontiguousarray(drive_s[row, near]),
        from_near_s=np.ascontiguousarray(drive_s[near, row]),
        zone=_zones(problem),
    )
    return places, round_


def _zones(problem: Problem) -> NDArray[np.int32]:
    """Number of each place's zone, all numbers from 0 on in use; `NOWHERE` where it is in none."""
    none = np.full(problem.stops + 1, NOWHERE, dtype=np.int32)
    if problem.zone is None:
        return none
    inside = problem.zone >= 0
    none[inside] = np.unique(problem.zone[inside], return_inverse=True)[1]
    return none


def _needs(problem: Problem) -> NDArray[np.float64]:
    """What each place takes of a van's room: volume, packages, one position; shape (places, 3)."""
    return np.column_stack([problem.volume, problem.packages, np.ones(problem.stops + 1)])


def _aims(
    problem: Problem, drive_s: NDArray[np.float32], even: float, fair_s: NDArray[np.float64] | None, zone_s: float
) -> Aims:
    vans, strange_s = len(problem.van_volume), problem.strange_s
    dearest_s = 0.0 if strange_s is None else float(strange_s.max(where=np.isfinite(strange_s), initial=0.0))
    leaves_s = problem.leaves_s
    return Aims(
        leaves_s=leaves_s,
        until_s=leaves_s + problem.shifts_s - problem.break_s,
        strange_s=np.zeros((vans, drive_s.shape[0]), dtype=np.float32) if strange_s is None else strange_s,
        even=even,
        fair_s=np.zeros(vans) if fair_s is None else fair_s,
        zone_s=zone_s,
        left_s=LEFT_FACTOR * float(drive_s.max(initial=1.0)) + dearest_s + zone_s,
    )


def _tours(problem: Problem, routes: Routes, zones: int) -> tuple[Tours, Left]:
    vans, places = len(routes), problem.stops + 1
    longest = max(map(len, routes), default=0) + SPARE
    rooms = np.column_stack([problem.van_volume, problem.room_packages, np.full(vans, float(longest))])
    needs = _needs(problem)

    def by_position() -> NDArray[np.float64]:
        return np.zeros((vans, longest + 1))     # the leg back stands behind the last stop

    tours = Tours(
        order=np.zeros((vans, longest + 1), dtype=np.int32),
        stops=np.array([len(route) for route in routes]),
        leg_s=by_position(), opens_s=by_position(), closes_s=by_position(), service_s=by_position(),
        done_s=by_position(), latest_s=by_position(),
        free=np.array(
            [room - needs[list(route)].sum(axis=0) for room, route in zip(rooms, routes, strict=True)]
        ),
        work_s=np.zeros(vans),
        van=np.full(places, NOWHERE),
        at=np.full(places, NOWHERE),
        held=np.zeros((vans, zones), dtype=np.int32),
    )  # fmt: skip
    for van, route in enumerate(routes):
        tours.order[van, : len(route)] = route
    placed = {place for route in routes for place in route}
    left = Left(np.zeros(places, dtype=np.int64), np.zeros(places, dtype=np.int64), np.zeros(2, dtype=np.int64))
    missing = [place for place in range(1, places) if place not in placed]
    left.torn[: len(missing)] = missing
    left.number[0] = len(missing)
    return tours, left


def _copy(tours: Tours) -> Copy:
    held = {name: getattr(tours, name).copy() for name in Copy._fields if name != "touched"}
    return Copy(**held, touched=np.zeros(len(tours.stops), dtype=np.bool_))


def _orders(order: NDArray[np.int32], count: NDArray[np.int64]) -> Routes:
    return tuple(tuple(row[:n].tolist()) for row, n in zip(order, count, strict=True))
