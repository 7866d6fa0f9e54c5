"""Whether alarms are few: raised an hour, taken on, floods and chatter, as ISA-18.2 asks of their owners. Pure."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.load_out import RouteDeparted
from dispatchkit.day.facts.road import (
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    AlarmShelved,
    RescueStarted,
)
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import seconds_between

S_PER_H = 3600.0

COUNTED: tuple[type[Fact], ...] = (
    AlarmRaised, AlarmAcknowledged, AlarmShelved, AlarmCleared, AlarmReopened, RescueStarted, RouteDeparted,
)  # fmt: skip
"""Kinds of facts that the figures are made of; all others of a day need not be read for them."""


class AlarmRates(Record, frozen=True):
    """A day's alarms in figures; None where there is nothing to divide by.

    Attributes
    ----------
    hours
        From the first departure (or alarm) to the instant looked at.
    raised, per_h, most_in_h, most_in_window
        Alarms, on average an hour, and the most within any one hour and any one window of the profile.
    by_hour
        Beginning of each hour of the station's clock, from the first to the last one looked at → alarms raised in it.
    acknowledged, acknowledged_share, to_acknowledge_min
        Taken on by somebody, their share, and the median minutes until then.
    shelved, cleared, standing, unacknowledged
        Put away, over, not over, and not over with nobody on it.
    reopened
        How often a cause was gone for a moment only, so that its alarm stood again.
    without_action
        Over by themselves with nobody on them, not put away, and no rescue of their routes: nobody had to act.
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
    most_in_window: int
    by_hour: dict[datetime, int]
    acknowledged: int
    acknowledged_share: float | None
    to_acknowledge_min: float | None
    shelved: int
    cleared: int
    standing: int
    unacknowledged: int
    reopened: int
    without_action: int
    flood_share: float | None
    chattering: dict[str, int]
    by_cause: dict[str, int]


def alarm_rates(facts: Iterable[Fact], *, now: datetime, station: Station, timezone: str = "UTC") -> AlarmRates:
    """Figures of the alarms among a day's facts, those taken back left out by the caller.

    Parameters
    ----------
    facts
        Those of the kinds `COUNTED`, in the order of the log; others are passed over.
    timezone
        IANA zone of the station's clock.
    """
    raised: dict[str, AlarmRaised] = {}
    taken_on: dict[str, datetime] = {}
    over: dict[str, AlarmCleared] = {}
    shelved: set[str] = set()
    rescues: list[RescueStarted] = []
    begins, reopened = now, 0
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
                over[fact.alarm_id] = fact
            case AlarmReopened():
                over.pop(fact.alarm_id, None)
                reopened += 1
            case RescueStarted():
                rescues.append(fact)
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
        most_in_window=_most_within(at, station.alarm_rates.window_s),
        by_hour=_by_hour(at, begins, now, ZoneInfo(timezone)),
        acknowledged=len(waits),
        acknowledged_share=round(len(waits) / len(raised), 3) if raised else None,
        to_acknowledge_min=round(median(waits), 1) if waits else None,
        shelved=len(shelved & raised.keys()),
        cleared=len(over.keys() & raised.keys()),
        standing=len(raised.keys() - over.keys()),
        unacknowledged=len(raised.keys() - over.keys() - taken_on.keys()),
        reopened=reopened,
        without_action=sum(
            alarm_id in raised and alarm_id not in taken_on.keys() | shelved
            and _by_itself(raised[alarm_id], cleared, rescues)
            for alarm_id, cleared in over.items()
        ),
        flood_share=_flood_share(at, begins, now, station),
        chattering={c: n for c, ids in causes.items() if (n := _chatter(ids, raised, over, station))},
        by_cause={c: len(ids) for c, ids in sorted(causes.items(), key=lambda item: (-len(item[1]), item[0]))},
    )


def _by_itself(raised: AlarmRaised, cleared: AlarmCleared, rescues: Sequence[RescueStarted]) -> bool:
    """Whether an alarm went as it came, by the watch, and nobody was sent meanwhile."""
    return cleared.by == raised.by and not any(
        r.route_id in raised.route_ids and raised.at <= r.at <= cleared.at for r in rescues
    )


def _by_hour(at: Sequence[datetime], begins: datetime, now: datetime, zone: ZoneInfo) -> dict[datetime, int]:
    """Alarms by the hours of the station's clock, hours without any among them; nothing before the day has begun."""
    hours: dict[datetime, int] = {}
    hour = _whole_hour(begins, zone)
    while hour <= now and (at or begins < now):
        hours[hour] = bisect_left(at, hour + timedelta(hours=1)) - bisect_left(at, hour)
        hour += timedelta(hours=1)
    return hours


def _whole_hour(at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    return at - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)


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
    alarm_ids: Sequence[str], raised: dict[str, AlarmRaised], over: dict[str, AlarmCleared], station: Station
) -> int:
    """How often a cause came back sooner than the profile calls a new one."""
    times = 0
    for before, after in pairwise(alarm_ids):
        if cleared := over.get(before):
            times += 0 <= seconds_between(cleared.at, raised[after].at) <= station.alarm_rates.chatter_s
    return times
