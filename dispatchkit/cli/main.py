"""The `dispatchkit` command: its parts put together, and errors said as sentences."""

import sys

import typer

from dispatchkit.cli import (
    alarms,
    basemap,
    bench,
    bring,
    days,
    doctor,
    forecast,
    hourly,
    plan,
    plan_build,
    plan_course,
    plan_edit,
    plan_look,
    plan_rebuild,
    plan_watch,
    road,
    run,
    sequence,
    show,
    simulating,
    travel,
    users,
    watching,
)
from dispatchkit.errors import WorkbenchError

app = typer.Typer(
    name="dispatchkit",
    help="Run a delivery day: import, plan, watch, rescue, close, report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for part in (run, bring, sequence, road, hourly, alarms, watching, simulating, days, doctor):
    part.register(app)
app.add_typer(bench.app, name="bench")
app.add_typer(forecast.app, name="forecast")
app.add_typer(travel.app, name="travel")
app.add_typer(users.app, name="users")
app.add_typer(basemap.app, name="basemap")
for part in (plan_build, plan_edit, plan_course, plan_look, plan_watch, plan_rebuild):
    part.register(plan.app)
app.add_typer(plan.app, name="plan")


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells know it."""


def main() -> None:
    """Run the command line; a refused wish ends with a sentence and exit code 1, never with a traceback."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")  # a Windows console that lacks a sign must not end the day
    try:
        app()
    except WorkbenchError as error:
        show.failure(str(error))
        raise SystemExit(1) from None
    except SystemExit as ended:
        if ended.code == INTERRUPTED:
            show.failure("Stopped. Everything that was written is safe.")
        raise
