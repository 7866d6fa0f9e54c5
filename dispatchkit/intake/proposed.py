"""What taking files in would do to a day. Pure: files read, the day and the answers in; a proposal out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from dispatchkit.day import Day
from dispatchkit.day.open_day import closed_blockers
from dispatchkit.imports.readings import FileRead
from dispatchkit.intake.batch import Batch, file_facts, sort_out
from dispatchkit.intake.cross_checks import check_itineraries, check_sheets, keep_quality
from dispatchkit.intake.inspections import take_inspections
from dispatchkit.intake.known import Known
from dispatchkit.intake.people import take_people
from dispatchkit.intake.proposal import Phase, Proposal
from dispatchkit.intake.sheet import Sheet
from dispatchkit.intake.site import open_day
from dispatchkit.intake.snapshot import take_snapshot
from dispatchkit.intake.station_plan import take_plan
from dispatchkit.intake.vans import take_vans
from dispatchkit.station import Station

IN_ORDER = list(Phase)


def proposed(
    day: Day,
    files: Sequence[FileRead],
    *,
    known: Known,
    answers: Mapping[str, str],
    station: Station,
    commit: bool = True,
    at: datetime,
    by: str,
) -> Proposal:
    """Work out what the files would do to the day.

    Parameters
    ----------
    known
        People, vans, the zone and earlier readings.
    answers
        Option ids by question id; a question that is not answered here is in the proposal.
    commit
        Make the station's plan the day's where it has none; otherwise it is left as a draft.

    Returns
    -------
    Proposal
        With facts only where there is something to record: none for files that were all taken before.
    """
    sheet = Sheet(day, answers=answers, station=station, at=at, by=by)
    batch = Batch(day, files, known)
    sort_out(sheet, batch)
    if batch.taken:
        sheet.block(*closed_blockers(day))
        if not sheet.blockers and open_day(sheet, batch, known):
            opened = len(sheet.facts)
            vins = take_vans(sheet, batch, known)
            names = take_people(sheet, batch, known)
            take_plan(sheet, batch, commit=commit)
            check_itineraries(sheet, batch)
            check_sheets(sheet, batch)
            take_snapshot(sheet, batch, names)
            take_inspections(sheet, batch, vins, names)
            keep_quality(sheet, batch)
            sheet.facts[opened:opened] = file_facts(sheet, batch)
    if not sheet.questions:
        sheet.note(*(f"'{question}' is not asked, so its answer changes nothing." for question in sheet.unheard()))
    stands = not sheet.questions and not sheet.blockers and bool(batch.taken)
    return Proposal(
        files=batch.seen(),
        changes=tuple(sorted(sheet.changes, key=lambda change: IN_ORDER.index(change.phase))),
        questions=tuple(sheet.questions),
        notes=tuple(sheet.notes),
        blockers=tuple(sheet.blockers),
        facts=tuple(sheet.facts) if stands else (),
        kept=tuple(sheet.kept.values()) if stands else (),
        details=tuple(sheet.details) if stands else (),
    )
