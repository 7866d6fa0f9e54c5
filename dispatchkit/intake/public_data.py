"""Public route data in a preview: the challenge's or a station day's files, each station's date in them."""

from collections.abc import Sequence

from dispatchkit.day.open_day import closed_blockers
from dispatchkit.desk import Desk
from dispatchkit.imports import Import, OriginalFile, Problem, Unreadable, read_files
from dispatchkit.imports.problems import Findings
from dispatchkit.imports.recognition import recognise
from dispatchkit.intake.proposal import Change, FileState, Phase, Proposal, SeenFile
from dispatchkit.intake.shown import Asked, Preview
from dispatchkit.log import Log
from dispatchkit.records import DayKey


def is_public(originals: Sequence[OriginalFile]) -> bool:
    """Whether any of the files is of the challenge or a station day: such a batch is read as a whole."""
    return any(recognise(original, Findings(original.name)) is not None for original in originals)


def preview_public(log: Log, originals: Sequence[OriginalFile], *, by: str, asked: Asked, where: str) -> Preview:
    """Show what taking public route data would do: so many routes, stops and packages for each day of it."""
    try:
        days = read_files(originals, where=where, max_from_station_m=asked.station.imports.max_from_station_m)
    except Unreadable as unreadable:
        files = tuple(_seen(o, FileState.UNUSABLE, unreadable.problems) for o in originals)
        return Preview(proposal=Proposal(files=files, blockers=tuple(str(unreadable).splitlines()[1:])), asked=asked)
    changes, notes, blockers = list[Change](), list[str](), list[str]()
    held: set[str] = set()
    for found in days:
        key = DayKey(found.station, found.service_day)
        day = Desk(log, key, by=by).day()
        before = {file.original for file in day.course.files}
        held |= before
        notes += map(str, found.problems)
        if all(original.digest in before for original in found.originals):
            notes.append(f"{key}: these very files were imported before.")
            continue
        blockers += closed_blockers(day)
        changes.append(_change(key, found, first=asked.commit and day.pre_load_out.plan is None))
    files = tuple(_seen(o, FileState.REPEATED if o.digest in held else FileState.NEW, ()) for o in originals)
    proposal = Proposal(files=files, changes=tuple(changes), notes=tuple(notes), blockers=tuple(blockers))
    return Preview(proposal=proposal, asked=asked, days=tuple(days))


def _change(key: DayKey, found: Import, *, first: bool) -> Change:
    stops = len(found.stops)
    if not found.routes:
        text = f"{key}: {stops:,} stops for {len(found.vans)} vans, on no route yet: kept until routes are built"
        return Change(phase=Phase.PRE_LOAD_OUT, text=text, count=stops)
    end = "the day's plan" if first else "kept as a draft"
    return Change(
        phase=Phase.PRE_LOAD_OUT,
        text=f"{key}: {len(found.routes)} routes, {stops} stops, {found.rows} packages: {end}",
        count=len(found.routes),
        details=tuple(f"{route.code}: {len(route.stops)} stops" for route in found.routes),
    )


def _seen(original: OriginalFile, state: FileState, problems: Sequence[Problem]) -> SeenFile:
    own = tuple(problem for problem in problems if problem.file == original.name)
    return SeenFile(name=original.name, digest=original.digest, source="route data", state=state, problems=own)
