"""Alarms of the road: few, early, one per cause, each with something to do. Decisions return facts. Pure.

Discipline after ISA-18.2: raised only where somebody has to act, never again while it stands or is shelved, cleared
well below the line at which it was raised, and the same alarm again where its cause was gone for a moment only, so that
it does not chatter.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.alarm import Alarm
from dispatchkit.day.facts import Fact
from dispatchkit.day.facts.road import (
    AlarmAcknowledged,
    AlarmCleared,
    AlarmRaised,
    AlarmReopened,
    AlarmShelved,
)
from dispatchkit.day.open_day import closed_blockers, refuse_if
from dispatchkit.pace.board import BACK, NOT_LEFT, Line, pace_board
from dispatchkit.pace.causes import DEPARTURE, LATE, Cause, cause_now, causes, is_over
from dispatchkit.pace.ladder import Rung
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.timetable import Timetables, timetables
from dispatchkit.plan.legs import Between
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between


class Said(Record, frozen=True):
    """What a standing alarm says.

    Attributes
    ----------
    cause
        Its words: those of now, or those with which it was raised where its cause cannot be worked out any more.
    since
        When it was raised.
    is_current
        Whether the words are those of now.
    """

    alarm: Alarm
    cause: Cause
    since: datetime
    is_current: bool


def watch(
    day: Day, *, at: datetime, by: str, station: Station, travel: Between, past: Past = NO_PAST
) -> list[Fact]:
    """Look at every route once: what is to be raised, what cleared. Nothing on a closed day."""
    if day.course.closed_at is not None:
        return []
    board = {x.route_id: x for x in pace_board(day, now=at, station=station, travel=travel, past=past)}
    alarms = ((_cause_key(a), a) for a in day.road.alarms.values() if a.cleared_at is None)
    standing = {key: a for key, a in alarms if key.startswith(LATE)}
    facts: list[Fact] = []
    for key, alarm in standing.items():
        lines = [board[r] for r in alarm.raised.route_ids if r in board]
        if is_over(key, lines, station):
            facts.append(AlarmCleared(at=at, by=by, alarm_id=alarm.raised.alarm_id, why=_why_over(key, lines)))
    tables = timetables(day.plan, travel)
    for cause in causes(day, board, now=at, station=station, tables=tables, standing=standing.keys(), past=past):
        if cause.key in standing:
            continue
        before = _gone_for_a_moment(day, cause, board, at, station)
        if before is not None:
            facts.append(AlarmReopened(at=at, by=by, alarm_id=before.raised.alarm_id, why=cause.why))
        else:
            facts.append(_raised(day, cause, at, by))
    return facts


def says(
    day: Day, alarm: Alarm, board: Iterable[Line], *, now: datetime, station: Station, tables: Timetables,
    past: Past = NO_PAST,
) -> Said:
    """What a standing alarm says at `now`, on the board of that instant: the fact keeps the words of its own minute."""
    raised = alarm.raised
    lines = {x.route_id: x for x in board}
    current = cause_now(
        day, _cause_key(alarm), raised.route_ids, lines, now=now, station=station, tables=tables, past=past
    )
    as_raised = Cause(
        key=_cause_key(alarm), route_ids=raised.route_ids, what=raised.what, why=raised.why, do=raised.do,
        helps_until=raised.helps_until,
    )  # fmt: skip
    return Said(alarm=alarm, cause=current or as_raised, since=raised.at, is_current=current is not None)


def standing_at(day: Day, now: datetime) -> tuple[Alarm, ...]:
    """Alarms that ask for somebody at `now`: raised, not cleared, not put away until later; oldest first."""
    return tuple(
        a
        for a in sorted(day.road.alarms.values(), key=lambda a: a.raised.at)
        if a.cleared_at is None and (a.shelved_until is None or a.shelved_until <= now)
    )


def blockers(day: Day, alarm_id: str) -> Iterator[str]:
    """Why nothing can be done about this alarm; nothing when something can."""
    yield from closed_blockers(day)
    alarm = day.road.alarms.get(alarm_id)
    if alarm is None:
        yield f"There is no alarm {alarm_id} today. Choose one that stands."
    elif alarm.cleared_at is not None:
        cleared = clock_text(alarm.cleared_at, day.course.timezone, day.key.service_day.isoformat())
        yield f"This alarm was cleared at {cleared}. There is nothing left to do about it."


def acknowledge(day: Day, *, alarm_id: str, at: datetime, by: str) -> list[Fact]:
    """Take an alarm on; refused where somebody else has."""
    refuse_if(blockers(day, alarm_id))
    holder = day.road.alarms[alarm_id].acknowledged_by
    refuse_if([f"{holder} has taken this alarm on already. Talk to each other before you both act."] if holder else [])
    return [AlarmAcknowledged(at=at, by=by, alarm_id=alarm_id)]


def shelve(day: Day, *, alarm_id: str, until: datetime, at: datetime, by: str) -> list[Fact]:
    """Put an alarm away until an instant; it stands, but asks for nobody until then."""
    refuse_if(blockers(day, alarm_id))
    refuse_if(["An alarm can only be put away until later. Choose an instant to come."] if until <= at else [])
    return [AlarmShelved(at=at, by=by, alarm_id=alarm_id, until=until)]


def clear_blockers(day: Day, alarm_id: str, why: str) -> Iterator[str]:
    """Why this alarm cannot be cleared by hand: nothing can be done about it any more, or nobody says why."""
    yield from blockers(day, alarm_id)
    if not why.strip():
        yield "Say why the alarm is over."


def clear(day: Day, *, alarm_id: str, why: str, at: datetime, by: str) -> list[Fact]:
    """Clear an alarm by hand, with the reason. Its cause may raise a new one."""
    refuse_if(clear_blockers(day, alarm_id, why))
    return [AlarmCleared(at=at, by=by, alarm_id=alarm_id, why=why.strip())]


def _raised(day: Day, cause: Cause, at: datetime, by: str) -> AlarmRaised:
    before = sum(_cause_key(a) == cause.key for a in day.road.alarms.values())
    return AlarmRaised(
        at=at,
        by=by,
        alarm_id=f"{cause.key}:{before + 1}",
        route_ids=cause.route_ids,
        what=cause.what,
        why=cause.why,
        do=cause.do,
        helps_until=cause.helps_until,
    )


def _gone_for_a_moment(
    day: Day, cause: Cause, board: dict[str, Line], at: datetime, station: Station
) -> Alarm | None:
    """The alarm of the same cause that went by itself a moment ago; None where it is a new one.

    It is a new one where a person had ended the last, where routes are in it that were not before, and where one has
    climbed to a rung that asks for help: whoever had taken a call on has not taken that on.
    """
    last = max(
        (a for a in day.road.alarms.values() if _cause_key(a) == cause.key and a.cleared_at is not None),
        key=lambda a: a.raised.at,
        default=None,
    )
    if last is None or last.cleared_at is None or last.cleared_by != last.raised.by:
        return None
    if not set(cause.route_ids) <= set(last.raised.route_ids):
        return None
    asks_help = any(board[r].rung in (Rung.HELP, Rung.RESCUE_VAN) for r in cause.route_ids)
    soon = seconds_between(last.cleared_at, at) <= station.alarm.returns_within_s
    return last if soon and not asks_help else None


def _cause_key(alarm: Alarm) -> str:
    return alarm.raised.alarm_id.rpartition(":")[0]


def _why_over(key: str, lines: list[Line]) -> str:
    if not lines:
        return "Its routes are no longer in the plan."
    if key.startswith(DEPARTURE):
        left = ", ".join(sorted(x.code for x in lines if x.state != NOT_LEFT))
        return f"{left} has left." if left else "It has nothing left to take out."
    out = [x for x in lines if x.state != BACK]
    if not out:
        return f"{', '.join(sorted(x.code for x in lines))}: back at the station."
    worst = max(out, key=lambda x: x.chance_late)
    return f"{worst.code}'s chance of a late finish is down to {worst.chance_late:.0%}."
