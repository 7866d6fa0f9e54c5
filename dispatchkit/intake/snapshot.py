"""The Cortex Routes export: who is on which route before it leaves, and how far each route is.

It never starts a rescue and never tells anybody anything.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from dispatchkit.day.facts.pre_load_out import DriverAssigned
from dispatchkit.imports.readings import FileRead, RoutesSnapshot, RouteStanding
from dispatchkit.intake.batch import Batch, stop
from dispatchkit.intake.compare import is_of_this_day
from dispatchkit.intake.names import People
from dispatchkit.intake.proposal import Detail, Phase
from dispatchkit.intake.sheet import Sheet, counted, named
from dispatchkit.intake.whose import ours
from dispatchkit.pace.doubts import FEWER, MORE, NOT_LEFT
from dispatchkit.pace.report import Outcome, weigh
from dispatchkit.pace.told import CORTEX, Told
from dispatchkit.records import PlannedRoute
from dispatchkit.times import clock_text

SAID_TOGETHER = frozenset((FEWER, MORE, NOT_LEFT))
"""Doubts that are said of all routes of an export in one sentence."""


def take_snapshot(sheet: Sheet, batch: Batch, names: dict[str, str]) -> None:
    """Take in drivers and progress of the new Routes exports; `names` are people's names by transporter id."""
    for file, reading in batch.new(RoutesSnapshot):
        rows = ours(sheet, batch, reading.routes, name=file.original.name, refuse=partial(stop, sheet, batch, file))
        if rows is None:
            continue
        plan = sheet.day.pre_load_out.plan
        if plan is None:
            sheet.note(
                f"{file.original.name} names {counted(len(rows), 'route')}, but the day has no plan yet: its stops are "
                "used when the station's plan comes; for drivers and progress take a newer export then."
            )
            continue
        if not is_of_this_day(sheet, file, [row.code for row in rows]):
            continue
        _learn_names(sheet, file, rows, names)
        by_code = {route.code: route for route in plan.routes}
        known = [(by_code[row.code], row) for row in rows if row.code in by_code]
        _drivers(sheet, known, names)
        _progress(sheet, file, reading.as_of, known)


Standing = tuple[PlannedRoute, RouteStanding]


def _learn_names(sheet: Sheet, file: FileRead, rows: Sequence[RouteStanding], names: dict[str, str]) -> None:
    """Put names of people whom no list has named yet into the directory; erasable like those of a list."""
    until = sheet.at + timedelta(days=sheet.station.directory.retention_count)
    told = {i: n for row in rows for i, n in zip(row.driver_ids, row.driver_names, strict=False) if i and n}
    for driver_id, name in told.items():
        if not names.get(driver_id):
            names[driver_id] = name
            values = {"name": name}
            detail = Detail(subject=driver_id, values=values, source=file.original.name, erasable_after=until)
            sheet.details.append(detail)


def _drivers(sheet: Sheet, rows: Sequence[Standing], names: dict[str, str]) -> None:
    """Give routes that have not left the drivers that Cortex names, and ask where the day has others."""
    roster = sheet.day.pre_load_out.roster
    told = {route.route_id: _first(sheet, row, names) for route, row in rows if row.driver_ids or row.driver_names}
    driven = sheet.day.pre_load_out.driver_of.keys() | sheet.day.load_out.departed.keys()
    without = [route.code for route, _ in rows if route.route_id not in told and route.route_id not in driven]
    if without:
        sheet.note(f"Cortex names no driver for {counted(len(without), 'route')}: {named(without)}.")
    for route, row in rows:
        if helpers := [_called(d, names) for d in _others(row)]:
            sheet.note(f"{route.code} has a helper: {named(helpers)}.")
    if told and roster is None:
        sheet.note(
            f"Cortex names drivers for {counted(len(told), 'route')}, but the day has no roster: import the "
            "schedule, or assign them by hand."
        )
        return
    code = {route.route_id: route.code for route, _ in rows}
    known = {r: d for r, d in told.items() if roster is not None and d in roster.driver}
    strange = [f"{code[r]}: {_called(d, names) or 'nobody known'}" for r, d in told.items() if r not in known]
    if strange:
        sheet.note(f"Not on the roster, and not assigned: {named(strange)}.")
    _assign(sheet, known, code, names)


def _first(sheet: Sheet, row: RouteStanding, names: dict[str, str]) -> str:
    """The first person on a route: by transporter id, else by a name that only one on the roster has."""
    if row.driver_ids and row.driver_ids[0]:
        return row.driver_ids[0]
    roster = sheet.day.pre_load_out.roster
    rostered = {d: n for d, n in names.items() if roster is not None and d in roster.driver}
    ids = People(rostered).ids(row.driver_names[0]) if row.driver_names else ()
    return ids[0] if len(ids) == 1 else ""


def _others(row: RouteStanding) -> tuple[str, ...]:
    return row.driver_ids[1:] or row.driver_names[1:]


def _called(driver_id: str, names: dict[str, str]) -> str:
    name = names.get(driver_id, "")
    return f"{name} ({driver_id})" if name else driver_id


def _assign(sheet: Sheet, told: dict[str, str], code: dict[str, str], names: dict[str, str]) -> None:
    held, departed = sheet.day.pre_load_out.driver_of, sheet.day.load_out.departed
    news, other, gone = dict[str, str](), dict[str, str](), list[str]()
    seen: set[str] = set()
    route_of = {driver: route for route, driver in held.items()}
    for route_id, driver_id in told.items():
        if driver_id in seen:
            sheet.note(f"Cortex has {_called(driver_id, names)} on several routes; {code[route_id]} was passed over.")
            continue
        seen.add(driver_id)
        if route_id in departed:
            if departed[route_id].driver_id != driver_id:
                gone.append(f"{code[route_id]}: Cortex has {_called(driver_id, names)}")
        elif held.get(route_id) != driver_id:
            free = route_id not in held and driver_id not in route_of
            (news if free else other)[route_id] = driver_id
    if gone:
        sheet.note(f"Left with other drivers than Cortex has, and stays so: {named(gone)}.")
    if other:
        apart = [
            f"{code[r]}: {_here(held.get(r, ''), names)} here, {_called(d, names)} in Cortex" for r, d in other.items()
        ]
        answer = sheet.ask(
            "drivers",
            f"The day and Cortex have other drivers on {counted(len(other), 'route')}. Who drives?",
            {"keep": "Keep the drivers of the day", "cortex": "Take the drivers that Cortex has"},
            apart,
        )
        if answer == "cortex":
            news |= other
    assigned = [r for r, d in news.items() if _give(sheet, r, d, names)]
    if assigned:
        details = [f"{code[r]}: {_called(news[r], names)}" for r in assigned]
        is_are = "is" if len(assigned) == 1 else "are"
        sheet.change(Phase.PRE_LOAD_OUT, f"{counted(len(assigned), 'driver')} {is_are} assigned", details)


def _here(driver_id: str, names: dict[str, str]) -> str:
    return _called(driver_id, names) if driver_id else "nobody"


def _give(sheet: Sheet, route_id: str, driver_id: str, names: dict[str, str]) -> bool:
    """Assign by the room's own rules; what they refuse is said and changes nothing."""
    from dispatchkit.roster.decide import assign_driver_blockers  # brings a solver along: only where it is needed

    if reasons := list(assign_driver_blockers(sheet.day, route_id, driver_id)):
        sheet.note(f"{sheet.day.code(route_id)} was not given to {_called(driver_id, names)}: {' '.join(reasons)}")
        return False
    sheet.tell(DriverAssigned(at=sheet.at, by=sheet.by, route_id=route_id, driver_id=driver_id, why="As Cortex has it"))
    return True


def _progress(sheet: Sheet, file: FileRead, as_of: datetime | None, rows: Sequence[Standing]) -> None:
    """Report every route that the export counts, also where its count stays: so it is known how old the figure is.

    What is doubtful is kept and marked, and moves nothing (`pace.report`).
    """
    counted_rows = [(route, row.stops_done) for route, row in rows if row.stops_done is not None]
    if as_of is None:
        if any(done for _, done in counted_rows):
            sheet.note(
                f"Nothing says when {file.original.name} was exported, so its progress is not taken. Give it the name "
                "that Cortex gave it, with date and time."
            )
        return
    zone, service_day = sheet.day.course.timezone, sheet.day.key.service_day.isoformat()
    at = clock_text(as_of, zone, service_day)
    told, fewer, more, waiting = list[str](), list[str](), list[str](), list[str]()
    reports = []
    for route, done in counted_rows:
        standing = sheet.day.road.routes[route.route_id]
        planned, has_left = len(standing.order), route.route_id in sheet.day.load_out.departed
        if not has_left and done == 0:
            continue
        reports.append(Told(route=route.route_id, source=CORTEX, at=as_of, stops_done=done))
        if standing.reported is not None and standing.reported.at >= as_of:
            continue
        if done < standing.done_count:
            fewer.append(f"{route.code}: {done} after {standing.done_count}")
        elif done > planned:
            more.append(f"{route.code}: {done} of {planned}")
        if not has_left:
            waiting.append(route.code)
    before = {route_id: route.done_count for route_id, route in sheet.day.road.routes.items()}
    weighed = weigh(sheet.day, told=reports, station=sheet.station, at=sheet.at, by=CORTEX)
    sheet.tell(*(fact for one in weighed for fact in one.facts))
    for one in weighed:
        done = one.told.stops_done or 0
        if one.outcome is Outcome.TAKEN and done > before[one.route_id]:
            code, planned = sheet.day.code(one.route_id), len(sheet.day.road.routes[one.route_id].order)
            told.append(f"{code}: {done} of {planned} stops at {at}")
        elif one.outcome is Outcome.MARKED and not SAID_TOGETHER.issuperset(doubt.kind for doubt in one.doubts):
            sheet.note(one.sentence)
    if told:
        text = told[0] if len(told) == 1 else f"Progress of {counted(len(told), 'route')} at {at}"
        sheet.change(Phase.ON_ROAD, text, told)
    if fewer:
        sheet.note(f"Cortex has fewer stops done than were known already; the higher count stays: {named(fewer)}.")
    if more:
        sheet.note(f"More stops done than planned: {named(more)}.")
    if waiting:
        sheet.note(f"On the road by Cortex, but not departed here: {named(waiting)}. Record their departure.")
