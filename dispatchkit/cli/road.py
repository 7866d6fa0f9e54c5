"""Commands on the road: bring progress in, show the board, report by the hour, measure the alarms."""

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import By, Day, Home, Json, Store, day_key, desk_at, opened, station_time
from dispatchkit.day import Day as ServiceDay
from dispatchkit.day.fold import voided
from dispatchkit.desk import Desk
from dispatchkit.errors import NotFound, Refused, WorkbenchError
from dispatchkit.home import own_profile
from dispatchkit.imports import OriginalFile, read_originals
from dispatchkit.intake.progress import report
from dispatchkit.log import Log
from dispatchkit.pace import pace_board
from dispatchkit.pace.ages import ages
from dispatchkit.pace.alarm_rates import alarm_rates
from dispatchkit.pace.board import Line
from dispatchkit.pace.hourly import ROOT_CAUSES, hourly
from dispatchkit.pace.report import Outcome, as_printed
from dispatchkit.pace.telematics import is_json, sent
from dispatchkit.pace.timetable import timetables
from dispatchkit.pace.told import Told
from dispatchkit.pace.typed import typed
from dispatchkit.records import DayKey
from dispatchkit.station import Station, load
from dispatchkit.times import clock_text
from dispatchkit.travel.calibrated import CalibratedTravel

if TYPE_CHECKING:
    from dispatchkit.intake import Taken

STDIN = Path("-")
COLUMNS = ("route", "driver", "state", "done", "expected", "behind", "P50", "P90", "by", "late", "help", "age", "do")
At = Annotated[
    str, typer.Option("--at", metavar="HH:MM", help="Station time to look at: as it was known then; now by default.")
]
Profile = Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(progress)
    app.command()(pace)
    app.command("hourly")(hourly_report)
    app.command()(alarms)


def progress(
    file: Annotated[Path, typer.Argument(help="Typed lines, JSON, or a Cortex export; - for the standard input.")],
    by: By,
    day: Annotated[
        DayKey | None,
        typer.Option("--day", parser=day_key, metavar="STATION/YYYY-MM-DD", help="The day; an export says it itself."),
    ] = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Bring progress in, however it comes: "CX101 87" on a line, JSON of telematics and scans, a Cortex export.

    The same report twice writes nothing, and an older one never overwrites a newer. What is doubtful is kept, marked
    and explained; it moves nothing until a later report agrees.
    """
    station = load(own_profile(profile, home))
    original = _original(file, station)
    text = _as_text(original.data)
    with opened(store, home) as log:
        if text is not None and is_json(text):
            told, problems = sent(text)
            _report(_desk(log, day, by), told, problems, station, as_json=as_json)
            return
        if text is not None and day is not None:
            desk = _desk(log, day, by)
            told, problems = typed(text, key=day, timezone=desk.day().course.timezone)
            if told:
                _report(desk, told, problems, station, as_json=as_json)
                return
        taken = _take_export(log, original, by, station, day)
    if as_json:
        show.as_json([one.as_printed() for one in taken])
        return
    for sentence in (s for one in taken for s in one.sentences):
        show.sentence(sentence)


def pace(
    day: Day, at: At = "", profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Show the pace board as the page shows it, with the age of every figure."""
    station = load(own_profile(profile, home))
    with opened(store, home) as log:
        shown, now = _looked_at(desk_at(log, day, by="pace"), at)
        names = log.directory.every("name")
    board = pace_board(shown, now=now, station=station, travel=CalibratedTravel())
    if as_json:
        show.as_json(
            {
                "day": str(day),
                "at": now.isoformat(),
                "version": shown.version,
                "routes": [_line(shown, line, now, names) for line in board],
                "unknown_routes": {route: fact.at.isoformat() for route, fact in shown.road.unknown_routes.items()},
            }
        )
        return
    show.table(COLUMNS, [_row(shown, line, now, names) for line in board])
    for line in board:
        for mark in line.marked:
            show.sentence(f"▲ {line.code}: {mark}", "yellow")
    for route in shown.road.unknown_routes:
        show.sentence(f"▲ {route} is not in the plan, and something was told of it.", "yellow")


def hourly_report(
    day: Day,
    at: At = "",
    cause: Annotated[
        list[str] | None,
        typer.Option("--cause", metavar="ROUTE=CAUSE", help=f"Root cause of a route: {', '.join(ROOT_CAUSES)}."),
    ] = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Write the hourly report: in progress, at risk, behind, package progress; root cause and action of each behind."""
    station, travel = load(own_profile(profile, home)), CalibratedTravel()
    with opened(store, home) as log:
        shown, now = _looked_at(desk_at(log, day, by="hourly"), at)
        names = log.directory.every("name")
    made = hourly(
        shown,
        pace_board(shown, now=now, station=station, travel=travel),
        now=now,
        station=station,
        tables=timetables(shown.plan, travel),
        name_of=lambda driver_id: names.get(driver_id, driver_id),
        chosen=_chosen(shown, cause or ()),
    )
    if as_json:
        show.as_json({"day": str(day), **msgspec.to_builtins(made)})
    else:
        for line in made.text.splitlines():
            show.sentence(line)


def alarms(
    day: Day, at: At = "", profile: Profile = None, store: Store = None, home: Home = None, as_json: Json = False
) -> None:
    """Measure a day's alarms: raised an hour, taken on, floods, and causes that chatter."""
    station = load(own_profile(profile, home))
    with opened(store, home) as log:
        desk = desk_at(log, day, by="alarms")
        now = _instant(desk, at)
        entries = log.read(day, until=now)
    gone = voided(entries)
    rates = alarm_rates((e.fact for e in entries if e.n not in gone), now=now, station=station)
    if as_json:
        show.as_json({"day": str(day), "at": now.isoformat(), **msgspec.to_builtins(rates)})
        return
    figures = msgspec.to_builtins(rates)
    figures |= {name: _listed(figures[name]) for name in ("chattering", "by_cause")}
    show.table(("figure", "value"), [(k.replace("_", " "), "–" if v is None else v) for k, v in figures.items()])


def _original(file: Path, station: Station) -> OriginalFile:
    if file == STDIN:
        return OriginalFile(name="standard input", data=sys.stdin.buffer.read(int(station.report.body_bytes) + 1))
    return read_originals(file, max_file_bytes=int(station.imports.max_file_bytes))[0]


def _as_text(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _desk(log: Log, day: DayKey | None, by: str) -> Desk:
    if day is None:
        raise WorkbenchError("Nothing in it says which day it is for. Say so with --day STATION/YYYY-MM-DD.")
    return desk_at(log, day, by=by)


def _report(
    desk: Desk, told: Sequence[Told], problems: Sequence[str], station: Station, *, as_json: bool
) -> None:
    """Write what was understood, say what became of it, and end with a failure where something was not."""
    weighed = report(desk, told, station=station) if told else ()
    refused = [one for one in weighed if one.outcome is Outcome.REFUSED]
    if as_json:
        show.as_json({"day": str(desk.key), **as_printed(weighed, problems)})
    else:
        for one in weighed:
            show.sentence(one.sentence, "" if one.outcome is not Outcome.MARKED else "yellow")
        for problem in problems:
            show.failure(problem)
    if problems or refused:
        raise typer.Exit(1)


def _take_export(log: Log, original: OriginalFile, by: str, station: Station, day: DayKey | None) -> "list[Taken]":
    """Take an export in through the same two calls as every file; Refused with what it asks."""
    from dispatchkit.intake import preview, take  # brings readers of every format along: only where files come

    shown = preview(log, [original], by=by, station=station, day=day, where=original.name)
    if shown.questions or shown.blockers:
        asked = [question.text for question in shown.questions]
        asked += ["Answer with `dispatchkit import FILE --answer ID=OPTION`."] if asked else []
        raise Refused([*shown.blockers, *asked])
    return take(log, shown, by=by)


def _looked_at(desk: Desk, at: str) -> tuple[ServiceDay, datetime]:
    """The day as it was known at a station time, or as it stands; and that instant."""
    return (desk.day_at(now), now) if (now := _instant(desk, at)) and at else (desk.day(), now)


def _instant(desk: Desk, at: str) -> datetime:
    return station_time(at, desk.key, desk.day().course.timezone) if at else desk.clock.now()


def _line(day: ServiceDay, line: Line, now: datetime, names: dict[str, str]) -> dict[str, Any]:
    of_figures = ages(day.road.routes[line.route_id], now)
    return {
        **msgspec.to_builtins(line),
        "driver": names.get(line.driver_id, ""),
        "ages": msgspec.to_builtins(of_figures),
    }


def _row(day: ServiceDay, line: Line, now: datetime, names: dict[str, str]) -> tuple[object, ...]:
    def clock(at: datetime) -> str:
        return clock_text(at, day.course.timezone, str(day.key.service_day))

    done = ages(day.road.routes[line.route_id], now).done
    age = "–" if done.age_s is None else f"{done.age_s / 60:.0f} min{' old' if line.stale else ''}"
    return (
        line.code, names.get(line.driver_id, line.driver_id), line.state, f"{line.done}/{line.total}", line.expected,
        line.behind, clock(line.finish_p50), clock(line.finish_p90), clock(line.finish_by), f"{line.chance_late:.0%}",
        f"{line.help_min:.0f} min", age, str(line.rung),
    )  # fmt: skip


def _chosen(day: ServiceDay, given: Sequence[str]) -> dict[str, str]:
    by_code = {route.code: route.route_id for route in day.plan.routes}
    chosen = {}
    for text in given:
        code, _, cause = (part.strip() for part in text.partition("="))
        if code not in by_code:
            raise NotFound(f"There is no route '{code}' in today's plan. Write --cause as ROUTE=CAUSE.")
        if cause not in ROOT_CAUSES:
            raise typer.BadParameter(f"'{cause}' is no root cause. Choose one of: {', '.join(ROOT_CAUSES)}.")
        chosen[by_code[code]] = cause
    return chosen


def _listed(counts: dict[str, int]) -> str:
    return ", ".join(f"{cause} {n}" for cause, n in counts.items()) or "none"
