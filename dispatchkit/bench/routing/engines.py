"""The engines that are asked. The only place where ours is called."""

import os
import time
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from dispatchkit.bench.routing.cases import ORTOOLS, OURS, PYVRP, VROOM
from dispatchkit.bench.routing.instance import Instance
from dispatchkit.bench.routing.peers import ortools_routing, pyvrp_alone, vroom
from dispatchkit.plan.engine.build import Progress, build
from dispatchkit.plan.engine.objective import Objective
from dispatchkit.plan.engine.problem import Routes
from dispatchkit.workers import workers

BALANCE_S = 600.0
"""With balance asked for: price of the hours squared by which a van's work is unfair, in seconds of driving."""

Engine = Callable[..., Routes]
"""solve(instance, *, budget_s, seed, feasible) -> routes; `feasible()` says that a plan stands and keeps all limits."""


class Solved(NamedTuple):
    """What an engine came to.

    Attributes
    ----------
    routes
        Orders of places; vans that stay may be left out.
    first_feasible_s
        From handing the matrix over until a plan stood that keeps every limit; None where none did.
    took_s
        From handing the matrix over until the routes were there.
    stops
        How many there were to serve.
    """

    routes: Routes
    first_feasible_s: float | None
    took_s: float
    stops: int


def solved(engine: str, instance: Instance, *, budget_s: float, seed: int, balanced: bool = False) -> Solved:
    """Ask one engine; its clock starts when it gets the matrix, and loading its library is part of its time."""
    solve = partial(_ours, balanced=balanced) if engine == OURS else _PEERS[engine]
    seen: list[float] = []

    def feasible() -> None:
        if not seen:
            seen.append(time.monotonic())

    began = time.monotonic()
    routes = solve(instance, budget_s=budget_s, seed=seed, feasible=feasible)
    took_s = time.monotonic() - began
    return Solved(routes, round(seen[0] - began, 2) if seen else None, round(took_s, 2), instance.problem.stops)


def _ours(instance: Instance, *, budget_s: float, seed: int, feasible: Callable[[], None], balanced: bool) -> Routes:
    """Our own engine as a planned morning has it: a process for each processor, its search compiled before."""

    def told(so_far: Progress) -> None:
        if not so_far.unserved:
            feasible()

    processors = os.cpu_count() or 1
    with workers(processors) as executor:
        return build(
            instance.problem, instance.travel, seed=seed, budget_s=budget_s, progress=told, executor=executor,
            processes=processors, objective=Objective(balance_s=BALANCE_S if balanced else 0.0),
        ).routes  # fmt: skip


_PEERS: dict[str, Engine] = {
    PYVRP: pyvrp_alone.solve,
    VROOM: vroom.solve,
    ORTOOLS: ortools_routing.solve,
}
