"""The station's Day-of-Ops plan: the day's routes where it has none yet, and otherwise what it has differently."""

from collections.abc import Sequence
from functools import partial

import msgspec

from dispatchkit.imports.readings import DayOfOpsPlan, FileRead, Itineraries, OpsRoute, RoutesSnapshot
from dispatchkit.intake.batch import Batch, short, stop
from dispatchkit.intake.blanks import COUNTED
from dispatchkit.intake.compare import TAKE_KNOWN, ask_if_codes_disagree
from dispatchkit.intake.counts import counts
from dispatchkit.intake.first_plan import first_plan
from dispatchkit.intake.replan import hold_against
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.intake.whose import ours
from dispatchkit.records import Plan

ANEW = "anew"

GivenPlan = tuple[FileRead, DayOfOpsPlan]


def take_plan(sheet: Sheet, batch: Batch, *, commit: bool) -> None:
    """Make the day's plan of the station's rows, or hold them against the plan that it has."""
    now = sheet.day.pre_load_out.plan
    given = batch.new(DayOfOpsPlan)
    if not given and not batch.new(RoutesSnapshot) and not batch.new(Itineraries):
        return
    rows = _rows(sheet, batch, given) if given else _rows_at_hand(sheet, batch, now)
    answer = ""
    if now is not None and given and rows:
        answer = _ask_if_other_routes(sheet, now, given, rows)
        if not answer:
            return
    told = counts(sheet, batch) if rows else None
    if not rows or told is None:
        return
    if now is None or answer == ANEW:
        first_plan(sheet, rows, told, commit=commit)
    elif given or now.travel == COUNTED:
        codes = {route.code for route in now.routes}
        known = [row for row in rows if row.code in codes] if answer == TAKE_KNOWN else rows
        name = named(file.original.name for file, _ in given) or "The Cortex export"
        hold_against(sheet, now, known, told, name=name, whole=bool(given))


def _ask_if_other_routes(
    sheet: Sheet, now: Plan, given: Sequence[GivenPlan], rows: Sequence[OpsRoute]
) -> str:
    """Hold the station's codes against the plan's. A counted plan on which nobody has left can be planned anew."""
    can_be_anew = now.travel == COUNTED and not sheet.day.load_out.departed
    names = named(file.original.name for file, _ in given)
    return ask_if_codes_disagree(
        sheet,
        f"codes-{short(given[0][0])}",
        names,
        [row.code for row in rows],
        whole=True,
        more={ANEW: "Make it the day's plan instead of the one it has"} if can_be_anew else None,
    )


def _rows(sheet: Sheet, batch: Batch, given: Sequence[GivenPlan]) -> list[OpsRoute]:
    """One row a route code of all plans of the batch; a code that is told in two ways is asked about, or stops it."""
    told: dict[str, dict[str, OpsRoute]] = {}
    for file, reading in given:
        refuse = partial(stop, sheet, batch, file)
        for row in ours(sheet, batch, reading.routes, name=file.original.name, refuse=refuse) or ():
            by_file = told.setdefault(row.code, {})
            before = by_file.setdefault(file.original.name, row)
            if _content(before) != _content(row):
                why = f"{file.original.name}: {row.code} stands in row {before.row} and in row {row.row}, not the same."
                refuse("twice", why, advice="Correct it and import again.")
    apart = [code for code, rows in told.items() if len({_content(row) for row in rows.values()}) > 1]
    if not apart:
        return [next(iter(rows.values())) for rows in told.values()]
    names = [file.original.name for file, _ in given]
    chosen = sheet.ask(
        "plan-file",
        f"{named(names)} say different things of {counted(len(apart), 'route')}. Which is right?",
        {str(i): name for i, name in enumerate(names, 1)},
        apart,
    )
    if not chosen:
        return []
    first = names[int(chosen) - 1]
    return [rows.get(first) or next(iter(rows.values())) for rows in told.values()]


def _content(row: OpsRoute) -> OpsRoute:
    """The row without its place in the file."""
    return msgspec.structs.replace(row, row=0)


def _rows_at_hand(sheet: Sheet, batch: Batch, now: Plan | None) -> list[OpsRoute]:
    """Without a plan in the batch: the day's own routes, whatever they are; else a plan that waited for stops."""
    if now is not None:
        return [OpsRoute(row=0, code=route.code) for route in now.routes]
    earlier = batch.newest(DayOfOpsPlan)
    if earlier is None:
        return []

    def refuse(_what: str, why: str, *, advice: str) -> None:
        sheet.block(f"{why} {advice}")

    return ours(sheet, batch, earlier.routes, name="The station's plan", refuse=refuse) or []
