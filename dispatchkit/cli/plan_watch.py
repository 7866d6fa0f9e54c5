"""The command that plans by itself: volume falls into a folder, a draft and a summary are there in the morning."""

from datetime import time
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import (
    Answers,
    Budget,
    By,
    Home,
    Profile,
    Store,
    Travel,
    given_answers,
    opened,
    until_stopped,
)
from dispatchkit.errors import WorkbenchError
from dispatchkit.home import own_profile
from dispatchkit.log import Log
from dispatchkit.station import Station, load
from dispatchkit.travel.source import with_engine

Folder = Annotated[Path | None, typer.Argument(help="Where volume falls; else the profile's folder.")]
Watched = Annotated[
    Path | None, typer.Option("--watch", metavar="FOLDER", help="The same as the command `watch`, as a flag.")
]
Hour = Annotated[
    str, typer.Option("--at", metavar="HH:MM", help="Station time by which volume is expected; else the profile's.")
]
Once = Annotated[bool, typer.Option("--once", help="Plan what lies there and end: for cron or a systemd timer.")]
BuildGiven = Annotated[bool, typer.Option("--build", help="Build routes although the files give some.")]


def register(app: typer.Typer) -> None:
    """Add the command to `plan`, and the same as a flag of `plan` itself."""
    app.command()(watch)
    app.callback(invoke_without_command=True)(plan)


def plan(
    context: typer.Context, by: By, folder: Watched = None, at: Hour = "", once: Once = False,
    build: BuildGiven = False, budget: Budget = None, answer: Answers = None, travel: Travel = None,
    profile: Profile = None, store: Store = None, home: Home = None,
) -> None:  # fmt: skip
    """The plan of a day: build it, check it, change it by hand, compare it, commit it; or have it made by itself."""
    if context.invoked_subcommand is not None:
        if folder is not None:
            raise typer.BadParameter(f"Say --watch alone, or the command {context.invoked_subcommand}; not both.")
        return
    if folder is None:
        raise typer.BadParameter("Name a command, or say --watch FOLDER. `dispatchkit plan --help` lists them.")
    watch(by, folder, at, once, build, budget, answer, travel, profile, store, home)


def watch(
    by: By, folder: Folder = None, at: Hour = "", once: Once = False, build: BuildGiven = False,
    budget: Budget = None, answer: Answers = None, travel: Travel = None, profile: Profile = None,
    store: Store = None, home: Home = None,
) -> None:  # fmt: skip
    """Wait for the day's volume, then import it, build routes where only stops came, check them, and sum them up.

    What a file asks is answered by --answer: a Day-of-Ops plan, which counts packages only, by stops=estimate. The
    routes stay a draft: nothing is ever committed, and nothing is sent. A summary of each draft lies beside the
    files and stands on the day; what waits for a person, and that no volume came by the hour, stands in plan-watch.md.
    With --once it ends with 1 where a person has to look: no volume, a file that cannot be used, a day not planned.
    """
    station = with_engine(load(own_profile(profile, home)), travel)
    where = _folder(folder, station)
    with opened(store, home, create=True) as log, until_stopped() as stop:
        from dispatchkit.run_day.plan_watch.watch import PlanWatch, Standing  # brings readers: only where it watches

        standing = Standing(
            at=_hour(at or station.build.at), zone=_zone(log, station), budget_s=budget or station.build.budget_s,
            build_given=build, answers=given_answers(answer),
        )  # fmt: skip
        eye = PlanWatch(log, where, standing, who=by, station=station, home=home, say=show.sentence, stop=stop)
        if once:
            if not eye.once():
                raise typer.Exit(1)
            return
        show.sentence(f"Waiting for volume in {where}, by {at or station.build.at}. Press Ctrl-C to end.")
        eye.run()
    show.sentence("Not waiting any more. Every draft that was made is on its day.")


def _folder(named: Path | None, station: Station) -> Path:
    if named is None and not station.build.folder:
        raise WorkbenchError("Name the folder into which volume falls, or set folder in [build] of the profile.")
    return named or Path(station.build.folder)


def _hour(text: str) -> time:
    try:
        hour = time.fromisoformat(text)
    except ValueError:
        hour = None
    if hour is None or hour.tzinfo is not None:
        raise typer.BadParameter(f"'{text}' is not a time of day. Write it as 20:30.")
    return hour


def _zone(log: Log, station: Station) -> ZoneInfo:
    """The station's zone: the profile's, else that of the newest day in the store."""
    from dispatchkit.intake.gather import zone_of

    newest = max(log.days(), key=lambda head: head.last_learned_at, default=None)
    name = station.site.timezone or (zone_of(log, newest.key) if newest else "")
    if not name:
        raise WorkbenchError(
            "Nobody has said in which time zone the station lies. Set timezone in [site] of the profile."
        )
    return ZoneInfo(name)
