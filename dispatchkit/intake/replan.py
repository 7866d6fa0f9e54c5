"""Files against the plan that the day has: they fill its blanks; what they have otherwise, a person decides about."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

from dispatchkit.imports.readings import OpsRoute
from dispatchkit.intake.blanks import COUNTED, called_as_before, filled_in, plan_of
from dispatchkit.intake.compare import differ, planned_s, route_differences
from dispatchkit.intake.counted import Count, counted_plan, leaves_at, wave_name
from dispatchkit.intake.first_plan import take, with_stops
from dispatchkit.intake.proposal import Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.records import Plan, PlannedRoute


def hold_against(
    sheet: Sheet, now: Plan, rows: Sequence[OpsRoute], told: Mapping[str, Count], *, name: str, whole: bool
) -> None:
    """Fill blanks of the day's plan; adopt what the files have otherwise if a person says so. Nothing once vans left.

    Parameters
    ----------
    whole
        The station's plan itself is among the files. Cortex exports alone are asked about only where their stops differ
        much, or where they tell another return: they come every half hour.
    """
    wanted = _wanted(sheet, now, rows, told)
    if wanted is None:
        return
    zone = sheet.day.course.timezone
    if not whole:
        wanted = plan_of(now, wanted, _matters(now, wanted, sheet.station.intake.disagree_share))
    elif now.travel != COUNTED:
        sheet.note(*_other_packages(now, rows))
    filled = filled_in(sheet.day, wanted, sheet.station)
    wanted = called_as_before(filled, wanted)
    additions, differences = route_differences(now, filled, zone), route_differences(filled, wanted, zone)
    if sheet.day.load_out.departed:
        if said := additions + differences:
            left = f"{name} differs from the plan on which vans have left, and changes nothing of it"
            sheet.note(f"{left}: {named(said)}.")
        return
    answer = "keep" if not differences else sheet.ask(
        "plan",
        f"{name} differs from the day's plan on {counted(len(differences), 'route')}. Which holds?",
        {"adopt": "Adopt the new figures", "keep": "Keep the plan's own"},
        differences,
    )
    if not answer:
        return
    if differences and answer == "keep":
        sheet.note(f"The plan's own figures stay; {name} differs: {named(differences)}.")
    _take_changed(sheet, now, wanted if answer == "adopt" else filled)


def _take_changed(sheet: Sheet, now: Plan, wanted: Plan) -> None:
    changed = route_differences(now, wanted, sheet.day.course.timezone)
    # what was moved between waves by hand stays where neither the routes nor their departures are others
    load_out = [[(r.route_id, r.wave, r.departs_at) for r in plan.routes] for plan in (now, wanted)]
    if changed and take(sheet, wanted, commit=True, set_waves=load_out[0] != load_out[1]):
        sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(changed), 'route')} of the plan changed", changed)


def _wanted(sheet: Sheet, now: Plan, rows: Sequence[OpsRoute], told: Mapping[str, Count]) -> Plan | None:
    """The day's plan with what the files say of its routes; what they do not mention stays as it is."""
    zone = ZoneInfo(sheet.day.course.timezone)
    held = {route.code: route for route in now.routes}
    if now.travel != COUNTED:
        by_code = {row.code: row for row in rows}
        routes = tuple(_amended(r, by_code[r.code], now, zone) if r.code in by_code else r for r in now.routes)
        return msgspec.structs.replace(now, routes=routes)
    filled = [_filled(row, held[row.code], now, zone) if row.code in held else row for row in rows]
    planned = {code: Count(stops=len(route.stop_ids)) for code, route in held.items()}
    known = {row.code: _or(told.get(row.code), planned.get(row.code)) for row in rows}
    complete = with_stops(sheet, filled, known)
    if complete is None:
        return None
    anew = counted_plan(sheet.day.key, filled, complete, timezone=zone.key, station=sheet.station)
    mentioned = {route.code for route in anew.routes}
    others = [route for route in now.routes if route.code not in mentioned]
    return msgspec.structs.replace(
        now,
        routes=(*(_returns_kept(r, held.get(r.code), complete) for r in anew.routes), *others),
        stops=(*anew.stops, *(stop for route in others for stop in now.stops_of(route.route_id))),
    )


def _or(count: Count | None, planned: Count | None) -> Count:
    """What Cortex tells, with the stops of the plan where it tells none."""
    count = count or Count()
    return count if count.stops or planned is None else msgspec.structs.replace(count, stops=planned.stops)


def _returns_kept(route: PlannedRoute, held: PlannedRoute | None, complete: Mapping[str, Count]) -> PlannedRoute:
    """A return that no file tells any more stays as long after the departure as it was."""
    if held is None or complete[route.code].returns is not None:
        return route
    return msgspec.structs.replace(route, finish_by=route.departs_at + (held.finish_by - held.departs_at))


def _filled(row: OpsRoute, held: PlannedRoute, now: Plan, zone: ZoneInfo) -> OpsRoute:
    """The row with the plan's own figures where it is blank."""
    leaves = held.departs_at.astimezone(zone).time() if held.wave else None
    packages = sum(len(stop.packages) for stop in now.stops_of(held.route_id))
    return msgspec.structs.replace(
        row,
        service_type=row.service_type or held.service_type,
        wave=row.wave or leaves,
        staging=row.staging or held.staging,
        duration_min=planned_s(now, held) / 60 if row.duration_min is None else row.duration_min,
        packages=packages if row.packages is None else row.packages,
        commercial_packages=(
            held.commercial_packages if row.commercial_packages is None else row.commercial_packages
        ),
    )


def _amended(held: PlannedRoute, row: OpsRoute, now: Plan, zone: ZoneInfo) -> PlannedRoute:
    """A route whose stops are known, with what the station says of its load-out; its stops and legs stay."""
    departs_at = held.departs_at if row.wave is None else leaves_at(now.service_day, row.wave, zone)
    later: timedelta = departs_at - held.departs_at
    return msgspec.structs.replace(
        held,
        service_type=row.service_type or held.service_type,
        wave=wave_name(row.wave) or held.wave,
        staging=row.staging or held.staging,
        commercial_packages=(
            held.commercial_packages if row.commercial_packages is None else row.commercial_packages
        ),
        departs_at=departs_at,
        finish_by=held.finish_by + later,
    )


def _matters(now: Plan, wanted: Plan, share: float) -> set[str]:
    """Codes of routes whose stops differ by more than `share`, or whose planned return is another."""
    held = {route.code: route for route in now.routes}
    return {
        route.code
        for route in wanted.routes
        if (before := held.get(route.code)) is not None
        and (differ(len(before.stop_ids), len(route.stop_ids), share) or before.finish_by != route.finish_by)
    }


def _other_packages(now: Plan, rows: Sequence[OpsRoute]) -> list[str]:
    """Package counts of the station against those of a plan that knows its stops: they cannot be adopted."""
    held = {route.code: sum(len(s.packages) for s in now.stops_of(route.route_id)) for route in now.routes}
    apart = [
        f"{row.code}: {held[row.code]} here, {row.packages} by the station"
        for row in rows
        if row.packages is not None and held.get(row.code, row.packages) != row.packages
    ]
    return [f"Packages differ on {counted(len(apart), 'route')}: {named(apart)}."] if apart else []
