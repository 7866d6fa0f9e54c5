"""Where this program keeps its things: the store of days, reports, exports."""

import os
from pathlib import Path

from platformdirs import user_data_path

HOME_VARIABLE = "DISPATCHKIT_HOME"
STORE_VARIABLE = "DISPATCHKIT_STORE"


def home(chosen: Path | None = None) -> Path:
    """Name the folder: the one chosen, else of the environment, else the user's data folder. Nothing is made here."""
    if chosen is not None:
        return chosen
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else user_data_path("dispatchkit", appauthor=False)


def store_url(chosen: str | None = None, folder: Path | None = None) -> str:
    """Name the store: a database URL or file; else of the environment, else `days.sqlite` in the home folder.

    A URL may hold a password: it is read from the environment and never printed (see `shown`).
    """
    return chosen or os.environ.get(STORE_VARIABLE) or str(home(folder) / "days.sqlite")


def shown(url: str) -> str:
    """The store's name without its password, for people and logs."""
    if "://" not in url or "@" not in url:
        return url
    scheme, _, rest = url.partition("://")
    login, _, place = rest.rpartition("@")
    return f"{scheme}://{login.partition(':')[0]}@{place}"
