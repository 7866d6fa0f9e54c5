"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

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


def opened(store: str | None, home: Path | None = None, *, create: bool = False) -> Log:
    """Open the store that was named, or the usual one."""
    return open_log(store_url(store, home), create=create)
