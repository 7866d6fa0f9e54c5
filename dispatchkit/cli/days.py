"""Commands on the days in the store: list, report, verify, export, backup, restore."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Day, Home, Json, OneOrAll, Store, opened
from dispatchkit.desk import Desk
from dispatchkit.errors import WorkbenchError
from dispatchkit.log import archive
from dispatchkit.log import backup as backups
from dispatchkit.reports.day_report import report_name, write_report


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (days, report, verify, export, backup, restore):
        app.command()(command)


def days(store: Store = None, home: Home = None, as_json: Json = False) -> None:
    """List the days in the store."""
    with opened(store, home) as log:
        heads = log.days()
        rows = []
        for head in heads:
            day = Desk(log, head.key, by="days").day()
            plan = day.pre_load_out.plan
            rows.append(
                {
                    "day": str(head.key),
                    "routes": len(plan.routes) if plan else 0,
                    "stops": len(plan.stops) if plan else 0,
                    "facts": head.version,
                    "state": "closed" if day.course.closed_at else "open",
                    "last_learned_at": head.last_learned_at.isoformat(),
                    "timezone": day.course.timezone,
                }
            )
    if as_json:
        show.as_json(rows)
    elif rows:
        show.table(("day", "routes", "stops", "facts", "state", "last entry"), [_shown(row) for row in rows])
    else:
        show.sentence("There is no day in the store yet. Import one, or run `dispatchkit run-day FOLDER`.")


def _shown(row: dict[str, Any]) -> list[object]:
    """A day's row for people: its last entry as the station's clock showed it."""
    last = datetime.fromisoformat(row["last_learned_at"]).astimezone(ZoneInfo(row["timezone"]))
    return [*(row[key] for key in ("day", "routes", "stops", "facts", "state")), f"{last:%Y-%m-%d %H:%M}"]


def report(
    day: Day,
    store: Store = None,
    home: Home = None,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the HTML file.")] = None,
    as_json: Json = False,
) -> None:
    """Write the day's report: one HTML file that needs no network and prints well."""
    with opened(store, home) as log:
        log.require(day)
        desk = Desk(log, day, by="report")
        target = out or Path(report_name(day))
        write_report(target, desk.day(), desk.entries())
    if as_json:
        show.as_json({"day": str(day), "report": str(target)})
    else:
        show.sentence(f"The report of {day} is in {target}.")


def verify(day: OneOrAll = None, store: Store = None, home: Home = None, as_json: Json = False) -> None:
    """Check that the store still says what was once written into it."""
    with opened(store, home) as log:
        found = log.verify(day)
    if as_json:
        show.as_json({"ok": found.ok, "days": found.days, "facts": found.facts, "problems": list(found.problems)})
    else:
        for problem in found.problems:
            show.failure(problem)
        show.sentence(f"{found.facts} facts of {found.days} days checked: {'sound' if found.ok else 'DAMAGED'}.")
    if not found.ok:
        raise typer.Exit(1)


def export(
    day: Day,
    out: Annotated[Path, typer.Argument(help="The JSON lines file to write; compressed where its name ends in .gz.")],
    store: Store = None,
    home: Home = None,
    with_directory: Annotated[bool, typer.Option(help="Write names and addresses too.")] = False,
) -> None:
    """Write a day, with everything that it refers to, as JSON lines that another store can import."""
    with opened(store, home) as log:
        log.require(day)
        archive.export_day(log, day, out, with_directory=with_directory)
    show.sentence(f"{day} is in {out}.")


def backup(
    out: Annotated[Path, typer.Argument(help="The backup file to write.")], store: Store = None, home: Home = None
) -> None:
    """Copy the whole store into one file, and check the copy."""
    with opened(store, home) as log:
        backups.backup(log, out)
    show.sentence(f"The store is backed up in {out}, and the copy was checked.")


def restore(
    file: Annotated[Path, typer.Argument(help="A file that `backup` wrote.")],
    store: Store = None,
    home: Home = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace a store that already holds days.")] = False,
) -> None:
    """Make the store what it was when it was backed up."""
    if not file.is_file():
        raise WorkbenchError(f"There is no backup file {file}. Name the file that `dispatchkit backup` wrote.")
    with opened(store, home, create=True) as log:
        backups.restore(log, file, replace=replace)
        show.sentence(f"{log.store.name} holds again what {file} holds.")
