"""A day's routes built anew on all processors of this machine, until the time is up or somebody wants them now."""

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dispatchkit.imports.given import Import, OriginalFile
from dispatchkit.imports.of_day import read_again
from dispatchkit.plan.built_draft import BuiltDraft
from dispatchkit.plan.engine.objective import Objective
from dispatchkit.plan.intake import Built, built_plan
from dispatchkit.records import DayKey, Driver
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.of_day import travel_of
from dispatchkit.travel.source import notes
from dispatchkit.workers import workers

if TYPE_CHECKING:
    from dispatchkit.plan.engine.build import Progress


def built_side_by_side(
    found: Import,
    station: Station,
    travel: TravelTimes,
    *,
    seed: int,
    budget_s: float,
    progress: "Callable[[Progress], None] | None" = None,
    cancelled: Callable[[], bool] | None = None,
    objective: Objective | None = None,
    drivers: Mapping[str, Driver] | None = None,
) -> Built:
    """Build routes from the stops and vans that a source gave.

    Parameters
    ----------
    budget_s
        Seconds until the best plan found is taken; the first plan is finished whatever it takes.
    progress
        Told how far the build has come.
    cancelled
        Asked all the time; once it says yes, the best plan so far is taken.
    objective, drivers
        What counts beside driving, and who drives which van; as `built_plan` takes them.
    """
    count = os.cpu_count() or 1
    with workers(count) as pool:
        return built_plan(
            found, station, travel, seed=seed, budget_s=budget_s, progress=progress, cancelled=cancelled,
            executor=pool, processes=count, objective=objective, drivers=drivers,
        )  # fmt: skip


def built_of_day(
    originals: Sequence[OriginalFile],
    key: DayKey,
    station: Station,
    *,
    seed: int,
    budget_s: float,
    home: Path | None = None,
    progress: "Callable[[Progress], None] | None" = None,
    cancelled: Callable[[], bool] | None = None,
    drivers: Mapping[str, Driver] | None = None,
) -> BuiltDraft:
    """Build the routes of a day from the files that its volume came in.

    Parameters
    ----------
    originals
        As `imports.of_day.originals_of` returns them.
    home
        The program's folder, where answers of routing engines are kept; the usual one where left out.
    budget_s, progress, cancelled, drivers
        As in `built_side_by_side`.
    """
    found = read_again(originals, key, max_from_station_m=station.imports.max_from_station_m)
    travel = travel_of(found, station, folder=home)
    made = built_side_by_side(
        found, station, travel, seed=seed, budget_s=budget_s, progress=progress, cancelled=cancelled, drivers=drivers
    )
    said = (*made.sentences, *notes(travel, made.plan.stops, made.plan.station_place))
    return BuiltDraft(plan=made.plan, sentences=said)
