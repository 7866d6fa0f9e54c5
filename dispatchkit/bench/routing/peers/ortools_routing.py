"""The routing library of OR-Tools.

Settings: first solution by the cheapest arc, then guided local search until the time limit; on 500 stops of a generated
day savings, parallel insertion and its own choice of strategy came to 1 to 4 % more after 8 s. It works on one
processor. Stops may be left out at a price above any detour, since without that it returns nothing where it finds no
place for one stop. Arcs cost driving and the service before it: what all stops take is the same in every plan.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from dispatchkit.bench.routing.instance import Instance, Matrix
from dispatchkit.plan.engine.problem import Routes


def solve(instance: Instance, *, budget_s: float, seed: int, feasible: Callable[[], None]) -> Routes:  # noqa: ARG001
    """Return the best routes within `budget_s` seconds; none where it found none. It knows no seed."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    problem, vans = instance.problem, len(instance.problem.van_volume)
    places = pywrapcp.RoutingIndexManager(problem.stops + 1, vans, 0)
    model = pywrapcp.RoutingModel(places)
    transit = model.RegisterTransitMatrix(_shared(instance.drive_s + problem.service_s[:, None]))
    model.SetArcCostEvaluatorOfAllVehicles(transit)
    volumes = model.RegisterUnaryTransitVector(problem.volume.astype(int).tolist())
    model.AddDimensionWithVehicleCapacity(volumes, 0, [int(v) for v in problem.van_volume], True, "volume")
    shift_s = int(problem.shift_s)
    model.AddDimension(transit, shift_s, shift_s, False, "time")
    time = model.GetDimensionOrDie("time")
    price = 4 * int(instance.drive_s.max()) + int(problem.service_s.max())
    for place in range(1, problem.stops + 1):
        index = places.NodeToIndex(place)
        opens, closes = problem.opens_s[place], problem.closes_s[place]
        time.CumulVar(index).SetRange(
            0 if np.isnan(opens) else int(opens), shift_s if np.isnan(closes) else min(shift_s, int(closes))
        )
        model.AddDisjunction([index], price)

    def seen() -> None:
        if not any(model.ActiveVar(places.NodeToIndex(place)).Value() == 0 for place in range(1, problem.stops + 1)):
            feasible()

    model.AddAtSolutionCallback(seen)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PATH_CHEAPEST_ARC
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(math.ceil(1000 * budget_s))
    found = model.SolveWithParameters(asked)
    if found is None:
        return ()
    return tuple(_route(model, places, found, van) for van in range(vans))


def _route(model: Any, places: Any, found: Any, van: int) -> tuple[int, ...]:
    order, index = [], found.Value(model.NextVar(model.Start(van)))
    while not model.IsEnd(index):
        order.append(places.IndexToNode(index))
        index = found.Value(model.NextVar(index))
    return tuple(order)


def _shared(seconds: Matrix) -> list[list[int]]:
    """The matrix as the wrapper takes it, lists of numbers; equal ones are one object, which saves gigabytes."""
    numbers = np.array(range(int(seconds.max()) + 1), dtype=object)
    return [numbers[row].tolist() for row in seconds.astype(np.int64)]
