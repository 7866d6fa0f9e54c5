"""Routes made better by PyVRP, started from routes that there are."""

from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dispatchkit.plan.engine.break_time import UNLIMITED, solver_windows
from dispatchkit.plan.engine.problem import Problem, Routes

if TYPE_CHECKING:
    import pyvrp

_ROUNDING_S = 1e-3      # a matrix kept in single precision must not round up to a whole second more
_HISTORY = 50           # our searches are short: on groups of a real day 50 gained 3.3–3.6 %, the usual 300 2.4–2.9 %


def improve(
    problem: Problem,
    drive_s: NDArray[np.floating],
    routes: Routes,
    *,
    seed: int,
    stop: Callable[[], bool],
    must_serve: bool = False,
    thorough: bool = False,
) -> Routes:
    """Search around `routes` until `stop()`; the same seed and the same number of rounds give the same routes.

    Parameters
    ----------
    problem
        Stops, vans and limits. Times are rounded so that what fits the solver's whole seconds fits ours.
    drive_s
        Seconds between all places, shape (places, places), from row to column.
    routes
        One order per van, to start from; stops may be missing.
    stop
        Asked once a round.
    must_serve
        Keep every stop, if need be late: the routes with the least lateness come back. Otherwise stops may stay
        unserved, at a price above that of any detour.
    thorough
        Search exhaustively around each new best: better for one route, too slow for many.

    Returns
    -------
    Routes
        One order per van, in the order of the vans. Vans of the same volume may have swapped routes.
    """
    import pyvrp

    types = [tuple(vans) for _, vans in groupby(_by_volume(problem), key=lambda v: problem.van_volume[v])]
    data = _data(problem, drive_s, types, routes, must_serve=must_serve)
    start = pyvrp.Solution(
        data,
        [
            pyvrp.Route(data, [p - 1 for p in routes[van]], kind)
            for kind, vans in enumerate(types)
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
                exhaustive_on_best=thorough,
                history_length=_HISTORY,
                callbacks=least.callbacks(),
            )
        ),
    )
    best = result.best if result.best.is_feasible() else least.solution
    return _routes(best, types, len(problem.van_volume))


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


def _by_volume(problem: Problem) -> list[int]:
    return sorted(range(len(problem.van_volume)), key=lambda v: problem.van_volume[v])


def _data(
    problem: Problem,
    drive_s: NDArray[np.floating],
    types: list[tuple[int, ...]],
    routes: Routes,
    *,
    must_serve: bool,
) -> "pyvrp.ProblemData":
    import pyvrp

    seconds = np.ascontiguousarray(np.ceil(drive_s - _ROUNDING_S), dtype=np.int64)
    np.fill_diagonal(seconds, 0)
    # no detour costs more than out and back twice: once for the stop, once for a van that leaves for it alone
    prize = 0 if must_serve else 4 * int(seconds.max(initial=1))
    opens, closes = solver_windows(problem, drive_s, routes)
    clients = [
        pyvrp.Client(
            p,
            delivery=[int(np.ceil(problem.volume[p]))],
            service_duration=int(np.ceil(problem.service_s[p])),
            tw_early=int(opens[p]),
            tw_late=int(closes[p]),
            prize=prize,
            required=must_serve,
        )
        for p in range(1, problem.stops + 1)
    ]
    vans = [
        pyvrp.VehicleType(
            len(vans),
            [int(min(problem.van_volume[vans[0]], UNLIMITED))],
            tw_late=int(min(problem.shift_s - problem.break_s, UNLIMITED)),
            start_late=0,       # vans leave when their wave leaves, not when it suits the first window
        )
        for vans in types
    ]
    places = [pyvrp.Location(float(x), float(y)) for x, y in zip(problem.lng, problem.lat, strict=True)]
    matrix: Any = seconds       # the solver's annotations name an array type that numpy's own does not satisfy
    return pyvrp.ProblemData(places, clients, [pyvrp.Depot(0)], vans, [matrix], [matrix])


def _routes(solution: "pyvrp.Solution", types: list[tuple[int, ...]], vans: int) -> Routes:
    found: list[tuple[int, ...]] = [()] * vans
    free = [list(v) for v in types]
    for route in solution.routes():
        found[free[route.vehicle_type()].pop(0)] = tuple(a.idx + 1 for a in route if a.is_client())
    return tuple(found)
