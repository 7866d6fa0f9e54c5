"""A day's routes built anew on all processors of this machine."""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from dispatchkit.imports.given import Import
from dispatchkit.plan.intake import Built, built_plan
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes

Say = Callable[[str], None]


def built_side_by_side(
    found: Import, station: Station, travel: TravelTimes, *, seed: int, budget_s: float, progress: Say | None = None
) -> Built:
    """Build routes from the stops and vans that a source gave.

    Parameters
    ----------
    budget_s
        Seconds until the best plan found is taken; the first plan is finished whatever it takes.
    progress
        Told in a sentence how far the build has come.
    """
    workers = max(1, os.cpu_count() or 1)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as executor:
        return built_plan(
            found, station, travel, seed=seed, budget_s=budget_s,
            progress=None if progress is None else lambda so_far: progress(str(so_far)),
            executor=executor, processes=workers,
        )  # fmt: skip
