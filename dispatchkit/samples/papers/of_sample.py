"""Which papers each of the sample days has."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.run_day.sample import SAMPLE_DAYS
from dispatchkit.samples.names import names_of
from dispatchkit.samples.papers.folder import papers
from dispatchkit.samples.papers.malformed import malformed

SNAPSHOTS = (time(11, 0), time(13, 4), time(15, 0), time(18, 30), time(21, 30))
"""When somebody exported Routes and Itineraries, by the station's clock."""

STATION_WIDE = SAMPLE_DAYS["bad_morning"]
"""The day whose plan holds the routes of every DSP at the station."""

MALFORMED = SAMPLE_DAYS["malformed"]


def sample_papers(day: Day) -> dict[str, bytes]:
    """The files of a sample day: file name → content. The malformed day has its malformed ones and no other.

    Raises
    ------
    Refused
        Where the day has no plan yet.
    """
    roster = day.pre_load_out.roster
    names = names_of(roster.driver if roster else ())
    if day.key == MALFORMED:
        return {name: made.content for name, made in malformed(day, names).items()}
    return papers(day, names, snapshots=tuple(snapshots_of(day)), station_wide=day.key == STATION_WIDE)


def snapshots_of(day: Day) -> Iterator[datetime]:
    """Yield the instants of the day's exports: from the first departure on, as long as anything was heard."""
    left = [fact.at for fact in day.load_out.departed.values()]
    heard = [route.heard_at for route in day.road.routes.values() if route.heard_at is not None]
    zone = ZoneInfo(day.course.timezone)
    for clock in SNAPSHOTS if left and heard else ():
        at = datetime.combine(day.key.service_day, clock, zone).astimezone(UTC)
        if min(left) <= at <= max(heard):
            yield at
