"""The end-of-shift checklist of the station profile."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from dispatchkit.day import Day
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.end_of_shift import ChecklistItemDone
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.station import Station


class Item(NamedTuple):
    """What has to be done, and the id under which the day remembers it."""

    item: str
    sentence: str


def items(station: Station) -> tuple[Item, ...]:
    """The checklist. The profile writes "id: sentence"; a line without a colon is its own id."""
    parts = (line.partition(":") for line in station.close.checklist)
    return tuple(Item(item.strip(), sentence.strip() or item.strip()) for item, _, sentence in parts)


def open_items(day: Day, station: Station) -> tuple[Item, ...]:
    """What is still to be done."""
    return tuple(item for item in items(station) if item.item not in day.end_of_shift.checklist)


def tick_blockers(day: Day, item: str, station: Station) -> Iterator[str]:
    """Why the item cannot be ticked: it is not on the list, or it is done."""
    yield from closed_blockers(day)
    if item not in {i.item for i in items(station)}:
        yield f"'{item}' is not on the station's checklist."
    if item in day.end_of_shift.checklist:
        yield f"'{item}' is done already."


def tick(day: Day, *, item: str, station: Station, at: datetime, by: str) -> list[Fact]:
    """Record that an item of the checklist was done."""
    refuse_if(tick_blockers(day, item, station))
    return [ChecklistItemDone(at=at, by=by, item=item)]
