"""The fact that something told would be, what it says, and how people say it. Pure."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import PositionSeen, ProgressReported, StopServed
from dispatchkit.day.road import Report
from dispatchkit.pace.told import TYPED, Told

Identity = tuple[Any, ...]
"""What makes two reports the same one: kind, route, what is said, and when by its source."""


def as_fact(told: Told, route_id: str, *, now: datetime, by: str) -> Report:
    """The fact, without doubts. It happened no later than now; a later claim stands beside it.

    Parameters
    ----------
    by
        Who typed it, where it was typed; other facts carry their source.
    """
    claimed, now = (told.at or now).astimezone(UTC), now.astimezone(UTC)
    at, claimed_at = min(claimed, now), claimed if claimed > now else None
    by = by if told.source == TYPED else told.source
    if told.stops_done is not None:
        return ProgressReported(
            at=at, by=by, route_id=route_id, stops_done=told.stops_done, source=told.source, claimed_at=claimed_at
        )
    if told.place is not None:
        lat, lng = told.place
        return PositionSeen(at=at, by=by, route_id=route_id, lat=lat, lng=lng, claimed_at=claimed_at)
    return StopServed(at=at, by=by, route_id=route_id, stop_id=told.stop_id, claimed_at=claimed_at)


def says(report: Report) -> Identity:
    """What a report says, whenever it was told."""
    match report:
        case ProgressReported():
            return (report.stops_done,)
        case PositionSeen():
            return (report.lat, report.lng)
    return (report.stop_id,)


def identity(report: Report) -> Identity:
    """What makes it this report and no other, whoever hands it over."""
    return (report.kind, report.route_id, *says(report), report.claimed_at or report.at)


def told_before(facts: Iterable[Fact]) -> frozenset[Identity]:
    """All reports of a log."""
    return frozenset(identity(fact) for fact in facts if isinstance(fact, Report))


def in_words(told: Told) -> str:
    """What is told, for a sentence: "87 of 173 stops"."""
    if told.stops_done is not None:
        of = f" of {told.of}" if told.of is not None else ""
        return f"{told.stops_done}{of} {'stop' if told.stops_done == 1 and not of else 'stops'}"
    return f"stop {told.stop_id} served" if told.stop_id else "a position"


def kind_in_words(report: Report) -> str:
    """What a report is, and whose: "60 stops by cortex"."""
    match report:
        case ProgressReported():
            return f"{report.stops_done} stops by {report.source}"
        case PositionSeen():
            return f"A position by {report.by}"
    return f"Stop {report.stop_id} by {report.by}"
