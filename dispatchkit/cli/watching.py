"""Commands that go on by themselves: watch days after hours, and let a simulated day move."""

from pathlib import Path
from typing import Annotated

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import By, Home, Json, Store, day_key, desk_at, opened, station_time, until_stopped
from dispatchkit.clock import RealClock
from dispatchkit.errors import Refused
from dispatchkit.home import own_profile
from dispatchkit.log import Log
from dispatchkit.records import DayKey
from dispatchkit.run_day.demo import demo_day
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.run_day.watching import Watch
from dispatchkit.station import Station, load
from dispatchkit.times import after, clock_text

DEMO = "demo"
SEED = 1
SLOWEST, FASTEST = 1.0, 60.0
S_PER_MIN = 60

Profile = Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(watch)
    app.command()(simulate)


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


def simulate(
    what: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|DAY|demo",
            help="A folder of route data, a day that was simulated so far, or the sample plan as of today.",
        ),
    ],
    speed: Annotated[
        float, typer.Option("--speed", min=SLOWEST, max=FASTEST, help="How many times as fast as the wall's clock.")
    ] = SLOWEST,
    until: Annotated[str, typer.Option("--until", metavar="HH:MM", help="Station time at which it ends.")] = "",
    step: Annotated[
        int | None, typer.Option("--step", min=1, metavar="MINUTES", help="Go on by so many minutes at once, and end.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Of a folder's day: the same seed draws the same day.")] = SEED,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Let a simulated day go on in real time, or faster, until every route is back: open pages follow it."""
    if until and step is not None:
        raise typer.BadParameter("Say --until or --step, not both.")
    station = load(own_profile(profile, home))
    with opened(store, home, create=True) as log, until_stopped() as stop:
        key = _day_of(log, what, station, seed)
        begins = resumed(log, key, station).clock.now()
        timezone = desk_at(log, key, by="simulate").day().course.timezone
        ends = after(begins, step * S_PER_MIN) if step is not None else None
        if until:
            ends = station_time(until, key, timezone)
            if ends <= begins:
                raise Refused([f"{key} stands at {clock_text(begins, timezone, str(key.service_day))} already."])
        shift = resumed(log, key, station, speed=speed, stop=stop, until=ends, at_once=step is not None)
        if not as_json:
            show.sentence(
                f"{key} goes on from {clock_text(begins, timezone, str(key.service_day))}, {speed:g} times as fast as "
                "the clock on the wall. ◆ Simulated. Press Ctrl-C to end."
                if step is None
                else f"{key} goes on by {step} min. ◆ Simulated."
            )
        all_back = go_on_live(shift)
        stands, version = clock_text(shift.clock.now(), timezone, str(key.service_day)), log.version(key)
    if as_json:
        show.as_json({"day": str(key), "stands_at": stands, "facts": version, "all_back": all_back})
    else:
        end = "Every route is back." if all_back else "It can go on from there at any time."
        show.sentence(f"{key} stands at {stands}, {version} facts. {end}")


def _day_of(log: Log, what: str, station: Station, seed: int) -> DayKey:
    """The day that is meant, begun where it is a new one."""
    with show.progress() as say:
        if what == DEMO:
            return demo_day(log, station=station, wall=RealClock(), say=say)
        if Path(what).is_dir():
            return begun(log, Path(what), station, seed=seed, say=say)
    try:
        return DayKey.parse(what)
    except ValueError as error:
        raise typer.BadParameter(f"{error} Or name a folder that is there, or `{DEMO}`.") from None
