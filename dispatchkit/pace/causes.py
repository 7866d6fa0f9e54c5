"""Why routes will be late: one that has not left, one in itself, or a whole wave. One cause is one alarm. Pure."""

from collections.abc import Iterator, Set
from datetime import datetime

from msgspec.structs import replace

from dispatchkit.day import Day
from dispatchkit.pace.board import BACK, NOT_LEFT, Line, departure_overdue_s, help_on_the_way
from dispatchkit.pace.forecast import Projection, project
from dispatchkit.pace.ladder import WHAT_TO_DO, Rung, lag
from dispatchkit.pace.past import NO_PAST, Past
from dispatchkit.pace.timetable import Timetables
from dispatchkit.records import Record
from dispatchkit.station import Station
from dispatchkit.times import after, clock_text, seconds_between

LATE = "late:"
"""Begins the key of every cause of this module."""

DEPARTURE = f"{LATE}departure "
"""Begins the key of a route that has not left in time."""

WAVE = f"{LATE}wave "
"""Begins the key of a wave that left late."""

EVEN = 0.5
"""Chance from which a thing is more likely than not."""


class Cause(Record, frozen=True):
    """A reason for an alarm. `key` is the same as long as the cause is; the rest is what the alarm says.

    `saves` says what has to be done before `helps_until` so that the day is saved; empty where nothing certain helps.
    """

    key: str
    route_ids: tuple[str, ...]
    what: str
    why: str
    do: str
    helps_until: datetime | None
    saves: str = ""


def causes(
    day: Day, board: dict[str, Line], *, now: datetime, station: Station, tables: Timetables, standing: Set[str],
    past: Past = NO_PAST,
) -> Iterator[Cause]:  # fmt: skip
    """Yield every cause over its line at `now`, or standing by its key already.

    A wave is the cause where most of it left late and two of its routes or more will probably be late for that, or
    where routes of it still stand at the station. A route that stands there alone is a cause of its own, and so is one
    that is behind even its own late departure.
    """
    of_a_wave: set[str] = set()
    for wave, lines in _late_waves(day, board, now, station):
        late = [x for x in lines if _probably_late(day, x, station) and not _behind_itself(x, station)]
        key = f"{WAVE}{wave}"
        if key in standing or len(late) > 1 or any(x.state == NOT_LEFT for x in lines):
            of_a_wave.update(x.route_id for x in lines if not _behind_itself(x, station))
            yield _of_wave(day, wave, key, lines, late, now, station, tables, past)
    for x in board.values():
        if x.route_id in of_a_wave:
            continue
        if x.rung is Rung.GET_OUT:
            yield _of_departure(day, x, now)
        elif _judged(x, now, station) and _probably_late(day, x, station):
            yield _of_route(day, x, now, station, tables, past)


def cause_now(
    day: Day, key: str, route_ids: tuple[str, ...], board: dict[str, Line], *, now: datetime, station: Station,
    tables: Timetables, past: Past = NO_PAST,
) -> Cause | None:  # fmt: skip
    """The cause of a standing alarm in the words of `now`, over its line or not; None where nothing is left of it."""
    lines = [board[r] for r in route_ids if r in board]
    out = [x for x in lines if x.state != BACK]
    if not out or not key.startswith(LATE):
        return None
    if key.startswith(WAVE):
        late = [x for x in out if _probably_late(day, x, station) and not _behind_itself(x, station)]
        return _of_wave(day, key.removeprefix(WAVE), key, lines, late, now, station, tables, past)
    (x, *_) = out
    if key.startswith(DEPARTURE):
        return _of_departure(day, x, now) if x.rung is Rung.GET_OUT else None
    if x.state == NOT_LEFT:
        return None
    return replace(_of_route(day, x, now, station, tables, past), why=_in_short(x))


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
    tables: Timetables, past: Past,
) -> Cause:  # fmt: skip
    here = [x for x in lines if x.state == NOT_LEFT]
    most_min = max(_left_late_s(day, x, now) for x in lines) / 60
    projections = [project(day, x.route_id, now=now, station=station, tables=tables, past=past) for x in late]
    until = min((u for p in projections if (u := helps_until(p, station))), default=None)
    saves = ""
    if here:
        do = f"Ask the station what holds {_codes(here)}, and get them out."
    elif late:
        do = f"Send help to {_codes(late)}, or ask the station for a later end of the window."
        saves = _sending(day, sum(p.help_min for p in projections), until, now)
    else:
        do = WHAT_TO_DO[Rung.WATCH]
    return Cause(
        key=key,
        route_ids=tuple(x.route_id for x in lines),
        what=_of_the_wave(wave, len(lines), here=len(here), late=len(late)),
        why=f"Its vans leave up to {most_min:.0f} min after their planned departure; their pace is not the cause.",
        do=do,
        helps_until=until,
        saves=saves,
    )


def _of_the_wave(wave: str, routes: int, *, here: int, late: int) -> str:
    """How a late wave stands: so many of its late routes are still here, so many will probably be late."""
    if here:
        after_it = f"{late} will probably be back after their window."
        return f"{wave} is late: {here} of {routes} late routes still stand at the station, {after_it}"
    if late:
        return f"{wave} left late: {late} of its {routes} late routes will probably be back after their window."
    return f"{wave} left late: all of its {routes} late routes will probably be back in time."


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
        saves=f"Leaving before {_clock(day, until)} saves the day." if until > now else "",
    )


def _of_route(day: Day, x: Line, now: datetime, station: Station, tables: Timetables, past: Past) -> Cause:
    projection = project(day, x.route_id, now=now, station=station, tables=tables, past=past)
    until, do = helps_until(projection, station), WHAT_TO_DO[x.rung]
    if coming := help_on_the_way(day, x.route_id):
        until = None     # what is projected is the route without the help that is coming
        do = f"Help is on the way: {day.code(coming.helper_route_id)} meets it at {_clock(day, coming.meet_at)}."
    saves = _sending(day, projection.help_min, until, now)
    if saves and x.rung.height < Rung.HELP.height:
        saves = f"If that does not do it, {saves[0].lower()}{saves[1:]}"
    if until is not None and until <= now:
        do = f"One helper alone no longer brings it back in time. {WHAT_TO_DO[Rung.RESCUE_VAN]}"
    return Cause(
        key=f"{LATE}{_name(day, x)}",
        route_ids=(x.route_id,),
        what=f"{x.code} {_how_surely(x, station)}: by {_clock(day, x.finish_p80)} in 8 of 10 cases, "
        f"its window ends {_clock(day, x.finish_by)}.",
        why=x.reason,
        do=do,
        helps_until=until,
        saves=saves,
    )


def _in_short(x: Line) -> str:
    """Why a route is late, for where `what` is read before it: without the instants that it says."""
    silent = f" Nothing heard for {x.age_s / 60:.0f} min." if x.stale else ""
    return f"{lag(x.behind)}, chance of being late {x.chance_late:.0%}.{silent}"


def _how_surely(x: Line, station: Station) -> str:
    if x.chance_late < station.pace.watch_late_share:
        return "will probably be back in time"
    return "will probably be back late" if x.chance_late > EVEN else "may be back late"


def _sending(day: Day, help_min: float, until: datetime | None, now: datetime) -> str:
    """Say how much help saves the day and until when; nothing where none is needed, or it would come too late."""
    if until is None or until <= now:
        return ""
    minutes = max(1, round(help_min))
    return f"Sending {minutes} minute{'' if minutes == 1 else 's'} of help before {_clock(day, until)} saves the day."


def _name(day: Day, x: Line) -> str:
    """What people call the route; its id where two routes of the plan share a code."""
    return x.code if sum(r.code == x.code for r in day.plan.routes) == 1 else x.route_id


def _codes(lines: list[Line]) -> str:
    return ", ".join(sorted(x.code for x in lines))


def _clock(day: Day, at: datetime) -> str:
    return clock_text(at, day.course.timezone, day.key.service_day.isoformat())
