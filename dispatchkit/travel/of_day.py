"""What a source states of its day goes before the station profile: its limits, and by what its drives are reckoned."""

from pathlib import Path

import msgspec

from dispatchkit.imports.given import Import
from dispatchkit.station import Station
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.matrix import TravelTimes
from dispatchkit.travel.recorded import RecordedTravel
from dispatchkit.travel.source import travel_times
from dispatchkit.travel.stated import StatedTravel

NOWHERE = (float("nan"), float("nan"))
"""A stop without a place; nobody asks for its drives by place."""


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

    A stop list is an exercise whose drives are stated with it. Of a day of one route, drive times that the source
    recorded go before the curve, as a check of its plan takes them; everything else goes by the profile.

    Parameters
    ----------
    folder
        As `travel_times` takes it.
    asked
        What a person asked for, an engine or the curve: then the profile counts, which has it already.
    """
    if found.stated is not None and asked is None:
        return StatedTravel()
    source = travel_times(station, timezone=found.timezone, folder=folder)
    if asked is None and len(found.routes) == 1 and found.recorded and isinstance(source, CalibratedTravel):
        return _recorded(found, source)
    return source


def _recorded(found: Import, otherwise: CalibratedTravel) -> RecordedTravel:
    """The recorded seconds of the day's one route; what they do not hold is estimated."""
    (times,) = found.recorded.values()
    places = {stop.stop_id: stop.place for stop in found.stops}
    at = [(found.station_lat, found.station_lng), *(places[stop_id] or NOWHERE for stop_id in times.stop_ids[1:])]
    lat, lng = zip(*at, strict=True)
    return RecordedTravel(times.stop_ids, lat, lng, times.seconds, otherwise)
