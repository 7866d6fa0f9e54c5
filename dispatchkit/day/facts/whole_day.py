"""What can happen to the day as a whole, in any phase."""

from datetime import datetime

from dispatchkit.day.facts.base import Fact

STOPS_ONLY = "stop list"
"""The source of files that put their stops on no route: somebody has to build routes of them."""


class DayOpened(Fact, frozen=True):
    """The day has been taken up. `timezone` is the station's IANA zone; `profile` the digest of its station profile."""

    station: str
    service_day: str
    timezone: str
    profile: str = ""


class FileImported(Fact, frozen=True):
    """A file was read; its original bytes are the artifact `original`.

    `source` names the reader ("challenge", "station day", …); `problems` counts the rows that could not be used.
    `reading` is the digest of what it says in our words, where it was kept; `as_of` when its figures were true.
    """

    name: str
    original: str
    source: str
    rows: int
    problems: int = 0
    reading: str = ""
    as_of: datetime | None = None


class FileHeld(Fact, frozen=True):
    """A file came by itself and waits for a person: `why` says what it asks, or what is wrong with it."""

    name: str
    original: str
    why: tuple[str, ...]


class FileLetGo(Fact, frozen=True):
    """A person decided that a held file is not wanted."""

    original: str
    why: str = ""


class NoteAdded(Fact, frozen=True):
    """Somebody wrote something down. `about` is a route, van, stop or driver id, or empty for the day."""

    text: str
    about: str = ""


class HandoverWritten(Fact, frozen=True):
    """One dispatcher left the day to the next."""

    text: str
    to: str = ""


class FactVoided(Fact, frozen=True):
    """The facts `n` were a mistake: the fold passes them over from here on. They stay readable."""

    n: tuple[int, ...]
    why: str


class DayClosed(Fact, frozen=True):
    """Everything is accounted for. `report` is the digest of the report as it stood, if one was kept."""

    report: str = ""


class DayReopened(Fact, frozen=True):
    """A closed day was taken up again."""

    why: str
