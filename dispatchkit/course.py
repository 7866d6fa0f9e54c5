"""Decisions about the day as a whole: take it up, write something down, hand it over. Closing is the end of shift's."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.whole_day import DayOpened, FileLetGo, HandoverWritten, NoteAdded
from dispatchkit.day.open_day import closed_blockers, refuse_if


def open_blockers(day: Day, timezone: str) -> Iterator[str]:
    """Why the day cannot be taken up: it has been already, or nobody knows its time zone."""
    yield from closed_blockers(day)
    if day.course.opened_at is not None:
        yield f"{day.key} has been opened already. Go on with it, or name a branch for a second run."
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        yield f"'{timezone}' is not a time zone. Use an IANA name such as America/Chicago."


def open_day(day: Day, *, timezone: str, profile: str = "", at: datetime, by: str) -> list[Fact]:
    """Take the day up. `timezone` is the station's IANA zone, `profile` the digest of its station profile."""
    refuse_if(open_blockers(day, timezone))
    service_day = day.key.service_day.isoformat()
    return [
        DayOpened(at=at, by=by, station=day.key.station, service_day=service_day, timezone=timezone, profile=profile)
    ]


def let_go_blockers(day: Day, digest: str) -> Iterator[str]:
    """Why a file cannot be let go: it is not one that waits, or the day is closed."""
    yield from closed_blockers(day)
    if digest not in day.course.held:
        yield "This file does not wait for anybody."


def let_go(day: Day, *, digest: str, why: str = "", at: datetime, by: str) -> list[Fact]:
    """Decide that a file that came by itself is not wanted; its bytes stay on record."""
    refuse_if(let_go_blockers(day, digest))
    return [FileLetGo(at=at, by=by, original=digest, why=why.strip())]


def writing_blockers(day: Day, text: str) -> Iterator[str]:
    """Why nothing can be written down: the day is closed, or there is nothing to write."""
    yield from closed_blockers(day)
    if not text.strip():
        yield "There is nothing written yet. Write a sentence first."


def note(day: Day, *, text: str, about: str = "", at: datetime, by: str) -> list[Fact]:
    """Write something down, `about` a route, van, stop or driver id, or the whole day."""
    refuse_if(writing_blockers(day, text))
    return [NoteAdded(at=at, by=by, text=text.strip(), about=about)]


def hand_over(day: Day, *, text: str, to: str = "", at: datetime, by: str) -> list[Fact]:
    """Leave the day to the next dispatcher with a word on what is open."""
    refuse_if(writing_blockers(day, text))
    return [HandoverWritten(at=at, by=by, text=text.strip(), to=to)]
