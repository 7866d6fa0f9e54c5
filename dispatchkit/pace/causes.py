"""Why routes will be late: one that has not left, one in itself, or a whole wave. One cause is one alarm. Pure."""

from collections.abc import Iterator, Set
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.pace.board import BACK, NOT_LEFT, Line, departure_overdue_s, help_on_the_way
from dispatchkit.pace.forecast import Projection, project
from dispatchkit.pace.ladder import WHAT_TO_DO, Rung
from dispatchkit.pace.timetable import Timetables
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import after, clock_text, seconds_between

LATE = "late:"
"""Begins the key of every cause of this module."""

DEPARTURE = f"{LATE}departure "
"""Begins the key of a route that has not left in time."""


EVEN = 0.5
"""Chance from which a thing is more likely than not."""


class Cause(Record, frozen=True):
    """A reason for an alarm. `key` is the same as long as the cause is; the rest is what the alarm says."""

    key: str
    route_ids: tuple[str, ...]
    what: str
    why: str
    do: str
    helps_until: datetime | None


def causes(
    day: Day, board: dict[str, Line], *, now: datetime, station: Station, tables: Timetables, standing: Set[str]
) -> Iterator[Cause]:
    """Yield every cause over its line at `now`, or standing by its key already.

    A wave is the cause where most of it left late and two of its routes or more will probably be late for that, or
    where routes of it still stand at the station. A route that stands there alone is a cause of its own, and so is one
    that is behind even its own late departure.
    """
    of_a_wave: set[str] = set()
    for wave, lines in _late_waves(day, board, now, station):
        late = [x for x in lines if _probably_late(day, x, station) and not _behind_itself(x, station)]
        key = f"{LATE}wave {wave}"
        if key in standing or len(late) > 1 or any(x.state == NOT_LEFT for x in lines):
            of_a_wave.update(x.route_id for x in lines if not _behind_itself(x, station))
            yield _of_wave(day, wave, key, lines, late, now, station, tables)
    for x in board.values():
        if x.route_id in of_a_wave:
            continue
        if x.rung is Rung.GET_OUT:
            yield _of_departure(day, x, now)
        elif _judged(x, now, station) and _probably_late(day, x, station):
            yield _of_route(day, x, now, station, tables)


def is_over(key: str, lines: list[Line], station: Station) -> bool:
    """Say whether a cause is gone.

    A departure is no cause any more when the route has left; every other one when each of its routes is back, or out
    and well below the line at which it was raised.
    """
    if key.startswith(DEPARTURE):
        return all(x.rung is not Rung.GET_OUT for x in lines)
    return all(
        x.state == BACK or (x.state != NOT_LEFT and x.chance_late <= station.alarm.clear_late_share) for x in lines
    )


def helps_until(projection: Projection, station: Station) -> datetime | None:
    """Until when sending help still brings the route back in time in 8 of 10 cases; None where it needs none.

    Helper and driver meet `rescue.notice_s` after the decision. By then enough must be left that the allowed share of
    it makes up for the minutes of help and the hand-over.
    """
    if projection.help_min <= 0:
        return None
    piece_s = projection.help_min * 60 + station.rescue.handover_s
    meet_by_s = float(projection.done_at_s[-1]) - piece_s / station.rescue.share
    return after(projection.now, meet_by_s - station.rescue.notice_s - projection.now.timestamp())


def _probably_late(day: Day, x: Line, station: Station) -> bool:
    over = x.state != BACK and x.chance_late >= station.alarm.raise_late_share
    return over and help_on_the_way(day, x.route_id) is None


def _judged(x: Line, now: datetime, station: Station) -> bool:
    sure = x.chance_late >= station.pace.help_late_share
    return sure or (x.departed_at is not None and seconds_between(x.departed_at, now) >= station.alarm.settle_s)


def _behind_itself(x: Line, station: Station) -> bool:
    return x.state != NOT_LEFT and x.behind >= station.pace.call_behind_count


def _late_waves(
    day: Day, board: dict[str, Line], now: datetime, station: Station
) -> Iterator[tuple[str, list[Line]]]:
    """Yield each wave of which the profile's share or more left late, or still stands here, with those routes."""
    for wave, route_ids in _waves(day).items():
        late = [board[r] for r in route_ids if _left_late_s(day, board[r], now) > station.alarm.wave_late_s]
        if len(late) > 1 and len(late) >= station.alarm.wave_share * len(route_ids):
            yield wave, late


def _waves(day: Day) -> dict[str, list[str]]:
    if day.load_out.waves:
        return {w.wave: [r for r in w.route_ids if r in day.plan.route] for w in day.load_out.waves.values()}
    waves: dict[str, list[str]] = {}
    for planned in day.plan.routes:
        if planned.wave:
            waves.setdefault(planned.wave, []).append(planned.route_id)
    return waves


def _left_late_s(day: Day, x: Line, now: datetime) -> float:
    return seconds_between(day.plan.route[x.route_id].departs_at, x.departed_at or now)


def _of_wave(
    day: Day, wave: str, key: str, lines: list[Line], late: list[Line], now: datetime, station: Station,
    tables: Timetables,
) -> Cause:  # fmt: skip
    here = [x for x in lines if x.state == NOT_LEFT]
    most_min = max(_left_late_s(day, x, now) for x in lines) / 60
    until = [
        helps_until(project(day, x.route_id, now=now, station=station, tables=tables), station) for x in late
    ]
    if here:
        do = f"Ask the station what holds {_codes(here)}, and get them out."
    else:
        do = f"Send help to {_codes(late)}, or ask the station for a later end of the window."
    return Cause(
        key=key,
        route_ids=tuple(x.route_id for x in lines),
        what=f"{wave} is late: {len(here)} of {len(lines)} late routes still stand at the station, "
        f"{len(late)} will probably be back after their window.",
        why=f"Its vans leave up to {most_min:.0f} min after their planned departure; their pace is not the cause.",
        do=do,
        helps_until=min((u for u in until if u), default=None),
    )


def _of_departure(day: Day, x: Line, now: datetime) -> Cause:
    overdue_min = departure_overdue_s(day, x.route_id, now) / 60
    # each minute more at the station is one more at the end of the day
    until = after(now, seconds_between(x.finish_p80, x.finish_by))
    do = "Find what holds it: driver, van, inspection or loading."
    return Cause(
        key=f"{DEPARTURE}{_name(day, x)}",
        route_ids=(x.route_id,),
        what=f"{x.code} has not left: {overdue_min:.0f} min after its plan.",
        why=x.reason,
        do=do if until > now else f"{do} {WHAT_TO_DO[x.rung]}",
        helps_until=until if until > now else None,
    )


def _of_route(day: Day, x: Line, now: datetime, station: Station, tables: Timetables) -> Cause:
    projection = project(day, x.route_id, now=now, station=station, tables=tables)
    until = helps_until(projection, station)
    do = WHAT_TO_DO[x.rung]
    if until is not None and until <= now:
        do = f"One helper alone no longer brings it back in time. {WHAT_TO_DO[Rung.RESCUE_VAN]}"
    return Cause(
        key=f"{LATE}{_name(day, x)}",
        route_ids=(x.route_id,),
        what=f"{x.code} {_how_surely(x)} be back late: by {_clock(day, x.finish_p80)} in 8 of 10 cases, "
        f"its window ends {_clock(day, x.finish_by)}.",
        why=x.reason,
        do=do,
        helps_until=until,
    )


def _how_surely(x: Line) -> str:
    return "will probably" if x.chance_late > EVEN else "may"


def _name(day: Day, x: Line) -> str:
    """What people call the route; its id where two routes of the plan share a code."""
    return x.code if sum(r.code == x.code for r in day.plan.routes) == 1 else x.route_id


def _codes(lines: list[Line]) -> str:
    return ", ".join(sorted(x.code for x in lines))


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, day.key.service_day.isoformat())
