"""The command that lets a simulated day move, and steers one that another program moves."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import By, Home, Json, Profile, Store, desk_at, opened, station_time, until_stopped
from dispatchkit.clock import RealClock
from dispatchkit.desk.playback import FASTEST, SLOWEST, Remote
from dispatchkit.errors import Refused
from dispatchkit.home import own_profile
from dispatchkit.log import Log
from dispatchkit.log.playback import Playback
from dispatchkit.records import DayKey
from dispatchkit.run_day.demo import demo_day
from dispatchkit.run_day.live import begun, go_on_live, resumed
from dispatchkit.station import Station, load
from dispatchkit.times import LASTS, clock_text

DEMO = "demo"
SEED = 1

LONGEST_STEP_MIN = int(LASTS.total_seconds() / 60)
"""A day does not last longer."""


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(simulate)


def simulate(
    by: By,
    what: Annotated[
        str,
        typer.Argument(
            metavar="FOLDER|DAY|demo",
            help="A folder of route data, a day that was simulated so far, or the sample plan as of today.",
        ),
    ],
    speed: Annotated[
        float | None,
        typer.Option("--speed", min=SLOWEST, max=FASTEST, help="How many times as fast as the wall's clock; 1 else."),
    ] = None,
    until: Annotated[
        str, typer.Option("--until", metavar="HH:MM", help="Station time of its end; past midnight as '00:30 (Wed)'.")
    ] = "",
    step: Annotated[
        int | None,
        typer.Option(
            "--step", min=1, max=LONGEST_STEP_MIN, metavar="MINUTES", help="Go on by so many minutes at once, and stop."
        ),
    ] = None,
    freeze: Annotated[bool, typer.Option("--freeze", help="Let a day that moves stand still.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Let it move again.")] = False,
    next_need: Annotated[
        bool, typer.Option("--next-need", help="Let a day that moves go on to the next thing that needs a person.")
    ] = False,
    seed: Annotated[int, typer.Option("--seed", help="Of a folder's day: the same seed draws the same day.")] = SEED,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Let a simulated day go on in real time, or faster, until every route is back: open pages follow it.

    Where another program moves the day already, --speed, --step, --freeze, --resume and --next-need steer that one.
    """
    wishes = {
        "--until": until, "--step": step, "--freeze": freeze, "--resume": resume, "--next-need": next_need
    }  # fmt: skip
    if len(said := [name for name, wish in wishes.items() if wish]) > 1:
        raise typer.BadParameter(f"Say {' or '.join(said)}, not both.")
    station = load(own_profile(profile, home))
    with opened(store, home, create=True) as log:
        key = _day_of(log, what, station, seed)
        remote = Remote(desk_at(log, key, by=by))
        if freeze or resume or next_need or (not until and (step or speed) and _another_moves(remote)):
            told, playback = _steer(remote, speed, step, freeze=freeze, next_need=next_need)
            answer = _as_it_runs(log, key, playback)
        else:
            told, answer = _move(log, key, station, speed or SLOWEST, until, step, quiet=as_json)
    if as_json:
        show.as_json(answer)
    else:
        show.sentence(told)


def _another_moves(remote: Remote) -> bool:
    """Whether another program moves the day; one that was killed a moment ago is waited out."""
    with show.progress() as say:
        say("Looking whether another program moves it.")
        return remote.is_moved()


def _steer(
    remote: Remote, speed: float | None, step: int | None, *, freeze: bool, next_need: bool
) -> tuple[str, Playback]:
    """Say to the program that moves the day what it is to do, and return what that is."""
    if speed is not None:
        remote.speed(speed)
    if freeze:
        return "It stands still now; --resume lets it go on.", remote.freeze()
    if next_need:
        said = "It goes on to the next thing that needs a person, and stands still there."
        return said, remote.to_next_need()
    if step is not None:
        return f"It goes on by {step} min, and stands still there.", remote.step(timedelta(minutes=step))
    playback = remote.resume()
    return f"It goes on, {playback.speed:g} times as fast as the clock on the wall.", playback


def _as_it_runs(log: Log, key: DayKey, playback: Playback) -> dict[str, Any]:
    return {
        "day": str(key), "speed": playback.speed, "frozen": playback.frozen,
        "stands_at": _clock(log, key, playback.stands_at),
        "goes_to": _clock(log, key, playback.goes_to) if playback.goes_to else None, "to_need": playback.to_need,
    }  # fmt: skip


def _move(
    log: Log, key: DayKey, station: Station, speed: float, until: str, step: int | None, *, quiet: bool
) -> tuple[str, dict[str, Any]]:
    """Move the day in this program; return what is to be said at the end, and the same for programs."""
    with until_stopped() as stop:
        shift = resumed(log, key, station, speed=speed, stop=stop, at_once=step is not None)
        begins = shift.clock.now()
        if step is not None:
            shift.ends_at = begins + timedelta(minutes=step)
        if until:
            shift.ends_at = _end(key, until, begins, shift.day.course.timezone)
        goes = (
            f"goes on from {_clock(log, key, begins)}, {speed:g} times as fast as the clock on the wall. "
            "◆ Simulated. Press Ctrl-C to end."
            if step is None
            else f"goes on by {step} min. ◆ Simulated."
        )
        all_back = go_on_live(shift, begins=lambda: None if quiet else show.sentence(f"{key} {goes}"))
    stands, version = _clock(log, key, shift.clock.now()), log.version(key)
    end = "Every route is back." if all_back else "It can go on from there at any time."
    answer = {"day": str(key), "stands_at": stands, "facts": version, "all_back": all_back}
    return f"{key} stands at {stands}, {version} facts. {end}", answer


def _end(key: DayKey, until: str, begins: datetime, timezone: str) -> datetime:
    ends = station_time(until, key, timezone)
    if ends <= begins:
        service_day = str(key.service_day)
        later = clock_text(ends + timedelta(days=1), timezone, service_day)
        raise Refused(
            [
                f"{key} stands at {clock_text(begins, timezone, service_day)} already. "
                f"Give a later time; past midnight with its weekday, as in --until '{later}'."
            ]
        )
    return ends


def _clock(log: Log, key: DayKey, at: datetime) -> str:
    timezone = desk_at(log, key, by="simulate").day().course.timezone
    return clock_text(at, timezone, str(key.service_day))


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
