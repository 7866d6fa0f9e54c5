"""The command that goes on by itself after hours: watch days."""

from typing import Annotated

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import By, Home, Profile, Store, day_key, opened, until_stopped
from dispatchkit.home import own_profile
from dispatchkit.records import DayKey
from dispatchkit.run_day.watching import Watch
from dispatchkit.station import load


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(watch)


def watch(
    by: By,
    days: Annotated[
        list[DayKey] | None,
        typer.Argument(parser=day_key, metavar="[STATION/YYYY-MM-DD]...", help="Days to watch; those of today else."),
    ] = None,
    today: Annotated[bool, typer.Option("--today", help="Watch whatever days are today's, new ones too.")] = False,
    every: Annotated[
        float | None, typer.Option("--every", min=1, metavar="SECONDS", help="How often to look; else the profile's.")
    ] = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
) -> None:
    """Keep an eye on days and raise their alarms, until Ctrl-C: nothing stops when the pages are closed.

    One program watches a day at a time; another one stands by and takes over when the first falls silent.
    """
    if days and today:
        raise typer.BadParameter("Name days, or say --today; not both.")
    station = load(own_profile(profile, home))
    with opened(store, home) as log, until_stopped() as stop:
        eye = Watch(log, days=days or None, who=by, station=station, say=show.sentence)
        what = ", ".join(str(key) for key in days) if days else "the days of today"
        show.sentence(f"Watching {what}. Press Ctrl-C to end.")
        eye.run(stop, every_s=every or station.watch.every_s)
    show.sentence("Not watching any more. Every alarm that was raised is in the log.")
