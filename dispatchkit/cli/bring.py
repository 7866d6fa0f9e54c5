"""Commands that bring files in: import them after a look at what they would change, or watch a folder for them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Answers, By, Home, Json, Store, Travel, day_key, given_answers, opened
from dispatchkit.home import own_profile
from dispatchkit.imports import OriginalFile, read_originals
from dispatchkit.log import archive
from dispatchkit.records import DayKey
from dispatchkit.station import Station, load
from dispatchkit.travel.source import with_engine

if TYPE_CHECKING:
    from dispatchkit.intake import Preview

DETAILS_SHOWN = 12
"""Lines of what a question is about; `--preview --json` has them all."""

OfDay = Annotated[
    DayKey | None,
    typer.Option(
        "--day", parser=day_key, metavar="STATION/YYYY-MM-DD", help="The day that the files are for; else they say it."
    ),
]
Profile = Annotated[Path | None, typer.Option("--profile", help="The station's own profile (TOML).")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("import")(import_)
    app.command()(inbox)


def import_(
    files: Annotated[list[Path], typer.Argument(help="Files, folders, or a day exported as JSON lines.")],
    by: By,
    day: OfDay = None,
    preview: Annotated[bool, typer.Option("--preview", help="Show what would change; change nothing.")] = False,
    answer: Answers = None,
    timezone: Annotated[str, typer.Option("--timezone", help="IANA zone of a new day, such as America/Chicago.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="Leave the routes as a draft; commit no plan.")] = False,
    travel: Travel = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
    as_json: Json = False,
) -> None:
    """Take files in: the station's plan, Cortex exports, people, vans, inspections, or public route data.

    What they would change is worked out first. Where they leave something open, the questions are printed with the
    answers to give, and nothing is imported.
    """
    if len(files) == 1 and archive.is_archive(files[0]):
        _take_archive(files[0], store, home, preview=preview, as_json=as_json)
        return
    from dispatchkit.intake import preview as look  # brings readers of every format along: only where files come
    from dispatchkit.intake import take

    station = with_engine(load(own_profile(profile, home)), travel)
    answers = given_answers(answer, timezone)
    originals = _originals(files, station)
    with opened(store, home, create=True) as log:
        shown = look(
            log, originals, by=by, station=station, day=day, answers=answers, commit=not draft,
            where=files[0].name if len(files) == 1 else "the files",
        )  # fmt: skip
        if preview:
            _show(shown, as_json=as_json)
        if shown.questions or shown.blockers:
            _refuse(shown)
        if preview:
            return
        taken = take(log, shown, by=by)
    if as_json:
        show.as_json([t.as_printed() for t in taken])
        return
    for sentence in (s for t in taken for s in t.sentences):
        show.sentence(sentence)


def inbox(
    folder: Annotated[Path, typer.Argument(help="The folder to watch. Its files are never moved or deleted.")],
    by: By,
    day: OfDay = None,
    profile: Profile = None,
    store: Store = None,
    home: Home = None,
) -> None:
    """Watch a folder and take in what falls into it, until Ctrl-C.

    A file is read when it has stopped growing. What asks something, or cannot be used, waits for a person on the day
    that it belongs to.
    """
    from dispatchkit.intake.inbox import Inbox

    station = load(own_profile(profile, home))
    with opened(store, home, create=True) as log:
        watched = Inbox(log, folder, by=by, station=station, day=day, say=show.sentence)
        show.sentence(f"Watching {folder}. Press Ctrl-C to end.")
        watched.watch(Event())
    show.sentence(f"{folder} is not watched any more. Everything that was taken is safe.")


def _take_archive(file: Path, store: str | None, home: Path | None, *, preview: bool, as_json: bool) -> None:
    """Take exported days in as they are."""
    if preview:
        raise typer.BadParameter(f"{file.name} is an exported day: it is taken in as it is, and has no preview.")
    with opened(store, home, create=True) as log:
        brought = archive.import_days(log, file)
        name = log.store.name
    if as_json:
        show.as_json([{"day": str(day), "source": "export"} for day in brought])
        return
    for day in brought:
        show.sentence(f"{day} is in {name} as it was exported.")


def _originals(files: Sequence[Path], station: Station) -> list[OriginalFile]:
    limit = int(station.imports.max_file_bytes)
    return [original for path in files for original in read_originals(path, max_file_bytes=limit)]


def _refuse(shown: "Preview") -> NoReturn:
    """Say what blocks and what is asked, with the answers to give; nothing was imported."""
    show.failure("Nothing was imported.")
    for blocker in shown.blockers:
        show.failure(blocker)
    for question in shown.questions:
        show.failure(question.text)
        for detail in question.details[:DETAILS_SHOWN]:
            show.failure(f"    {detail}")
        if len(question.details) > DETAILS_SHOWN:
            show.failure(f"    … and {len(question.details) - DETAILS_SHOWN} more")
        for option in question.options:
            show.failure(f"  --answer {question.id}={option.id}    {option.text}")
    raise typer.Exit(1)


def _show(shown: "Preview", *, as_json: bool) -> None:
    if as_json:
        show.as_json(_printed(shown))
        return
    for file in shown.files:
        show.sentence(f"{file.name}: {file.source or 'unknown'}, {file.state}.")
        for problem in file.problems:
            show.sentence(f"  {problem}")
    phase = None
    for change in shown.changes:
        if change.phase is not phase:
            phase = change.phase
            show.sentence(f"{phase}:", style="bold")
        show.sentence(f"  {change.text}.")
    for note in shown.notes:
        show.sentence(note)
    if not shown.changes:
        show.sentence("Nothing would change.")


def _printed(shown: "Preview") -> Mapping[str, Any]:
    return {
        "day": str(shown.key) if shown.key is not None else None,
        "can_be_taken": shown.can_be_taken,
        "files": [
            {
                "name": file.name,
                "digest": file.digest,
                "source": file.source,
                "state": str(file.state),
                "problems": [str(problem) for problem in file.problems],
            }
            for file in shown.files
        ],
        "changes": [
            {"phase": str(c.phase), "text": c.text, "count": c.count, "details": list(c.details)} for c in shown.changes
        ],
        "questions": [
            {"id": q.id, "text": q.text, "options": {o.id: o.text for o in q.options}, "details": list(q.details)}
            for q in shown.questions
        ],
        "notes": list(shown.notes),
        "blockers": list(shown.blockers),
    }
