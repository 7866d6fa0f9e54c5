"""Two accounts of the same routes, side by side: which codes only one has, and what they say differently. Pure."""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from dispatchkit.day import Day
from dispatchkit.imports.readings import FileRead
from dispatchkit.intake.batch import short
from dispatchkit.intake.sheet import LEAVE, Sheet, named
from dispatchkit.records import Plan, PlannedRoute
from dispatchkit.times import clock_text

TAKE_KNOWN, AGREE = "known", "agree"


def differ(a: float, b: float, share: float) -> bool:
    """Say whether two counts of the same thing differ by more than `share` of the larger one."""
    return abs(a - b) > share * max(a, b)


def strangers(day: Day, codes: Iterable[str]) -> tuple[list[str], list[str]]:
    """Codes that only the file has, and codes that only the day's plan has."""
    plan = day.pre_load_out.plan
    ours = {route.code for route in plan.routes} if plan else set()
    theirs = set(codes)
    return sorted(theirs - ours), sorted(ours - theirs)


def ask_if_codes_disagree(
    sheet: Sheet, question: str, name: str, codes: Iterable[str], *, whole: bool, more: Mapping[str, str] | None = None
) -> str:
    """Hold a file's route codes against the plan's; a question where more disagree than the profile allows.

    Parameters
    ----------
    whole
        The file should have every route of the plan: codes that it lacks count too.
    more
        Further answers that the caller understands.

    Returns
    -------
    str
        "agree" where there is nothing to ask. "known": take what concerns the plan's routes only. Empty: the question
        is open. A file that is left out is not held against anything.
    """
    theirs = set(codes)
    extra, missing = strangers(sheet.day, theirs)
    apart = len(extra) + (len(missing) if whole else 0)
    of = len(theirs) + (len(missing) if whole else 0)
    said = [f"only in {name}: {named(extra)}"] if extra else []
    said += [f"only in the day's plan: {named(missing)}"] if missing and whole else []
    if apart <= sheet.station.intake.disagree_share * of:
        if said:
            sheet.note(f"Route codes differ; {'; '.join(said)}.")
        return AGREE
    return sheet.ask(
        question,
        f"{name} and the day's plan differ in {apart} of {of} route codes. Is it this day's file?",
        {TAKE_KNOWN: "Take what it says of the plan's own routes", LEAVE: "Leave this file out", **(more or {})},
        [*(f"{code}: only in the file" for code in extra), *(f"{code}: only in the plan" for code in missing if whole)],
    )


def is_of_this_day(sheet: Sheet, file: FileRead, codes: Iterable[str]) -> bool:
    """Say whether a file's routes are those of the day's plan, or a person says so."""
    if sheet.day.pre_load_out.plan is None:
        return True
    return bool(ask_if_codes_disagree(sheet, f"codes-{short(file)}", file.original.name, codes, whole=False))


def route_differences(now: Plan, wanted: Plan, timezone: str) -> list[str]:
    """What the second plan has otherwise than the first, a sentence a route."""
    ours, theirs = ({r.code: r for r in plan.routes} for plan in (now, wanted))
    said = [f"{code}: only in the new figures" for code in sorted(theirs.keys() - ours.keys())]
    said += [f"{code}: no longer there" for code in sorted(ours.keys() - theirs.keys())]
    for code in sorted(ours.keys() & theirs.keys()):
        changed = [
            f"{what} {a or '–'} → {b or '–'}"
            for (what, a), (_, b) in zip(
                _figures(now, ours[code], timezone), _figures(wanted, theirs[code], timezone), strict=True
            )
            if a != b
        ]
        if changed:
            said.append(f"{code}: {', '.join(changed)}")
    return said


def _figures(plan: Plan, route: PlannedRoute, timezone: str) -> tuple[tuple[str, str], ...]:
    zone = ZoneInfo(timezone)
    packages = sum(len(stop.packages) for stop in plan.stops_of(route.route_id))
    commercial = "" if route.commercial_packages is None else str(route.commercial_packages)
    return (
        ("service type", route.service_type),
        ("wave", route.wave),
        ("leaves", f"{route.departs_at.astimezone(zone):%H:%M}"),
        ("staging", route.staging),
        ("stops", str(len(route.stop_ids))),
        ("packages", str(packages)),
        ("commercial packages", commercial),
        ("back by", clock_text(route.finish_by, timezone, plan.service_day.isoformat())),
        ("planned minutes", str(round(planned_s(plan, route) / 60))),
    )


def planned_s(plan: Plan, route: PlannedRoute) -> float:
    """Drive, service and breaks of a route, in seconds."""
    return sum(route.drive_s) + sum(s.service_s for s in plan.stops_of(route.route_id)) + route.break_s
