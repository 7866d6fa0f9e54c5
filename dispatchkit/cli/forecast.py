"""Commands about the finish forecast: judge it on recorded days, and fit it.

What judges and fits is imported where it is used: it brings solvers along, and every command starts here.
"""

from pathlib import Path
from typing import Annotated

import typer

from dispatchkit.bench.pace import DAYS
from dispatchkit.cli import show
from dispatchkit.cli.options import Json
from dispatchkit.station import load

app = typer.Typer(help="The finish forecast: judge it on recorded days, fit it.", no_args_is_help=True)

Profile = Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")]


@app.command("backtest")
def judge(
    data: Annotated[Path, typer.Argument(help="Folder or file with the days' plans, as import reads them.")],
    completions: Annotated[
        Path,
        typer.Option("--completions", help="CSV file: route_id, stop_id, completed_at (ISO 8601), driver_id if known."),
    ],
    profile: Profile = None,
    as_json: Json = False,
) -> None:
    """Judge the forecast on recorded or reconstructed days, with the measures of `bench pace`.

    Each day is judged with what the days before it tell of drivers and areas; a route without driver_id tells nothing.
    """
    from dispatchkit.bench.pace.figures import as_rows
    from dispatchkit.bench.pace.recorded import backtest

    figures = backtest(data, completions, load(profile))
    if as_json:
        show.as_json(figures)
    else:
        show.table(["figure", "value", "aim"], as_rows(figures))
        if unknown := figures["unknown_drivers"]:
            show.sentence(
                f"Of {unknown} of {figures['routes']} routes nobody says who drove them: nothing was learned from them "
                "for the days after. Add a column driver_id to the completions.", "yellow",
            )  # fmt: skip


@app.command("fit")
def fit_it(
    days: Annotated[int, typer.Option("--days", min=20, help="Simulated days to learn from.")] = DAYS,
    profile: Profile = None,
) -> None:
    """Fit spreads and calibration on simulated days kept apart for that, and print them as a section of a profile."""
    from dispatchkit.bench.pace.fitting import as_profile, fit

    with show.progress() as say:
        fitted = fit(load(profile), count=days, say=say)
    typer.echo(as_profile(fitted, days))
