"""One van of a generated day drops out: how long a rebuild takes, and whom it touches."""

import time
from pathlib import Path
from typing import Any

import numpy as np

from dispatchkit.bench.routing import generated
from dispatchkit.bench.routing.cases import OURS
from dispatchkit.bench.routing.engines import solved
from dispatchkit.bench.routing.instance import Instance
from dispatchkit.plan.engine.problem import Routes
from dispatchkit.plan.rebuilding.share_out import Shared, share_out
from dispatchkit.station import load
from dispatchkit.workers import workers

DAY = "day_5000x30"

EVERY = 5
"""Each fifth van drops out in turn: those in town and those far out."""


def measured(data: Path, *, budget_s: float, seed: int, day: str = DAY) -> dict[str, Any]:
    """Build a day's routes, let vans drop out one at a time, and judge every plan that comes of it.

    Returns
    -------
    dict
        `rebuild_s` and `rebuild_mean_s`, the longest and the mean in a process that has rebuilt before;
        `rebuild_cold_s`, the first time in a new process, as on a page and the command line: the search is loaded too;
        `rebuild_moved_share`, the most stops that changed route beside those of the van, of all that kept theirs;
        `rebuild_unserved`, `rebuild_broken` (plans that break a limit) and `rebuild_drive_ratio`, driving after over
        before on average; `rebuild_day` and `rebuild_vans`, how many dropped out.
    """
    instance = generated.read_day(data, day)
    routes = solved(OURS, instance, budget_s=budget_s, seed=seed).routes
    routes = (*routes, *((),) * (len(instance.problem.van_volume) - len(routes)))
    vans = [van for van, route in enumerate(routes) if route][::EVERY]
    with workers(1) as executor:
        cold_s = executor.submit(_first_time_s, data, day, routes, vans[0]).result()
    before, took_s, moved_share, unserved, broken, drive = instance.judged(routes), [], [], 0, 0, []
    _timed(instance, routes, vans[0])
    for van in vans:
        shared, van_s = _timed(instance, routes, van)
        took_s.append(van_s)
        moved_share.append(len(shared.moved) / (instance.problem.stops - len(routes[van])))
        judged = generated.judged(data, day, shared.routes)
        unserved += judged.unserved
        broken += bool(judged.late or judged.overtime or judged.overload)
        drive.append(judged.cost / before.cost)
    return {
        "rebuild_s": round(max(took_s), 2),
        "rebuild_mean_s": round(float(np.mean(took_s)), 2),
        "rebuild_cold_s": round(cold_s, 2),
        "rebuild_moved_share": round(max(moved_share), 5),
        "rebuild_unserved": unserved,
        "rebuild_broken": broken,
        "rebuild_drive_ratio": round(float(np.mean(drive)), 4),
        "rebuild_day": day,
        "rebuild_vans": len(vans),
    }


def _first_time_s(data: Path, day: str, routes: Routes, van: int) -> float:
    """Seconds of the first rebuild of a process; run in one of its own."""
    return _timed(generated.read_day(data, day), routes, van)[1]


def _timed(instance: Instance, routes: Routes, van: int) -> tuple[Shared, float]:
    """Rebuild without a van, and how long that took in seconds."""
    began = time.monotonic()
    shared = share_out(
        instance.problem,
        tuple(() if v == van else route for v, route in enumerate(routes)),
        [routes[van]],
        able=[v for v in range(len(routes)) if v != van],
        seconds=lambda places: instance.drive_s[np.ix_(places, places)],
        rules=load().rebuild,
    )
    return shared, time.monotonic() - began
