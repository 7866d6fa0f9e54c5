"""Progress as JSON: counts, scans and positions of telematics or any other program. Pure.

One object, a list of them, or ``{"reports": [...]}``; the fields of `Sent` and no others. An object may tell several
things at once::

    {"route": "CX101", "at": "2026-03-14T11:04:00-06:00", "lat": 41.6, "lng": -93.6, "stops_done": 87}
"""

import math
from collections.abc import Iterator
from datetime import date, datetime

import msgspec

from dispatchkit.pace.told import TELEMATICS, Told
from dispatchkit.printable import printable

LONGEST_ID = 200
"""Characters of a route, stop or driver; longer is no id of anything."""


class Sent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """An object of the JSON.

    Attributes
    ----------
    route
        Code or id of the route.
    at
        When it was so, with its distance from UTC; now, where it is left out.
    stops_done, stops
        Stops done, and of how many.
    stop
        Id of a stop that was served.
    lat, lng
        Degrees; both or neither.
    driver
        Transporter id.
    station, day
        Station code and service day (YYYY-MM-DD) that the report is of.
    source
        What tells it; "telematics" where it is left out.
    """

    route: str
    at: datetime | None = None
    stops_done: int | None = None
    stops: int | None = None
    stop: str = ""
    lat: float | None = None
    lng: float | None = None
    driver: str = ""
    station: str = ""
    day: date | None = None
    source: str = TELEMATICS


def is_json(text: str) -> bool:
    """Say whether a text sets out to be JSON: an object or a list."""
    return text.lstrip()[:1] in ("{", "[")


def sent(text: str | bytes) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """Read JSON.

    Returns
    -------
    tuple
        What was understood, and a sentence for each object that was not, and for what is no JSON at all.
    """
    try:
        whole = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return (), (f"This is not JSON that can be read: {printable(str(error))}. Send a list of reports.",)
    if isinstance(whole, dict) and "reports" in whole:
        whole = whole["reports"]
    objects = whole if isinstance(whole, list) else [whole]
    told, problems = list[Told](), list[str]()
    for number, given in enumerate(objects, 1):
        try:
            one = msgspec.convert(given, Sent)
        except msgspec.ValidationError as error:
            problems.append(f"Report {number}: {printable(str(error))}. Correct it and send it again.")
            continue
        if wrong := list(_wrong(one)):
            problems += (f"Report {number}: {sentence}" for sentence in wrong)
        else:
            told += _told(one)
    return tuple(told), tuple(problems)


def _wrong(one: Sent) -> Iterator[str]:
    if not one.route.strip() or not one.source.strip():
        yield "It names no route or no source. Name both, or leave the source out."
    if any(len(text) > LONGEST_ID or not text.isprintable() for text in (one.route, one.stop, one.driver, one.source)):
        yield "An id in it is too long, or holds characters that do not print."
    if one.at is not None and one.at.tzinfo is None:
        yield "Its time has no zone. Write it as 2026-03-14T11:04:00-06:00 or with a Z."
    if (one.stops_done or 0) < 0 or (one.stops or 0) < 0:
        yield "Stops cannot be fewer than none."
    if (one.lat is None) != (one.lng is None) or not all(map(_degrees, (one.lat, one.lng))):
        yield f"{one.lat}, {one.lng} are not a latitude and a longitude."
    if one.stops_done is None and not one.stop and one.lat is None:
        yield "It tells nothing: give stops_done, a stop, or lat and lng."


def _degrees(value: float | None) -> bool:
    return value is None or (math.isfinite(value) and abs(value) <= 180)


def _told(one: Sent) -> Iterator[Told]:
    alike = {
        "route": one.route.strip(), "source": one.source.strip(), "at": one.at, "driver_id": one.driver,
        "station": one.station, "service_day": one.day,
    }  # fmt: skip
    if one.stops_done is not None:
        yield msgspec.convert(alike | {"stops_done": one.stops_done, "of": one.stops}, Told)
    if one.stop:
        yield msgspec.convert(alike | {"stop_id": one.stop}, Told)
    if one.lat is not None and one.lng is not None:
        yield msgspec.convert(alike | {"place": (one.lat, one.lng)}, Told)
