"""PyVRP on the whole problem, as one would use it without anything around it.

Settings: its own defaults but `exhaustive_on_best=False`, which on thousands of stops is the better for it by far. It
works on one processor. Every stop is required; it may pass through solutions that break limits.
"""

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from dispatchkit.bench.routing.instance import Instance
from dispatchkit.plan.engine.break_time import UNLIMITED
from dispatchkit.plan.engine.problem import Routes


def solve(instance: Instance, *, budget_s: float, seed: int, feasible: Callable[[], None]) -> Routes:
    """Return the best routes after `budget_s` seconds; they break limits where no others were found."""
    import pyvrp

    until, none_yet = time.monotonic() + budget_s, int(np.iinfo(np.int64).max)

    def stop(best_cost: float) -> bool:
        if best_cost < none_yet:
            feasible()
        return time.monotonic() >= until

    result = pyvrp.solve(
        _data(instance),
        stop=stop,
        seed=seed,
        collect_stats=False,
        display=False,
        params=pyvrp.SolveParams(ils=pyvrp.IteratedLocalSearchParams(exhaustive_on_best=False)),
    )
    return tuple(
        tuple(activity.idx + 1 for activity in route if activity.is_client()) for route in result.best.routes()
    )


def _data(instance: Instance) -> Any:
    import pyvrp

    problem = instance.problem
    seconds: Any = np.ascontiguousarray(instance.drive_s, dtype=np.int64)
    opens, closes = np.nan_to_num(problem.opens_s, nan=0.0), np.nan_to_num(problem.closes_s, nan=UNLIMITED)
    clients = [
        pyvrp.Client(
            place,
            delivery=[int(problem.volume[place])],
            service_duration=int(problem.service_s[place]),
            tw_early=int(opens[place]),
            tw_late=int(closes[place]),
        )
        for place in range(1, problem.stops + 1)
    ]
    vans = pyvrp.VehicleType(
        len(problem.van_volume), [int(problem.van_volume[0])], tw_early=0, tw_late=int(problem.shift_s)
    )
    places = [pyvrp.Location(float(x), float(y)) for x, y in zip(problem.lng, problem.lat, strict=True)]
    return pyvrp.ProblemData(places, clients, [pyvrp.Depot(0)], [vans], [seconds], [seconds])
