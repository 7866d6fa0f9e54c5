"""The day in one picture: a lane for each wave with its planned and its actual time out, and one for what happened."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.times import clock_text
from widgets.hour_ticks import hour_ticks
from widgets.timeline import Bar, BarKind, Event, EventKind, Lane, Span, Timeline

EDGE = timedelta(minutes=30)
"""Room before the first and after the last thing that is shown."""


def show(timeline: Timeline, day: Day, now: datetime) -> None:
    """Draw the day as it stands at `now`."""
    lanes = [*_waves(day, now), _happened(day)]
    moments = [m for lane in lanes for bar in lane.bars for m in (bar.from_s, bar.to_s)]
    moments += [event.at_s for lane in lanes for event in lane.events]
    if not moments:
        return
    begin = datetime.fromtimestamp(min(moments), UTC) - EDGE
    end = datetime.fromtimestamp(max(moments), UTC) + EDGE
    closed = day.course.closed_at is not None
    ticks = hour_ticks(begin, end, ZoneInfo(day.course.timezone))
    timeline.show(
        [lane for lane in lanes if lane.bars or lane.events],
        Span(begin_s=begin.timestamp(), end_s=end.timestamp()),
        ticks,
        None if closed else now.timestamp(),
    )


def _waves(day: Day, now: datetime) -> list[Lane]:
    if day.pre_load_out.plan is None:
        return []
    waves = [w for w in day.load_out.waves.values() if w.route_ids]
    return [_wave(day, w.wave, w.route_ids, now) for w in sorted(waves, key=lambda w: w.departs_at.timestamp())]


def _wave(day: Day, wave: str, route_ids: tuple[str, ...], now: datetime) -> Lane:
    planned = [day.plan.route[r] for r in route_ids if r in day.plan.route]
    left = [day.load_out.departed[r].at for r in route_ids if r in day.load_out.departed]
    back = [day.end_of_shift.returned[r] for r in route_ids if r in day.end_of_shift.returned]
    bars = []
    if planned:
        begins, ends = min(r.departs_at for r in planned), max(r.finish_by for r in planned)
        title = f"{wave}: planned {_clock(day, begins)} to {_clock(day, ends)}"
        bars.append(Bar(kind="plan", from_s=begins.timestamp(), to_s=ends.timestamp(), title=title))
        if left:
            until = max(back) if len(back) == len(route_ids) else max(now, max(left))
            said = f"{wave}: out since {_clock(day, min(left))}, {len(left)} left, {len(back)} back"
            kind: BarKind = "late" if until > ends else "done"
            bars.append(Bar(kind=kind, from_s=min(left).timestamp(), to_s=until.timestamp(), title=said))
    events = [_event(day, "departure", at, f"{wave}: a route left") for at in left]
    events += [_event(day, "return", at, f"{wave}: a route came back") for at in back]
    return Lane(id=wave, label=wave, bars=tuple(bars), events=tuple(events))


def _happened(day: Day) -> Lane:
    events = [_event(day, "file", f.at, f"{f.name} was imported") for f in day.course.files]
    events += [_event(day, "alarm", a.raised.at, a.raised.what) for a in day.road.alarms.values()]
    for started in (r.started for r in day.road.rescues.values()):
        both = f"{day.code(started.helper_route_id)} meets {day.code(started.route_id)}"
        events.append(_event(day, "rescue", started.meet_at, both))
    return Lane(id="events", label="Events", events=tuple(sorted(events, key=lambda e: e.at_s)))


def _event(day: Day, kind: EventKind, at: datetime, what: str) -> Event:
    return Event(kind=kind, at_s=at.timestamp(), title=f"{_clock(day, at)} {what}")


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, str(day.key.service_day))
