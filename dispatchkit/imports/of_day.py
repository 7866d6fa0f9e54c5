"""What a day's volume was imported from, read again from the originals that were kept. Pure, but for who has them."""

from collections.abc import Callable, Sequence
from typing import get_args

from dispatchkit.day import Day
from dispatchkit.day.facts.whole_day import FileImported
from dispatchkit.errors import NotFound
from dispatchkit.imports.folder import read_files
from dispatchkit.imports.given import Import, OriginalFile, Source
from dispatchkit.records import DayKey

SOURCES = frozenset(get_args(Source))
"""What files with stops and vans are called that routes can be built from."""


def volume_files(day: Day) -> tuple[FileImported, ...]:
    """The newest files of the day that hold stops and vans: those that came together; none where none came."""
    of_volume = [file for file in day.course.files if file.source in SOURCES]
    newest_at = max((file.at for file in of_volume), default=None)
    return tuple(file for file in of_volume if file.at == newest_at)


def originals_of(files: Sequence[FileImported], kept: Callable[[str], bytes]) -> tuple[OriginalFile, ...]:
    """The files as they came, byte for byte; NotFound where one was erased since.

    Parameters
    ----------
    kept
        Returns the bytes with a digest, as `Log.artifact` does.
    """
    return tuple(OriginalFile(name=file.name, data=kept(file.original)) for file in files)


def read_again(originals: Sequence[OriginalFile], key: DayKey, *, max_from_station_m: float) -> Import:
    """What these files say of a day.

    Raises
    ------
    Unreadable
        Where this version of the program reads them no more.
    NotFound
        Where they say nothing of that day.
    """
    found = read_files(originals, where=str(key), max_from_station_m=max_from_station_m)
    for day in found:
        if (day.station, day.service_day) == (key.station, key.service_day):
            return day
    raise NotFound(f"The files of {key} hold no stops of it. Import its volume again.")
