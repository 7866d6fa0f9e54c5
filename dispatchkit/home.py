"""Where this program keeps its things: the store of days, reports, exports."""

import os
from pathlib import Path

from platformdirs import user_data_path

HOME_VARIABLE = "DISPATCHKIT_HOME"
STORE_VARIABLE = "DISPATCHKIT_STORE"

PROFILE = "station.toml"
"""The station's own profile in the home folder: what differs from the default, in the same form."""


def home(chosen: Path | None = None) -> Path:
    """Name the folder: the one chosen, else of the environment, else the user's data folder. Nothing is made here."""
    if chosen is not None:
        return chosen
    named = os.environ.get(HOME_VARIABLE)
    return Path(named) if named else user_data_path("dispatchkit", appauthor=False)


def store_url(chosen: str | None = None, folder: Path | None = None) -> str:
    """Name the store: a database URL or file; else of the environment, else `days.sqlite` in the home folder.

    A URL may hold a password: print `log.store.name`, never the URL itself.
    """
    return chosen or os.environ.get(STORE_VARIABLE) or str(home(folder) / "days.sqlite")


def own_profile(chosen: Path | None = None, folder: Path | None = None) -> Path | None:
    """Name the station's own profile: the one chosen, else the home folder's `station.toml`, if there is one."""
    if chosen is not None:
        return chosen
    usual = home(folder) / PROFILE
    return usual if usual.is_file() else None
