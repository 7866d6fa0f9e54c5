"""One case answered: the engine works in a fresh process, and what it found is judged outside of it."""

from functools import partial
from pathlib import Path

import msgspec

from dispatchkit.bench.routing import generated, published
from dispatchkit.bench.routing.cases import VRP, Case
from dispatchkit.bench.routing.engines import Solved, solved
from dispatchkit.bench.routing.fresh_process import measured
from dispatchkit.bench.routing.instance import Instance
from dispatchkit.bench.routing.row import Row, Singles
from dispatchkit.bench.routing.singles import figures

Answer = Row | Singles


def answered(case: Case, data: Path) -> Answer:
    """Ask what a case asks; `data` is the folder of the public data.

    Raises
    ------
    WorkbenchError
        Its data cannot be read, or its process was killed.
    """
    if case.engine:
        return _row(case, data)
    found, _, _ = measured(partial(figures, case, data))
    return Singles(case=case.name, budget_s=case.budget_s, seed=case.seed, figures=found)


def read_instance(case: Case, data: Path) -> Instance:
    """Read what an engine is asked about."""
    if case.is_published:
        return published.read_published(data / VRP, case.instance)
    return generated.read_day(data, case.instance)


def _row(case: Case, data: Path) -> Row:
    found, peak_mb, _ = measured(partial(_solved, case, data))
    best = None
    if case.is_published:
        instance = read_instance(case, data)
        judged, best = instance.judged(found.routes), instance.best_known
    else:
        judged = generated.judged(data, case.instance, found.routes)
    return Row(
        case=case.name,
        engine=case.engine,
        seed=case.seed,
        stops=found.stops,
        budget_s=case.budget_s,
        took_s=found.took_s,
        first_feasible_s=found.first_feasible_s,
        gap_to_best=round(judged.cost / best - 1, 5) if best and judged.feasible else None,
        peak_mb=peak_mb,
        **msgspec.structs.asdict(judged),
    )


def _solved(case: Case, data: Path) -> Solved:
    """What runs in the process that is measured."""
    instance = read_instance(case, data)
    return solved(case.engine, instance, budget_s=case.budget_s, seed=case.seed, balanced=case.balanced)
