"""Routes polished together by PyVRP: where stops are few, it finds in seconds what tearing and mending leaves."""

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.break_time import UNLIMITED, solver_windows
from dispatchkit.plan.engine.problem import LEFT_FACTOR, Problem, Routes

if TYPE_CHECKING:
    import pyvrp

_PER_S = 10             # the solver counts in whole numbers, and half a second a leg of a dense route is a percent
_ROUNDING_S = 1e-3      # a matrix kept in single precision must not round up to a whole number more
_HISTORY = 50           # our searches are short: on groups of a real day 50 gained 3.3–3.6 %, the usual 300 2.4–2.9 %

Kinds = list[tuple[int, ...]]
"""Vans that are alike, together: the solver's vehicle types."""


def polished(
    problem: Problem,
    drive_s: NDArray[np.floating],
    routes: Routes,
    *,
    seed: int,
    stop: Callable[[], bool],
    must_serve: bool = False,
) -> Routes:
    """Search around `routes` until `stop()`; the same seed and the same number of rounds give the same routes.

    Driving is what counts: what it costs to have a van serve a place is not looked at.

    Parameters
    ----------
    problem
        Stops, vans and limits. Times are rounded so that what fits the solver's whole numbers fits ours.
    drive_s
        Seconds between all places, shape (places, places), from row to column.
    routes
        One order per van, to start from; stops may be missing.
    stop
        Asked once a round.
    must_serve
        Keep every stop, if need be late: the routes with the least lateness come back. Otherwise stops may stay
        unserved, at a price above that of any detour.

    Returns
    -------
    Routes
        One order per van, in the order of the vans. Vans that are alike may have swapped routes.
    """
    import pyvrp

    kinds = _kinds(problem)
    data = _data(problem, drive_s, kinds, routes, must_serve=must_serve)
    start = pyvrp.Solution(
        data,
        [
            pyvrp.Route(data, [p - 1 for p in routes[van]], kind)
            for kind, vans in enumerate(kinds)
            for van in vans
            if routes[van]
        ],
    )
    least = _LeastLate(start)
    result = pyvrp.solve(
        data,
        stop=lambda _: stop(),
        seed=seed,
        collect_stats=False,
        initial_solution=start,
        params=pyvrp.SolveParams(
            ils=pyvrp.IteratedLocalSearchParams(
                exhaustive_on_best=True,
                history_length=_HISTORY,
                callbacks=least.callbacks(),
            )
        ),
    )
    best = result.best if result.best.is_feasible() else least.solution
    return _routes(best, kinds, len(problem.van_volume))


class _LeastLate:
    """Remembers the solution that breaks its limits least: the answer where none keeps them all."""

    def __init__(self, start: "pyvrp.Solution") -> None:
        self.solution = start
        self._figure = self._measure(start)

    @staticmethod
    def _measure(solution: "pyvrp.Solution") -> tuple[int, int, int]:
        return solution.num_missing_clients(), solution.time_warp() + sum(solution.excess_load()), solution.distance()

    def callbacks(self) -> "pyvrp.IteratedLocalSearchCallbacks":
        import pyvrp

        watch = self

        class Watch(pyvrp.IteratedLocalSearchCallbacks):     # type: ignore[misc, unused-ignore]
            def on_iteration(self, _current: object, candidate: "pyvrp.Solution", *_: object) -> None:
                figure = watch._measure(candidate)
                if figure < watch._figure:
                    watch.solution, watch._figure = candidate, figure

        return Watch()


def _kinds(problem: Problem) -> Kinds:
    def alike(van: int) -> tuple[float, ...]:
        return problem.van_volume[van], problem.room_packages[van], problem.leaves_s[van], problem.shifts_s[van]

    return [tuple(vans) for _, vans in groupby(sorted(range(len(problem.van_volume)), key=alike), key=alike)]


def _data(
    problem: Problem,
    drive_s: NDArray[np.floating],
    kinds: Kinds,
    routes: Routes,
    *,
    must_serve: bool,
) -> "pyvrp.ProblemData":
    import pyvrp

    drive = np.ascontiguousarray(np.ceil(_PER_S * (drive_s - _ROUNDING_S)), dtype=np.int64)
    np.fill_diagonal(drive, 0)
    prize = 0 if must_serve else int(LEFT_FACTOR * drive.max(initial=1))
    opens, closes = solver_windows(problem, drive_s, routes)
    clients = [
        pyvrp.Client(
            p,
            delivery=[int(np.ceil(problem.volume[p])), int(np.ceil(problem.packages[p]))],
            service_duration=int(np.ceil(_PER_S * problem.service_s[p])),
            tw_early=int(_PER_S * opens[p]),
            tw_late=int(_PER_S * closes[p]),
            prize=prize,
            required=must_serve,
        )
        for p in range(1, problem.stops + 1)
    ]
    vans = [_van(problem, kind) for kind in kinds]
    places = [pyvrp.Location(float(x), float(y)) for x, y in zip(problem.lng, problem.lat, strict=True)]
    matrix: Any = drive       # the solver's annotations name an array type that numpy's own does not satisfy
    return pyvrp.ProblemData(places, clients, [pyvrp.Depot(0)], vans, [matrix], [matrix])


def _van(problem: Problem, alike: tuple[int, ...]) -> "pyvrp.VehicleType":
    import pyvrp

    van = alike[0]
    room = problem.van_volume[van], problem.room_packages[van]
    leaves = int(np.ceil(_PER_S * problem.leaves_s[van]))
    back_s = problem.leaves_s[van] + problem.shifts_s[van] - problem.break_s
    return pyvrp.VehicleType(
        len(alike),
        [int(min(each, UNLIMITED)) for each in room],
        tw_early=leaves,
        tw_late=int(_PER_S * min(back_s, UNLIMITED)),
        start_late=leaves,    # vans leave when their wave leaves, not when it suits the first window
    )


def _routes(solution: "pyvrp.Solution", kinds: Kinds, vans: int) -> Routes:
    found: list[tuple[int, ...]] = [()] * vans
    free = [list(v) for v in kinds]
    for route in solution.routes():
        found[free[route.vehicle_type()].pop(0)] = tuple(a.idx + 1 for a in route if a.is_client())
    return tuple(found)
