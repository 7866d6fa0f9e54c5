"""Stops that do not fit: taken off a route so that the rest keeps its limits, and told apart by what keeps them off."""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.evaluate import RouteFigures, evaluate_route
from dispatchkit.plan.engine.problem import Problem, Routes
from dispatchkit.plan.engine.schedule import schedule

_POSITIONS = 5      # cheapest positions of a route that are tried for a stop with a window


class Limit(StrEnum):
    """What keeps a stop off every route."""

    VAN_VOLUME = "van volume"
    SERVICE_TYPE = "service type"
    PACKAGES = "packages"
    SHIFT = "shift"
    WINDOW = "window"
    SEARCH_TIME = "search time"


_SENTENCE = {
    Limit.VAN_VOLUME: "{stops} because no van has room left. Add a van, or a larger one.",
    Limit.SERVICE_TYPE: "{stops} because no van of the service type that they need goes out. Add such a van.",
    Limit.PACKAGES: "{stops} because no van takes that many packages. Add a van, or let vans take more packages.",
    Limit.SHIFT: "{stops} because no driver has time left in the shift. Add a route, or lengthen the shift.",
    Limit.WINDOW: "{stops} because no route can come while the window is open. Serve late, or agree another time.",
    Limit.SEARCH_TIME: "{stops} although there may be room. Build again with more time.",
}


def sentences(left: Counter[Limit]) -> tuple[str, ...]:
    """Say for people how many stops are unserved and what to do, a sentence or two per limit, most stops first."""
    return tuple(
        _SENTENCE[limit].format(stops="1 stop is unserved" if n == 1 else f"{n:,} stops are unserved")
        for limit, n in left.most_common()
    )


def take_off(
    problem: Problem, drive_s: NDArray[np.floating], van: int, order: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Take stops off a van's route until it keeps its limits; return the order that stays, and what was taken off.

    What the van may not serve goes first, then what makes most room, what is late, and what saves most time.
    """
    stays, off = list(order), []
    while stays and not (figures := evaluate_route(problem, drive_s, van, stays)).feasible:
        at = np.asarray(stays)
        if figures.forbidden:
            drop = next(i for i, place in enumerate(stays) if not problem.may_serve(van, place))
        elif figures.overload > 0:
            drop = _makes_room(problem, drive_s, at, problem.volume[at], figures.overload)
        elif figures.surplus_packages > 0:
            drop = _makes_room(problem, drive_s, at, problem.packages[at], figures.surplus_packages)
        elif figures.late_s > 0:
            drop = int(np.argmax(_late_s(problem, drive_s, van, at) > 0))
        else:
            drop = int(np.argmax(_saved_s(problem, drive_s, at)))
        off.append(stays.pop(drop))
    return tuple(stays), tuple(off)


def find_room(
    problem: Problem, drive_s: NDArray[np.floating], routes: Sequence[Sequence[int]], stop: int, vans: Sequence[int]
) -> tuple[int, int] | Limit:
    """Find the van, of those given, and the position in its order at which a stop costs least and breaks no limit.

    Returns
    -------
    (van, position), or the limit that keeps the stop off
        The limit that the van with most to offer hits: where one has volume but its driver no time, the shift.
    """
    best: tuple[float, int, int] | None = None
    binds = Limit.SERVICE_TYPE
    for van in vans:
        if not problem.may_serve(van, stop):
            continue
        alone = _binds(evaluate_route(problem, drive_s, van, [stop]))
        if alone is not None:
            binds = _nearer(binds, alone)
            continue
        at = np.asarray(routes[van], dtype=int)
        if problem.volume[at].sum() + problem.volume[stop] > problem.van_volume[van]:
            binds = _nearer(binds, Limit.VAN_VOLUME)
            continue
        if problem.packages[at].sum() + problem.packages[stop] > float(problem.room_packages[van]):
            binds = _nearer(binds, Limit.PACKAGES)
            continue
        here, then = np.concatenate([[0], at]), np.concatenate([at, [0]])
        detour_s = drive_s[here, stop] + drive_s[stop, then] - drive_s[here, then]
        work_s = drive_s[here, then].sum(dtype=float) + problem.service_s[at].sum() + problem.service_s[stop]
        in_time = work_s + detour_s + problem.break_s <= float(problem.shifts_s[van])
        if not in_time.any():
            binds = _nearer(binds, Limit.SHIFT)
            continue
        binds = Limit.WINDOW
        for position in np.argsort(np.where(in_time, detour_s, np.inf), kind="stable")[:_POSITIONS].tolist():
            if best is not None and detour_s[position] >= best[0]:
                break
            order = [*routes[van][:position], stop, *routes[van][position:]]
            if evaluate_route(problem, drive_s, van, order).feasible:
                best = float(detour_s[position]), van, position
    return binds if best is None else best[1:]


def put_at(routes: list[tuple[int, ...]], stop: int, van: int, position: int) -> None:
    """Put a stop on a van's route, at this position of its order."""
    routes[van] = (*routes[van][:position], stop, *routes[van][position:])


def put_in_turn(
    problem: Problem, drive_s: NDArray[np.floating], routes: list[tuple[int, ...]], stops: Iterable[int]
) -> list[tuple[int, Limit]]:
    """Put stops where they cost least and break no limit, one after the other, dear as that may be.

    Returns those for which there is no such place, each with what keeps it off.
    """
    left = []
    for stop in stops:
        room = find_room(problem, drive_s, routes, stop, range(len(routes)))
        if isinstance(room, Limit):
            left.append((stop, room))
        else:
            put_at(routes, stop, *room)
    return left


def why_left(
    problem: Problem, drive_s: NDArray[np.floating], routes: Routes, unserved: Sequence[int]
) -> Counter[Limit]:
    """Count the unserved stops by the limit that keeps them off."""
    found = (find_room(problem, drive_s, routes, stop, range(len(routes))) for stop in unserved)
    return Counter(limit if isinstance(limit, Limit) else Limit.SEARCH_TIME for limit in found)


def _binds(figures: RouteFigures) -> Limit | None:
    """What keeps a van from serving one stop alone, if anything does."""
    if figures.overload > 0:
        return Limit.VAN_VOLUME
    if figures.surplus_packages > 0:
        return Limit.PACKAGES
    if figures.late_s > 0:
        return Limit.WINDOW
    return Limit.SHIFT if figures.overtime_s > 0 else None


_FARTHER = (Limit.SERVICE_TYPE, Limit.VAN_VOLUME, Limit.PACKAGES, Limit.SHIFT, Limit.WINDOW)


def _nearer(one: Limit, other: Limit) -> Limit:
    """Of two limits the one that a van hits which has more to offer."""
    return max(one, other, key=_FARTHER.index)


def _makes_room(
    problem: Problem, drive_s: NDArray[np.floating], at: NDArray[np.int_], size: NDArray[np.float64], over: float
) -> int:
    """Position of the stop that makes enough room alone and saves most time; the largest where none does."""
    enough = size >= over
    return int(np.argmax(np.where(enough, _saved_s(problem, drive_s, at), -1.0) if enough.any() else size))


def _saved_s(problem: Problem, drive_s: NDArray[np.floating], at: NDArray[np.int_]) -> NDArray[np.float64]:
    """Seconds that each stop of a route costs: its detour and its service."""
    before, after = np.concatenate([[0], at[:-1]]), np.concatenate([at[1:], [0]])
    detour_s = drive_s[before, at] + drive_s[at, after] - drive_s[before, after]
    saved_s: NDArray[np.float64] = np.maximum(0.0, detour_s + problem.service_s[at])
    return saved_s


def _late_s(
    problem: Problem, drive_s: NDArray[np.floating], van: int, at: NDArray[np.int_]
) -> NDArray[np.float64]:
    way, leaves_s = np.concatenate([[0], at, [0]]), float(problem.leaves_s[van])
    return schedule(
        drive_s[way[:-1], way[1:]], problem.service_s[at], problem.opens_s[at] - leaves_s,
        problem.closes_s[at] - leaves_s, break_s=problem.break_s,
    ).late_s  # fmt: skip
