"""One day's evening: routes built where only stops came, the draft checked, a summary on the day and in the folder."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from dispatchkit import course
from dispatchkit.day import Day, Entry
from dispatchkit.day.facts.pre_load_out import RoutesBuilt
from dispatchkit.day.facts.whole_day import NoteAdded
from dispatchkit.desk import Desk
from dispatchkit.imports.of_day import originals_of, volume_files
from dispatchkit.in_hand import checked
from dispatchkit.plan.built_draft import keep_built
from dispatchkit.plan.crew import crew_of
from dispatchkit.records import DayKey
from dispatchkit.run_day.plan_watch.summary import Summary
from dispatchkit.station import Station

SEED = 1
"""Of the search's random choices: on a quiet machine the same evening builds the same routes."""

Say = Callable[[str], None]


def build(desk: Desk, station: Station, *, budget_s: float, home: Path | None, cancelled: Callable[[], bool]) -> None:
    """Build the day's routes from the files that its volume came in, and keep them as a draft."""
    from dispatchkit.run_day.building import built_of_day  # brings the solver along: only where routes are built

    day = desk.day()
    originals = originals_of(volume_files(day), desk.log.artifact)
    made = built_of_day(
        originals, desk.key, station, seed=SEED, budget_s=budget_s, home=home, cancelled=cancelled, drivers=crew_of(day)
    )  # fmt: skip
    digest = desk.records.put(made.plan)
    desk.decide(keep_built, plan=made.plan, digest=digest, seed=SEED, sentences=made.sentences)


def sum_up(desk: Desk, station: Station, folder: Path, *, say: Say) -> None:
    """Check the draft in hand; leave its summary in the folder, and in short on the day."""
    day, entries = desk.day(), desk.entries()
    built = _build_of(day.pre_load_out.in_hand, entries)
    summary = Summary(
        key=desk.key,
        found=checked(desk.log, day, station),
        made=_made(day, built=built is not None),
        sentences=tuple(_said_with(built, entries)) if built else (),
        at=desk.clock.now(),
        look_first_count=station.build.look_first_count,
    )
    write(summary_file(folder, desk.key), summary.markdown, say=say)
    desk.decide(course.note, text=summary.note)
    say(f"{desk.key}: {summary.note}")


def summary_file(folder: Path, key: DayKey) -> Path:
    """Where the summary of a day's draft lies."""
    return folder / f"plan-{str(key).replace('/', '-')}.md"


def write(file: Path, text: str, *, say: Say) -> None:
    """Write a report, unless it says so already; a folder that cannot be written is said, and stops nothing."""
    try:
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
    except OSError as error:
        say(f"{file.name} cannot be written into {file.parent.name} ({error.strerror}). The day holds the same.")


def _made(day: Day, *, built: bool) -> str:
    """How the plan in hand came about."""
    files = volume_files(day)
    names = f" of {', '.join(file.name for file in files)}" if files else ""
    return f"Routes were built from the stops{names}." if built else f"The station's own routes{names}, checked."


def _build_of(digest: str, entries: Sequence[Entry]) -> Entry | None:
    """When a plan was built, for the last time; None where it was not built here."""
    built = (e for e in reversed(entries) if isinstance(e.fact, RoutesBuilt) and e.fact.plan == digest)
    return next(built, None)


def _said_with(built: Entry, entries: Sequence[Entry]) -> Iterator[str]:
    """What was written down in the same breath."""
    return (e.fact.text for e in entries if e.first_n == built.first_n and isinstance(e.fact, NoteAdded))
