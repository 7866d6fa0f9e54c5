"""Whether alarms are few: raised an hour, taken on, floods and chatter, as ISA-18.2 asks of their owners. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import AlarmAcknowledged, AlarmCleared, AlarmRaised, AlarmShelved
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between

S_PER_H = 3600.0


class AlarmRates(Record, frozen=True):
    """A day's alarms in figures; None where there is nothing to divide by.

    Attributes
    ----------
    hours
        From the first departure (or alarm) to the instant looked at.
    raised, per_h, most_in_h
        Alarms, on average an hour, and the most within any one hour.
    acknowledged, acknowledged_share, to_acknowledge_min
        Taken on by somebody, their share, and the median minutes until then.
    shelved, cleared, standing
        Put away, over, and not over.
    flood_share
        Share of the windows of the profile in which a flood of alarms was raised.
    chattering
        Causes raised again soon after they were over, with how often.
    by_cause
        Cause → alarms.
    """

    hours: float
    raised: int
    per_h: float | None
    most_in_h: int
    acknowledged: int
    acknowledged_share: float | None
    to_acknowledge_min: float | None
    shelved: int
    cleared: int
    standing: int
    flood_share: float | None
    chattering: dict[str, int]
    by_cause: dict[str, int]


def alarm_rates(facts: Iterable[Fact], *, now: datetime, station: Station) -> AlarmRates:
    """Figures of the alarms among a day's facts, those taken back left out by the caller."""
    raised: dict[str, AlarmRaised] = {}
    taken_on: dict[str, datetime] = {}
    over: dict[str, datetime] = {}
    shelved: set[str] = set()
    begins = now
    for fact in facts:
        match fact:
            case AlarmRaised():
                raised[fact.alarm_id] = fact
                begins = min(begins, fact.at)
            case AlarmAcknowledged():
                taken_on.setdefault(fact.alarm_id, fact.at)
            case AlarmShelved():
                shelved.add(fact.alarm_id)
            case AlarmCleared():
                over[fact.alarm_id] = fact.at
            case RouteDeparted():
                begins = min(begins, fact.at)
            case _:
                pass
    at = sorted(fact.at for fact in raised.values())
    hours = max(0.0, seconds_between(begins, now)) / S_PER_H
    waits = [seconds_between(raised[a].at, t) / 60 for a, t in taken_on.items() if a in raised]
    causes: dict[str, list[str]] = defaultdict(list)
    for alarm_id in sorted(raised, key=lambda a: raised[a].at):
        causes[alarm_id.rpartition(":")[0]].append(alarm_id)
    return AlarmRates(
        hours=round(hours, 2),
        raised=len(raised),
        per_h=round(len(raised) / hours, 2) if hours else None,
        most_in_h=_most_within(at, S_PER_H),
        acknowledged=len(waits),
        acknowledged_share=round(len(waits) / len(raised), 3) if raised else None,
        to_acknowledge_min=round(median(waits), 1) if waits else None,
        shelved=len(shelved & raised.keys()),
        cleared=len(over.keys() & raised.keys()),
        standing=len(raised.keys() - over.keys()),
        flood_share=_flood_share(at, begins, now, station),
        chattering={c: n for c, ids in causes.items() if (n := _chatter(ids, raised, over, station))},
        by_cause={c: len(ids) for c, ids in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0]))},
    )


def _most_within(at: Sequence[datetime], seconds: float) -> int:
    """The most alarms within any stretch of so many seconds."""
    stretch = timedelta(seconds=seconds)
    return max((bisect_left(at, begin + stretch) - k for k, begin in enumerate(at)), default=0)


def _flood_share(at: Sequence[datetime], begins: datetime, now: datetime, station: Station) -> float | None:
    """Share of the windows, one after the other from the beginning, with a flood in them."""
    rules, floods, windows = station.alarm_rates, 0, 0
    window, start = timedelta(seconds=rules.window_s), begins
    while start < now:
        windows += 1
        floods += bisect_left(at, start + window) - bisect_left(at, start) >= rules.flood_count
        start += window
    return round(floods / windows, 4) if windows else None


def _chatter(
    alarm_ids: Sequence[str], raised: dict[str, AlarmRaised], over: dict[str, datetime], station: Station
) -> int:
    """How often a cause came back sooner than the profile calls a new one."""
    times = 0
    for before, after in pairwise(alarm_ids):
        cleared_at = over.get(before)
        if cleared_at is not None:
            times += 0 <= seconds_between(cleared_at, raised[after].at) <= station.alarm_rates.chatter_s
    return times
