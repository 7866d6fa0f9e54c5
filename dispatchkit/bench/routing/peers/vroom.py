"""VROOM through pyvroom, on all processors.

Settings: a time limit, a thread for each processor, and the highest exploration level, 5; on thousands of stops the
lowest, 0, since its first solutions do not look at the time limit, and more exploration means more of them (2,500 stops
and a limit of 10 s took 16 s of processor at level 0, and about 100 s at level 5). It tells nothing before it ends, so
its first feasible plan counts from then.
"""

import os
from collections.abc import Callable
from datetime import timedelta

import numpy as np

from dispatchkit.bench.routing.instance import Instance
from dispatchkit.plan.engine.problem import Routes

THOROUGH, QUICK = 5, 0
"""Exploration levels."""

MANY = 1_000
"""Stops from which on its first solutions outlast a minute at the highest level."""


def solve(instance: Instance, *, budget_s: float, seed: int, feasible: Callable[[], None]) -> Routes:  # noqa: ARG001
    """Return the routes found within about `budget_s` seconds; it knows no seed and leaves out what it cannot serve."""
    import vroom

    problem, profile = instance.problem, "car"
    asked = vroom.Input()
    asked.set_durations_matrix(profile, np.ascontiguousarray(instance.drive_s, dtype=np.uint32))
    shift = vroom.TimeWindow(0, int(problem.shift_s))
    asked.add_vehicle([
        vroom.Vehicle(van, start=0, end=0, profile=profile, capacity=[int(volume)], time_window=shift)
        for van, volume in enumerate(problem.van_volume)
    ])
    asked.add_job([
        vroom.Job(
            place,
            location=place,
            default_service=int(problem.service_s[place]),
            delivery=vroom.Amount([int(problem.volume[place])]),
            time_windows=_windows(instance, place),
        )
        for place in range(1, problem.stops + 1)
    ])
    exploration = THOROUGH if problem.stops < MANY else QUICK
    found = asked.solve(exploration, os.cpu_count() or 1, timeout=timedelta(seconds=budget_s))
    if not found.unassigned:
        feasible()
    steps = found.routes
    jobs = steps[steps["type"] == "job"]
    return tuple(tuple(int(place) for place in own["id"]) for _, own in jobs.groupby("vehicle_id", sort=True))


def _windows(instance: Instance, place: int) -> list[object]:
    import vroom

    opens, closes = instance.problem.opens_s[place], instance.problem.closes_s[place]
    if np.isnan(opens) and np.isnan(closes):
        return []
    until_s = instance.problem.shift_s if np.isnan(closes) else closes
    return [vroom.TimeWindow(0 if np.isnan(opens) else int(opens), int(until_s))]
