"""The station's rows become the day's plan: stops counted, or estimated where a person says so; waves set."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from dispatchkit.imports.readings import OpsRoute
from dispatchkit.intake.counted import Count, counted_plan, estimated_stops
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.loadout import waves
from dispatchkit.plan import commit as plans
from dispatchkit.records import Plan


def first_plan(sheet: Sheet, rows: Sequence[OpsRoute], told: Mapping[str, Count], *, commit: bool) -> None:
    """Make the rows the day's plan, or a draft of it."""
    complete = with_stops(sheet, rows, told)
    if complete is None:
        return
    if unwaved := [row.code for row in rows if row.wave is None]:
        sheet.note(f"No wave is told for {named(unwaved)}: planned to leave at {sheet.station.wave.first}.")
    if endless := [row.code for row in rows if row.duration_min is None]:
        sheet.note(f"No duration is told for {named(endless)}: planned with the profile's whole shift.")
    zone = sheet.day.course.timezone
    plan = counted_plan(sheet.day.key, rows, complete, timezone=zone, station=sheet.station)
    take(sheet, plan, commit=commit)


def with_stops(sheet: Sheet, rows: Sequence[OpsRoute], told: Mapping[str, Count]) -> dict[str, Count] | None:
    """Counts with stops for every route; None where they are asked for, wait for an export, or are not told."""
    complete = {row.code: told.get(row.code, Count()) for row in rows}
    lacking = {row.code: row.packages or complete[row.code].packages for row in rows if not complete[row.code].stops}
    if not lacking:
        return complete
    if unknown := [code for code, packages in lacking.items() if not packages]:
        sheet.block(
            f"No file tells the packages or the stops of {named(unknown)}. Complete the station's plan, or add a "
            "Cortex export."
        )
        return None
    which = f"the {len(rows)} routes" if len(lacking) == len(rows) else counted(len(lacking), "route")
    rate = f"{sheet.station.intake.packages_per_stop:g} packages a stop"
    answer = sheet.ask(
        "stops",
        f"No file tells the stops of {which}. Estimate them from the packages ({rate}), or wait for a Cortex export?",
        {"estimate": f"Estimate at {rate}", "wait": "Keep the plan's file, and wait for a Cortex export"},
        [f"{code}: {packages} packages" for code, packages in lacking.items()],
    )
    if answer == "wait":
        sheet.note("The station's plan is kept; it becomes the day's plan with a Cortex export that tells the stops.")
    if answer != "estimate":
        return None
    sheet.note(f"The stops of {which} are estimated, at {rate}: {named(lacking)}.")
    estimated = {
        code: msgspec.structs.replace(complete[code], stops=estimated_stops(packages, sheet.station))
        for code, packages in lacking.items()
        if packages
    }
    return complete | estimated


def take(sheet: Sheet, plan: Plan, *, commit: bool, set_waves: bool = True) -> bool:
    """Keep a plan as a draft and, if wanted, make it the day's with its waves; say whether it went well."""
    digest = sheet.keep(plan)
    if not sheet.decide(plans.give_routes, plan=plan, digest=digest):
        return False
    size = f"{counted(len(plan.routes), 'route')}, {len(plan.stops)} stops, {plan.package_count} packages"
    details = [_told(plan, route.route_id, sheet.day.course.timezone) for route in plan.routes]
    if not commit:
        sheet.change(Phase.PRE_LOAD_OUT, f"{size}: kept as a draft", details)
        return True
    if not sheet.decide(plans.commit, digest=digest, plan=plan):
        return False
    sheet.change(Phase.PRE_LOAD_OUT, f"{size}: the day's plan", details)
    if set_waves:
        _set_waves(sheet, plan)
    return True


def _set_waves(sheet: Sheet, plan: Plan) -> None:
    planned = waves.plan_waves(plan, sheet.station)
    facts = len(sheet.facts)
    if sheet.decide(waves.set_waves, waves=planned) and len(sheet.facts) > facts:
        told = [f"{wave.wave}: {counted(len(wave.route_ids), 'route')}" for wave in planned]
        text = f"{counted(len(plan.routes), 'route')} in {counted(len(planned), 'wave')}"
        sheet.change(Phase.LOAD_OUT, text, told, count=len(planned))


def _told(plan: Plan, route_id: str, timezone: str) -> str:
    route = plan.route[route_id]
    packages = sum(len(stop.packages) for stop in plan.stops_of(route_id))
    leaves = f"{route.departs_at.astimezone(ZoneInfo(timezone)):%H:%M}"
    figures = f"{route.code}: {len(route.stop_ids)} stops, {packages} packages, leaves {leaves}"
    return ", ".join((figures, *filter(None, (route.staging, route.service_type))))
