"""Which papers each of the sample days has."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.run_day.sample import SAMPLE_DAYS
from dispatchkit.samples.names import names_of
from dispatchkit.samples.papers.folder import about_papers, papers
from dispatchkit.samples.papers.malformed import Malformed, about_malformed, malformed

SNAPSHOTS = (time(11, 0), time(13, 0), time(15, 0), time(18, 30), time(21, 30))
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
    if day.key == MALFORMED:
        return {name: made.content for name, made in _spoilt(day).items()}
    return papers(day, _names(day), snapshots=tuple(snapshots_of(day)), station_wide=day.key == STATION_WIDE)


def about_sample_papers(folder: str, day: Day) -> str:
    """A paragraph for the README of the sample data: which files of the day stand in the folder, and what they are."""
    if day.key == MALFORMED:
        return about_malformed(folder, _spoilt(day))
    return about_papers(folder, sample_papers(day), what=str(day.key))


def _names(day: Day) -> dict[str, str]:
    roster = day.pre_load_out.roster
    return names_of(roster.driver if roster else ())


def _spoilt(day: Day) -> dict[str, Malformed]:
    return malformed(day, _names(day))


def snapshots_of(day: Day) -> Iterator[datetime]:
    """Yield the instants of the day's exports: from the first departure on, as long as anything was heard.

    Where nothing was heard at any of them there is one as of when the last route had left.
    """
    left = [fact.at for fact in day.load_out.departed.values()]
    heard = [route.heard_at for route in day.road.routes.values() if route.heard_at is not None]
    zone = ZoneInfo(day.course.timezone)
    wanted = [datetime.combine(day.key.service_day, clock, zone).astimezone(UTC) for clock in SNAPSHOTS]
    exported = [at for at in wanted if left and heard and min(left) <= at <= max(heard)]
    if left and not exported:
        exported = [max(left).replace(second=0, microsecond=0) + timedelta(minutes=1)]
    yield from exported
