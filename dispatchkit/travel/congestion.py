"""How much longer driving takes at which hour and in which area, as the station profile says it. Pure."""

import re
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.errors import WorkbenchError
from dispatchkit.geo import distance_m, is_on_earth
from dispatchkit.records import Place, Record
from dispatchkit.station.travel import TravelRules

DAYS = {"weekdays": frozenset(range(5)), "weekend": frozenset({5, 6}), "daily": frozenset(range(7))}
"""Days of the week by the words of the profile, Monday is 0. Public holidays count as what day they fall on."""

LEAST_PCT, MOST_PCT = 10.0, 1_000.0
"""Per cent of the usual drive that can be meant; beyond lies a slip of the finger."""

_HOURS = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2}):? +(\d+(?:\.\d+)?)")


class BadCongestion(WorkbenchError):
    """A line of the profile's hours or areas cannot be used; the message repeats it."""


class Span(Record, frozen=True):
    """Hours of some days of the week in which driving takes another time than usual.

    Attributes
    ----------
    days
        Monday is 0.
    opens, closes
        By the station's clock; `closes` itself no longer belongs to it, and midnight as an end is 00:00.
    rate
        Times the usual drive.
    """

    days: frozenset[int]
    opens: time
    closes: time
    rate: float

    def holds(self, local: datetime) -> bool:
        """Whether an instant of the station's clock lies in it."""
        clock = local.time()
        return local.weekday() in self.days and self.opens <= clock and (clock < self.closes or self.closes == time(0))


class Area(Record, frozen=True):
    """A part of town in which driving takes another time than elsewhere.

    Attributes
    ----------
    zone
        Prefix of the sort zones that lie in it; "" where it is drawn.
    circle
        Latitude, longitude and radius in metres; None where it is no circle.
    outline
        Its corners, latitude and longitude; none where it is no polygon.
    spans
        When, and how much longer.
    source
        Who says so.
    """

    name: str
    spans: tuple[Span, ...]
    source: str
    zone: str = ""
    circle: tuple[float, float, float] | None = None
    outline: tuple[Place, ...] = ()

    def holds(self, place: Place, zone: str) -> bool:
        """Whether a place, with its sort zone where one is known, lies in it."""
        if self.circle is not None:
            lat, lng, radius_m = self.circle
            return distance_m(*place, lat, lng) <= radius_m
        if self.outline:
            return _inside(place, self.outline)
        return zone.startswith(self.zone)


class Congestion(Record, frozen=True):
    """The hours and areas of a station.

    Attributes
    ----------
    hours
        Everywhere; the first span that holds counts, 1.0 where none does.
    areas
        On top of the hours; where areas overlap, the slowest counts.
    """

    hours: tuple[Span, ...] = ()
    areas: tuple[Area, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.hours or self.areas)

    def rate(self, local: datetime, place: Place, zone: str = "") -> float:
        """Times the usual drive, at an instant of the station's clock and at a place."""
        inside = [_rate(area.spans, local) for area in self.areas if area.holds(place, zone)]
        return _rate(self.hours, local) * max(inside, default=1.0)

    def leg_rate(self, local: datetime, a: Place, b: Place, zone_a: str = "", zone_b: str = "") -> float:
        """Times the usual drive from one place to another: half of the way is taken to lie around each end."""
        return (self.rate(local, a, zone_a) + self.rate(local, b, zone_b)) / 2

    def next_change(self, at: datetime, zone: ZoneInfo) -> datetime:
        """The first instant after `at` at which a rate may be another: an edge of a span, or midnight."""
        local = at.astimezone(zone)
        spans = (*self.hours, *(span for area in self.areas for span in area.spans))
        edges = {edge for span in spans for edge in (span.opens, span.closes)}
        later = min((edge for edge in edges if edge > local.time()), default=None)
        day = local.date() if later else local.date() + timedelta(days=1)
        then = datetime.combine(day, later or time(0), zone).astimezone(at.tzinfo)
        return max(then, at + timedelta(minutes=1))     # on the night when clocks go back an edge comes twice


def congestion_of(rules: TravelRules) -> Congestion:
    """Read the profile's hours and areas.

    Raises
    ------
    BadCongestion
        With the line that cannot be read, and how it is written.
    """
    hours = [_span(line, DAYS["weekdays"]) for line in rules.weekday_hours]
    hours += [_span(line, DAYS["weekend"]) for line in rules.weekend_hours]
    return Congestion(hours=tuple(hours), areas=tuple(_area(line) for line in rules.areas))


def _rate(spans: Iterable[Span], local: datetime) -> float:
    return next((span.rate for span in spans if span.holds(local)), 1.0)


def _span(text: str, days: frozenset[int]) -> Span:
    found = _HOURS.fullmatch(text.strip())
    if found is None:
        raise BadCongestion(f"[travel]: '{text}' is not understood. Write hours as \"07:00-09:00: 120\".")
    try:
        opens, closes = time.fromisoformat(found[1]), time.fromisoformat(found[2])
    except ValueError:
        raise BadCongestion(f"[travel]: '{text}' has a time that no clock shows.") from None
    if opens >= closes and closes != time(0):
        raise BadCongestion(f"[travel]: '{text}' ends before it begins. Write hours past midnight as two.")
    return Span(days=days, opens=opens, closes=closes, rate=_percent(found[3], text))


def _area(line: str) -> Area:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 4 or not all(parts):
        raise BadCongestion(
            f"[travel] areas: '{line}' is not understood. Write \"NAME | WHERE | WHEN | SOURCE\", such as \"Lincoln "
            'school | circle 41.97 -88.01 300 | weekdays 07:30-08:30 150 | timed by our drivers in May".'
        )
    name, where, when, source = parts
    spans = tuple(_when(item.strip(), line) for item in when.split(","))
    shape, _, rest = where.partition(" ")
    if shape == "zone" and rest.strip():
        return Area(name=name, spans=spans, source=source, zone=rest.strip())
    try:
        if shape == "circle":
            lat, lng, radius_m = (float(number) for number in rest.split())
            if radius_m > 0 and is_on_earth(lat, lng):
                return Area(name=name, spans=spans, source=source, circle=(lat, lng, radius_m))
        elif shape == "polygon":
            outline = tuple(_place(corner) for corner in rest.split(","))
            if len(outline) > 2 and all(is_on_earth(*corner) for corner in outline):
                return Area(name=name, spans=spans, source=source, outline=outline)
    except ValueError:
        pass        # said below, with what would be right
    raise BadCongestion(
        f"[travel] areas: '{where}' is no place for {name}. Write \"zone C-13\", \"circle LAT LNG METRES\" or "
        '"polygon LAT LNG, LAT LNG, LAT LNG".'
    )


def _when(text: str, line: str) -> Span:
    word, _, rest = text.partition(" ")
    if word == "always":
        return Span(days=DAYS["daily"], opens=time(0), closes=time(0), rate=_percent(rest, line))
    if word not in DAYS:
        raise BadCongestion(
            f"[travel] areas: '{text}' in '{line}' says no days. Write \"weekdays 07:30-08:30 150\", \"weekend …\", "
            '"daily …" or "always 115".'
        )
    return _span(rest, DAYS[word])


def _percent(number: str, line: str) -> float:
    try:
        pct = float(number)
    except ValueError:
        raise BadCongestion(f"[travel]: '{number}' in '{line}' is no number of per cent.") from None
    if not LEAST_PCT <= pct <= MOST_PCT:
        raise BadCongestion(
            f"[travel]: {pct:g} % of the usual drive in '{line}' is not believed; use {LEAST_PCT:g} to {MOST_PCT:,g}, "
            "100 for the usual."
        )
    return pct / 100


def _place(corner: str) -> Place:
    lat, lng = (float(number) for number in corner.split())
    return lat, lng


def _inside(place: Place, outline: tuple[Place, ...]) -> bool:
    """Whether a line from the place to the east crosses the outline an odd number of times."""
    lat, lng = place
    crossed = 0
    for (lat_a, lng_a), (lat_b, lng_b) in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (lat_a > lat) != (lat_b > lat):
            crossed += lng < lng_a + (lat - lat_a) / (lat_b - lat_a) * (lng_b - lng_a)
    return crossed % 2 == 1
