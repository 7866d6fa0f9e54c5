"""How old each figure of a route is: the count of stops, the position, the last stop that was told. Pure."""

from datetime import datetime

from dispatchkit.day.road import OnRoad
from dispatchkit.records import Record
from dispatchkit.times import seconds_between


class Age(Record, frozen=True):
    """When a figure was true and by whom, and the seconds since; None and empty where there is no such figure."""

    at: datetime | None = None
    age_s: float | None = None
    source: str = ""


class Ages(Record, frozen=True):
    """Ages of the figures of one route. `done` is that of the count shown: of the report or of the last stop told."""

    done: Age
    position: Age
    reported: Age
    served: Age


def ages(route: OnRoad, now: datetime) -> Ages:
    """The ages of a route's figures at `now`; never below 0, though a source's clock may be ahead."""
    reported = _age(route.reported.at, now, route.reported.source) if route.reported else Age()
    served = _age(route.last_served.at, now, route.last_served.by) if route.last_served else Age()
    position = _age(route.position.at, now, route.position.by) if route.position else Age()
    counts = route.reported is not None and min(route.reported.stops_done, len(route.order)) >= route.done_count
    newest_served = served.at is not None and (reported.at is None or served.at > reported.at)
    done = reported if counts and not newest_served else served if served.at is not None else reported
    return Ages(done=done, position=position, reported=reported, served=served)


def _age(at: datetime, now: datetime, source: str) -> Age:
    return Age(at=at, age_s=max(0.0, seconds_between(at, now)), source=source)
