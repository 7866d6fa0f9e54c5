"""Files that are held against the plan, or only kept: itineraries, route sheets, and the weeks' quality."""

from collections import Counter

from dispatchkit.imports.readings import Itineraries, Returns, RouteSheet, RouteSheets, SafetyEvents, WeeklyOverview
from dispatchkit.intake.batch import Batch
from dispatchkit.intake.compare import is_of_this_day
from dispatchkit.intake.counts import main_rows
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.records import Plan


def check_itineraries(sheet: Sheet, batch: Batch) -> None:
    """Tell a second row of a route code as what it is: somebody took stops over. No rescue is recorded by it."""
    for file, reading in batch.new(Itineraries):
        if not is_of_this_day(sheet, file, {row.code for row in reading.itineraries}):
            continue
        own = main_rows(reading)
        for row in reading.itineraries:
            if row is not own[row.code]:
                told = ((row.stops, "stops"), (row.packages, "packages"))
                figures = ", ".join(f"{n} {what}" for n, what in told if n is not None)
                sheet.note(f"{row.code} has a second row{figures and ': '}{figures}: somebody took stops over.")


def check_sheets(sheet: Sheet, batch: Batch) -> None:
    """Hold route sheets against the plan: packages and staging."""
    for file, reading in batch.new(RouteSheets):
        plan = sheet.day.pre_load_out.plan
        if plan is None:
            sheet.note(f"{file.original.name}: {counted(len(reading.sheets), 'route sheet')}, kept on record.")
            continue
        if not is_of_this_day(sheet, file, {s.code for s in reading.sheets}):
            continue
        apart = [said for route_sheet in reading.sheets if (said := _differs(plan, route_sheet))]
        if apart:
            sheet.note(f"Route sheets differ from the plan on {counted(len(apart), 'route')}: {named(apart)}.")
        else:
            sheet.note(f"{counted(len(reading.sheets), 'route sheet')} agree with the plan.")


def _differs(plan: Plan, sheet: RouteSheet) -> str:
    route = next((r for r in plan.routes if r.code == sheet.code), None)
    if route is None:
        return ""
    packages = sum(len(stop.packages) for stop in plan.stops_of(route.route_id))
    said = []
    if sheet.packages is not None and sheet.packages != packages:
        said.append(f"{packages} packages in the plan, {sheet.packages} on the sheet")
    if sheet.staging and route.staging and sheet.staging != route.staging:
        said.append(f"{route.staging} in the plan, {sheet.staging} on the sheet")
    return f"{sheet.code}: {'; '.join(said)}" if said else ""


def keep_quality(sheet: Sheet, batch: Batch) -> None:
    """Say what the files of the weeks' quality hold: they are kept on record and change nothing of the day."""
    for file, overview in batch.new(WeeklyOverview):
        weeks = sorted({row.week for row in overview.weeks})
        sheet.note(f"{file.original.name}: {counted(len(overview.weeks), 'driver')} of {named(weeks)}, kept on record.")
    for file, returns in batch.new(Returns):
        reasons = Counter(row.reason or "no reason" for row in returns.packages).most_common()
        said = named(f"{reason} {n}" for reason, n in reasons)
        n = counted(len(returns.packages), "returned package")
        sheet.note(f"{file.original.name}: {n} ({said}), kept on record.")
    for file, events in batch.new(SafetyEvents):
        metrics = Counter(row.metric or "no metric" for row in events.events).most_common()
        said = named(f"{metric} {n}" for metric, n in metrics)
        n = counted(len(events.events), "safety event")
        sheet.note(f"{file.original.name}: {n} ({said}), kept on record.")
