"""A day's alarms on the command line: what each that stands says now, and whether they are few."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import At, Day, Home, Json, Profile, Store, desk_at, looked_at, opened
from dispatchkit.day import Day as ServiceDay
from dispatchkit.day.fold import voided
from dispatchkit.history import Histories
from dispatchkit.home import own_profile
from dispatchkit.pace import pace_board
from dispatchkit.pace.alarm_rates import AlarmRates, alarm_rates
from dispatchkit.pace.alarms import Said, says, standing_at
from dispatchkit.pace.past import Past
from dispatchkit.pace.timetable import timetables
from dispatchkit.station import Station, load
from dispatchkit.times import clock_text
from dispatchkit.travel.calibrated import CalibratedTravel
from dispatchkit.travel.source import calibrated


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(alarms)


def alarms(
    day: Day, at: At = "", profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Show the alarms that stand, in the words of now, and measure them: raised an hour, taken on, floods, chatter."""
    station = load(own_profile(profile, home))
    travel = calibrated(station)
    with opened(store, home) as log:
        desk = desk_at(log, day, by="alarms")
        shown, now = looked_at(desk, at)
        entries = log.read(day, until=now)
        past = Histories(log, station, travel).of(shown)
    gone = voided(entries)
    timezone = shown.course.timezone
    rates = alarm_rates((e.fact for e in entries if e.n not in gone), now=now, station=station, timezone=timezone)
    standing = _standing(shown, now, station, travel, past)
    if as_json:
        said = [_as_printed(one) for one in standing]
        show.as_json({"day": str(day), "at": now.isoformat(), "now": said, **msgspec.to_builtins(rates)})
        return
    for one in standing:
        cause, holder = one.cause, one.alarm.acknowledged_by
        since = f"Since {clock_text(one.since, timezone, str(day.service_day))}"
        words = (f"▲ {cause.what}", cause.why, cause.do, cause.saves, f"{since}; {holder or 'nobody'} is on it.")
        show.sentence(" ".join(word for word in words if word), "yellow")
    show.table(("figure", "value"), _rows(rates, timezone, str(day.service_day)))


def _standing(
    day: ServiceDay, now: datetime, station: Station, travel: CalibratedTravel, past: Past
) -> list[Said]:
    standing = standing_at(day, now)
    if not standing:
        return []
    tables = timetables(day.plan, travel)
    board = pace_board(day, now=now, station=station, travel=travel, past=past)
    return [says(day, alarm, board, now=now, station=station, tables=tables, past=past) for alarm in standing]


def _as_printed(said: Said) -> dict[str, Any]:
    alarm = said.alarm
    return {
        "alarm_id": alarm.raised.alarm_id,
        "since": said.since.isoformat(),
        "acknowledged_by": alarm.acknowledged_by,
        "is_current": said.is_current,
        "saves": said.cause.saves,
        **msgspec.to_builtins(said.cause),
    }


def _rows(rates: AlarmRates, timezone: str, service_day: str) -> list[tuple[str, object]]:
    figures = msgspec.to_builtins(rates)
    # in the night in which clocks go back, two hours have the same name
    by_hour = [(clock_text(hour, timezone, service_day), n) for hour, n in rates.by_hour.items()]
    figures |= {"chattering": _listed(rates.chattering.items()), "by_cause": _listed(rates.by_cause.items())}
    figures["by_hour"] = _listed(by_hour)
    return [(name.replace("_", " "), "–" if value is None else value) for name, value in figures.items()]


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{what} {n}" for what, n in counts) or "none"
