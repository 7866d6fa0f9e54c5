"""Options that several commands share."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from threading import Event
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from dispatchkit.clock import RealClock
from dispatchkit.desk import Desk
from dispatchkit.desk.day_clock import DayClock
from dispatchkit.home import HOME_VARIABLE, STORE_VARIABLE, store_url
from dispatchkit.log import Log, open_log
from dispatchkit.records import DayKey
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
Json = Annotated[bool, typer.Option("--json", help="Print one JSON value and nothing else.")]


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
    """Read a time of day such as 15:00 as an instant of a day, by its station's clock."""
    try:
        return datetime.combine(key.service_day, time.fromisoformat(text), ZoneInfo(timezone)).astimezone(UTC)
    except ValueError:
        raise typer.BadParameter(f"'{text}' is not a time of day. Write it as 15:00.") from None


def desk_at(log: Log, key: DayKey, *, by: str) -> Desk:
    """A desk at a day whose clock goes as the pages' does; NotFound, with the nearest days, where there is none."""
    log.require(key)
    zone = ZoneInfo(Desk(log, key, by=by).day().course.timezone)
    return Desk(log, key, by=by, clock=DayClock(log, key, zone, RealClock()))


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


def opened(store: str | None, home: Path | None = None, *, create: bool = False) -> Log:
    """Open the store that was named, or the usual one."""
    return open_log(store_url(store, home), create=create)
