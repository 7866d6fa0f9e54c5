"""What the road needs: alarms that stand, drivers to call or to answer, rescues whose meeting is due. Pure."""

from collections.abc import Iterator
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.alarm import Alarm
from dispatchkit.messages.waiting import waiting
from dispatchkit.overview.grouped import counted, listed
from dispatchkit.overview.need import Need
from dispatchkit.overview.routes import out
from dispatchkit.pace.alarms import says, standing_at
from dispatchkit.pace.board import Line, pace_board
from dispatchkit.pace.ladder import WHAT_TO_DO, Rung
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.timetable import timetables
from dispatchkit.pace.today import driver_of
from dispatchkit.plan.legs import Between
from dispatchkit.printable import printable
from dispatchkit.station import Station
from dispatchkit.times import clock_text, seconds_between

MESSAGES = "road:messages"
"""The need that has the drivers who wait for an answer."""


def road_needs(
    day: Day, *, now: datetime, station: Station, travel: Between, past: Past = NO_PAST
) -> Iterator[Need]:
    """Yield what the road needs at `now`."""
    yield from _alarms(day, now, station, travel, past)
    yield from _rescues(day, now)
    yield from _messages(day, now)
    if out(day):
        yield from _pace(day, now, pace_board(day, now=now, station=station, travel=travel, past=past))


def _alarms(day: Day, now: datetime, station: Station, travel: Between, past: Past) -> Iterator[Need]:
    """Every standing alarm in the words of now; one that somebody has taken on is watched."""
    standing = standing_at(day, now)
    if not standing:
        return
    board = pace_board(day, now=now, station=station, travel=travel, past=past)
    tables = timetables(day.plan, travel)
    for alarm in standing:
        said = says(day, alarm, board, now=now, station=station, tables=tables, past=past)
        holder = alarm.acknowledged_by
        cause, since = said.cause, _clock(day, said.since)
        # figures of an earlier time say so: the board beside them shows newer ones
        why = f"{cause.why} Alarm since {since}{_back(day, alarm)}." if said.is_current else f"At {since}: {cause.why}"
        yield Need(
            need_id=f"alarm:{alarm.raised.alarm_id}",
            phase="road",
            kind="watch" if holder else "act",
            what=cause.what,
            why=f"{why} {holder} is on it." if holder else why,
            do=cause.do,
            route_ids=cause.route_ids,
            helps_until=cause.helps_until,
            saves=cause.saves,
        )


def _back(day: Day, alarm: Alarm) -> str:
    """That the cause of an alarm was gone for a moment, and since when it is back."""
    return f", back since {_clock(day, alarm.reopened_at)}" if alarm.reopened_at else ""


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, str(day.key.service_day))


def _rescues(day: Day, now: datetime) -> Iterator[Need]:
    for rescue_id, rescue in day.road.rescues.items():
        started = rescue.started
        if rescue.met_at is not None or rescue.ended_at is not None:
            continue
        giver, helper = day.code(started.route_id), day.code(started.helper_route_id)
        meet = _clock(day, started.meet_at)
        due = now >= started.meet_at
        if due:
            what = f"{helper} and {giver} should have met at {meet}."
            do = "Ask both drivers; write the meeting down, or call the rescue off."
        else:
            what, do = f"{helper} meets {giver} at {meet}.", "Nothing to do until then."
        yield Need(
            need_id=f"road:rescue {rescue_id}",
            phase="road",
            kind="act" if due else "watch",
            what=what,
            why=f"{counted(len(started.stop_ids), 'stop')} of {giver} change hands.",
            do=do,
            route_ids=(started.route_id, started.helper_route_id),
        )


def _messages(day: Day, now: datetime) -> Iterator[Need]:
    """Drivers who wrote and have had no answer: a slow one costs the trust of all of them."""
    unanswered = waiting(day)
    if not unanswered:
        return
    longest, codes = unanswered[0], [day.code(each.route_id) for each in unanswered]
    ago_min = seconds_between(longest.since, now) / 60
    wait = "driver waits" if len(codes) == 1 else "drivers wait"
    yield Need(
        need_id=MESSAGES,
        phase="road",
        kind="msg",
        what=f"{len(codes)} {wait} for an answer: {listed(codes)}.",
        why=f"{codes[0]} has waited {ago_min:.0f} min: “{printable(longest.text)}”",
        do="Answer, and write down what you said.",
        route_ids=tuple(each.route_id for each in unanswered),
        driver_ids=tuple(driver_of(day, each.route_id) for each in unanswered),
    )


def _pace(day: Day, now: datetime, board: tuple[Line, ...]) -> Iterator[Need]:
    """Routes that ask for more than watching and have no alarm, a need for each rung; and those that are silent."""
    told = {r for alarm in standing_at(day, now) for r in alarm.raised.route_ids}
    for rung in (Rung.RESCUE_VAN, Rung.HELP, Rung.CALL):
        lines = [x for x in board if x.rung is rung and x.departed_at is not None and x.route_id not in told]
        if lines:
            yield Need(
                need_id=f"road:{rung}",
                phase="road",
                kind="act",
                what=f"{counted(len(lines), 'route')} behind: {listed(x.code for x in lines)}.",
                why=f"{lines[0].code}: {lines[0].reason}",
                do=WHAT_TO_DO[rung],
                route_ids=tuple(x.route_id for x in lines),
                driver_ids=tuple(x.driver_id for x in lines),
                helps_until=min(x.finish_by for x in lines),
            )
    if silent := [x for x in board if x.stale]:
        longest = max(silent, key=lambda x: x.age_s)
        yield Need(
            need_id="road:silent",
            phase="road",
            kind="watch",
            what=f"Nothing heard of {counted(len(silent), 'route')}: {listed(x.code for x in silent)}.",
            why=f"{longest.code} was last heard {longest.age_s / 60:.0f} min ago.",
            do="Import a newer export, or call the drivers.",
            route_ids=tuple(x.route_id for x in silent),
            driver_ids=tuple(x.driver_id for x in silent),
        )
