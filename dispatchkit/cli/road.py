"""Commands on the road: bring progress in, and show the board."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import At, By, Day, Home, Json, Profile, Store, day_key, desk_at, looked_at, opened
from dispatchkit.cli.pace_lines import COLUMNS, as_keys, as_row
from dispatchkit.desk import Desk
from dispatchkit.errors import Refused, WorkbenchError
from dispatchkit.history import Histories
from dispatchkit.home import own_profile
from dispatchkit.imports import OriginalFile, read_originals
from dispatchkit.intake.progress import report
from dispatchkit.log import Log
from dispatchkit.pace import pace_board
from dispatchkit.pace.behind_course import behind_courses
from dispatchkit.pace.explain import explain_line, in_words
from dispatchkit.pace.report import Outcome, as_printed
from dispatchkit.pace.telematics import is_json, sent
from dispatchkit.pace.timetable import timetables
from dispatchkit.pace.told import Told
from dispatchkit.pace.typed import typed
from dispatchkit.records import DayKey
from dispatchkit.station import Station, load
from dispatchkit.travel.source import calibrated

if TYPE_CHECKING:
    from dispatchkit.intake import Taken

STDIN = Path("-")


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command()(progress)
    app.command()(pace)


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
    """Show the pace board as the page shows it, with the age of every figure, and why each route that is late is late.

    --json has more of each route: its breaks, the last contact with its driver, and the course of stops behind over the
    day.
    """
    station = load(own_profile(profile, home))
    travel = calibrated(station)
    with opened(store, home) as log:
        shown, now = looked_at(desk_at(log, day, by="pace"), at)
        names = log.directory.every("name")
        past = Histories(log, station, travel).of(shown)
    board = pace_board(shown, now=now, station=station, travel=travel, past=past)
    tables = timetables(shown.plan, travel)
    why = {x.route_id: explain_line(shown, x, now=now, station=station, tables=tables, past=past) for x in board}
    if as_json:
        course = behind_courses(shown, now=now, station=station, tables=tables)
        show.as_json(
            {
                "day": str(day),
                "at": now.isoformat(),
                "version": shown.version,
                "routes": [as_keys(shown, x, now, names, course[x.route_id], why[x.route_id]) for x in board],
                "unknown_routes": {route: fact.at.isoformat() for route, fact in shown.road.unknown_routes.items()},
            }
        )
        return
    show.table(COLUMNS, [as_row(shown, line, now, names) for line in board])
    for line in board:
        if because := in_words(line, why[line.route_id]):
            show.sentence(f"{line.code}: {because}")
        for mark in line.marked:
            show.sentence(f"▲ {line.code}: {mark}", "yellow")
    for route in shown.road.unknown_routes:
        show.sentence(f"▲ {route} is not in the plan, and something was told of it.", "yellow")


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
