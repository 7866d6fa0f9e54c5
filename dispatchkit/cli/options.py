"""Options that several commands share."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from threading import Event
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from dispatchkit.clock import RealClock
from dispatchkit.day import Day as ServiceDay
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.home import HOME_VARIABLE, STORE_VARIABLE, store_url
from dispatchkit.log import Log, open_log
from dispatchkit.records import DayKey
from dispatchkit.times import LASTS, midnight
from dispatchkit.users import machine_user

Store = Annotated[
    str | None,
    typer.Option(
        "--store", envvar=STORE_VARIABLE, help="Database file or URL (sqlite:///… or postgresql://…).", show_envvar=True
    ),
]
Home = Annotated[
    Path | None, typer.Option("--home", envvar=HOME_VARIABLE, help="Folder where the program keeps its things.")
]
Profile = Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")]
Travel = Annotated[
    str | None,
    typer.Option(
        "--travel", metavar="ENGINE|curve", help="Drive times by this routing engine, or the curve; else the profile's."
    ),
]
At = Annotated[
    str, typer.Option("--at", metavar="HH:MM", help="Station time to look at: as it was known then; now by default.")
]
Answers = Annotated[
    list[str] | None, typer.Option("--answer", metavar="ID=OPTION", help="Answer a question of the files' preview.")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]

Budget = Annotated[
    float | None, typer.Option("--budget", min=1, help="Seconds to look for better routes; else the profile's.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Of the search's random choices.")]


def in_a_folder(path: Path | None) -> Path | None:
    """Refuse a file that could not be written once time has been spent on what it is to hold."""
    if path is not None and not path.parent.is_dir():
        raise typer.BadParameter(f"There is no folder {path.parent} to write {path.name} to. Make it, or name another.")
    return path


def to_write(flag: str, told: str) -> Any:
    """An option that names a file to be written."""
    return typer.Option(flag, dir_okay=False, writable=True, callback=in_a_folder, help=told)


PlanOut = Annotated[Path | None, to_write("--out", "Write the plan to this file; `plan check` reads it.")]


def somebody(text: str) -> str:
    """Refuse a name that is none."""
    if not text.strip():
        raise typer.BadParameter("Somebody has to act. Give a name, or leave the option out.")
    return text


By = Annotated[
    str,
    typer.Option(
        "--by", help="Who acts.", default_factory=machine_user, show_default="your user name", callback=somebody
    ),
]


def day_key(text: str) -> DayKey:
    """Read STATION/YYYY-MM-DD from the command line."""
    try:
        return DayKey.parse(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


Day = Annotated[DayKey, typer.Argument(parser=day_key, metavar="STATION/YYYY-MM-DD", help="Which day.")]
OneOrAll = Annotated[
    DayKey | None, typer.Argument(parser=day_key, metavar="[STATION/YYYY-MM-DD]", help="Which day; all by default.")
]


def station_time(text: str, key: DayKey, timezone: str) -> datetime:
    """Read a time such as 15:00 as an instant of a day, by its station's clock.

    Past midnight the day still lasts: such a time carries its weekday, as the pages and commands show it:
    "00:30 (Wed)".
    """
    clock, _, weekday = text.replace("(", " ").rstrip(" )").partition(" ")
    try:
        wanted = time.fromisoformat(clock)
    except ValueError:
        raise typer.BadParameter(
            f"'{text}' is not a time of day. Write it as 15:00, and past midnight as '00:30 (Wed)'."
        ) from None
    days = [key.service_day, key.service_day + timedelta(days=1)]
    on = [day for day in days if not weekday or weekday.strip().casefold() == f"{day:%a}".casefold()]
    at = datetime.combine(on[0], wanted, ZoneInfo(timezone)).astimezone(UTC) if on else None
    if at is None or at >= midnight(key.service_day, ZoneInfo(timezone)) + LASTS:
        raise typer.BadParameter(f"'{text}' is not in {key}. It lasts from {days[0]:%a} to noon of {days[1]:%a}.")
    return at


def desk_at(log: Log, key: DayKey, *, by: str) -> Desk:
    """A desk at a day whose clock goes as the pages' does; NotFound, with the nearest days, where there is none."""
    log.require(key)
    zone = ZoneInfo(Desk(log, key, by=by).day().course.timezone)
    return Desk(log, key, by=by, clock=DayClock(log, key, zone, RealClock()))


def instant(desk: Desk, at: str) -> datetime:
    """A time of the desk's day by its station's clock; what time it is there where none is given."""
    return station_time(at, desk.key, desk.day().course.timezone) if at else desk.clock.now()


def looked_at(desk: Desk, at: str) -> tuple[ServiceDay, datetime]:
    """The day as it was known at a station time, or as it stands; and that instant."""
    now = instant(desk, at)
    return desk.day_at(now) if at else desk.day(), now


def given_answers(given: Sequence[str] | None, timezone: str = "") -> dict[str, str]:
    """Option ids by question id, as a preview of files takes them."""
    answers = {"timezone": timezone} if timezone else {}
    for text in given or ():
        question, equals, option = text.partition("=")
        if not equals or not question.strip() or not option.strip():
            raise typer.BadParameter(f"'{text}' is no answer. Write it as ID=OPTION, as the preview prints it.")
        answers[question.strip()] = option.strip()
    return answers


@contextmanager
def until_stopped() -> Iterator[Event]:
    """Give an event that Ctrl-C, a closed terminal or a stopped service sets: what runs can then end in good order."""
    stop = Event()
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), lambda *_: stop.set()) for name in names}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)


@contextmanager
def until_interrupted() -> Iterator[Event]:
    """Give an event that the first Ctrl-C sets: what was found so far can then be taken. A second one ends at once."""
    stop, before = Event(), signal.getsignal(signal.SIGINT)

    def interrupted(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, interrupted)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def opened(store: str | None, home: Path | None = None, *, create: bool = False) -> Log:
    """Open the store that was named, or the usual one."""
    return open_log(store_url(store, home), create=create)
