"""From a folder to closed shifts: every station-date in it, one after the other, each as its own day."""

from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from time import perf_counter

from dispatchkit.clock import FrozenClock
from dispatchkit.desk import Desk
from dispatchkit.eos.balance import balance
from dispatchkit.errors import Refused, WorkbenchError
from dispatchkit.imports.given import Import
from dispatchkit.intake import read_days
from dispatchkit.log import Log
from dispatchkit.plan.intake import first_departure
from dispatchkit.records import DayKey
from dispatchkit.reports.day_report import report_name, write_report
from dispatchkit.reports.routes import planned_s
from dispatchkit.run_day import evening, morning, night, on_road
from dispatchkit.run_day.night import NIGHT_BEFORE
from dispatchkit.run_day.result import DayResult
from dispatchkit.run_day.shift import BY, Shift
from dispatchkit.station import Station

Say = Callable[[str], None]


def run_days(
    log: Log,
    data: Path,
    *,
    station: Station,
    seed: int,
    build: bool,
    budget_s: float = 15.0,
    report: Path | None = None,
    say: Say | None = None,
) -> list[DayResult]:
    """Run every station-date of a folder to its closed shift.

    Parameters
    ----------
    build, budget_s
        Replace the given routes by built ones, with so many seconds for each day's building.
    report
        Folder for the HTML reports; none are written without it.
    say
        Told in a sentence what goes on.

    Raises
    ------
    Unreadable
        With every problem of the files; nothing is run then.
    WorkbenchError
        Where a report cannot be written.
    """
    say = say or (lambda _: None)
    found = read_days(data, station)
    if report is not None:
        _make(report)
    return [_run(log, f, station, seed, build, budget_s, report, say) for f in found]


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WorkbenchError(
            f"The folder {folder} for the reports cannot be made: {error.strerror}. Choose another place."
        ) from error


def free_key(log: Log, station: str, service_day: date) -> DayKey:
    """The day itself where the store has none, else its next free branch: "2", "3", …"""
    taken = {head.key for head in log.days()}
    names = ("" if i == 1 else str(i) for i in count(1))
    return next(key for name in names if (key := DayKey(station, service_day, name)) not in taken)


def _run(
    log: Log, found: Import, station: Station, seed: int, build: bool, budget_s: float, report: Path | None, say: Say
) -> DayResult:
    began = perf_counter()
    clock = FrozenClock(first_departure(found, station) - NIGHT_BEFORE)
    key = free_key(log, found.station, found.service_day)
    shift = Shift(Desk(log, key, by=BY, clock=clock), clock, station, seed=seed, source="reconstructed")
    say(f"{key}: planning {len(found.routes)} routes.")
    unserved = len(night.plan_built(shift, found, budget_s=budget_s, progress=say)) if build else 0
    if not build:
        night.plan_given(shift, found)
    night.people_of(shift, found)
    say(f"{key}: load-out.")
    morning.load_out(shift)
    say(f"{key}: on the road.")
    on_road.drive(shift)
    say(f"{key}: end of shift.")
    left_open: tuple[str, ...] = ()
    try:
        evening.close_shift(shift)
    except Refused as refused:
        left_open = refused.reasons
    if report is not None:
        write_report(report / report_name(key), shift.day, shift.desk.entries())
    return _result(shift, build=build, unserved=unserved, left_open=left_open, seconds=perf_counter() - began)


def _result(
    shift: Shift, *, build: bool, unserved: int, left_open: tuple[str, ...], seconds: float
) -> DayResult:
    day, account = shift.day, balance(shift.day).total
    plan = day.plan
    checked = shift.desk.log.verify(shift.key)
    late = [r for r, at in day.end_of_shift.returned.items() if at > plan.route[r].finish_by]
    return DayResult(
        station=shift.key.station,
        day=str(shift.key.service_day),
        branch=shift.key.branch,
        routes=len(plan.routes),
        stops=len(plan.stops),
        packages=plan.package_count,
        delivered=account.delivered,
        attempted=account.attempted,
        returned=account.returned,
        missing=account.missing,
        balance_difference=account.difference,
        rescues=len(day.road.rescues),
        late_routes=len(late),
        alarms=len(day.road.alarms),
        facts=day.version,
        chain_ok=checked.ok,
        closed=day.course.closed_at is not None,
        seconds=round(seconds, 2),
        reconstructed=True,
        built=build,
        seed=shift.seed,
        unserved=unserved,
        left_open=left_open,
        planned_hours=round(sum(planned_s(day, r.route_id) for r in plan.routes) / 3600, 2),
        drive_hours=round(sum(sum(r.drive_s) for r in plan.routes) / 3600, 2),
    )
