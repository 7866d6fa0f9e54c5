"""What a file name says: station, service day, and when its figures were true. A name changed by hand says nothing."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from dispatchkit.imports.sheets.clock import as_time
from dispatchkit.imports.sheets.dates import as_date
from dispatchkit.records import Record

STATION = re.compile(r"(?<![A-Za-z0-9])[A-Z]{3}[0-9]{1,2}(?![A-Za-z0-9])")
"""A station code, such as DCH4."""

DAY = re.compile(r"(?<!\d)20\d{2}([-_.]?)\d{2}\1\d{2}(?!\d)")
CLOCK = re.compile(r"(?:20\d{2}-\d{2}-\d{2}|20\d{6})[_ T-]+(\d{2})[_.:-](\d{2})(?:[_.:-]\d{2})?(?!\d)")
ZONE = re.compile(r"\(([A-Z]{2,5})\)")


class NameSays(Record, frozen=True):
    """What a file name says; empty and None where it does not.

    Attributes
    ----------
    as_of
        UTC; None too where the zone it names is not known, or the clock never showed that time in it.
    """

    station: str = ""
    service_day: date | None = None
    as_of: datetime | None = None


def read_name(name: str, zones: Iterable[str]) -> NameSays:
    """Read a name such as `Routes_DXX1_2026-02-22_13_05 (PDT) (1).xlsx`.

    Parameters
    ----------
    zones
        IANA zones that an abbreviation may mean, the station's own first.
    """
    stations = set(STATION.findall(name))
    days = {match[0] for match in DAY.finditer(name)}
    day = as_date(days.pop().replace("_", "-").replace(".", "-")) if len(days) == 1 else None
    shown, zone = CLOCK.search(name), ZONE.search(name)
    at = as_time(f"{shown[1]}:{shown[2]}") if shown else None
    return NameSays(
        station=stations.pop() if len(stations) == 1 else "",
        service_day=day,
        as_of=_instant(day, at, zone[1], zones) if day and at and zone else None,
    )


def _instant(day: date, at: time, abbreviation: str, zones: Iterable[str]) -> datetime | None:
    """The instant at which a clock of a zone that is called so then showed this time; None where zones disagree."""
    if abbreviation in ("UTC", "GMT"):
        return datetime.combine(day, at, UTC)
    found = []
    for zone in zones:
        both = (datetime.combine(day, at, ZoneInfo(zone)).replace(fold=fold) for fold in (0, 1))
        found += [local.astimezone(UTC) for local in both if local.tzname() == abbreviation]
    return found[0] if len(set(found)) == 1 else None
