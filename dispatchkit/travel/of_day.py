"""What a source states of its day goes before the station profile: its limits, and by what its drives are reckoned."""

from pathlib import Path

import msgspec

from dispatchkit.imports.given import Import
from dispatchkit.station import Station
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.source import travel_times
from dispatchkit.travel.stated import StatedTravel


def with_limits(station: Station, found: Import) -> Station:
    """The profile with the shift and break that the source states for this day; unchanged where it states none."""
    if found.stated is None:
        return station
    shift = msgspec.structs.replace(
        station.shift, on_road_limit_s=found.stated.shift_s, break_s=found.stated.break_s
    )  # fmt: skip
    return msgspec.structs.replace(station, shift=shift)


def travel_of(
    found: Import, station: Station, *, folder: Path | None = None, asked: str | None = None
) -> TravelTimes:
    """The source of travel times for making plans of this day.

    A stop list is an exercise whose drives are stated with it; everything else goes by the profile.

    Parameters
    ----------
    folder
        As `travel_times` takes it.
    asked
        What a person asked for, an engine or the curve: then the profile counts, which has it already.
    """
    if found.stated is not None and asked is None:
        return StatedTravel()
    return travel_times(station, timezone=found.timezone, folder=folder)
