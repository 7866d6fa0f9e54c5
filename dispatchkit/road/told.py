"""What a van tells of itself as it goes: its position and its count of stops, at regular instants after departure."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from dispatchkit.day.facts.road import PositionSeen, ProgressReported
from dispatchkit.road.drive import Stretch

DEGREE_DIGITS = 6
"""Decimals of a position: about 0.1 m, finer than any telematics."""


def positions(
    stretches: Iterable[Stretch], *, route_id: str, departed_at: datetime, every_s: float, since: datetime,
    until: datetime, by: str,
) -> Iterator[PositionSeen]:  # fmt: skip
    """Where the van was at each multiple of `every_s` after its departure, later than `since` and not after `until`."""
    for at, stretch in _ticks(stretches, departed_at, every_s, since, until):
        lat, lng = (round(degrees, DEGREE_DIGITS) for degrees in stretch.place_at(at))
        yield PositionSeen(at=at, by=by, route_id=route_id, lat=lat, lng=lng)


def counts(
    stretches: Iterable[Stretch], *, route_id: str, departed_at: datetime, every_s: float, since: datetime,
    until: datetime, source: str,
) -> Iterator[ProgressReported]:  # fmt: skip
    """How many stops were done at each multiple of `every_s` after departure, later than `since`, not after `until`."""
    for at, stretch in _ticks(stretches, departed_at, every_s, since, until):
        yield ProgressReported(at=at, by=source, route_id=route_id, stops_done=stretch.stops_done, source=source)


def _ticks(
    stretches: Iterable[Stretch], departed_at: datetime, every_s: float, since: datetime, until: datetime
) -> Iterator[tuple[datetime, Stretch]]:
    every = timedelta(seconds=every_s)
    if not every:
        return
    for stretch in stretches:
        # the instant at which a stretch ends belongs to the next one
        at = departed_at + max(1, -((departed_at - stretch.begins) // every)) * every
        while at < stretch.ends and at <= until:
            if at > since:
                yield at, stretch
            at += every
