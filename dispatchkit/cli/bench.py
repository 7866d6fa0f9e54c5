"""Commands that measure. Figures in ratios against named peers of the same run; they are recorded in BENCHMARKS.md."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from dispatchkit.bench.app_rates import AIMS, app_figures
from dispatchkit.bench.core import core_figures
from dispatchkit.bench.pace.figures import DAYS, as_rows, pace_figures
from dispatchkit.cli import show
from dispatchkit.cli.options import Json
from dispatchkit.station import load

app = typer.Typer(help="Measure, and compare with peers of the same run.", no_args_is_help=True)


@app.command()
def core(
    as_json: Json = False,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="DISPATCHKIT_DATA", help="Folder of the public data sets, for the whole day."),
    ] = None,
) -> None:
    """Appends and folds, against raw SQLite; and a whole real day where the public data are at hand."""
    with tempfile.TemporaryDirectory(prefix="dispatchkit-bench-") as folder:
        figures = core_figures(Path(folder), data)
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value"], [(k, "–" if v is None else v) for k, v in figures.items()])


@app.command()
def pace(
    as_json: Json = False,
    days: Annotated[int, typer.Option("--days", min=2, help="Simulated days to report on.")] = DAYS,
    data: Annotated[
        Path | None,
        typer.Option("--data", envvar="DISPATCHKIT_DATA", help="Folder of the public data sets, for the real routes."),
    ] = None,
) -> None:
    """Finish forecast and alarms on days never used for fitting, beside the best that could be. Takes minutes."""
    with tempfile.TemporaryDirectory(prefix="dispatchkit-bench-") as folder, show.progress() as say:
        figures = pace_figures(Path(folder), data, load(), count=days, say=say)
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value", "aim"], as_rows(figures))


@app.command("app")
def the_app(as_json: Json = False) -> None:
    """The served pages in a real browser: loads, memory, news, processes left behind. Takes about five minutes."""
    with tempfile.TemporaryDirectory(prefix="dispatchkit-bench-") as folder, show.progress() as say:
        figures = app_figures(Path(folder), say=say)
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value", "aim"], [(name, value, AIMS.get(name, "")) for name, value in figures.items()])
